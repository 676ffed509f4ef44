"""Foreign text as one plain string for window and terminal: nothing in it stays hidden, nothing in it is markup."""

from app.report.visible import lines_of
from app.report.visible import visible as pieces_of


def visible(text: str, *, words: bool = False) -> str:
    """The text with a mark such as `[U+202E]` for each character that cannot be seen or that turns the direction.

    Without `words` it is a name or an identifier on one line: a line break is marked too. With `words` it is
    somebody's sentences: line breaks stay, and a tab counts as four spaces.
    """
    if words:
        return "\n".join(_joined(line, words=True) for line in lines_of(text))
    return _joined(text, words=False)


def visible_sentence(text: str) -> str:
    """Somebody's sentences on one line: line breaks become a space, everything hidden is marked."""
    return " ".join(_joined(line, words=True) for line in lines_of(text) if line.strip())


def _joined(text: str, *, words: bool) -> str:
    return "".join(piece.text for piece in pieces_of(text, words=words))
