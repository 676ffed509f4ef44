"""How easily a passphrase could be guessed, in plain words: a hint, never a rule."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app import lazy
from app.kinds import Kind

if TYPE_CHECKING:
    from app.casefile import Casefile

_LONGEST = 72
"""Characters that are looked at: the time that zxcvbn takes grows steeply, 800 of them need two minutes."""
_TRIES_A_SECOND = 10_000
"""What somebody with many strong computers could try against Argon2id at the costs of a vault: rather too many."""
_YEAR_S = 365 * 86_400

_WORDS: tuple[tuple[float, str], ...] = (
    (600, "Somebody who knows you could guess this almost at once."),
    (86_400, "Somebody who knows you could guess this in a few hours."),
    (30 * 86_400, "Somebody with a strong computer could guess this in a few days."),
    (_YEAR_S, "Somebody with a strong computer could guess this in a few months."),
    (100 * _YEAR_S, "Guessing this would take somebody with a strong computer years."),
)
_BEYOND = "Guessing this would take longer than anybody lives."


@dataclass(frozen=True, slots=True)
class Guessability:
    """A sentence for the person; `easy` where another passphrase would be much safer."""

    words: str
    easy: bool


def guessability(passphrase: str, known: Iterable[str] = ()) -> Guessability:
    """How easily somebody could guess a passphrase; `known` are words that they would try first: initials, names.

    Only its first 72 characters count, in NFC.
    """
    looked_at = unicodedata.normalize("NFC", passphrase)[:_LONGEST]
    if not looked_at:
        return Guessability(_WORDS[0][1], easy=True)
    guesses = lazy.guesses_needed()(looked_at, ["holdfast", *(word for text in known for word in _words_of(text))])
    seconds = guesses / _TRIES_A_SECOND
    for limit, words in _WORDS:
        if seconds < limit:
            return Guessability(words, easy=seconds < _YEAR_S)
    return Guessability(_BEYOND, easy=False)


def known_of(casefile: "Casefile") -> list[str]:
    """What somebody who knows the people of a case would try first: its name, their names and initials."""
    people = [person.data for person in casefile.subjects(Kind.PERSON)]
    return [casefile.vault.path.stem, *(str(data.get(name, "")) for data in people for name in ("initials", "name"))]


def _words_of(text: str) -> list[str]:
    """A text and the words in it, without the dots and signs between them."""
    parts = "".join(char if char.isalnum() else " " for char in unicodedata.normalize("NFC", text)).split()
    return [text, *parts]
