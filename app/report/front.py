"""The first page and the summary: what somebody who has one minute must know."""

from collections.abc import Iterator

from app.kinds import Case, Kind, Payment, PaymentStatus
from app.money import Total, plain_text, totals
from app.report.chronology import events, kind_of_time, when
from app.report.content import (
    Block,
    Cell,
    Column,
    Facts,
    Figure,
    Figures,
    Foreign,
    Notice,
    Paragraph,
    Said,
    Subheading,
    Table,
    Wording,
    foreign,
    said,
)
from app.report.disclosure import Profile, Reason
from app.report.labels import choice
from app.report.records import is_mine, suspects_table
from app.report.view import View, counted, joined
from app.subjects import Subject

_WORDS_SHOWN = 3
_WORDS_LENGTH = 600
_STATUSES: tuple[PaymentStatus | None, ...] = (*PaymentStatus, None)


def cover(view: View) -> Iterator[Block]:
    """Handling, numbers, the case, a place for the police's own reference."""
    yield Notice(_handling(view))
    yield Figures(_figures(view))
    for case in view.current(Kind.CASE)[-1:]:
        rows = view.rows(case, [spec.name for spec in Case.specs()])
        if rows:
            yield Facts(tuple(rows))
    yield Facts((("Police reference", (said("_" * 44),)), ("Officer", (said("_" * 44),))))


def summary(view: View) -> Iterator[Block]:
    """What happened in the person's own words, who to look for, money, times, places."""
    yield from _what_happened(view)
    suspects = [subject for subject in view.current(Kind.ACCOUNT) if not is_mine(subject)]
    if suspects:
        yield Subheading(said("Who to look for"))
        yield suspects_table(view, suspects)
    money = totals(_payments(view))
    if money:
        yield Subheading(said("Money"))
        yield _money_table(money)
        yield from _not_plain(money)
    yield Subheading(said("When and where"))
    yield Facts(tuple(_when_and_where(view)))


def _handling(view: View) -> Cell:
    exhibits = view.current(Kind.EXHIBIT)
    covered = [subject for subject in exhibits if subject.data.get("sensitivity") != "ordinary"]
    originals = view.shown.not_included
    files = sum(len(subject.objects) for subject in exhibits)
    inside = sum(stored.id not in originals for subject in exhibits for stored in subject.objects)
    where = f"Originals: {counted(inside, 'file')} of {files:,} in the folder exhibits of the package"
    sealed = sum(absent.reason is Reason.SEALED for absent in originals.values())
    if sealed:
        where += f", {sealed:,} in a separate sealed file"
    if inside + sealed < files:
        where += "; the rest is listed with the reasons under “Not in this package”"
    return (
        (
            Said("Handling. ", strong=True),
            Said("This report may concern intimate images. This document shows no picture. " + where + ". "),
            Said(_covered(len(covered))),
            Said("Please protect the person’s anonymity; in many places the law gives them that right. "),
            Said("Contact the person only by the way given on the separate contact sheet, if there is one."),
        ),
    )


def _covered(count: int) -> str:
    if not count:
        return ""
    kept = "may show intimate images or has" if count == 1 else "may show intimate images or have"
    return f"{counted(count, 'exhibit')} {kept} not been sorted: open originals only if you must. "


def _figures(view: View) -> tuple[Figure, ...]:
    suspects = [subject for subject in view.current(Kind.ACCOUNT) if not is_mine(subject)]
    absent = [item for item in view.shown.not_included.values() if item.reason is not Reason.WITHDRAWN]
    exhibits = len(view.current(Kind.EXHIBIT))
    return (
        Figure(f"{exhibits:,}", "exhibit" if exhibits == 1 else "exhibits"),
        Figure(f"{len(absent):,}", "file not in the package" if len(absent) == 1 else "files not in the package"),
        Figure(f"{len(suspects):,}", "account to look for" if len(suspects) == 1 else "accounts to look for"),
        _money_figure(view),
    )


def _money_figure(view: View) -> Figure:
    payments = len(view.current(Kind.PAYMENT))
    money = totals(_payments(view))
    if len(money) != 1 or money[0].not_plain or len(money[0].currency) > 5 or not money[0].currency.isalnum():
        return Figure(f"{payments:,}", "demand or payment" if payments == 1 else "demands and payments")
    total = money[0]
    paid = total.sums.get(PaymentStatus.PAID)
    value = f"{plain_text(total.everything)} {total.currency}"
    tail = f", {plain_text(paid)} of it paid" if paid else ""
    return Figure(value, f"in {counted(payments, 'demand or payment', 'demands and payments')}{tail}")


def _payments(view: View) -> list[Payment]:
    return [record for subject in view.current(Kind.PAYMENT) if isinstance(record := subject.record, Payment)]


def _what_happened(view: View) -> Iterator[Block]:
    told = [event for event in events(view) if event.subject.kind is Kind.INCIDENT and _own_words(event.subject)]
    if not told:
        return
    yield Subheading(said("What happened, in the words of the person who wrote it down"))
    for event in told[:_WORDS_SHOWN]:
        words = _own_words(event.subject)
        cut = len(words) > _WORDS_LENGTH
        yield Paragraph((*when(event), Said(". ")) if event.moment else said("Without a date. ", muted=True))
        yield Paragraph(
            (
                Foreign(words[:_WORDS_LENGTH], words=True),
                Said(" … (shortened here; in full under “Incidents”)" if cut else "", muted=True),
            )
        )
    if len(told) > _WORDS_SHOWN:
        yield Paragraph(said(f"{counted(len(told) - _WORDS_SHOWN, 'more incident')} under “Incidents”.", muted=True))


def _own_words(subject: Subject) -> str:
    words = subject.data.get("what_happened")
    return words.strip() if isinstance(words, str) else ""


def _money_table(money: list[Total]) -> Table:
    used = [status for status in _STATUSES if any(status in total.sums for total in money)]
    columns = (Column("Currency", 2), *(Column(_status(status), 2) for status in used), Column("Not plain numbers", 2))
    rows = [
        (
            (foreign(total.currency, identifier=True) if total.currency else said("not said"),),
            *((said(plain_text(total.sums[status])) if status in total.sums else said("–"),) for status in used),
            (said(str(total.not_plain) if total.not_plain else "–"),),
        )
        for total in money
    ]
    return Table(columns, rows)


def _not_plain(money: list[Total]) -> Iterator[Block]:
    count = sum(total.not_plain for total in money)
    if count:
        amounts = counted(count, "amount that is not a plain number", "amounts that are not plain numbers")
        words = f"And {amounts}: not in these sums, but in full under “Demands and payments”."
        yield Paragraph(said(words, muted=True))


def _status(status: PaymentStatus | None) -> str:
    words = choice(status) if status else "status not said"
    return words[0].upper() + words[1:]


def _when_and_where(view: View) -> Iterator[tuple[str, Cell]]:
    everything = events(view)
    dated = [event for event in everything if event.moment is not None]
    if dated:
        yield "First", (when(dated[0]), said(kind_of_time(dated[0]), muted=True))
        yield "Last", (when(dated[-1]), said(kind_of_time(dated[-1]), muted=True))
    undated = len(everything) - len(dated)
    if undated:
        yield "Without a date", (said(counted(undated, "record")),)
    platforms = _platforms(view)
    if platforms:
        yield "Platforms", (joined(platforms),)
    yield (
        "Written down",
        (said(f"{counted(view.shown.entries, 'entry', 'entries')}, {view.shown.withheld:,} withheld"),),
    )


def _platforms(view: View) -> list[Wording]:
    found: dict[str, Wording] = {}
    for subject in view.shown.subjects.values():
        platform = subject.data.get("platform")
        if subject.withdrawn or not isinstance(platform, str) or not platform.strip():
            continue
        for wording in dict(view.rows(subject, ["platform"])).values():
            shown = wording[0][0].text
            found.setdefault(shown.strip().casefold(), wording[0])
    return list(found.values())[:40]


def addressee(profile: Profile) -> str:
    """Whom the report is for, in words."""
    return {Profile.POLICE: "for the police", Profile.SOLICITOR: "for the solicitor"}[profile]
