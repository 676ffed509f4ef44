"""What stands beside the questions of a form: hints, what a platform calls things, ways to an id, zones, notes.

It stands behind `lazy.form_help`: the window shows its first page before any of this is there.
"""

import zoneinfo
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.hints import Hint, hints
from app.kinds import KINDS, Kind, Platform
from app.notes import Area, Note, keep_note, read_notes, remove_note
from app.pasted_links import pasted_links
from app.platforms import CanChange, PlatformEntry, Told, Way, entry, registry
from vault.chain import Data, EntryId

if TYPE_CHECKING:
    from app.casefile import Casefile

_CHANGES = {CanChange.YES: "The owner can change it.", CanChange.NO: "It does not change.", CanChange.UNKNOWN: ""}
_TELLING = (Told.YES, Told.SOMETIMES)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a question is called on one platform, and a sentence below it."""

    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class Finding:
    """How to find what police need most on one platform: sentences as they are shown, below the field `beside`."""

    beside: str
    before: tuple[str, ...]
    ways: tuple[tuple[str, tuple[str, ...]], ...]
    otherwise: tuple[str, ...]
    history: tuple[str, ...]
    screenshot: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class BeingTold:
    """Who is told of a screenshot: platforms with their sentence as it is shown, and what can be done instead."""

    platforms: tuple[tuple[str, str], ...]
    instead: tuple[str, ...]
    checked_on: str


class FormHelp:
    """One door to it."""

    areas = Area

    @cached_property
    def zones(self) -> tuple[str, ...]:
        """The names of all time zones this computer knows, in order (50 ms at first)."""
        return tuple(sorted(zoneinfo.available_timezones()))

    def hints(self, kind: Kind, data: Data) -> tuple[Hint, ...]:
        """All hints on a record as it stands, in the order of its fields; the first phone number takes 150 ms more."""
        order = {spec.name: place for place, spec in enumerate(KINDS[kind].specs())}
        found = (*hints(kind, data), *pasted_links(kind, data))
        return tuple(sorted(found, key=lambda hint: order.get(hint.field, len(order))))

    def names(self, platform: str) -> dict[str, Wording]:
        """What the fields of an account are called on a platform, by field; empty where nobody knows the platform."""
        known = self._entry(platform)
        if known is None:
            return {}
        found = {}
        for field, name in known.names.items():
            confirmed = "" if name.checked else "(Not confirmed.)"
            hint = (f"For example {name.example}.", _CHANGES[name.can_change], confirmed)
            found[field] = Wording(name.label, " ".join(filter(None, hint)))
        return found

    def finding(self, platform: str) -> Finding | None:
        """How to find the id on a platform; None where nobody knows the platform, or nothing is to be said."""
        known = self._entry(platform)
        if known is None or not (known.ways or known.before or known.without_id):
            return None
        return Finding(
            beside=known.asks.field if known.asks else next(iter(known.names)),
            before=tuple(each.shown for each in known.before),
            ways=tuple(_steps(way) for way in known.ways),
            otherwise=tuple(each.shown for each in known.without_id),
            history=tuple(each.shown for each in known.legacy),
            screenshot=known.screenshot.shown,
            checked_on=registry().checked_on.isoformat(),
        )

    def being_told(self) -> BeingTold:
        """The platforms that always or sometimes tell the other side of a screenshot."""
        telling = [each for each in registry().entries.values() if each.screenshot_told in _TELLING]
        telling.sort(key=lambda each: _TELLING.index(each.screenshot_told))
        return BeingTold(
            tuple((each.name, each.screenshot.shown) for each in telling),
            tuple(each.shown for each in registry().screenshot_instead),
            registry().checked_on.isoformat(),
        )

    def read_notes(self, casefile: "Casefile", subject: EntryId) -> list[Note]:
        """The notes about one thing, oldest first. Raises VaultError."""
        return read_notes(casefile, subject)

    def keep_note(
        self, casefile: "Casefile", text: str, subject: EntryId, area: str = "", note: str | None = None
    ) -> Note:
        """Write a note, or a known one anew; one with an `area` is about the impact. Raises WrongUse, VaultError."""
        return keep_note(casefile, text, subject=subject, impact=Area(area) if area else None, note=note)

    def remove_note(self, casefile: "Casefile", note: str) -> None:
        """Remove a note. Raises WrongUse, VaultError."""
        remove_note(casefile, note)

    def _entry(self, platform: str) -> PlatformEntry | None:
        return entry(Platform(platform)) if platform in {known.value for known in Platform} else None


def _steps(way: Way) -> tuple[str, tuple[str, ...]]:
    return way.title, tuple(step.shown for step in way.steps)
