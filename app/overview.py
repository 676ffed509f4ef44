"""What stands in a case at one glance: how much of what, what is still open, what was kept last."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.kinds import Account, Collected, Exhibit, Known, Payment, PaymentKind, PaymentStatus, Sensitivity, Under18
from app.subjects import Subject
from vault.chain import Kind

if TYPE_CHECKING:
    from app.casefile import Casefile
    from vault.opening import Finding


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each kind stand in the case, without what was withdrawn."""

    exhibits: int
    accounts: int
    payments: int
    incidents: int
    takedowns: int
    contacts: int


@dataclass(frozen=True, slots=True)
class Sorted:
    """How many exhibits are of which sensitivity; a held one counts as held alone."""

    ordinary: int
    intimate: int
    unsorted: int
    held: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first page and the report page show."""

    counts: Counts
    exhibits: Sorted
    newest: Subject | None
    """The exhibit that was kept last."""
    without_id: Subject | None
    """An account that is somebody else's and whose lasting id is not known yet."""
    perhaps_collectable: Subject | None
    """A payment of which nobody said whether it was collected."""
    last_receipt: Subject | None
    spendable_cards: tuple[Subject, ...]
    """Payments that hold the number or code of a gift card of which nobody said that it was used."""
    under18: Under18
    findings: tuple["Finding", ...]


def overview(casefile: "Casefile") -> Overview:
    """Look through the whole case. Raises VaultError."""
    return Overview(
        counts=count(casefile),
        exhibits=_sorted(casefile),
        newest=next(_standing(casefile, Kind.EXHIBIT), None),
        without_id=next((found for found in _standing(casefile, Kind.ACCOUNT) if _lacks_id(found)), None),
        perhaps_collectable=next(
            (found for found in _standing(casefile, Kind.PAYMENT) if _perhaps_collectable(found)), None
        ),
        last_receipt=next(_standing(casefile, Kind.ANCHOR), None),
        spendable_cards=tuple(spendable_cards(casefile)),
        under18=casefile.case().under18 or Under18.UNSURE,
        findings=casefile.findings,
    )


def count(casefile: "Casefile") -> Counts:
    """The counts alone, which are quick."""
    return Counts(
        casefile.count(Kind.EXHIBIT),
        casefile.count(Kind.ACCOUNT),
        casefile.count(Kind.PAYMENT),
        casefile.count(Kind.INCIDENT),
        casefile.count(Kind.TAKEDOWN),
        casefile.count(Kind.CONTACT),
    )


def spendable_cards(casefile: "Casefile") -> Iterator[Subject]:
    """The payments with the number or code of a gift card that somebody who reads it could still spend.

    It goes into a package in full: the police and the company of the card need all of it to trace it.
    """
    return (found for found in _standing(casefile, Kind.PAYMENT) if _is_spendable(found))


def is_unsorted(exhibit: Subject) -> bool:
    """Whether nobody has said yet if an exhibit is ordinary or intimate."""
    record = exhibit.record
    return (
        isinstance(record, Exhibit)
        and not exhibit.withdrawn
        and not exhibit.held
        and record.sensitivity in {None, Sensitivity.NOT_SAID}
    )


def _sorted(casefile: "Casefile") -> Sorted:
    ordinary = intimate = unsorted = held = 0
    for exhibit in _standing(casefile, Kind.EXHIBIT):
        record = exhibit.record
        sensitivity = record.sensitivity if isinstance(record, Exhibit) else None
        held += exhibit.held
        unsorted += is_unsorted(exhibit)
        ordinary += not exhibit.held and sensitivity is Sensitivity.ORDINARY
        intimate += not exhibit.held and sensitivity is Sensitivity.INTIMATE
    return Sorted(ordinary, intimate, unsorted, held)


def _standing(casefile: "Casefile", kind: Kind) -> Iterator[Subject]:
    return (subject for subject in casefile.subjects(kind) if not subject.withdrawn)


def _lacks_id(account: Subject) -> bool:
    record = account.record
    return isinstance(record, Account) and not record.persistent_id and record.relationship.strip().lower() != "mine"


def _perhaps_collectable(payment: Subject) -> bool:
    record = payment.record
    if not isinstance(record, Payment):
        return False
    paid = record.status in {PaymentStatus.PAID, PaymentStatus.PART}
    return paid and record.collected in {None, Collected.UNKNOWN} and not record.cancel_result


def _is_spendable(payment: Subject) -> bool:
    record = payment.record
    if not isinstance(record, Payment):
        return False
    written = record.gift_code or (record.kind is PaymentKind.GIFT_CARD and record.reference)
    return bool(written) and record.redeemed is not Known.YES
