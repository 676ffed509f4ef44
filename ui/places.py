"""Where one can be in the window, and how one gets there."""

from dataclasses import dataclass
from enum import StrEnum

from vault.chain import EntryId


class Place(StrEnum):
    """A page. Those of the left column come first, in its order."""

    HOME = "home"
    EVIDENCE = "evidence"
    ACCOUNTS = "accounts"
    MONEY = "money"
    REPORT = "report"
    HELP = "help"
    SAFE = "safe"
    CAPTURE = "capture"
    HAPPENED = "happened"
    CASE = "case"
    WORDS = "words"


IN_COLUMN = (Place.HOME, Place.EVIDENCE, Place.ACCOUNTS, Place.MONEY, Place.REPORT, Place.HELP, Place.SAFE)
"""The places that stand in the left column; Ctrl+1 to Ctrl+7 lead to them."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where to go, and what to do first there: look at one subject, begin a new one, or see what is not sorted.

    `words`: make recovery words.
    """

    place: Place
    subject: EntryId | None = None
    new: bool = False
    only_unsorted: bool = False
    words: bool = False
