"""Text as it is compared: without case, accents and invisible characters, one character at a time."""

import functools
import unicodedata

_ALIKE = str.maketrans({
    "‘": "'", "’": "'", "ʼ": "'", "′": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe",
})  # fmt: skip
"""What keyboards and telephones exchange for one another, and letters that are no base letter with an accent."""

_ASCII = dict.fromkeys((*range(32), 127), " ")
_WITHOUT_SPACES = (
    (0x0E00, 0x0FFF),  # Thai, Lao, Tibetan
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0xA4CF),  # Chinese, Japanese, Yi
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
"""Scripts that put no spaces between words."""


def folded(text: str) -> str:
    """The text as it is compared. Folding a piece of it gives a piece of the folded text.

    Compatibility forms become plain letters (Unicode NFKD), accents and invisible characters go, every kind of white
    space and control character is a space.
    """
    if text.isascii():
        return text.translate(_ASCII).lower()
    return "".join(map(_folded, text))


def pieces_of(text: str) -> list[str]:
    """The different words that somebody looks for, folded; quotation marks around a word are not part of it."""
    return list(dict.fromkeys(word.strip("\"'") or word for word in folded(text).split()))


def split_up(text: str) -> str:
    """Folded text with a space between words, and around each character that is a word of its own."""
    return "".join(character if _continues_a_word(character) else f" {character} " for character in text)


@functools.lru_cache(maxsize=16_384)
def _folded(character: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold()).translate(_ALIKE)
    return "".join(map(_kept, plain))


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if character.isspace() or category in {"Cc", "Cs", "Zl", "Zp", "Zs"}:
        return " "
    invisible = category == "Cf" or unicodedata.combining(character) or "\ufe00" <= character <= "\ufe0f"
    return "" if invisible else character


@functools.lru_cache(maxsize=16_384)
def _continues_a_word(character: str) -> bool:
    if any(first <= ord(character) <= last for first, last in _WITHOUT_SPACES):
        return False
    return character.isalnum() or unicodedata.category(character).startswith("M")
