"""What is known about each platform: the dated statements of resources/platforms.json, read once and typed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

import resources
from app.kinds.account import Platform
from app.under18_words import under18_words


class CanChange(StrEnum):
    """Whether the owner of an account can change it."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Told(StrEnum):
    """Whether the other person is told of a screenshot. `no` means that nobody here knows of such a message."""

    YES = "yes"
    SOMETIMES = "sometimes"
    BLOCKED = "blocked"
    NO = "no"
    NO_LONGER = "no_longer"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or two for a person. `checked`: read in a source that says so, or no claim about a platform at all.

    What only weak sources say counts as not checked.
    """

    text: str
    checked: bool

    @property
    def shown(self) -> str:
        """The text as people see it, with the mark of what nobody has confirmed."""
        return self.text if self.checked else f"{self.text} (not confirmed)"


@dataclass(frozen=True, slots=True)
class Name:
    """What a field of an account is called on a platform. `example` is made up."""

    label: str
    example: str
    can_change: CanChange
    checked: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One way to find an id. The steps are numbered when shown, in this order."""

    title: str
    steps: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """The field that police need most. Nothing is asked when it, or one of the fields in `enough`, is filled."""

    field: str
    enough: tuple[str, ...]
    question: str
    why: str


@dataclass(frozen=True, slots=True)
class PlatformEntry:
    """One platform. `names`: field of an account -> what it is called here; what is missing does not exist here.

    `ways` find the id, `before` is worth knowing before one looks, `without_id` says what to write down instead,
    `police` what the platform asks the police for. `id_form` matches a text that can only be an id.
    """

    platform: Platform
    name: str
    also: tuple[str, ...]
    names: Mapping[str, Name]
    asks: Asking | None
    id_form: re.Pattern[str] | None
    ways: tuple[Way, ...]
    before: tuple[Statement, ...]
    legacy: tuple[Statement, ...]
    without_id: tuple[Statement, ...]
    screenshot_told: Told
    screenshot: Statement
    police: tuple[Statement, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Everything that is said here, wherever it is shown."""
        steps = tuple(step for way in self.ways for step in way.steps)
        return (*steps, *self.before, *self.legacy, *self.without_id, self.screenshot, *self.police)


@dataclass(frozen=True, slots=True)
class Registry:
    """All platforms, the day on which somebody looked at them last, and what to do instead of a screenshot."""

    checked_on: date
    screenshot_instead: tuple[Statement, ...]
    entries: Mapping[Platform, PlatformEntry]


@cache
def registry() -> Registry:
    """The platforms that come with the program. Nothing is fetched."""
    found = json.loads(resources.text("platforms.json"))
    entries = [_entry(each, found["links"]["forms"]) for each in found["platforms"]]
    return Registry(
        date.fromisoformat(found["checked_on"]),
        (*_statements(found["screenshot_instead"]), Statement(under18_words().photograph, checked=True)),
        {each.platform: each for each in entries},
    )


def entry(platform: Platform) -> PlatformEntry:
    """What is known about one platform; every platform has an entry."""
    return registry().entries[platform]


def _entry(found: Any, forms: Mapping[str, str]) -> PlatformEntry:
    form = str(found["id_form"])
    return PlatformEntry(
        platform=Platform(found["platform"]),
        name=str(found["name"]),
        also=tuple(str(word) for word in found["also"]),
        names={str(field): _name(value) for field, value in found["names"].items()},
        asks=_asking(found["asks"]),
        id_form=re.compile(forms[form]) if form else None,
        ways=tuple(Way(str(way["title"]), _statements(way["steps"])) for way in found["ways"]),
        before=_statements(found["before"]),
        legacy=_statements(found["legacy"]),
        without_id=_statements(found["without_id"]),
        screenshot_told=Told(found["screenshot"]["told"]),
        screenshot=_statement(found["screenshot"]),
        police=_statements(found["police"]),
    )


def _asking(found: Any) -> Asking | None:
    if found is None:
        return None
    enough = tuple(str(field) for field in found["enough"])
    return Asking(str(found["field"]), enough, str(found["question"]), str(found["why"]))


def _name(found: Any) -> Name:
    return Name(str(found["label"]), str(found["example"]), CanChange(found["can_change"]), bool(found["checked"]))


def _statements(found: Any) -> tuple[Statement, ...]:
    return tuple(_statement(each) for each in found)


def _statement(found: Any) -> Statement:
    return Statement(str(found["text"]), bool(found["checked"]))
