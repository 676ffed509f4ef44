"""A request to have something removed: one link and one recipient each, with what came of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from app.kinds.field import Ask, Form
from app.kinds.record import Record
from vault.chain import Kind


class TakedownState(StrEnum):
    """How it stands."""

    NOT_SENT = "not_sent"
    WAITING = "waiting"
    REMOVED = "removed"
    REFUSED = "refused"
    ASKED_FOR_MORE = "asked_for_more"
    PUSHED_BACK = "pushed_back"
    NO_REPLY = "no_reply"
    CANNOT_REMOVE = "cannot_remove"
    SITE_GONE = "site_gone"
    BACK_AGAIN = "back_again"


class Basis(StrEnum):
    """On what ground a removal is asked for."""

    PLATFORM_RULES = "platform_rules"
    INTIMATE_IMAGE = "intimate_image"
    UNDER_18 = "under_18"
    COPYRIGHT = "copyright"
    DATA_PROTECTION = "data_protection"
    PRIVACY = "privacy"
    IMPERSONATION = "impersonation"
    HARASSMENT = "harassment"
    ONLINE_SAFETY = "online_safety"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedown(Record):
    """A request to have something removed."""

    KIND: ClassVar[Kind] = Kind.TAKEDOWN

    url: Annotated[
        str,
        Ask(
            "Link of what should go",
            "The whole address, as it stands in the browser.",
            Form.LINK,
            report="Link",
        ),
    ] = ""
    recipient: Annotated[
        str, Ask("Who was asked", "Site, host, search engine, StopNCII, Report Remove…", report="Asked")
    ] = ""
    state: Annotated[TakedownState | None, Ask("How does it stand?", report="State")] = None
    sent_at: Annotated[str, Ask("When it was sent", form=Form.MOMENT, report="Sent")] = ""
    reference: Annotated[str, Ask("Reference", form=Form.IDENTIFIER)] = ""
    next_action_at: Annotated[
        str,
        Ask("When to look again", "One good request works better than many.", Form.MOMENT, report="Next, when"),
    ] = ""
    copy_of: Annotated[str, Ask("Copy of", "If the same picture is in another exhibit.", refers_to=Kind.EXHIBIT)] = ""
    exhibits: Annotated[tuple[str, ...], Ask("Exhibits that show it", report="Exhibits", refers_to=Kind.EXHIBIT)] = ()
    route: Annotated[str, Ask("By which way", "Form, e-mail, in the app…", section="What was asked")] = ""
    ground: Annotated[
        Basis | None,
        Ask(
            "On what ground?",
            "Copyright counts only for who took the picture, and such a notice shows your name to the other side.",
            report="Ground",
        ),
    ] = None
    basis: Annotated[
        str, Ask("More about the ground", "Some notices show your name to the other side.", report="On what ground")
    ] = ""
    by_whom: Annotated[
        str, Ask("Who sent it", "You, a helpline, a lawyer; and with what authority.", report="Sent by")
    ] = ""
    text_sent: Annotated[str, Ask("What you wrote", form=Form.TEXT, report="Text sent")] = ""
    pin_kept: Annotated[
        str,
        Ask(
            "Where you keep the PIN", "StopNCII needs number and PIN; nobody can make a new one. Do not write it here."
        ),
    ] = ""
    deadline: Annotated[str, Ask("Deadline", form=Form.MOMENT)] = ""
    response: Annotated[str, Ask("What they answered", report="Answer", section="What came of it")] = ""
    response_at: Annotated[str, Ask("When they answered", form=Form.MOMENT, report="Answered")] = ""
    removed_at: Annotated[str, Ask("When it was gone", form=Form.MOMENT, report="Gone since")] = ""
    how_confirmed: Annotated[str, Ask("How you know that it is gone", report="How that is known")] = ""
    proof: Annotated[str, Ask("Exhibit that shows it gone", report="Shown gone in", refers_to=Kind.EXHIBIT)] = ""
    last_checked: Annotated[str, Ask("When you last looked", form=Form.MOMENT, report="Last looked")] = ""
    reappeared_url: Annotated[str, Ask("Where it came back", form=Form.LINK, report="Came back at")] = ""
    reappeared_at: Annotated[str, Ask("When it came back", form=Form.MOMENT, report="Came back")] = ""
    escalated_to: Annotated[
        str,
        Ask(
            "Who was asked next",
            "When a site does not help, others may: its host, a search engine, a regulator, a helpline.",
            report="Taken further to",
        ),
    ] = ""
    next_action: Annotated[str, Ask("What comes next", report="Next")] = ""
    notes: Annotated[str, Ask("Notes", form=Form.TEXT)] = ""
