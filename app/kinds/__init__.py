"""What a case holds: one small file of frozen dataclasses per kind; forms, tables, help and --json follow from it."""

from app.kinds.account import Account, Platform
from app.kinds.case import Case, Path, Person, Under18
from app.kinds.contact import Contact
from app.kinds.exhibit import Exhibit, Origin, Precision, Provenance, Sensitivity, SentBy
from app.kinds.field import Ask, FieldSpec, Form
from app.kinds.incident import Incident, IncidentKind, Recorded
from app.kinds.payment import Collected, Payment, PaymentKind, PaymentStatus
from app.kinds.program import Anchor, Export, Session, VaultOpening
from app.kinds.record import Record, parse_assignments
from app.kinds.takedown import Takedown
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
    "Account",
    "Anchor",
    "Ask",
    "Case",
    "Collected",
    "Contact",
    "Exhibit",
    "Export",
    "FieldSpec",
    "Form",
    "Incident",
    "IncidentKind",
    "Kind",
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
    "Takedown",
    "Under18",
    "VaultOpening",
    "parse_assignments",
]
