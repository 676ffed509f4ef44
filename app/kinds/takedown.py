"""A takedown: one request to one recipient about one address."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from app.kinds.field import Ask, Form
from app.kinds.record import Record
from vault.chain import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedown(Record):
    """A request to have something removed."""

    KIND: ClassVar[Kind] = Kind.TAKEDOWN

    url: Annotated[
        str, Ask("Link of what should go", "Capture it first: once it is gone, so is the proof.", Form.LINK)
    ] = ""
    copy_of: Annotated[str, Ask("Copy of", "If the same picture is in another exhibit.", refers_to=Kind.EXHIBIT)] = ""
    recipient: Annotated[str, Ask("Who was asked", "Site, host, search engine, StopNCII…")] = ""
    route: Annotated[str, Ask("By which way", "Form, e-mail, in the app…")] = ""
    basis: Annotated[str, Ask("On what ground", "Some notices show your name to the other side.")] = ""
    sent_at: Annotated[str, Ask("When it was sent", form=Form.MOMENT)] = ""
    by_whom: Annotated[str, Ask("Who sent it")] = ""
    reference: Annotated[str, Ask("Reference", form=Form.IDENTIFIER)] = ""
    deadline: Annotated[str, Ask("Deadline", form=Form.MOMENT)] = ""
    response: Annotated[str, Ask("What they answered")] = ""
    response_at: Annotated[str, Ask("When they answered", form=Form.MOMENT)] = ""
    removed_at: Annotated[str, Ask("When it was gone", form=Form.MOMENT)] = ""
    how_confirmed: Annotated[str, Ask("How you know that it is gone")] = ""
    last_checked: Annotated[str, Ask("When you last looked", form=Form.MOMENT)] = ""
    reappeared_url: Annotated[str, Ask("Where it came back", form=Form.LINK)] = ""
    next_action: Annotated[str, Ask("What comes next, and when", form=Form.MOMENT)] = ""
    exhibits: Annotated[tuple[str, ...], Ask("Exhibits that show it", refers_to=Kind.EXHIBIT)] = ()
    notes: Annotated[str, Ask("Notes", form=Form.TEXT)] = ""
