"""User names and ids by platform: their forms, and what to look for where one does not fit."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.checks.result import Check, mistake, on_any_text, right, unknown
from app.kinds import Platform

_DISCORD_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
_STEAM_FIRST = 76561197960265728
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class IdForm:
    """One form of an id. The normal form is the first group of `pattern`, in small letters where `small` says so."""

    pattern: str
    detail: str
    make: Callable[[str, str], Check] = right
    small: bool = False


def _wrong(_normal: str, detail: str) -> Check:
    return mistake(detail)


def _unsure(normal: str, detail: str) -> Check:
    return unknown(detail, normal)


def _discord(normal: str, _detail: str) -> Check:
    """A snowflake: the bits above the 22nd are milliseconds since 2015 (Discord's developer reference)."""
    number = int(normal)
    if number >= 1 << 63:
        return mistake("This number is too large for a Discord ID.")
    made = _DISCORD_EPOCH + timedelta(milliseconds=number >> 22)
    return right(normal, f"A Discord ID, made on {made:%Y-%m-%d} (UTC).")


def _steam(normal: str, _detail: str) -> Check:
    old = re.fullmatch(r"STEAM_[0-5]:([01]):([0-9]{1,10})", normal)
    new = re.fullmatch(r"\[U:1:([0-9]{1,10})\]", normal)
    if old:
        return right(str(_STEAM_FIRST + 2 * int(old[2]) + int(old[1])), "A Steam ID of the older form.")
    if new:
        return right(str(_STEAM_FIRST + int(new[1])), "A Steam ID of the newer form.")
    return right(normal, "A Steam ID of 17 digits.")


_SKYPE = (
    IdForm(r"(?i)(?:8:)?(live:\.cid\.[0-9a-f]{16})", "A Skype ID.", small=True),
    IdForm(r"(?i)(?:8:)?(live:\.cid\..*)", "After .cid. stand 16 characters, 0 to 9 and a to f.", _wrong),
    IdForm(r"(?s)(.*\s.*)", "A Skype ID has no spaces. This may be the name shown; the profile shows the ID.", _wrong),
    IdForm(r"(?i)(?:8:)?(live:[a-z0-9._,\-]{1,64})", "A Skype ID.", small=True),
    IdForm(r"(?:8:|skype:)?([A-Za-z][A-Za-z0-9._,\-]{5,31})(?:\?.*)?", "A Skype ID of the older kind.", small=True),
    IdForm(r"(?:4:)?(\+[0-9]{7,15})", "A phone number that Skype used as an ID."),
    IdForm(r"(\S+@\S+)", "An e-mail address. The profile shows the Skype ID, which often begins with live:.", _unsure),
)
_TELEGRAM_NAME = IdForm(
    r"(?i)(?:(?:https?://)?t(?:elegram)?\.me/|@)?([a-z][a-z0-9_]{3,31})", "The form of a user name.", small=True
)
_REDDIT_NAME = IdForm(r"(?:/?u/|@)?([A-Za-z0-9_-]{3,20})", "The form of a user name.", small=True)
_SNAP_NAME = IdForm(r"@?([A-Za-z][A-Za-z0-9._-]{1,13}[A-Za-z0-9])", "The form of a user name.", small=True)
_CHANNEL = IdForm(r"(?:https?://(?:www\.)?youtube\.com/channel/)?(UC[A-Za-z0-9_-]{21}[AQgw])", "A channel ID.")

_IDS: dict[Platform, tuple[IdForm, ...]] = {
    Platform.SKYPE: _SKYPE,
    Platform.TEAMS: (
        *_SKYPE[:2],
        IdForm(r"(?i)((?:8:)?orgid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", "A Teams ID.", small=True),
        _SKYPE[3],
    ),
    Platform.FACEBOOK: (
        IdForm(r"(?:https?://\S*facebook\.com/profile\.php\?(?:\S*&)?id=)?([0-9]{5,20})(?:&\S*)?", "A Facebook ID."),
        IdForm(r"([A-Za-z0-9.]{5,50})", "This looks like a user name. The Facebook ID is digits only.", _wrong),
    ),
    Platform.INSTAGRAM: (IdForm(r"([0-9]{1,20})", "The form of an Instagram ID."),),
    Platform.SNAPCHAT: (_SNAP_NAME,),
    Platform.TELEGRAM: (
        IdForm(r"(-?[0-9]{5,16})", "The form of a Telegram ID."),
        IdForm(_TELEGRAM_NAME.pattern, "This looks like a user name. The Telegram ID is digits only.", _wrong),
    ),
    Platform.DISCORD: (
        IdForm(r"(?:<@!?)?([0-9]{17,20})>?", "", _discord),
        IdForm(r"([0-9]{1,16})", "A Discord ID has 17 to 20 digits.", _wrong),
        IdForm(r"(\S{2,40})", "This looks like a user name. The Discord ID is 17 to 20 digits.", _wrong),
    ),
    Platform.DISCOURSE: (IdForm(r"([0-9]{1,12})", "The form of an ID."),),
    Platform.X: (IdForm(r"([0-9]{1,20})", "The form of an ID of X."),),
    Platform.TIKTOK: (IdForm(r"([0-9]{5,20}|MS4wLjABAAAA[A-Za-z0-9_-]{20,80})", "The form of a TikTok ID."),),
    Platform.REDDIT: (
        IdForm(r"(t2_[a-z0-9]{1,13})", "A Reddit ID."),
        IdForm(r"(t[13456]_[a-z0-9]{1,13})", "An ID of a post or group. That of an account begins with t2_.", _wrong),
        _REDDIT_NAME,
    ),
    Platform.LINKEDIN: (IdForm(r"(urn:li:[A-Za-z_]+:[A-Za-z0-9_-]+|ACoAA[A-Za-z0-9_-]{20,60})", "A LinkedIn ID."),),
    Platform.YOUTUBE: (
        _CHANNEL,
        IdForm(r"(UC\S*)", "A channel ID has 24 characters and ends with A, Q, g or w.", _wrong),
    ),
    Platform.ONLYFANS: (IdForm(r"(u[0-9]{4,})", "The form of an OnlyFans ID."),),
    Platform.GAME: (
        IdForm(r"(7656119[0-9]{10}|STEAM_[0-5]:[01]:[0-9]{1,10}|\[U:1:[0-9]{1,10}\])", "", _steam),
        IdForm(r"(765[0-9]{5,})", "A Steam ID has 17 digits and begins with 7656119.", _wrong),
    ),
}

_NAMES: dict[Platform, tuple[IdForm, ...]] = {
    Platform.SKYPE: _SKYPE,
    Platform.FACEBOOK: (IdForm(r"@?([A-Za-z0-9.]{5,50})", "The form of a user name.", small=True),),
    Platform.INSTAGRAM: (
        IdForm(
            r"@?((?!\S*\.\.)[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])?)", "The form of a user name.", small=True
        ),
    ),
    Platform.SNAPCHAT: (_SNAP_NAME,),
    Platform.TELEGRAM: (_TELEGRAM_NAME,),
    Platform.DISCORD: (
        IdForm(r"@?([a-z0-9_.]{2,32})", "The form of a user name."),
        IdForm(r"([^#@]{2,32}#[0-9]{4})", "The older form of a user name, with four digits."),
    ),
    Platform.X: (IdForm(r"@?([A-Za-z0-9_]{1,15})", "The form of a user name.", small=True),),
    Platform.TIKTOK: (IdForm(r"@?([A-Za-z0-9_.]{2,24})", "The form of a user name.", small=True),),
    Platform.REDDIT: (_REDDIT_NAME,),
    Platform.LINKEDIN: (IdForm(r"(?:in/)?([\w-]{3,100})/?", "The form of a user name.", small=True),),
    Platform.YOUTUBE: (IdForm(r"(@[\w.·-]{3,30})", "The form of a handle.", small=True), _CHANNEL),
    Platform.SIGNAL: (IdForm(r"([A-Za-z_][A-Za-z0-9_]{2,31}\.[0-9]{2,9})", "The form of a user name.", small=True),),
}

TRIPCODES = (
    IdForm(r"(![./0-9A-Za-z]{10})", "A tripcode. It can be guessed, so it shows who goes on, not who it is."),
    IdForm(r"(!![./0-9A-Za-z+]{10,11})", "A secure tripcode of one board."),
    IdForm(r"([./0-9A-Za-z+]{10,11})", "A tripcode begins with ! or !!.", _wrong),
    IdForm(r"(!.*)", "After ! stand 10 characters, after !! 10 or 11.", _wrong),
)
POSTER_IDS = (
    IdForm(r"(?:ID:\s*)?([A-Za-z0-9+/]{8})", "The form of a poster ID. It holds for one thread only."),
    IdForm(r"(?s)(.*)", "Poster IDs differ from board to board.", _unsure),
)
BOARDS = (IdForm(r"/?([A-Za-z0-9]{1,12})/?", "The form of a board.", small=True),)
POSTS = (IdForm(r"(?:>>|[Nn]o\.?\s?|#)?([0-9]{1,12})", "The form of a number."),)


@on_any_text
def persistent_id(text: str, platform: Platform) -> Check:
    """The id that does not change, on a platform where ids have a form."""
    return first_form(text, _IDS.get(platform, ()), "Whether this is an ID of this platform cannot be checked.")


@on_any_text
def handle(text: str, platform: Platform) -> Check:
    """The user name, on a platform where user names have a form."""
    if re.match(r"https?://", text) and platform is not Platform.TELEGRAM:
        return unknown("This is a link. It belongs where the link to the profile is asked for.")
    return first_form(text, _NAMES.get(platform, ()), "User names of this kind cannot be checked.")


@on_any_text
def first_form(text: str, forms: tuple[IdForm, ...], otherwise: str) -> Check:
    """The first of the forms that `text` has."""
    for form in forms if len(text) <= _LONGEST else ():
        found = re.fullmatch(form.pattern, text)
        if found:
            return form.make(found[1].lower() if form.small else found[1], form.detail)
    return unknown(otherwise)
