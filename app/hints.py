"""Quiet hints beside what is typed: whether an identifier looks right, letters that look alike, what a link tells."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.checks import Check, LookAlike, Looks, Why, checks_of, look_alikes_of
from app.kinds import KINDS, Account, FieldSpec, Form, Kind, Platform, Record
from app.platforms import entry, missing_id_prompt, recognise
from vault.chain import Data
from vault.moments import is_known_zone

_PLAIN = frozenset({"amount", "currency"})
"""Nobody needs to hear that these look right."""
_SHOWN = 3
"""So many letters of one field are spelled out; more of them are counted."""
NO_DATE = "This is not a date like 2026-11-20 or 2026-11-20 14:05. It stays as it is, outside the order."
_ZONE = "This zone is not understood. Write it like Europe/London or +01:00."


class Tone(StrEnum):
    """How a hint is meant. None of them keeps anything from being kept."""

    RIGHT = "right"
    LOOK_AGAIN = "look again"
    UNKNOWN = "cannot be checked"
    SUGGESTION = "suggestion"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Hint:
    """A hint beside a field. `fills` are answers for fields that are empty, which a link or an id already holds."""

    field: str
    tone: Tone
    words: str
    fills: Mapping[str, str] = dataclasses.field(default_factory=dict)


_TONES = {Looks.RIGHT: Tone.RIGHT, Looks.MISTAKE: Tone.LOOK_AGAIN, Looks.UNKNOWN: Tone.UNKNOWN}
_WORDS = {
    Tone.RIGHT: "Looks right.",
    Tone.LOOK_AGAIN: "May have a typing mistake: look again.",
    Tone.UNKNOWN: "Cannot be checked.",
}


def hints(kind: Kind, data: Data) -> tuple[Hint, ...]:
    """All hints on a record as it stands, in the order of its fields. Nothing is looked up anywhere."""
    checks = checks_of(kind, data)
    found = [*_of_checks(kind, checks), *_of_links(kind, data, checks)]
    found += [hint for hints_of in (_of_letters, _of_zones, _of_missing) for hint in hints_of(kind, data)]
    order = {spec.name: place for place, spec in enumerate(KINDS[kind].specs())}
    return tuple(sorted(found, key=lambda hint: order.get(hint.field, len(order))))


def _of_checks(kind: Kind, checks: Mapping[str, Check]) -> Iterator[Hint]:
    links = {spec.name for spec in KINDS[kind].specs() if spec.form is Form.LINK}
    for name, check in checks.items():
        if name in links or (name in _PLAIN and check.looks is Looks.RIGHT):
            continue
        tone = _TONES[check.looks]
        yield Hint(name, tone, f"{_WORDS[tone]} {check.detail}".strip())


def _of_letters(kind: Kind, data: Data) -> Iterator[Hint]:
    for name, letters in look_alikes_of(kind, data).items():
        odd = [letter for letter in letters if letter.why is not Why.ALIKE]
        if odd:
            more = f"; and {len(odd) - _SHOWN} more" if len(odd) > _SHOWN else ""
            yield Hint(name, Tone.LOOK_AGAIN, f"{'; '.join(map(_spelled, odd[:_SHOWN]))}{more}.")


def _spelled(letter: LookAlike) -> str:
    looks = f" looks like “{letter.resembles}”" if letter.resembles else f" is {letter.why.value}"
    return f"Letter {letter.position + 1} ({letter.code_point}, {letter.name.lower()}){looks}"


def _of_links(kind: Kind, data: Data, checks: Mapping[str, Check]) -> Iterator[Hint]:
    """What links say, and whether one is whole; and what could be filled in from them."""
    record = KINDS[kind]
    for spec in record.specs():
        text = data.get(spec.name)
        if spec.form is not Form.LINK or not isinstance(text, str) or not text.strip():
            continue
        link, whole = recognise(text.strip()), checks[spec.name]
        broken = (whole.detail,) if whole.looks is Looks.MISTAKE else ()
        if said := (*broken, *(link.advice if link else ())):
            yield Hint(spec.name, Tone.LOOK_AGAIN, " ".join(said))
        if link is None:
            continue
        elsewhere = kind is Kind.ACCOUNT and data.get("platform") not in {None, "", link.platform}
        known = link.fields_for(record)
        fills = {name: value for name, value in known.items() if name != spec.name and not data.get(name)}
        if fills and not elsewhere and link.platform not in (None, Platform.WEBSITE):
            yield Hint(spec.name, Tone.SUGGESTION, f"{link.words}. It also says: {_listed(record, fills)}.", fills)


def _listed(record: type[Record], fills: Mapping[str, str]) -> str:
    specs = {spec.name: spec for spec in record.specs()}
    return ", ".join(f"{_lowered(specs[name].term)} “{_plain(specs[name], value)}”" for name, value in fills.items())


def _lowered(term: str) -> str:
    return term if term.startswith("ID ") else term[0].lower() + term[1:]


def _plain(spec: FieldSpec, value: str) -> str:
    return entry(Platform(value)).name if spec.choices is Platform else value


def _of_zones(kind: Kind, data: Data) -> Iterator[Hint]:
    for spec in KINDS[kind].specs():
        text = data.get(spec.name)
        if spec.form is Form.ZONE and isinstance(text, str) and not is_known_zone(text):
            yield Hint(spec.name, Tone.LOOK_AGAIN, _ZONE)


def _of_missing(kind: Kind, data: Data) -> Iterator[Hint]:
    if kind is not Kind.ACCOUNT:
        return
    prompt = missing_id_prompt(Account.from_data(data).platform, data)
    if prompt is not None:
        fills = {prompt.field: prompt.already} if prompt.already else {}
        yield Hint(prompt.field, Tone.MISSING, f"{prompt.question} {prompt.why}".strip(), fills)
