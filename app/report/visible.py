"""Foreign text made fit to be looked at: nothing in it stays hidden, nothing in it reaches beyond its place.

Names and messages come from whoever did this. A character that turns the reading direction, that has no width, or
that no font draws can make two names look alike; here each one becomes a mark such as [U+202E].
"""

import re
import unicodedata
from dataclasses import dataclass

_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_MARKS = frozenset({"Mn", "Me"})
_MARKS_IN_A_ROW = 4
"""Written languages need no more on one letter; a pile of fifty would cover the lines above."""
_VIRAMA = 9


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, or (`mark`) what stands for one character that cannot be seen."""

    text: str
    mark: bool = False


def visible(text: str, *, words: bool = False) -> tuple[Piece, ...]:
    """The text in pieces that can be drawn safely; every character is either in a piece or has a mark.

    With `words` the text is somebody's sentence: spaces are left alone, and so are joiners and variation selectors
    where ordinary typing puts them (after an emoji, inside Persian and Indic words). Without it the text is a name
    or an identifier, where each such character counts.
    """
    if _PLAIN.fullmatch(text):
        return (Piece(text),)
    pieces: list[Piece] = []
    kept: list[str] = []
    marks = 0
    for place, char in enumerate(text):
        category = unicodedata.category(char)
        marks = marks + 1 if category in _MARKS else 0
        if _is_seen(text, place, category, words=words) and _has_a_base(kept, category) and marks <= _MARKS_IN_A_ROW:
            kept.append(char)
            continue
        if kept:
            pieces.append(Piece("".join(kept)))
            kept = []
        pieces.append(Piece(code_point(char), mark=True))
    if kept:
        pieces.append(Piece("".join(kept)))
    return tuple(pieces)


def lines_of(text: str) -> list[str]:
    """The lines of somebody's sentences: LF and CR LF end a line, a tab counts as four spaces."""
    return text.replace("\r\n", "\n").replace("\t", "    ").split("\n")


def code_point(char: str) -> str:
    """`[U+202E]`, the way in which a character that cannot be seen is shown."""
    return f"[U+{ord(char):04X}]"


def in_fours(digits: str) -> str:
    """Hex digits in groups of four, to be read out and compared."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def spelled(text: str) -> str:
    """The code points of a text, for names in letters that look like others: `U+0430 U+0062`."""
    return " ".join(f"U+{ord(char):04X}" for char in text)


def _is_seen(text: str, place: int, category: str, *, words: bool) -> bool:
    char = text[place]
    if words and _is_ordinary_joiner(text, place):
        return True
    if char == " ":
        return words or (0 < place < len(text) - 1 and text[place - 1] != " ")
    if category == "Zs":
        return words
    return category not in _HIDDEN and char not in _BLANK_LETTERS and not _is_selector(char)


def _has_a_base(kept: list[str], category: str) -> bool:
    """Whether a combining mark would sit on a character of its own text, not on what stands before it."""
    return category not in {"Mn", "Me", "Mc"} or (bool(kept) and kept[-1] != " ")


def _is_ordinary_joiner(text: str, place: int) -> bool:
    char = text[place]
    before = text[place - 1] if place else ""
    after = text[place + 1] if place + 1 < len(text) else ""
    if not before:
        return False
    if char in "\ufe0e\ufe0f":
        return unicodedata.category(before) == "So"
    if char == _JOINER and after and _is_selector(before) and place > 1:
        before = text[place - 2]
    if char == _JOINER and after and unicodedata.category(before) in {"So", "Sk"}:
        return unicodedata.category(after) == "So"
    if char == _NON_JOINER and after:
        letters = unicodedata.bidirectional(before) == "AL" and unicodedata.bidirectional(after) == "AL"
        return letters or unicodedata.combining(before) == _VIRAMA
    return char == _JOINER and unicodedata.combining(before) == _VIRAMA


def _is_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
