"""Phone numbers: their international form, and whether the numbering plan of the country has them."""

import re

from app import lazy
from app.checks.result import Check, mistake, on_any_text, right, unknown

HOME = "GB"
"""The country of a number without a country code, where nothing else is known."""


@on_any_text
def phone(text: str, region: str = HOME) -> Check:
    """A number as one dials it; `region` is the country (ISO 3166, two letters) of one written without its code.

    By phonenumbers, offline; the normal form is E.164 (ITU-T). A number that fits the plan need not exist.
    """
    rules = lazy.phone_rules()
    home = region.upper() if re.fullmatch(r"[A-Za-z]{2}", region) else HOME
    digits = re.sub(r"[^0-9]", "", text)
    if not digits:
        return unknown("A name instead of a number: whoever sends a text message can choose it.")
    if len(digits) <= 6 and not text.startswith("+"):
        return unknown("A short number. The phone company can say whose it is.", digits)
    try:
        number = rules.parse(text[:200], home)
    except rules.not_a_number:
        return mistake("This could not be read as a phone number. With its country code it begins with +.")
    if not rules.is_possible(number):
        return mistake("This number is too short or too long for its country.")
    if not rules.is_valid(number):
        return mistake("The numbering plan of its country has no such number.")
    what = "A mobile number" if rules.is_mobile(number) else "A number"
    code = number.country_code
    return right(
        rules.e164(number), f"{what} with the country code +{code}. Whether it is in use, nobody has looked up."
    )
