"""The text of a cell made harmless to spreadsheets and terminals, and read back exactly."""

import re

_COMMANDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_FORMULA = ("=", "+", "-", "@", "'", "\t", "\r")
"""What a spreadsheet may take for a formula when a cell begins with it."""
_MARK = re.compile(r"\[U\+([0-9A-F]{4})\]")
_BRACKET = "[U+005B]"
"""Stands for the bracket of a mark that somebody wrote, so that it is not taken for one of ours."""


def inert(text: str) -> str:
    """No formula for a spreadsheet, no command for a terminal, no other direction for the rest of the line."""
    shown = _COMMANDS.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def unmistakable(text: str) -> str:
    """The text with every `[U+202E]` that stands in it as such written in another way: `exact` gives it back."""
    return _MARK.sub(lambda found: f"{_BRACKET}{found[0][1:]}", text)


def exact(cell: str) -> str:
    """The text that `inert` made this cell of, where it went through `unmistakable` first.

    NUL characters stay marked: no text that is written down holds one.
    """
    shown = cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
    return _MARK.sub(_unmarked, shown)


def _unmarked(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    is_ours = found[0] == _BRACKET or (char != "\0" and _COMMANDS.fullmatch(char))
    return ("[" if found[0] == _BRACKET else char) if is_ours else found[0]
