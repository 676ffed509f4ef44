"""What stands when: the times of every subject in one cache, so that a page of a timeline costs what it holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum

import apsw

from vault.chain import Data, EntryId, Kind
from vault.moments import read_moment

TABLE = "cache_time"

_MAKE = """
CREATE TABLE cache_time(
    line TEXT NOT NULL, at TEXT NOT NULL, seq INTEGER NOT NULL, field TEXT NOT NULL, PRIMARY KEY(line, at, seq, field)
) WITHOUT ROWID;
CREATE INDEX cache_time_of_subject ON cache_time(seq);
"""


class Line(StrEnum):
    """Which row of times: what happened (`past`), or what somebody wants to do or is waiting for (`ahead`)."""

    PAST = "past"
    AHEAD = "ahead"


_EVENTS: dict[Kind, tuple[tuple[str, ...], ...]] = {
    Kind.EXHIBIT: (("act_at", "discovered_at", "captured_at"),),
    Kind.INCIDENT: (("when", "told_at", "discovered"),),
    Kind.ACCOUNT: (("seen_at",), ("action_at",)),
    Kind.PAYMENT: (("demanded_at",), ("paid_at",), ("cancel_attempted_at",), ("collected_when",)),
    Kind.TAKEDOWN: (("sent_at",), ("response_at",), ("removed_at",), ("reappeared_at",)),
    Kind.CONTACT: (("when",),),
}
"""What of a subject has a place among the things that happened: in each group, the first field with a time in it."""

_AHEAD: dict[Kind, tuple[str, ...]] = {
    Kind.INCIDENT: ("threat_deadline",),
    Kind.ACCOUNT: ("next_action_at",),
    Kind.PAYMENT: ("deadline",),
    Kind.TAKEDOWN: ("next_action_at", "deadline"),
    Kind.CONTACT: ("next_action_at",),
}

_ZONES = {"when": "when_zone", "act_at": "act_zone"}
"""The field that names the zone of a time, where there is one; otherwise that of the computer it was typed on."""

_UNDATED = "~"
"""Behind every date: nobody knows when, and nothing pretends to."""
_NO_DATE_NEEDED = frozenset({Kind.ACCOUNT})
"""Without a time these happened at no moment, and stand in no timeline."""

_PAID = ("paid", "part", "tried")
_NOT_SENT = "not_sent"
"""Answers that say what happened, and what did not, where no time does."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a line of times, where a page ends and the next begins. `at`: ISO 8601 in UTC, or "~" for no date."""

    at: str
    seq: int
    field: str

    @property
    def dated(self) -> bool:
        """Whether a time is known."""
        return self.at != _UNDATED


def zone_for(data: Data, field: str, zone: str) -> str:
    """The zone that the time in a field is in: the one that was written beside it, else that of the entry."""
    written = data.get(_ZONES.get(field, ""))
    return written.strip() if isinstance(written, str) and written.strip() else zone


def make(db: apsw.Connection) -> None:
    """Make the table, empty."""
    db.execute(f"DROP TABLE IF EXISTS {TABLE}")
    db.execute(_MAKE)


def put(db: apsw.Connection, seq: int, kind: Kind, data: Data | None, zone: str) -> None:
    """Put the subject that entry `seq` added into its places; None: into none any more."""
    db.execute("DELETE FROM cache_time WHERE seq = ?", (seq,))
    if data is not None:
        rows = [(line, at, seq, field) for line, at, field in places(kind, data, zone)]
        db.executemany("INSERT OR IGNORE INTO cache_time VALUES(?, ?, ?, ?)", rows)


def page(
    db: apsw.Connection, line: Line, limit: int, after: Place | None, *, newest_first: bool, dated: bool
) -> list[tuple[Place, EntryId]]:
    """A page of a line: at most `limit` places behind `after`, with their subjects; those without a date apart."""
    order, behind = ("DESC", "<") if newest_first else ("ASC", ">")
    known = "t.at < ?" if dated else "t.at = ?"
    # The bound itself, and not an "or": this is one walk along the primary key.
    where = f"AND (t.at, t.seq, t.field) {behind} (?, ?, ?)" if after else ""
    query = (
        f"SELECT t.at, t.seq, t.field, s.id FROM cache_time t CROSS JOIN cache_subject s ON s.seq = t.seq "  # noqa: S608
        f"WHERE t.line = ? AND {known} {where} ORDER BY t.at {order}, t.seq {order}, t.field {order} LIMIT ?"
    )
    values = [line.value, _UNDATED, *((after.at, after.seq, after.field) if after else ()), limit]
    return [
        (Place(str(at), int(str(seq)), str(field)), EntryId(str(subject)))
        for at, seq, field, subject in db.execute(query, values)
    ]


def places(kind: Kind, data: Data, zone: str) -> Iterator[tuple[Line, str, str]]:
    """Every place that a subject with these fields has: its line, its time as in `Place.at`, and the field it is in."""
    found = False
    for fields in _EVENTS.get(kind, ()):
        for field in fields:
            at = _key(data, field, zone)
            if at is not None:
                yield Line.PAST, at, field
                found = True
                break
    if not found and kind in _EVENTS and kind not in _NO_DATE_NEEDED:
        undated = _undated(kind, data)
        if undated is not None:
            yield Line.PAST, _UNDATED, undated
    for field in _AHEAD.get(kind, ()):
        at = _key(data, field, zone)
        if at is not None:
            yield Line.AHEAD, at, field


def _undated(kind: Kind, data: Data) -> str | None:
    """The field that a subject without any date stands for: one with words in it, else what its answers say happened.

    None where they say that nothing did.
    """
    every = [field for group in _EVENTS[kind] for field in group]
    written = next((field for field in every if data.get(field)), None)
    if written is not None:
        return written
    if kind is Kind.TAKEDOWN and data.get("state") == _NOT_SENT:
        return None
    return "paid_at" if kind is Kind.PAYMENT and data.get("status") in _PAID else every[0]


def _key(data: Data, field: str, zone: str) -> str | None:
    """The time in a field in UTC, as it is put in order. A month alone stands at its beginning."""
    text = data.get(field)
    moment = read_moment(text, zone_for(data, field, zone)) if isinstance(text, str) else None
    return moment.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20) if moment else None
