"""A contact with the police, a platform, a bank or a helpline."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from app.kinds.field import Ask, Form
from app.kinds.record import Record
from vault.chain import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Record):
    """Somebody was told, and what came of it."""

    KIND: ClassVar[Kind] = Kind.CONTACT

    organisation: Annotated[str, Ask("Police force, company or helpline")] = ""
    person: Annotated[str, Ask("Who you spoke with")] = ""
    officer_number: Annotated[str, Ask("Officer's number", form=Form.IDENTIFIER)] = ""
    reference: Annotated[str, Ask("Their reference", "Log, case or crime number.", Form.IDENTIFIER)] = ""
    when: Annotated[str, Ask("When", form=Form.MOMENT)] = ""
    how: Annotated[str, Ask("How", "By phone, at the counter, by form…")] = ""
    what_was_given: Annotated[str, Ask("What you handed over", form=Form.TEXT)] = ""
    outcome: Annotated[str, Ask("What came of it", form=Form.TEXT)] = ""
    next_action: Annotated[str, Ask("What comes next, and when", form=Form.MOMENT)] = ""
    notes: Annotated[str, Ask("Notes", form=Form.TEXT)] = ""
