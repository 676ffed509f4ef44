"""An account: four separate names, and the id that does not change."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from app.kinds.field import Ask, Form
from app.kinds.record import Record
from vault.chain import Kind


class Platform(StrEnum):
    """Where an account is."""

    SKYPE = "skype"
    TEAMS = "teams"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    SNAPCHAT = "snapchat"
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    DISCORD = "discord"
    DISCOURSE = "discourse"
    X = "x"
    TIKTOK = "tiktok"
    REDDIT = "reddit"
    LINKEDIN = "linkedin"
    YOUTUBE = "youtube"
    ONLYFANS = "onlyfans"
    DATING = "dating"
    EMAIL = "email"
    PHONE = "phone"
    IMAGE_BOARD = "image_board"
    WEBSITE = "website"
    GAME = "game"
    SIGNAL = "signal"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Record):
    """An account. The persistent id comes first in the report: names can be changed, it cannot."""

    KIND: ClassVar[Kind] = Kind.ACCOUNT

    platform: Annotated[Platform | None, Ask("Where is this account?")] = None
    display_name: Annotated[str, Ask("Name shown", "The name as it stands there; on Skype, the Skype name.")] = ""
    handle: Annotated[str, Ask("User name", "Often with an @.", Form.IDENTIFIER)] = ""
    persistent_id: Annotated[
        str,
        Ask(
            "ID that does not change",
            "On Skype, the Skype ID: for example live:.cid.1a2b3c4d5e6f7a8b. Police need it more than the name.",
            Form.IDENTIFIER,
        ),
    ] = ""
    profile_url: Annotated[str, Ask("Link to the profile", form=Form.LINK)] = ""
    claimed_identity: Annotated[str, Ask("Who they say they are", "Name, age, job, place, as they claim.")] = ""
    who_i_think: Annotated[str, Ask("Who I think it is", "Only if you want. Nobody has to be named.")] = ""
    why_i_think_so: Annotated[str, Ask("Why I think so", form=Form.TEXT)] = ""
    relationship: Annotated[str, Ask("Relation to me", "Write “mine” for an account of your own.")] = ""
    notes: Annotated[str, Ask("Notes", form=Form.TEXT)] = ""
