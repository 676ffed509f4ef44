"""An exhibit: a captured or imported file and what is known about it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from app.kinds.field import Ask, Form
from app.kinds.record import Record
from vault.chain import Kind


class Sensitivity(StrEnum):
    """Who may see it. What nobody has sorted yet counts as intimate everywhere."""

    NOT_SAID = "not_said"
    ORDINARY = "ordinary"
    INTIMATE = "intimate"


class SentBy(StrEnum):
    """Who sent it."""

    ME = "me"
    THEM = "them"
    OTHER = "other"


class Provenance(StrEnum):
    """How it came into the vault."""

    CAPTURED_LIVE = "captured_live"
    IMPORTED = "imported"


class Origin(StrEnum):
    """Where the image in it comes from."""

    TAKEN_BY_ME = "taken_by_me"
    TAKEN_BY_THEM = "taken_by_them"
    TAKEN_BY_SOMEBODY_ELSE = "taken_by_somebody_else"
    TAKEN_IN_SECRET = "taken_in_secret"  # noqa: S105
    STOLEN = "stolen"
    ALTERED = "altered"
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """How exactly a time is known."""

    EXACT = "exact"
    ABOUT = "about"
    BETWEEN = "between"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit(Record):
    """An exhibit, with three times kept apart: when it was done, when it was discovered, when it was captured."""

    KIND: ClassVar[Kind] = Kind.EXHIBIT

    ref: Annotated[str, Ask("Reference", form=Form.IDENTIFIER, kept_by_program=True)] = ""
    title: Annotated[str, Ask("What it shows", "One sentence, for example “Message with a demand for £300”.")] = ""
    sensitivity: Annotated[
        Sensitivity | None, Ask("This picture is", "Until you say, it is treated as intimate everywhere.")
    ] = None
    url: Annotated[
        str, Ask("Link", "The whole address, right to the end. Copy it from the address bar.", Form.LINK)
    ] = ""
    url_final: Annotated[str, Ask("Link it led to", "If the address changed when the page opened.", Form.LINK)] = ""
    page_title: Annotated[str, Ask("Title of the page")] = ""
    platform: Annotated[str, Ask("Platform", "For example Telegram, Facebook, an image board.")] = ""
    place: Annotated[str, Ask("Place on it", "Group, channel, board, thread or chat.")] = ""
    accounts: Annotated[
        tuple[str, ...], Ask("Accounts it belongs to", "Whose message, profile or post it is.", refers_to=Kind.ACCOUNT)
    ] = ()
    sent_by: Annotated[SentBy | None, Ask("Who sent it?")] = None
    shown_time: Annotated[str, Ask("Time shown in it", "As it stands there, for example “3 hours ago”.")] = ""
    act_at: Annotated[
        str, Ask("When it was done", "When it was posted, sent or threatened, if you know.", Form.MOMENT)
    ] = ""
    act_precision: Annotated[Precision | None, Ask("How exactly do you know that time?")] = None
    discovered_at: Annotated[str, Ask("When you found it", form=Form.MOMENT)] = ""
    others_shown: Annotated[str, Ask("Other people in it", "If it shows other people, say who or how many.")] = ""
    origin: Annotated[Origin | None, Ask("Where does the image come from?")] = None
    notes: Annotated[str, Ask("Notes", form=Form.TEXT)] = ""
    provenance: Annotated[Provenance | None, Ask("How it came in", kept_by_program=True)] = None
    method: Annotated[str, Ask("Method", kept_by_program=True)] = ""
    captured_at: Annotated[str, Ask("Captured at", form=Form.MOMENT, kept_by_program=True)] = ""
    device: Annotated[str, Ask("Captured on", kept_by_program=True)] = ""
    held: Annotated[str, Ask("Held", kept_by_program=True)] = ""
