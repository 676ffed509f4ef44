"""An incident: what happened, in the person's own words, apart from the exact words of others."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from app.kinds.exhibit import Precision
from app.kinds.field import Ask, Form
from app.kinds.record import Record
from vault.chain import Kind


class Recorded(StrEnum):
    """Whether it was written down when it happened or later."""

    AT_THE_TIME = "at_the_time"
    FROM_MEMORY = "from_memory"


class IncidentKind(StrEnum):
    """What kind of thing happened."""

    POST = "post"
    COMMENT = "comment"
    REQUEST_FOR_IMAGES = "request_for_images"
    MESSAGE = "message"
    CALL = "call"
    EMAIL = "email"
    THREAT = "threat"
    DEMAND = "demand"
    PAYMENT = "payment"
    IMPERSONATION = "impersonation"
    SEARCH_RESULT = "search_result"
    SHOWN_OFFLINE = "shown_offline"
    DOXXING = "doxxing"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Record):
    """Something that happened."""

    KIND: ClassVar[Kind] = Kind.INCIDENT

    kind: Annotated[IncidentKind | None, Ask("What kind of thing was it?")] = None
    what_happened: Annotated[str, Ask("What happened", "Facts, in your own words.", Form.TEXT)] = ""
    exact_words: Annotated[
        str, Ask("Their exact words", "What was said or written, letter by letter.", Form.EXACT_WORDS)
    ] = ""
    when: Annotated[str, Ask("When it happened", form=Form.MOMENT)] = ""
    when_precision: Annotated[Precision | None, Ask("How exactly do you know that time?")] = None
    discovered: Annotated[str, Ask("When you found out", form=Form.MOMENT)] = ""
    platform: Annotated[str, Ask("Platform")] = ""
    place: Annotated[str, Ask("Place", "Group, channel, board, thread, or a place outside the internet.")] = ""
    url: Annotated[str, Ask("Link", form=Form.LINK)] = ""
    audience: Annotated[str, Ask("Who saw it")] = ""
    identifying_details: Annotated[
        str, Ask("Details about you that were shown", "Name, town, school, job, phone number…")
    ] = ""
    told_by: Annotated[str, Ask("Who told you")] = ""
    recorded: Annotated[Recorded | None, Ask("Are you writing this as it happens, or from memory?")] = None
    accounts: Annotated[tuple[str, ...], Ask("Accounts", refers_to=Kind.ACCOUNT)] = ()
    exhibits: Annotated[tuple[str, ...], Ask("Exhibits that show it", refers_to=Kind.EXHIBIT)] = ()
    payments: Annotated[tuple[str, ...], Ask("Payments", refers_to=Kind.PAYMENT)] = ()
    evidence_still_needed: Annotated[str, Ask("Evidence still needed", form=Form.TEXT)] = ""
    notes: Annotated[str, Ask("Notes", form=Form.TEXT)] = ""
