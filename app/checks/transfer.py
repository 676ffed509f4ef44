"""Money that is picked up, wallets of apps, gift cards: references that have a form, but no check digits."""

import re

from app.checks.addresses import email
from app.checks.result import Check, digits_wanted, mistake, on_any_text, right, tight, unknown

_LABEL = re.compile(r"(?:(?:western union|moneygram|mtcn|reference|ref|number|no)(?![a-z])[\s.:#=-]*)+", re.IGNORECASE)
"""What people copy along with a reference: `MTCN: 123-456-7890`, `Ref. no. 12345678`."""


@on_any_text
def mtcn(text: str) -> Check:
    """Western Union's tracking number (MTCN): ten digits."""
    digits = _unlabelled(text)
    if re.fullmatch(r"[0-9]{10}", digits):
        return right(digits, "Ten digits, as a Western Union MTCN has.")
    if re.fullmatch(r"[0-9]{8}", digits):
        return mistake("An MTCN has ten digits. This has eight, like a MoneyGram reference.")
    return mistake(digits_wanted("An MTCN has ten digits", digits))


@on_any_text
def moneygram(text: str) -> Check:
    """MoneyGram's reference number: eight digits."""
    digits = _unlabelled(text)
    if re.fullmatch(r"[0-9]{8}", digits):
        return right(digits, "Eight digits, as a MoneyGram reference has.")
    if re.fullmatch(r"[0-9]{10}", digits):
        return mistake("A MoneyGram reference has eight digits. This has ten, like a Western Union MTCN.")
    return mistake(digits_wanted("A MoneyGram reference has eight digits", digits))


@on_any_text
def paypal(text: str) -> Check:
    """How somebody is paid at PayPal (e-mail or paypal.me), or a transaction: 17 letters and digits."""
    if "@" in text:
        return email(text)
    link = re.fullmatch(r"(?:https?://)?(?:www\.)?paypal\.(?:me|com/paypalme)/([A-Za-z0-9]{1,20})(?:[/?].*)?", text)
    if link:
        return right(f"paypal.me/{link[1].lower()}", "A PayPal.Me link.")
    return paypal_transaction(text)


@on_any_text
def paypal_transaction(text: str) -> Check:
    """A transaction of PayPal: 17 capital letters and digits, without check digits."""
    code = tight(text).upper()
    if re.fullmatch(r"[A-Z0-9]{17}", code):
        return right(code, "17 characters, as a PayPal transaction has.")
    if re.fullmatch(r"[A-Z0-9]{12,24}", code):
        return mistake(f"A PayPal transaction has 17 letters and digits; this has {len(code)}.")
    return unknown("This is neither an e-mail address, nor a PayPal.Me link, nor a transaction of 17 characters.")


@on_any_text
def revtag(text: str) -> Check:
    """A Revtag of Revolut. Its rules are not published in full: what does not fit cannot be checked."""
    found = re.fullmatch(r"(?:(?:https?://)?revolut\.me/|@)?([A-Za-z0-9]{3,16})(?:[/?].*)?", text)
    if found and not found[1].isdigit():
        return right("@" + found[1].lower(), "The form of a Revtag.")
    return unknown("This has not the usual form of a Revtag: @ with letters and digits.")


@on_any_text
def cashtag(text: str) -> Check:
    """A $cashtag of Cash App: at most 20 letters and digits, at least one of them a letter."""
    found = re.fullmatch(r"(?:(?:https?://)?cash\.app/)?[$£]?([A-Za-z0-9]+)(?:[/?].*)?", text)
    if not found:
        return unknown("This has not the form of a $cashtag: $ with letters and digits.")
    if len(found[1]) > 20:
        return mistake("A $cashtag has at most 20 letters and digits after the $.")
    if found[1].isdigit():
        return unknown("A $cashtag has at least one letter.")
    return right("$" + found[1].lower(), "The form of a $cashtag.")


_GIFT_FORMS = {
    "steam": r"(?:[A-Z0-9]{5}){3,5}",
    "amazon": r"[A-Z0-9]{14,15}",
    "apple": r"X[A-Z0-9]{15}",
    "google": r"[A-Z0-9]{16}|[A-Z0-9]{20}",
    "razer": r"[A-Z0-9]{14}|[A-Z0-9]{16,20}",
}


@on_any_text
def gift_code(text: str, brand: str = "") -> Check:
    """The code of a gift card. Forms vary by brand, year and country: what does not fit cannot be checked.

    Only Paysafe's codes have one length everywhere, 16 digits.
    """
    code = tight(text).upper()
    name = brand.strip().lower()[:40]
    if name.startswith("paysafe"):
        if re.fullmatch(r"[0-9]{16}", code):
            return right(code, "16 digits, as a Paysafe code has.")
        return mistake(digits_wanted("A Paysafe code has 16 digits", code))
    form = next((form for known, form in _GIFT_FORMS.items() if known in name), None)
    if form and re.fullmatch(form, code):
        return right(code, f"A usual form of this brand: {len(code)} characters. Keep the card and the receipt.")
    return unknown("The codes of gift cards have many forms. Keep the card and the receipt.")


def _unlabelled(text: str) -> str:
    """The reference alone, tight, without the label before it."""
    label = _LABEL.match(text)
    return tight(text[label.end() :] if label else text)
