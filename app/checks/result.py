"""What a check of an identifier says: how it looks, its normal form, and one plain sentence."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec

_More = ParamSpec("_More")

LONGEST = 8_192
"""Characters: nothing that is checked here is longer, and no check reads more."""


class Looks(StrEnum):
    """How an identifier looks. None of the three proves that it exists or whose it is."""

    RIGHT = "looks right"
    MISTAKE = "may have a typing mistake: look again"
    UNKNOWN = "cannot be checked"


@dataclass(frozen=True, slots=True)
class Check:
    """The result of a check.

    `normal` is the form in which equal identifiers are equal texts, empty where there is none; it never replaces
    the text as typed. `detail` is one short sentence or two for a person.
    """

    looks: Looks
    normal: str
    detail: str


def right(normal: str, detail: str) -> Check:
    """It looks right."""
    return Check(Looks.RIGHT, normal, detail)


def mistake(detail: str, normal: str = "") -> Check:
    """It may have a typing mistake."""
    return Check(Looks.MISTAKE, normal, detail)


def unknown(detail: str, normal: str = "") -> Check:
    """It cannot be checked."""
    return Check(Looks.UNKNOWN, normal, detail)


def digits_wanted(rule: str, found: str) -> str:
    """How many digits there should be, and how many there are, or that something else is there."""
    if re.fullmatch(r"[0-9]+", found):
        return f"{rule}; this has {len(found)}."
    return f"{rule}, and nothing else."


def on_any_text(check: Callable[Concatenate[str, _More], Check]) -> Callable[Concatenate[str, _More], Check]:
    """Make a check that takes any text: one that is blank or far too long is answered here, in no time."""

    @wraps(check)
    def checked(text: str, /, *args: _More.args, **kwargs: _More.kwargs) -> Check:
        if len(text) > LONGEST:
            return mistake("This is far too long. Only the number or the address itself belongs here.")
        kept = plain(text)
        if not kept:
            return unknown("Nothing is written here yet.")
        return check(kept, *args, **kwargs)

    return checked


def plain(text: str) -> str:
    """`text` without invisible characters and without spaces around it, wide letters and digits as ordinary ones."""
    if text.isascii():
        return text.strip()
    seen = (_ordinary(character) for character in text if unicodedata.category(character) != "Cf")
    return "".join(seen).strip()


def tight(text: str) -> str:
    """`text` also without spaces, dashes and dots: what people put in to read a number more easily."""
    return re.sub(r"[\s.\u2010-\u2015\u2212-]+", "", plain(text))


def _ordinary(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return unicodedata.normalize("NFKC", character) if "\uff01" <= character <= "\uff5e" else character
