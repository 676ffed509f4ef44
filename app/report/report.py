"""The report of a disclosure: which sections there are, in which order."""

from collections.abc import Iterator, Sequence
from functools import partial

from app.kinds import Kind
from app.report import exhibits, front, integrity, records
from app.report.chronology import chronology
from app.report.content import Block, Foreign, Notice, Report, Said, Section, said
from app.report.disclosure import Disclosure
from app.report.impact import impact
from app.report.moments import local_time
from app.report.view import View, counted

_CHAPTERS = 12
_PEOPLE = 3
"""Of so many the references fit into the line at the foot of a page."""


def compose(disclosure: Disclosure) -> Report:
    """The report. The same disclosure gives the same report."""
    view = View(disclosure)
    exhibits_shown = view.current(Kind.EXHIBIT)
    title = f"Evidence report {disclosure.initials}"
    span = _span([str(exhibit.ref) for exhibit in exhibits_shown])
    made = local_time(disclosure.exported_at, disclosure.zone)
    return Report(
        title=title,
        subtitle=(
            Said(f"Made on {made} · {front.addressee(disclosure.profile)} · ", muted=True),
            Foreign(disclosure.app),
        ),
        footer=f"{title}{span} · {counted(disclosure.withheld, 'entry', 'entries')} withheld",
        sections=partial(_sections, view),
        count=_CHAPTERS + bool(disclosure.impact) + len(exhibits_shown),
    )


def _span(refs: Sequence[str]) -> str:
    """`AB/1 to AB/8, CD/1`: of whoever recorded, the first and the last; of more than three people only how many."""
    ends: dict[str, list[str]] = {}
    for ref in refs:
        ends.setdefault(ref.partition("/")[0], []).append(ref)
    if len(ends) > _PEOPLE:
        return f" · {counted(len(refs), 'exhibit')}"
    spans = ", ".join(own[0] if len(own) == 1 else f"{own[0]} to {own[-1]}" for own in ends.values())
    return f" · {'exhibit' if len(refs) == 1 else 'exhibits'} {spans}" if refs else ""


def _sections(view: View) -> Iterator[Section]:
    yield Section("handling", "Handling", front.cover(view))
    yield Section("summary", "Summary", front.summary(view))
    yield Section("chronology", "Chronology", chronology(view))
    yield Section("accounts", "Who to look for", records.accounts(view))
    yield Section("money", "Demands and payments", records.money(view))
    yield Section("incidents", "Incidents", records.incidents(view))
    yield Section("takedowns", "Requests for removal", records.takedowns(view))
    yield Section("contacts", "Contacts with police, companies and helplines", records.contacts(view))
    yield Section("exhibits", "List of exhibits", exhibits.exhibit_list(view), new_page=True)
    yield from exhibits.sheets(view)
    yield Section("absent", "Not in this package", exhibits.absent(view), new_page=True)
    if view.shown.impact:
        yield Section("impact", "Annex: what it did to the person", impact(view), new_page=True)
    yield Section("limits", "How this was recorded, and its limits", _with_key(integrity.limits(view)))
    yield Section("integrity", "How to check this report", integrity.integrity(view), new_page=True)


def _with_key(blocks: Iterator[Block]) -> Iterator[Block]:
    """First what the marks in names mean: they may stand anywhere in the report."""
    yield Notice(
        (
            said(
                "In names, links and messages a mark such as [U+202E] stands for one character that cannot be seen or"
                " that no font here draws. Where the report had to break a long word at the end of a line, the PDF"
                " shows a small hook; nothing stands there in the original."
            ),
        )
    )
    yield from blocks
