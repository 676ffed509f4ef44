"""One ordered view over all kinds: what happened when, honest about times that are unknown or not exact."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from app.finding import PAGE, read_subjects
from app.kinds import Precision
from app.subjects import Subject
from vault.chain import EntryId, Kind
from vault.moments import Moment, read_moment
from vault.timing import Line, Place, places, zone_for

if TYPE_CHECKING:
    from app.casefile import Casefile

WORDS = {
    "act_at": "done",
    "discovered_at": "found",
    "captured_at": "captured",
    "when": "happened",
    "told_at": "told",
    "discovered": "found out",
    "seen_at": "account seen like this",
    "action_at": "own account looked after",
    "demanded_at": "demanded",
    "paid_at": "paid",
    "cancel_attempted_at": "cancelling tried",
    "collected_when": "collected",
    "sent_at": "asked for removal",
    "response_at": "answered",
    "removed_at": "gone",
    "reappeared_at": "came back",
    "threat_deadline": "deadline they set",
    "deadline": "deadline",
    "next_action_at": "to do",
}
"""What kind of time it is, by the field that it stands in."""

_WORDS_OF_KINDS = {(Kind.CONTACT, "when"): "reported", (Kind.PAYMENT, "deadline"): "deadline they set"}

_PRECISIONS = {"act_at": "act_precision", "when": "when_precision"}
_UNTIL = {"act_at": "act_until", "when": "when_until"}


@dataclass(frozen=True, slots=True)
class Event:
    """A subject at one of its times. `moment` is None where no date is known; `text` is the time as it was written.

    `until` is the end of a span as it was written, `zone` that of the time.
    """

    subject: Subject
    field: str
    moment: Moment | None
    text: str
    until: str
    precision: Precision | None
    zone: str

    @property
    def words(self) -> str:
        """What kind of time it is."""
        return _WORDS_OF_KINDS.get((self.subject.kind, self.field)) or WORDS[self.field]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Some of the events, in order. `after`: where the next page begins, None on the last."""

    events: tuple[Event, ...]
    after: Place | None


def read_timeline(
    casefile: "Casefile",
    limit: int = PAGE,
    after: Place | None = None,
    *,
    line: Line = Line.PAST,
    newest_first: bool = False,
    among: Container[EntryId] | None = None,
) -> TimelinePage:
    """One page of what happened, or of what is ahead. What has no date stands behind all that has one.

    `among`: these subjects alone; None for all. Raises VaultError.
    """
    every = _places(casefile, limit + 1, after, line=line, newest_first=newest_first)
    found = list(islice((one for one in every if among is None or one[1] in among), limit + 1))
    shown = found[:limit]
    ids = list(dict.fromkeys(subject for _place, subject in shown))
    subjects = {subject.id: subject for subject in read_subjects(casefile.vault, ids)}
    events = tuple(event_of(subjects[subject], place.field) for place, subject in shown if subject in subjects)
    return TimelinePage(events, shown[-1][0] if len(found) > limit else None)


def _places(
    casefile: "Casefile", at_once: int, after: Place | None, *, line: Line, newest_first: bool
) -> Iterator[tuple[Place, EntryId]]:
    """Every place behind `after`, with its subject; read from the vault `at_once` by `at_once`, as they are wanted."""
    for dated in (True, False):
        if dated and after is not None and not after.dated:
            continue
        behind = after if after is not None and after.dated is dated else None
        while True:
            found = casefile.vault.log.times(line, at_once, behind, newest_first=newest_first, dated=dated)
            yield from found
            if len(found) < at_once:
                break
            behind = found[-1][0]


def events_of(subject: Subject) -> Iterator[tuple[str, Event]]:
    """Everything about a subject that has a place among what happened, with the key that puts it in order."""
    for line, at, field in places(subject.kind, subject.data, subject.first.zone):
        if line is Line.PAST:
            yield at, event_of(subject, field)


def event_of(subject: Subject, field: str) -> Event:
    """The subject at the time in that field."""
    data, zone = subject.data, zone_for(subject.data, field, subject.first.zone)
    text = _text(data.get(field))
    known = _text(data.get(_PRECISIONS.get(field, "")))
    return Event(
        subject=subject,
        field=field,
        moment=read_moment(text, zone),
        text=text,
        until=_text(data.get(_UNTIL.get(field, ""))),
        precision=next((precision for precision in Precision if precision.value == known), None),
        zone=zone,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
