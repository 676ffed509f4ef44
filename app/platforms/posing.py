"""Hosts that pass for a platform: faceb00k.com, facebook.com.evil.example, and the same in foreign letters."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from app.checks.look_alikes import latin_twin
from app.kinds.account import Platform
from app.platforms.patterns import Patterns, patterns


def has_foreign_letters(host: str) -> bool:
    """Whether a host has letters beyond a to z, written out or as xn--."""
    return not host.isascii() or any(label.startswith("xn--") for label in host.split("."))


def resembled(host: str) -> Platform | None:
    """The platform whose name a host holds, or seems to hold when one reads it fast. For hosts of no known owner."""
    book = patterns()
    seen = [_seen(_written(label), book) for label in host.split(".")]
    for brand, platform in _brands().items():
        if any(brand in label for label in seen):
            return platform
    return None


@cache
def _brands() -> Mapping[str, Platform]:
    book = patterns()
    return {_seen(brand, book): platform for brand, platform in book.brands.items()}


def _written(label: str) -> str:
    """The letters that an xn-- label stands for; the label itself where it stands for none."""
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _seen(label: str, book: Patterns) -> str:
    """What a hasty eye makes of a label: plain letters, without marks and hyphens."""
    plain = unicodedata.normalize("NFKD", label.lower())
    latin = [_latin(letter) for letter in plain if not unicodedata.combining(letter)]
    seen = "".join(book.letters.get(letter, letter) for letter in latin).replace("-", "").replace("_", "")
    for pair, letter in book.pairs.items():
        seen = seen.replace(pair, letter)
    return seen


def _latin(letter: str) -> str:
    """The small Latin letter that a letter looks like, itself or written large (к as K); the letter where none does."""
    if letter.isascii():
        return letter
    return latin_twin(letter) or latin_twin(letter.upper()).lower() or letter
