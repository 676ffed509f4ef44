"""The patterns of links, as resources/platforms.json has them, compiled once.

A path is matched segment by segment. A template such as `/@{handle:tiktok}/video/{video:number}/*` names what it takes
and the form that it must have; `/*` at its end stands for any further segments. Every form has a length limit.
A name that begins with `_` is matched and not kept.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import resources
from app.kinds.account import Platform
from app.platforms.address import Address
from app.platforms.recognised import Caution, What

_TAKEN = re.compile(r"\{(\w+):(\w+)\}")
_SEPARATORS = str.maketrans("", "", " ().-")

Part = str | re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Path:
    """A template of a path: a literal (lower-case) or a pattern for each segment."""

    parts: tuple[Part, ...]
    goes_on: bool

    def taken(self, segments: tuple[str, ...]) -> dict[str, str] | None:
        """What the template takes out of these segments, or None where it does not fit."""
        if len(segments) < len(self.parts) or (len(segments) > len(self.parts) and not self.goes_on):
            return None
        taken: dict[str, str] = {}
        for part, segment in zip(self.parts, segments, strict=False):
            if isinstance(part, str):
                if segment.lower() != part:
                    return None
            elif found := part.fullmatch(segment):
                taken.update(found.groupdict())
            else:
                return None
        return taken


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of link on a site. `composed`: ids made of others; `squeezed`: written without spaces and dashes."""

    what: What
    paths: tuple[Path, ...]
    query: Mapping[str, re.Pattern[str]]
    fragment: re.Pattern[str] | None
    composed: Mapping[str, str]
    squeezed: tuple[str, ...]
    unless: frozenset[str]

    def ids(self, address: Address) -> dict[str, str] | None:
        """The ids in an address, or None where this rule is not about it."""
        beside = self._beside(address)
        if beside is None:
            return None
        for path in self.paths:
            taken = path.taken(address.segments)
            if taken is None:
                continue
            taken |= beside
            if not self.unless.isdisjoint(value.lower() for value in taken.values()):
                continue
            taken |= {name: template.format_map(taken) for name, template in self.composed.items()}
            return taken | {name: taken[name].translate(_SEPARATORS) for name in self.squeezed}
        return None

    def _beside(self, address: Address) -> dict[str, str] | None:
        taken: dict[str, str] = {}
        for name, pattern in self.query.items():
            found = pattern.fullmatch(address.query.get(name, ""))
            if not found:
                return None
            taken |= found.groupdict()
        if self.fragment is not None:
            found = self.fragment.fullmatch(address.fragment)
            if not found:
                return None
            taken |= found.groupdict()
        return taken


@dataclass(frozen=True, slots=True)
class Clock:
    """How a platform writes the time into its ids: milliseconds since `epoch_ms`, above `shift` other bits."""

    shift: int
    unit_ms: int
    epoch_ms: int
    smallest: int
    checked: bool


@dataclass(frozen=True, slots=True)
class Site:
    """The hosts of one owner and the links found there. `reserved`: words in the place of a handle that are none."""

    platform: Platform | None
    hosts: tuple[str, ...]
    subdomains: bool
    handle_before_host: bool
    shortened: bool
    reserved: frozenset[str]
    profile: str
    profile_by_id: str
    clocks: Mapping[str, Clock]
    rules: tuple[Rule, ...]

    def match(self, address: Address) -> tuple[What, dict[str, str]] | None:
        """What the first rule that fits says about an address."""
        for rule in self.rules:
            ids = rule.ids(address)
            if ids is not None and ids.get("handle", "").lower() not in self.reserved:
                return rule.what, {name: value for name, value in ids.items() if value and not name.startswith("_")}
        return None


@dataclass(frozen=True, slots=True)
class Patterns:
    """Everything that recognises a link. `anywhere`: sites that can be on any host, so only perhaps."""

    sites: Mapping[str, Site]
    anywhere: tuple[Site, ...]
    schemes: frozenset[str]
    brands: Mapping[str, Platform]
    letters: Mapping[str, str]
    pairs: Mapping[str, str]
    words: Mapping[What, str]
    place_words: Mapping[str, str]
    named_by_host: frozenset[Platform]
    cautions: Mapping[Caution, str]
    tracking: Mapping[str, re.Pattern[str]]

    def site(self, address: Address) -> tuple[Site, Address] | None:
        """The site an address belongs to by its host, and the address as its rules read it."""
        found = self.sites.get(address.place)
        if found is not None:
            return found, address
        first, _, owner = address.host.partition(".")
        while owner:
            found = self.sites.get(owner)
            if found is not None and found.handle_before_host and address.host == f"{first}.{owner}":
                return found, (address.under(owner) if first not in {"www", "m"} else address)
            if found is not None and found.subdomains:
                return found, address
            owner = owner.partition(".")[2]
        return None

    def is_tracking(self, name: str, host: str) -> bool:
        """Whether a part of a query with this name only tells how somebody came to a page of this host."""
        return any(
            names.fullmatch(name)
            for site, names in self.tracking.items()
            if not site or f".{host}".endswith(f".{site}")
        )


@cache
def patterns() -> Patterns:
    """The patterns that come with the program."""
    found = json.loads(resources.text("platforms.json"))["links"]
    compiler = _Compiler(found["forms"], {name: Clock(**clock) for name, clock in found["times"].items()})
    sites = [compiler.site(each) for each in found["sites"]]
    like = found["look_alikes"]
    return Patterns(
        sites={host: site for site in sites for host in site.hosts},
        anywhere=tuple(compiler.site(each) for each in found["anywhere"]),
        schemes=frozenset(host[:-1] for site in sites for host in site.hosts if host.endswith(":")),
        brands={str(brand): Platform(platform) for brand, platform in like["brands"].items()},
        letters=dict(like["letters"]),
        pairs=dict(like["pairs"]),
        words={What(what): str(words) for what, words in found["words"].items()},
        place_words=dict(found["place_words"]),
        named_by_host=frozenset(Platform(platform) for platform in found["named_by_host"]),
        cautions={Caution(caution): str(words) for caution, words in found["cautions"].items()},
        tracking={str(site): _any_of(names) for site, names in found["tracking"].items()},
    )


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all names; a star at the end stands for any ending."""
    return re.compile("|".join(re.escape(name).replace(r"\*", ".*") for name in names), re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Compiler:
    forms: Mapping[str, str]
    clocks: Mapping[str, Clock]

    def site(self, found: Any) -> Site:
        platform = found["platform"]
        return Site(
            platform=Platform(platform) if platform else None,
            hosts=tuple(str(host) for host in found.get("hosts", ())),
            subdomains=bool(found.get("subdomains", False)),
            handle_before_host=bool(found.get("handle_before_host", False)),
            shortened=bool(found.get("shortened", False)),
            reserved=frozenset(str(word) for word in found.get("reserved", ())),
            profile=str(found.get("profile", "")),
            profile_by_id=str(found.get("profile_by_id", "")),
            clocks={str(name): self.clocks[clock] for name, clock in found.get("times", {}).items()},
            rules=tuple(self._rule(rule) for rule in found["rules"]),
        )

    def _rule(self, found: Any) -> Rule:
        return Rule(
            what=What(found["what"]),
            paths=tuple(self._path(str(template)) for template in found["paths"]),
            query={str(name): self._pattern(str(value)) for name, value in found.get("query", {}).items()},
            fragment=self._pattern(str(found["fragment"])) if "fragment" in found else None,
            composed=dict(found.get("set", {})),
            squeezed=tuple(str(name) for name in found.get("squeeze", ())),
            unless=frozenset(str(word) for word in found.get("unless", ())),
        )

    def _path(self, template: str) -> Path:
        goes_on = template.endswith("/*")
        parts = template.removesuffix("/*").strip("/")
        return Path(tuple(self._part(part) for part in parts.split("/") if part), goes_on)

    def _part(self, part: str) -> Part:
        return self._pattern(part) if _TAKEN.search(part) else part.lower()

    def _pattern(self, template: str) -> re.Pattern[str]:
        pieces: list[str] = []
        end = 0
        for found in _TAKEN.finditer(template):
            literal = re.escape(template[end : found.start()])
            pieces.append(f"(?i:{literal})(?P<{found[1]}>{self.forms[found[2]]})")
            end = found.end()
        return re.compile("".join(pieces) + f"(?i:{re.escape(template[end:])})")
