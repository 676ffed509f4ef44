"""A contact with the police, a platform, a bank or a helpline."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from app.kinds.field import Ask, Form
from app.kinds.record import Record
from app.kinds.times import Known, Recorded
from vault.chain import Kind


class ContactKind(StrEnum):
    """Whom somebody turned to."""

    POLICE = "police"
    HELPLINE = "helpline"
    PLATFORM = "platform"
    BANK = "bank"
    INTERNET_PROVIDER = "internet_provider"
    LAWYER = "lawyer"
    SCHOOL_OR_WORK = "school_or_work"
    OTHER = "other"


_POLICE = (ContactKind.POLICE.value,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Record):
    """Somebody was told, and what came of it."""

    KIND: ClassVar[Kind] = Kind.CONTACT
    DECIDING: ClassVar[str] = "kind"

    kind: Annotated[ContactKind | None, Ask("Who was told?", report="Kind")] = None
    organisation: Annotated[str, Ask("Police force, company or helpline", report="Organisation")] = ""
    person: Annotated[str, Ask("Who you spoke with", report="Spoke with")] = ""
    officer_number: Annotated[
        str, Ask("Officer's number", "The collar number.", Form.IDENTIFIER, report="Officer’s number", only_for=_POLICE)
    ] = ""
    reference: Annotated[str, Ask("Their reference", "Log, case or crime number.", Form.IDENTIFIER)] = ""
    when: Annotated[str, Ask("When", form=Form.MOMENT)] = ""
    how: Annotated[str, Ask("How", "By phone, at the counter, by form, with an interpreter…")] = ""
    what_was_said: Annotated[str, Ask("What was said", form=Form.TEXT)] = ""
    what_was_given: Annotated[
        str, Ask("What you handed over", "And on what: stick, e-mail, paper.", Form.TEXT, report="Handed over")
    ] = ""
    receipt_given: Annotated[
        Known | None, Ask("Did they give you a receipt for it?", report="Receipt for it", only_for=_POLICE)
    ] = None
    support_offered: Annotated[
        Known | None,
        Ask(
            "Did they ask whether you want help from a support service?",
            "In England and Wales the police should ask.",
            report="Support service offered",
            only_for=_POLICE,
        ),
    ] = None
    outcome: Annotated[str, Ask("What came of it", form=Form.TEXT, report="Outcome")] = ""
    complaint: Annotated[
        str, Ask("If you complained", "To whom, when, and what they answered.", Form.TEXT, report="Complaint")
    ] = ""
    next_action: Annotated[str, Ask("What comes next", report="Next", section="Next")] = ""
    next_action_at: Annotated[str, Ask("When to do that", form=Form.MOMENT, report="Next, when")] = ""
    recorded: Annotated[
        Recorded | None, Ask("Are you writing this as it happens, or from memory?", report="Written down")
    ] = None
    notes: Annotated[str, Ask("Notes", form=Form.TEXT)] = ""
