"""Words for what a case holds: kinds, choices, times, sizes. Foreign text passes through here before it is shown."""

import re
from datetime import date, datetime, tzinfo
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from app.kinds import Platform
from app.plaintext import visible_sentence
from ui.marking import QT_TRANSLATE_NOOP
from vault.chain import Kind, Malformed, Role, parse_moment

_CHOICES: dict[str, str] = {
    "Sensitivity.not_said": QT_TRANSLATE_NOOP("kinds", "Not sure"),
    "Sensitivity.ordinary": QT_TRANSLATE_NOOP("kinds", "Ordinary"),
    "Sensitivity.intimate": QT_TRANSLATE_NOOP("kinds", "Intimate"),
    "SentBy.me": QT_TRANSLATE_NOOP("kinds", "Me"),
    "SentBy.them": QT_TRANSLATE_NOOP("kinds", "Them"),
    "SentBy.other": QT_TRANSLATE_NOOP("kinds", "Somebody else"),
    "Under18.no": QT_TRANSLATE_NOOP("kinds", "No"),
    "Under18.yes": QT_TRANSLATE_NOOP("kinds", "Yes"),
    "Under18.unsure": QT_TRANSLATE_NOOP("kinds", "Not sure"),
    "Path.known_person": QT_TRANSLATE_NOOP("kinds", "I know them"),
    "Path.met_online": QT_TRANSLATE_NOOP("kinds", "Only from the internet"),
    "Role.self": QT_TRANSLATE_NOOP("kinds", "It happened to me"),
    "Role.supporter": QT_TRANSLATE_NOOP("kinds", "I help somebody"),
    "Role.parent": QT_TRANSLATE_NOOP("kinds", "I am a parent"),
    "Role.professional": QT_TRANSLATE_NOOP("kinds", "I do this for my work"),
    "PaymentStatus.demanded": QT_TRANSLATE_NOOP("kinds", "Demanded, not paid"),
    "PaymentStatus.paid": QT_TRANSLATE_NOOP("kinds", "Paid"),
    "PaymentStatus.part": QT_TRANSLATE_NOOP("kinds", "Partly paid"),
    "PaymentStatus.tried": QT_TRANSLATE_NOOP("kinds", "Tried, did not go through"),
    "PaymentKind.western_union": "Western Union",
    "PaymentKind.moneygram": "MoneyGram",
    "PaymentKind.uk_bank": QT_TRANSLATE_NOOP("kinds", "UK bank account"),
    "PaymentKind.iban": QT_TRANSLATE_NOOP("kinds", "Bank account abroad (IBAN)"),
    "PaymentKind.paypal": "PayPal",
    "PaymentKind.cash_app": "Cash App",
    "PaymentKind.crypto": QT_TRANSLATE_NOOP("kinds", "Crypto (Bitcoin and others)"),
    "PaymentKind.transfer": QT_TRANSLATE_NOOP("kinds", "Other money transfer (Ria, Wise…)"),
    "PaymentKind.goods": QT_TRANSLATE_NOOP("kinds", "Goods or a service"),
    "PaymentKind.images": QT_TRANSLATE_NOOP("kinds", "More pictures instead of money"),
    "GiftBrand.paysafe": "paysafecard",
    "Known.unknown": QT_TRANSLATE_NOOP("kinds", "I don't know"),
    "Platform.x": QT_TRANSLATE_NOOP("kinds", "X (Twitter)"),
    "Platform.tiktok": "TikTok",
    "Platform.whatsapp": "WhatsApp",
    "Platform.youtube": "YouTube",
    "Platform.linkedin": "LinkedIn",
    "Platform.onlyfans": "OnlyFans",
    "Platform.teams": "Microsoft Teams",
    "Platform.dating": QT_TRANSLATE_NOOP("kinds", "Dating app"),
    "Platform.email": QT_TRANSLATE_NOOP("kinds", "E-mail"),
    "Precision.exact": QT_TRANSLATE_NOOP("kinds", "Exactly"),
    "Precision.unknown": QT_TRANSLATE_NOOP("kinds", "I don't know"),
    "Origin.unknown": QT_TRANSLATE_NOOP("kinds", "I don't know"),
    "Origin.altered": QT_TRANSLATE_NOOP("kinds", "Real, but altered"),
    "Recorded.at_the_time": QT_TRANSLATE_NOOP("kinds", "As it happens"),
    "Recorded.from_memory": QT_TRANSLATE_NOOP("kinds", "From memory"),
    "IncidentKind.doxxing": QT_TRANSLATE_NOOP("kinds", "Private details were published"),
    "IncidentKind.recorded_call": QT_TRANSLATE_NOOP("kinds", "A video call was recorded"),
    "IncidentKind.shown_offline": QT_TRANSLATE_NOOP("kinds", "Shown or printed outside the internet"),
    "IncidentKind.contact_attempt": QT_TRANSLATE_NOOP("kinds", "Somebody tried to reach me"),
    "IncidentKind.account_misused": QT_TRANSLATE_NOOP("kinds", "Somebody got into my account"),
    "IncidentKind.words_only": QT_TRANSLATE_NOOP("kinds", "A picture that was not kept, in words"),
    "Age.under_13": QT_TRANSLATE_NOOP("kinds", "Under 13"),
    "Age.from_13": QT_TRANSLATE_NOOP("kinds", "13 to 15"),
    "Age.from_16": QT_TRANSLATE_NOOP("kinds", "16 or 17"),
    "Age.adult": QT_TRANSLATE_NOOP("kinds", "18 or older"),
    "Agreed.cannot": QT_TRANSLATE_NOOP("kinds", "They cannot say"),
    "Basis.under_18": QT_TRANSLATE_NOOP("kinds", "Somebody in it is under 18"),
    "Origin.made_by_computer": QT_TRANSLATE_NOOP("kinds", "Made by a computer"),
    "IncidentKind.email": QT_TRANSLATE_NOOP("kinds", "E-mail"),
}

_ROLES = {
    Role.SELF: QT_TRANSLATE_NOOP("kinds", "the person it happened to"),
    Role.SUPPORTER: QT_TRANSLATE_NOOP("kinds", "a supporter"),
    Role.PARENT: QT_TRANSLATE_NOOP("kinds", "a parent"),
    Role.PROFESSIONAL: QT_TRANSLATE_NOOP("kinds", "a professional"),
}

_METHODS = {
    "screen": QT_TRANSLATE_NOOP("kinds", "screen"),
    "area": QT_TRANSLATE_NOOP("kinds", "part of the screen"),
    "file": QT_TRANSLATE_NOOP("kinds", "file"),
}


def translated(text: str) -> str:
    """The label or hint of a field in the person's language."""
    return QCoreApplication.translate("kinds", text)


def choice_words(choice: StrEnum) -> str:
    """What a choice is called."""
    known = _CHOICES.get(f"{type(choice).__name__}.{choice.value}")
    return translated(known or choice.value.replace("_", " ").capitalize())


def role_words(role: Role) -> str:
    """Who somebody is, inside a sentence."""
    return translated(_ROLES[role])


def method_words(method: object) -> str:
    """By which means something was captured, inside a line."""
    return translated(_METHODS.get(str(method), str(method)))


def moment_of(text: object) -> datetime | None:
    """A time of the log as a datetime, None where there is none."""
    try:
        return parse_moment(str(text))
    except Malformed:
        return None


def day_words(moment: datetime, zone: tzinfo) -> str:
    """`20 November 2026`, in that zone."""
    return QLocale().toString(_local(moment, zone), "d MMMM yyyy")


def time_words(moment: datetime, zone: tzinfo) -> str:
    """`10:42`, in that zone."""
    return QLocale().toString(_local(moment, zone), "HH:mm")


def moment_words(moment: datetime, zone: tzinfo, *, seconds: bool = False) -> str:
    """`20 Nov 2026, 10:42`, in that zone."""
    return QLocale().toString(_local(moment, zone), "d MMM yyyy, HH:mm:ss" if seconds else "d MMM yyyy, HH:mm")


def size_words(size: int) -> str:
    """`1.2 MB`: a size in bytes, for people."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def kind_words(kind: Kind) -> str:
    """What one subject of a kind is called at the head of its page."""
    names = {
        Kind.INCIDENT: QT_TRANSLATE_NOOP("kinds", "What happened"),
        Kind.ACCOUNT: QT_TRANSLATE_NOOP("kinds", "Account"),
        Kind.PAYMENT: QT_TRANSLATE_NOOP("kinds", "Money"),
        Kind.TAKEDOWN: QT_TRANSLATE_NOOP("kinds", "Removal"),
        Kind.CONTACT: QT_TRANSLATE_NOOP("kinds", "Who was told"),
        Kind.EXHIBIT: QT_TRANSLATE_NOOP("kinds", "Evidence"),
        Kind.CASE: QT_TRANSLATE_NOOP("kinds", "About this case"),
    }
    return translated(names.get(kind, kind.value.capitalize()))


def kinds_words(kind: Kind) -> str:
    """What a list of a kind is called."""
    names = {
        Kind.EXHIBIT: QT_TRANSLATE_NOOP("kinds", "Evidence"),
        Kind.ACCOUNT: QT_TRANSLATE_NOOP("kinds", "Accounts"),
        Kind.PAYMENT: QT_TRANSLATE_NOOP("kinds", "Money"),
        Kind.INCIDENT: QT_TRANSLATE_NOOP("kinds", "What happened"),
        Kind.TAKEDOWN: QT_TRANSLATE_NOOP("kinds", "Removals"),
        Kind.CONTACT: QT_TRANSLATE_NOOP("kinds", "Who was told"),
    }
    return translated(names[kind])


def platform_words(name: str) -> str:
    """A platform as the search compares them (`image board`), in words for people."""
    known = next((platform for platform in Platform if platform.value.replace("_", " ") == name), None)
    return choice_words(known) if known is not None else visible_sentence(name)


def day_typed(text: str) -> date | None:
    """The day that somebody typed: `2026-11-20`, `20.11.2026` or `20/11/2026`; None where it is no day."""
    found = _YEAR_FIRST.fullmatch(text.strip()) or _DAY_FIRST.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})[./](?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4})")


def _local(moment: datetime, zone: tzinfo) -> QDateTime:
    local = moment.astimezone(zone)
    return QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute, local.second))
