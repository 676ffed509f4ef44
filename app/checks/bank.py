"""Numbers of banks: IBAN, BIC, UK sort code and account number, the tracking number of a transfer, cards."""

import re

from app import lazy
from app.checks.result import Check, digits_wanted, mistake, on_any_text, right, tight, unknown

_CARD = range(13, 20)


@on_any_text
def iban(text: str) -> Check:
    """An IBAN (ISO 13616): check digits modulo 97, length and form of its country, by python-stdnum."""
    number = tight(text).upper()
    if re.fullmatch(r"[0-9]{8}|[0-9]{6}|[0-9]{14}", number):
        return mistake("An IBAN begins with two letters. This looks like a sort code or an account number.")
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{1,32}", number):
        return mistake("An IBAN begins with two letters and two digits; after them come letters and digits only.")
    rules = lazy.number_rules()
    country = number[:2]
    try:
        return right(rules.iban(number, True), f"An IBAN of {country}: check digits and length fit.")
    except rules.wrong_digits:
        return mistake("The check digits of this IBAN do not fit.")
    except rules.unknown_part:
        return _not_in_a_list(number)
    except rules.wrong:
        return mistake(f"The check digits fit, but an IBAN of {country} has another length or form.")


def _not_in_a_list(number: str) -> Check:
    rules = lazy.number_rules()
    try:
        rules.iban(number, False)
    except rules.unknown_part:
        return unknown(f"The check digits fit, but {number[:2]} is not a country in the list.", number)
    return right(number, f"An IBAN of {number[:2]}: check digits and length fit. Its bank is not in the list.")


@on_any_text
def bic(text: str) -> Check:
    """A BIC (ISO 9362): form and country, by python-stdnum. It has no check digits."""
    rules = lazy.number_rules()
    code = tight(text).upper()
    if not re.fullmatch(r"[A-Z0-9]+", code) or len(code) not in {8, 11}:
        return mistake(f"A BIC has 8 or 11 letters and digits; this has {len(code)} characters.")
    try:
        return right(rules.bic(code), f"The form of a BIC, of a bank in {code[4:6]}. It has no check digits.")
    except rules.unknown_part:
        return mistake("The fifth and sixth letter of a BIC are a country; these are none.")
    except rules.wrong:
        return mistake("A BIC is made of six letters, then two or five letters or digits.")


@on_any_text
def sort_code(text: str) -> Check:
    """A UK sort code: six digits. Whether the branch exists is not looked up."""
    digits = tight(text)
    if not re.fullmatch(r"[0-9]{6}", digits):
        return mistake(digits_wanted("A sort code has six digits", digits))
    return right(f"{digits[:2]}-{digits[2:4]}-{digits[4:]}", "Six digits, as a sort code has. It has no check digits.")


@on_any_text
def account_number(text: str) -> Check:
    """A UK account number: eight digits; some older ones are shorter or longer."""
    digits = tight(text)
    if re.fullmatch(r"[0-9]{8}", digits):
        return right(digits, "Eight digits, as a UK account number has.")
    return mistake(digits_wanted("Most UK account numbers have eight digits", digits))


@on_any_text
def uetr(text: str) -> Check:
    """The tracking number of an international transfer: a UUID of version 4 (RFC 9562, section 5.4)."""
    number = tight(text).lower()
    if not re.fullmatch(r"[0-9a-f]{32}", number):
        return mistake(f"A UETR has 32 characters, 0 to 9 and a to f, besides its dashes; this has {len(number)}.")
    normal = "-".join((number[:8], number[8:12], number[12:16], number[16:20], number[20:]))
    if number[12] != "4" or number[16] not in "89ab":
        return mistake("In a UETR the third group begins with 4, and the fourth with 8, 9, a or b.")
    return right(normal, "The form of a UETR. It has no check digits.")


@on_any_text
def card_number(text: str) -> Check:
    """A card number: the Luhn check (ISO/IEC 7812-1), by python-stdnum. Of one's own cards, four digits are enough."""
    digits = tight(text)
    if not re.fullmatch(r"[0-9]+", digits) or len(digits) not in _CARD:
        return mistake(digits_wanted("A card number has 13 to 19 digits", digits))
    if not _luhn_fits(digits):
        return mistake("The check digit of this card number does not fit.")
    return right(digits, "The check digit fits. If it is a card of your own, write down only its last four digits.")


@on_any_text
def paid_from(text: str) -> Check:
    """What was paid from: points out a whole card number, which nobody needs and which is a danger when it leaks."""
    for run in re.findall(r"[0-9](?:[ -]?[0-9]){12,18}", text):
        if _luhn_fits(tight(run)):
            return mistake("This looks like a whole card number. Its last four digits are enough.")
    return unknown("The last four digits are enough.")


def _luhn_fits(digits: str) -> bool:
    rules = lazy.number_rules()
    try:
        rules.luhn(digits)
    except rules.wrong:
        return False
    return True
