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


_BOARD = (Platform.IMAGE_BOARD.value,)
_CHAT = tuple(
    platform.value
    for platform in (
        Platform.SKYPE, Platform.TEAMS, Platform.FACEBOOK, Platform.INSTAGRAM, Platform.SNAPCHAT, Platform.WHATSAPP,
        Platform.TELEGRAM, Platform.DISCORD, Platform.DISCOURSE, Platform.X, Platform.TIKTOK, Platform.REDDIT,
        Platform.DATING, Platform.GAME, Platform.SIGNAL, Platform.OTHER,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Record):
    """An account. The persistent id comes first in the report: names can be changed, it cannot."""

    KIND: ClassVar[Kind] = Kind.ACCOUNT
    DECIDING: ClassVar[str] = "platform"

    platform: Annotated[Platform | None, Ask("Where is this account?", report="Platform")] = None
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
    profile_url: Annotated[str, Ask("Link to the profile", "The whole address, right to the end.", Form.LINK)] = ""
    relationship: Annotated[
        str, Ask("Relation to me", "Write “mine” for an account of your own.", report="Relation to the writer")
    ] = ""
    claimed_identity: Annotated[
        str, Ask("Who they say they are", "Name, age, job, place, pictures, as they claim.", section="Who it is")
    ] = ""
    who_i_think: Annotated[
        str,
        Ask("Who I think it is", "Only if you want. Nobody has to be named.", report="Who the writer thinks it is"),
    ] = ""
    why_i_think_so: Annotated[str, Ask("Why I think so", form=Form.TEXT, report="Why the writer thinks so")] = ""
    phone: Annotated[
        str,
        Ask(
            "Phone number",
            "The number itself, with the country code, and not the name it is saved under.",
            Form.IDENTIFIER,
            section="More that leads to it",
        ),
    ] = ""
    email: Annotated[str, Ask("E-mail address", form=Form.IDENTIFIER)] = ""
    former_names: Annotated[str, Ask("Earlier names", "Names and user names it had before.", Form.IDENTIFIER)] = ""
    message_link: Annotated[
        str, Ask("Link to a message or post of it", "Not the same as the link to the profile.", Form.LINK)
    ] = ""
    group: Annotated[
        str, Ask("Group, channel or server", "Its name, and the link that invites to it.", only_for=_CHAT)
    ] = ""
    board: Annotated[str, Ask("Board", "For example /b/.", Form.IDENTIFIER, only_for=_BOARD)] = ""
    thread: Annotated[str, Ask("Number of the thread", form=Form.IDENTIFIER, only_for=_BOARD)] = ""
    post: Annotated[str, Ask("Number of the post", form=Form.IDENTIFIER, only_for=_BOARD)] = ""
    tripcode: Annotated[
        str, Ask("Tripcode", "What stands after the name, with ! or !!.", Form.IDENTIFIER, only_for=_BOARD)
    ] = ""
    poster_id: Annotated[
        str, Ask("Poster ID", "On some boards, a short code beside each post.", Form.IDENTIFIER, only_for=_BOARD)
    ] = ""
    file_shown: Annotated[
        str,
        Ask("File beside the post", "Name, size and, where the board shows one, its hash.", Form.IDENTIFIER,
            only_for=_BOARD),
    ] = ""  # fmt: skip
    headers: Annotated[
        str,
        Ask(
            "Header lines of an e-mail",
            "“Show original” or “View source” shows them. Copy all of them.",
            Form.TEXT,
            only_for=(Platform.EMAIL.value,),
        ),
    ] = ""
    domain: Annotated[
        str, Ask("Address of the site", "For example example.com.", Form.IDENTIFIER, only_for=(Platform.WEBSITE.value,))
    ] = ""
    operator: Annotated[
        str,
        Ask(
            "Who runs or hosts the site",
            "Only if you know it: name, country, address for complaints. Nothing is looked up.",
            only_for=(Platform.WEBSITE.value, Platform.IMAGE_BOARD.value, Platform.DISCOURSE.value),
        ),
    ] = ""
    game: Annotated[str, Ask("Which game or app", only_for=(Platform.GAME.value, Platform.DATING.value))] = ""
    seen_at: Annotated[
        str, Ask("When you saw it like this", form=Form.MOMENT, report="Seen like this", section="When and how")
    ] = ""
    met_on: Annotated[
        str, Ask("Where you first met, and where it went on", "For example: first Tinder, then WhatsApp.")
    ] = ""
    moved_from: Annotated[
        str, Ask("Account of the same person before", report="Same person as", refers_to=Kind.ACCOUNT)
    ] = ""
    exhibits: Annotated[tuple[str, ...], Ask("Exhibits that show it", report="Exhibits", refers_to=Kind.EXHIBIT)] = ()
    action: Annotated[
        str,
        Ask(
            "What you did with your own account",
            "Suspended, password changed, privacy settings looked at, alert set up… You can suspend it: it can be made "
            "active again later. Deleting takes away what is in it, and that is evidence.",
            report="What the owner did with it",
            section="An account of your own",
        ),
    ] = ""
    action_at: Annotated[str, Ask("When you did that", form=Form.MOMENT, report="Done")] = ""
    next_action: Annotated[str, Ask("What comes next", report="Next")] = ""
    next_action_at: Annotated[str, Ask("When to do that", form=Form.MOMENT, report="Next, when")] = ""
    notes: Annotated[str, Ask("Notes", form=Form.TEXT)] = ""
