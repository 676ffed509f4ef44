"""What people wrote down: accounts, money, incidents, takedowns, contacts, each with exact words apart."""

from collections.abc import Callable, Iterable, Iterator

from app.kinds import KINDS, Kind
from app.report.content import (
    Block,
    Cell,
    Column,
    Facts,
    Foreign,
    Paragraph,
    Quotation,
    Said,
    Subheading,
    Table,
    Wording,
    foreign,
    said,
)
from app.report.view import Row, View, joined, recorded, recorded_at, short_name
from app.report.visible import spelled
from app.subjects import Subject

Naming = Callable[[View, Subject], Wording]
"""How a record of a kind is headed."""

_IDENTIFIERS = ("persistent_id", "handle", "profile_url", "display_name")
_SPELLED_LENGTH = 64


def is_mine(account: Subject) -> bool:
    """Whether an account is the person's own."""
    relationship = account.data.get("relationship")
    return isinstance(relationship, str) and relationship.strip().casefold() == "mine"


def suspects_table(view: View, accounts: Iterable[Subject]) -> Table:
    """Accounts by what identifies them best, and where they are seen."""
    columns = (Column("Identifier", 5), Column("Where", 2), Column("Name shown", 2.4), Column("Seen in", 2))
    return Table(columns, [_suspect(view, account) for account in accounts])


def accounts(view: View) -> Iterator[Block]:
    """Accounts to look for, the identifier that does not change first; then the person's own."""
    everything = view.current(Kind.ACCOUNT)
    suspects = [account for account in everything if not is_mine(account)]
    mine = [account for account in everything if is_mine(account)]
    if not everything:
        yield Paragraph(said("No account is recorded."))
    for account in suspects:
        yield from _record(view, account, _account_name(account), _spelling(account))
    if mine:
        yield Subheading(said("The person’s own accounts: not suspects"))
        for account in mine:
            yield from _record(view, account, _account_name(account), _spelling(account))


def money(view: View) -> Iterator[Block]:
    """Demands and payments."""
    yield from _records(view, Kind.PAYMENT, "No demand or payment is recorded.", _payment_name)


def incidents(view: View) -> Iterator[Block]:
    """Incidents, what was written down from memory marked so."""
    yield from _records(view, Kind.INCIDENT, "No incident is recorded.", _incident_name)


def takedowns(view: View) -> Iterator[Block]:
    """Requests to remove something."""
    yield from _records(view, Kind.TAKEDOWN, "No request for removal is recorded.", _named("recipient", "url"))


def contacts(view: View) -> Iterator[Block]:
    """Contacts with police, companies, helplines."""
    yield from _records(view, Kind.CONTACT, "No contact is recorded.", _named("organisation", "person"))


def history(view: View, subject: Subject) -> Iterator[Block]:
    """When it was recorded, and what every later entry changed."""
    if len(subject.entries) == 1:
        yield Paragraph((Said(f"Entry {subject.first.seq}, recorded ", muted=True), *_muted(recorded(subject.first))))
        return
    columns = (Column("Entry", 1), Column("When, by", 4), Column("What was written", 6))
    yield Table(
        columns,
        [
            (
                (said(str(entry.seq)),),
                (said(recorded_at(entry)), said(f"by {entry.by.initials}", muted=True)),
                view.changes(entry),
            )
            for entry in subject.entries
        ],
    )


def _records(view: View, kind: Kind, none: str, name: Naming) -> Iterator[Block]:
    subjects = view.current(kind)
    if not subjects:
        yield Paragraph(said(none))
    for subject in subjects:
        yield from _record(view, subject, name(view, subject))


def _record(view: View, subject: Subject, name: Wording, more: Iterable[Row] = ()) -> Iterator[Block]:
    yield Subheading(name)
    words = subject.data.get("exact_words")
    if isinstance(words, str) and words.strip():
        yield Quotation(said("Exact words", muted=True), Foreign(words, words=True))
    story = subject.data.get("what_happened")
    if isinstance(story, str) and story.strip():
        yield Paragraph((Said("In the words of the person who wrote it down:", muted=True),))
        yield Paragraph((Foreign(story, words=True),))
    quoted = {"exact_words", "what_happened"}
    fields = [spec.name for spec in KINDS[subject.kind].specs() if spec.name not in quoted]
    if subject.kind is Kind.ACCOUNT:
        fields.sort(key=lambda field: _IDENTIFIERS.index(field) if field in _IDENTIFIERS[:3] else 9)
    rows = (*view.rows(subject, fields), *more, *view.unknown_rows(subject))
    if rows:
        yield Facts(rows)
    yield from history(view, subject)


def _suspect(view: View, account: Subject) -> tuple[Cell, ...]:
    found = [text for name in _IDENTIFIERS if isinstance(text := account.data.get(name), str) and text]
    link = account.data.get("profile_url")
    found = [found[0], link] if isinstance(link, str) and link in found[1:] else found[:1]
    facts = dict(view.rows(account, ["platform", "display_name"]))
    seen = [subject for subject in view.current(Kind.EXHIBIT) if account.id in _list(subject.data.get("accounts"))]
    names = [short_name(subject) for subject in seen[:12]]
    if len(seen) > len(names):
        names.append(said(f"{len(seen) - len(names):,} more"))
    return (
        tuple(foreign(text, identifier=True) for text in found) or (said("not known", muted=True),),
        facts.get("Platform", (said("–"),)),
        facts.get("Name shown", (said("–"),)),
        (joined(names) if names else said("–"),),
    )


def _account_name(account: Subject) -> Wording:
    found = [text for name in _IDENTIFIERS if isinstance(text := account.data.get(name), str) and text]
    return foreign(found[0], identifier=True) if found else said(f"Account in entry {account.first.seq}")


def _spelling(account: Subject) -> Iterator[Row]:
    """Code points of names in other letters than a to z: some look alike and are not."""
    for name in _IDENTIFIERS:
        text = account.data.get(name)
        if isinstance(text, str) and not text.isascii():
            shown = spelled(text[:_SPELLED_LENGTH]) + (" …" if len(text) > _SPELLED_LENGTH else "")
            words = {"persistent_id": "ID", "handle": "User name", "profile_url": "Link", "display_name": "Name shown"}
            yield f"{words[name]}, letter by letter", (foreign(shown, identifier=True),)


def _payment_name(view: View, payment: Subject) -> Wording:
    facts = dict(view.rows(payment, ["amount", "currency", "status"]))
    parts = [cell[0] for cell in facts.values()]
    return joined(parts, " ") if parts else said(f"Payment in entry {payment.first.seq}")


def _incident_name(view: View, incident: Subject) -> Wording:
    facts = dict(view.rows(incident, ["kind", "when"]))
    parts = [cell[0] for cell in facts.values()]
    for precision, *_rest in dict(view.rows(incident, ["when_precision"])).values():
        parts.append((Said("time: "), *precision))
    memory = (Said(" (from memory)"),) if incident.data.get("recorded") == "from_memory" else ()
    return (*(joined(parts) if parts else said(f"Incident in entry {incident.first.seq}")), *memory)


def _named(*fields: str) -> Naming:
    """Headed by the first of these fields that holds something."""

    def name(view: View, subject: Subject) -> Wording:
        facts = view.rows(subject, fields)
        return facts[0][1][0] if facts else said(f"Entry {subject.first.seq}")

    return name


def _list(value: object) -> list[str]:
    return value if isinstance(value, list) else []


def _muted(wording: Wording) -> Wording:
    return tuple(Said(part.text, muted=True) if isinstance(part, Said) else part for part in wording)
