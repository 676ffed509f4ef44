"""A web address or app link taken apart, without looking anything up: the one parser that hostile links meet.

It reads addresses as browsers do where that matters for who owns the site, and gives up where readers disagree. What
an address claims is never changed: these parts are for recognising only.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

LONGEST = 16_384
"""Characters; what is longer is no address that somebody could follow."""

_MOST_PARTS = 200
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30}):")
_BROKEN = re.compile(r"[\s\x00-\x1f\x7f]")
_REST = re.compile(r"[/?#]")
_LABEL = re.compile(r"[^\s\x00-\x2c/:-@\[-^`{-\x7f]{1,63}")
_PORT = re.compile(r"[0-9]{0,5}")
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_WEB = ("http", "https")


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address, with percent signs undone in all but the host.

    `scheme` is lower-case and "" where none was written. `host` is lower-case, and "" in links such as mailto: and tg:
    whose first path segment says what they are. `segments` holds no empty ones, and no "." or "..".
    """

    scheme: str
    host: str
    name_before_at: bool
    segments: tuple[str, ...]
    query: Mapping[str, str]
    fragment: str

    @property
    def place(self) -> str:
        """What the patterns are found by: the host, or the scheme with its colon."""
        return self.host or f"{self.scheme}:"

    def under(self, host: str) -> "Address":
        """The same address, read as if what stands before `host` stood first in the path (anna.t.me is t.me/anna)."""
        label = self.host.removesuffix(f".{host}")
        return replace(self, host=host, segments=(label, *self.segments))


def read_address(text: str, schemes: frozenset[str]) -> Address | None:
    """Take apart one address. `schemes`: those besides http and https that are read, lower-case, without the colon.

    None for everything that is no address, that holds white space or control characters, or that is too long.
    """
    text = text.strip()
    if not text or len(text) > LONGEST or _BROKEN.search(text):
        return None
    found = _SCHEME.match(text)
    scheme = found[1].lower() if found else ""
    if found and scheme in schemes:
        return _with_path(Address(scheme, "", False, (), {}, ""), text[found.end() :].lstrip("/"))
    if found and scheme in _WEB:
        after = text[found.end() :]
        return _with_host(scheme, after[2:]) if after.startswith("//") else None
    return _with_host("", text)


def _with_host(scheme: str, text: str) -> Address | None:
    end = found.start() if (found := _REST.search(text)) else len(text)
    before, at, site = text[:end].rpartition("@")
    host, colon, port = site.partition(":")
    host = host.removesuffix(".")
    if host.isascii():  # some letters beyond ASCII become ASCII ones when lowered
        host = host.lower()
    if "\\" in before or len(host) > 253 or (colon and not _PORT.fullmatch(port)):
        return None
    labels = host.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return None
    return _with_path(Address(scheme, host, bool(at), (), {}, ""), text[end:])


def _with_path(address: Address, text: str) -> Address:
    text, _, fragment = text.partition("#")
    path, _, query = text.partition("?")
    return replace(address, segments=_segments(path), query=_query(query), fragment=_plain(fragment))


def _segments(path: str) -> tuple[str, ...]:
    kept: list[str] = []
    for part in path.split("/", _MOST_PARTS):
        segment = _plain(part)
        if segment == "..":
            del kept[-1:]
        elif segment not in {"", "."}:
            kept.append(segment)
    return tuple(kept)


def _query(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in text.split("&", _MOST_PARTS)[:_MOST_PARTS]:
        name, _, value = pair.partition("=")
        found.setdefault(_plain(name), _plain(value.replace("+", " ")))
    return found


def _plain(text: str) -> str:
    """Undo percent signs once; a text that is no UTF-8 afterwards stays as it was."""
    if "%" not in text:
        return text
    raw = _ESCAPED.sub(lambda found: bytes((int(found[1], 16),)), text.encode("utf-8", "surrogatepass"))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return text
