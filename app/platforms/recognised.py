"""What a link turned out to be: its platform, its kind, the ids inside, and the fields of a case that they fill."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.kinds.account import Platform
from app.kinds.record import Record
from app.platforms.registry import entry


class What(StrEnum):
    """What a link leads to, as far as its text says."""

    PROFILE = "profile"
    POST = "post"
    COMMENT = "comment"
    MESSAGE = "message"
    THREAD = "thread"
    GROUP = "group"
    INVITE = "invite"
    CHANNEL = "channel"
    VIDEO = "video"
    STORY = "story"
    FILE = "file"
    BOARD = "board"
    BOARD_POST = "board_post"
    ADDRESS = "address"
    SHORTENED = "shortened"
    REDIRECT = "redirect"
    PAGE = "page"


class Caution(StrEnum):
    """What to look at twice before one relies on a link."""

    SHORTENED = "shortened"
    REDIRECT = "redirect"
    MAY_BE = "may_be"
    NAME_BEFORE_AT = "name_before_at"
    LOOK_ALIKE = "look_alike"
    FOREIGN_LETTERS = "foreign_letters"


@dataclass(frozen=True, slots=True)
class TimeInside:
    """A time that the platform itself put into an id (`of`), UTC. `checked`: how it is read was checked."""

    of: str
    at: datetime
    checked: bool


@dataclass(frozen=True, slots=True)
class Recognised:
    """One link, understood by its text alone. All texts but `words` and `advice` come from whoever made the link.

    `raw` is the link as given, with whatever follows it. `platform` is None for a shortened link that can lead
    anywhere. `ids` holds what stands in the link under these names: handle, persistent_id, post, comment, message,
    chat, chat_id, thread, topic, group, server, channel, community, board, video, story, file, invite, phone, target,
    and a few rare ones. `fields` holds the same as fields of a case: platform, url, handle, persistent_id,
    profile_url, message_link, place, board, thread, post and so on; a profile_url beside a post is made from the ids.
    `words` and `advice` are for people; `resembles` is the platform whose name a host seems to hold
    that is not known to be that platform's.
    """

    raw: str
    platform: Platform | None
    what: What
    host: str
    ids: Mapping[str, str]
    fields: Mapping[str, str]
    certain: bool
    cautions: tuple[Caution, ...]
    resembles: Platform | None
    time_inside: TimeInside | None
    words: str
    advice: tuple[str, ...]

    def fields_for(self, kind: type[Record]) -> dict[str, str]:
        """The fields that a record of this kind has, as suggestions: nothing is filled in without being asked for."""
        found: dict[str, str] = {}
        deciding = self.fields.get(kind.DECIDING, "")
        for spec in kind.specs():
            value = self.fields.get(spec.name, "")
            if not value or spec.many or not spec.is_asked(deciding):
                continue
            if spec.name == "platform" and spec.choices is None:
                value = self._named()
            elif spec.choices is not None and value not in {choice.value for choice in spec.choices}:
                continue
            if value:
                found[spec.name] = value
        return found

    def _named(self) -> str:
        general = {None, Platform.WEBSITE, Platform.OTHER}
        return "" if self.platform is None or self.platform in general else entry(self.platform).name


@dataclass(frozen=True, slots=True)
class Found:
    """A link inside a text, from `start` to before `end` (characters)."""

    start: int
    end: int
    recognised: Recognised
