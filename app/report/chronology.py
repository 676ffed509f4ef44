"""What happened when: everything that has a time, in order, with what kind of time it is."""

from collections.abc import Iterator

from app.kinds import Kind
from app.report.content import Block, Cell, Column, Paragraph, Said, Subheading, Table, Wording, foreign, said
from app.report.labels import choice
from app.report.view import View, joined, short_name, when_in_short
from app.subjects import Subject
from app.timeline import Event, events_of

_WHAT = {
    Kind.EXHIBIT: ("title", "page_title", "url"),
    Kind.INCIDENT: ("what_happened", "exact_words", "notes"),
    Kind.ACCOUNT: ("persistent_id", "handle", "display_name"),
    Kind.PAYMENT: ("recipient", "reference", "notes"),
    Kind.TAKEDOWN: ("url", "recipient", "notes"),
    Kind.CONTACT: ("organisation", "person", "notes"),
}
_WORDS_LENGTH = 300


def events(view: View) -> list[Event]:
    """What happened in order of time; what has no date at the end, in the order it was written."""
    found = [
        (at, subject.first.seq, place, event)
        for kind in _WHAT
        for subject in view.current(kind)
        for place, (at, event) in enumerate(events_of(subject))
    ]
    return [event for _at, _seq, _place, event in sorted(found, key=lambda each: each[:3])]


def chronology(view: View) -> Iterator[Block]:
    """The table of events, and those without a date under a heading of their own."""
    everything = events(view)
    dated = [event for event in everything if event.moment is not None]
    undated = [event for event in everything if event.moment is None]
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
        (when(event), said(kind_of_time(event), muted=True)),
        _what(view, subject),
        (name, said(subject.kind.value, muted=True)),
    )


def when(event: Event) -> Wording:
    """The time of an event, as far as it is known."""
    if event.moment is not None:
        return when_in_short(event.moment, event.text, event.zone)
    return foreign(event.text) if event.text else said("no date")


def kind_of_time(event: Event) -> str:
    """What its time is: done, found, paid…"""
    if event.moment is None:
        return "as it was written" if event.text else ""
    return f"{event.words}, {choice(event.precision)}" if event.precision else event.words


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
