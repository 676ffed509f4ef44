"""What happened when: everything that has a time, in order, with what kind of time it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.kinds import Kind, Precision
from app.report.content import Block, Cell, Column, Paragraph, Said, Subheading, Table, Wording, foreign, said
from app.report.labels import choice
from app.report.moments import read_moment
from app.report.view import View, joined, short_name, when_in_short
from app.subjects import Subject

_TIMES = {
    Kind.EXHIBIT: (("act_at", "done"), ("discovered_at", "found"), ("captured_at", "captured")),
    Kind.INCIDENT: (("when", "happened"), ("discovered", "found out")),
    Kind.PAYMENT: (("paid_at", "paid"), ("collected_when", "collected"), ("deadline", "deadline they set")),
    Kind.TAKEDOWN: (("sent_at", "asked for removal"), ("removed_at", "gone")),
    Kind.CONTACT: (("when", "reported"),),
}
"""The times that put a record in its place, the best first, and what to call each."""
_WHAT = {
    Kind.EXHIBIT: ("title", "page_title", "url"),
    Kind.INCIDENT: ("what_happened", "exact_words", "notes"),
    Kind.PAYMENT: ("recipient", "reference", "notes"),
    Kind.TAKEDOWN: ("url", "recipient", "notes"),
    Kind.CONTACT: ("organisation", "person", "notes"),
}
_WORDS_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Event:
    """A record in its place in time; `at` is None where no time is known. `when` says the time, `time` what it is."""

    subject: Subject
    at: datetime | None
    when: Wording
    time: str


def events(view: View) -> list[Event]:
    """The shown records in order of time, those without a time at the end in the order they were written."""
    found = [_event(subject) for kind in _TIMES for subject in view.current(kind)]
    dated = [event for event in found if event.at is not None]
    undated = [event for event in found if event.at is None]
    dated.sort(key=lambda event: (event.at, event.subject.first.seq))
    undated.sort(key=lambda event: event.subject.first.seq)
    return dated + undated


def chronology(view: View) -> Iterator[Block]:
    """The table of events, and those without a date under a heading of their own."""
    everything = events(view)
    dated = [event for event in everything if event.at is not None]
    undated = [event for event in everything if event.at is None]
    if not everything:
        yield Paragraph(said("Nothing with a time is recorded."))
        return
    yield Paragraph(
        said(
            "The time is when something was done or happened, if that was written down; otherwise when it was found or"
            " captured. The small print says which. Times are local to the computer, with its zone.",
            muted=True,
        )
    )
    if dated:
        yield _table(view, dated)
    if undated:
        yield Subheading(said("Without a date"))
        yield _table(view, undated)


def _table(view: View, some: list[Event]) -> Table:
    columns = (Column("When", 3), Column("What", 6), Column("Record", 2.2))
    return Table(columns, (_row(view, event) for event in some))


def _row(view: View, event: Event) -> tuple[Cell, ...]:
    subject = event.subject
    name = short_name(subject) if subject.ref else said(f"entry {subject.first.seq}")
    return (
        (event.when, said(event.time, muted=True)),
        _what(view, subject),
        (name, said(subject.kind.value, muted=True)),
    )


def _event(subject: Subject) -> Event:
    for field, words in _TIMES[subject.kind]:
        text = subject.data.get(field)
        if not isinstance(text, str) or not text.strip():
            continue
        moment = read_moment(text, subject.first.zone)
        if moment is not None:
            when = when_in_short(moment, text, subject.first.zone)
            return Event(subject, moment.at, when, words + _precision(subject, field))
    text = next((value for field, _ in _TIMES[subject.kind] if isinstance(value := subject.data.get(field), str)), "")
    return Event(subject, None, foreign(text) if text else said("no date"), "as it was written" if text else "")


def _precision(subject: Subject, field: str) -> str:
    name = {"act_at": "act_precision", "when": "when_precision"}.get(field)
    written = subject.data.get(name) if name else None
    known = next((precision for precision in Precision if precision.value == written), None)
    return f", {choice(known)}" if known else ""


def _what(view: View, subject: Subject) -> Cell:
    lines: list[Wording] = []
    if subject.kind is Kind.PAYMENT:
        facts = dict(view.rows(subject, ["status", "amount", "currency", "kind"]))
        if facts:
            lines.append(joined([cell[0] for cell in facts.values()], " "))
    for field in _WHAT[subject.kind]:
        text = subject.data.get(field)
        if isinstance(text, str) and text.strip():
            lines.append(_in_short(text, subject, field))
            break
    extra = dict(view.rows(subject, ["platform", "place"]))
    if extra:
        lines.append((Said("on "), *joined([cell[0] for cell in extra.values()])))
    return tuple(lines) or (said("nothing further written", muted=True),)


def _in_short(text: str, subject: Subject, field: str) -> Wording:
    words = foreign(text[:_WORDS_LENGTH], identifier=field in {"url", "reference"}, words=subject.kind is Kind.INCIDENT)
    if len(text) <= _WORDS_LENGTH:
        return words
    return (*words, Said(" … (shortened here)", muted=True))
