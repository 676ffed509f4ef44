"""Words of the report for fields and choices, in plain English."""

from enum import StrEnum

from app.kinds import KINDS
from vault.chain import Kind

_CHOICES = {
    "skype": "Skype",
    "teams": "Teams",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "snapchat": "Snapchat",
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
    "discord": "Discord",
    "discourse": "Discourse",
    "x": "X",
    "tiktok": "TikTok",
    "reddit": "Reddit",
    "linkedin": "LinkedIn",
    "youtube": "YouTube",
    "onlyfans": "OnlyFans",
    "signal": "Signal",
    "email": "e-mail",
    "western_union": "Western Union",
    "moneygram": "MoneyGram",
    "uk_bank": "UK bank transfer",
    "iban": "bank transfer (IBAN)",
    "paypal": "PayPal",
    "revolut": "Revolut",
    "cash_app": "Cash App",
    "part": "paid in part",
    "demanded": "demanded, not paid",
    "tried": "tried to pay",
    "not_said": "not said (treated as intimate)",
    "self": "the person it happened to",
    "known_person": "somebody the person knows",
    "met_online": "somebody met online",
    "unsure": "not sure",
    "me": "the writer",
    "them": "the other side",
    "other": "other",
    "taken_by_me": "taken by the writer",
    "captured_live": "captured live on this computer",
    "imported": "imported as a file",
    "under_13": "under 13",
    "from_13": "13 to 15",
    "from_16": "16 or 17",
    "adult": "18 or older",
    "under_18": "somebody in it is under 18",
    "words_only": "a picture that was not kept, in words",
    "recorded_call": "call that was recorded",
    "images": "images instead of money",
    "goods": "goods or services",
    "transfer": "other money transfer",
    "steam": "Steam",
    "amazon": "Amazon",
    "apple": "Apple",
    "google": "Google",
    "razer": "Razer",
    "paysafe": "paysafecard",
}


def label(kind: Kind, field: str) -> str:
    """What a field is called in the report."""
    return KINDS[kind].spec(field).term


def choice(value: StrEnum) -> str:
    """What a choice is called in the report."""
    return _CHOICES.get(value.value, value.value.replace("_", " "))
