"""What a case holds: one small file of frozen dataclasses per kind; forms, tables, help and --json follow from it."""

from app.kinds.account import Account, Platform
from app.kinds.case import Age, Agreed, Case, Path, Person, Under18
from app.kinds.contact import Contact, ContactKind
from app.kinds.exhibit import Access, Exhibit, HowFound, Origin, Provenance, Sensitivity, SentBy
from app.kinds.field import Ask, FieldSpec, Form
from app.kinds.incident import Incident, IncidentKind, Shown
from app.kinds.payment import Collected, GiftBrand, Payment, PaymentKind, PaymentStatus
from app.kinds.program import Anchor, Export, Session, VaultOpening
from app.kinds.record import Record, parse_assignments
from app.kinds.schema import schema
from app.kinds.takedown import Basis, Takedown, TakedownState
from app.kinds.times import Known, Precision, Recorded
from vault.chain import Kind

KINDS: dict[Kind, type[Record]] = {
    record.KIND: record
    for record in (
        VaultOpening, Case, Person, Exhibit, Incident, Account, Payment, Takedown, Contact, Anchor, Export, Session
    )
}  # fmt: skip
"""Every kind of entry, and the dataclass that reads it."""

WRITTEN_BY_HAND = (Kind.INCIDENT, Kind.ACCOUNT, Kind.PAYMENT, Kind.TAKEDOWN, Kind.CONTACT)
"""The kinds that a person records; of the others there is one, or the program makes them."""

__all__ = [
    "KINDS",
    "WRITTEN_BY_HAND",
    "Access",
    "Account",
    "Age",
    "Agreed",
    "Anchor",
    "Ask",
    "Basis",
    "Case",
    "Collected",
    "Contact",
    "ContactKind",
    "Exhibit",
    "Export",
    "FieldSpec",
    "Form",
    "GiftBrand",
    "HowFound",
    "Incident",
    "IncidentKind",
    "Kind",
    "Known",
    "Origin",
    "Path",
    "Payment",
    "PaymentKind",
    "PaymentStatus",
    "Person",
    "Platform",
    "Precision",
    "Provenance",
    "Record",
    "Recorded",
    "Sensitivity",
    "SentBy",
    "Session",
    "Shown",
    "Takedown",
    "TakedownState",
    "Under18",
    "VaultOpening",
    "parse_assignments",
    "schema",
]
