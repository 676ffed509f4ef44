"""An exhibit: a captured or imported file and what is known about it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from app.kinds.field import Ask, Form
from app.kinds.record import Record
from app.kinds.times import EXACTLY, ZONE_HINT, Known, Precision
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
    TAKEN_DURING_ABUSE = "taken_during_abuse"
    STOLEN = "stolen"
    HACKED = "hacked"
    ALTERED = "altered"
    MADE_BY_COMPUTER = "made_by_computer"
    UNKNOWN = "unknown"


class HowFound(StrEnum):
    """How somebody came upon it."""

    SENT_TO_ME = "sent_to_me"
    TOLD_BY_SOMEBODY = "told_by_somebody"
    SEARCHED = "searched"
    FOLLOWED_A_LINK = "followed_a_link"
    NOTIFICATION = "notification"
    OTHER = "other"


class Access(StrEnum):
    """With what right it was seen."""

    PUBLIC = "public"
    OWN_ACCOUNT = "own_account"
    FRIENDS_ACCOUNT = "friends_account"
    SHOWN_BY_SOMEBODY = "shown_by_somebody"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit(Record):
    """An exhibit, with three times kept apart: when it was done, when it was discovered, when it was captured."""

    KIND: ClassVar[Kind] = Kind.EXHIBIT

    ref: Annotated[str, Ask("Reference", form=Form.IDENTIFIER, kept_by_program=True)] = ""
    title: Annotated[str, Ask("What it shows", "One sentence, for example “Message with a demand for £300”.")] = ""
    sensitivity: Annotated[
        Sensitivity | None,
        Ask("This picture is", "Until you say, it is treated as intimate everywhere.", report="The picture is"),
    ] = None
    url: Annotated[
        str, Ask("Link", "The whole address, right to the end. Copy it from the address bar.", Form.LINK)
    ] = ""
    url_final: Annotated[str, Ask("Link it led to", "If the address changed when the page opened.", Form.LINK)] = ""
    page_title: Annotated[str, Ask("Title of the page")] = ""
    platform: Annotated[str, Ask("Platform", "For example Telegram, Facebook, an image board.")] = ""
    place: Annotated[str, Ask("Place on it", "Group, channel, board, thread or chat.")] = ""
    accounts: Annotated[
        tuple[str, ...],
        Ask(
            "Accounts it belongs to",
            "Whose message, profile or post it is.",
            report="Accounts",
            refers_to=Kind.ACCOUNT,
            section="Whose it is",
        ),
    ] = ()
    sent_by: Annotated[SentBy | None, Ask("Who sent it?", report="Sent by")] = None
    logged_in_as: Annotated[
        str, Ask("The account you were logged in with", report="Logged in as", refers_to=Kind.ACCOUNT)
    ] = ""
    words: Annotated[
        str,
        Ask(
            "What is written in it",
            "Captions and comments, letter by letter, each with who wrote it.",
            Form.EXACT_WORDS,
            report="Written in it",
        ),
    ] = ""
    shown_time: Annotated[
        str, Ask("Time shown in it", "As it stands there, for example “3 hours ago”.", section="When")
    ] = ""
    act_at: Annotated[
        str,
        Ask("When it was done", "When it was posted, sent or threatened, if you know.", Form.MOMENT, report="Done"),
    ] = ""
    act_precision: Annotated[Precision | None, Ask(EXACTLY, report="That time is")] = None
    act_until: Annotated[str, Ask("Until when", "If it is a span of time.", Form.MOMENT, report="Until")] = ""
    act_zone: Annotated[str, Ask("Time zone of that time", ZONE_HINT, Form.ZONE, report="Time zone")] = ""
    discovered_at: Annotated[str, Ask("When you found it", form=Form.MOMENT, report="Found")] = ""
    how_found: Annotated[
        HowFound | None, Ask("How did you find it?", report="How it was found", section="How it was found")
    ] = None
    access: Annotated[
        Access | None,
        Ask(
            "How could you see it?",
            "You need not join a group or use another name to see more.",
            report="How it could be seen",
        ),
    ] = None
    found_through: Annotated[str, Ask("Found through", "The exhibit that led you to it.", refers_to=Kind.EXHIBIT)] = ""
    copy_of: Annotated[str, Ask("Copy of", "If the same picture is in another exhibit.", refers_to=Kind.EXHIBIT)] = ""
    reply_to: Annotated[str, Ask("Reply to", "The message or post it answers.", refers_to=Kind.EXHIBIT)] = ""
    others_shown: Annotated[
        str, Ask("Other people in it", "If it shows other people, say who or how many.", section="What the image is")
    ] = ""
    origin: Annotated[
        Origin | None,
        Ask(
            "Where does the image come from?",
            "Only if you want. If it was taken during abuse, that can be a crime of its own.",
            report="Origin of the image",
        ),
    ] = None
    origin_url: Annotated[
        str, Ask("Where it was first", "The link of your own post it was taken from.", Form.LINK, report="First at")
    ] = ""
    origin_at: Annotated[str, Ask("When you posted it there", form=Form.MOMENT, report="First posted")] = ""
    taken_for: Annotated[
        str, Ask("For whom it was taken, and when", "Agreeing to a picture is not agreeing to its being shared.",
                 report="Taken for")
    ] = ""  # fmt: skip
    agreed_taken: Annotated[
        Known | None, Ask("Did the person in it agree to the picture?", report="Agreed to the picture")
    ] = None
    agreed_shared: Annotated[
        Known | None,
        Ask("Did they agree to its being shared like this?", "These are two questions.", report="Agreed to sharing"),
    ] = None
    notes: Annotated[str, Ask("Notes", form=Form.TEXT)] = ""
    provenance: Annotated[Provenance | None, Ask("How it came in", kept_by_program=True)] = None
    method: Annotated[str, Ask("Method", kept_by_program=True)] = ""
    captured_at: Annotated[str, Ask("Captured at", form=Form.MOMENT, kept_by_program=True, report="Captured")] = ""
    device: Annotated[str, Ask("Captured on", kept_by_program=True)] = ""
    held: Annotated[str, Ask("Held", kept_by_program=True)] = ""
