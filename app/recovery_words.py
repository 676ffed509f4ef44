"""Recovery words belong on paper: no field, option or prompt takes them, and nothing repeats them."""

from collections.abc import Iterable

from app.errors import WrongUse
from vault.recovery import RecoverySecret, holds_recovery_words, parse_words

SHEET_MARK = "holdfast recovery"
"""How the square on a recovery sheet begins; the vault's id and the twelve words follow."""

_ID_DIGITS = 32


def refuse_recovery_words(texts: Iterable[str]) -> None:
    """Let texts pass unless recovery words stand in them, or begin in one and go on in the next.

    Raises WrongUse, which does not repeat them.
    """
    if holds_recovery_words(*texts):
        raise WrongUse(
            "These look like recovery words.",
            safe="They were not kept, and nothing was changed.",
            next="Whoever has them can open the vault: keep them on paper, and nowhere else.",
        )


def refuse_typed_words(arguments: Iterable[str]) -> None:
    """The same for a whole command line, whatever its parts would be taken for. Raises WrongUse."""
    if holds_recovery_words(*arguments):
        # A shell may keep what was typed: these words are no secret any more.
        raise WrongUse(
            "These look like recovery words. No command takes them as they are.",
            safe="Nothing was changed, but this terminal may keep what was typed.",
            next="Make new words: “holdfast-cli passphrase” does.",
        )


def read_words(text: str) -> RecoverySecret:
    """The words as they were typed, or as a phone reads them from a sheet's square. Raises MistypedWords."""
    words = text.split()
    mark = SHEET_MARK.split()
    if [word.lower() for word in words[: len(mark)]] == mark and len(words[len(mark) : len(mark) + 1]) == 1:
        words = words[len(mark) :]
        words = words[1:] if len(words[0]) == _ID_DIGITS else words
    return parse_words(" ".join(words))
