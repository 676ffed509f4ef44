"""Where one can be in the window, and how one gets there."""

from dataclasses import dataclass
from enum import StrEnum

from vault.chain import EntryId, Kind


class Place(StrEnum):
    """A page. Those of the left column come first, in its order."""

    HOME = "home"
    EVIDENCE = "evidence"
    HAPPENED = "happened"
    ACCOUNTS = "accounts"
    MONEY = "money"
    REMOVALS = "removals"
    CONTACTS = "contacts"
    TIMELINE = "timeline"
    REPORT = "report"
    HELP = "help"
    SAFE = "safe"
    CAPTURE = "capture"
    MISSING = "missing"
    TABLES = "tables"
    CASE = "case"
    PEOPLE = "people"
    QUESTIONS = "questions"
    WORDS = "words"


IN_COLUMN = (
    Place.HOME,
    Place.EVIDENCE,
    Place.HAPPENED,
    Place.ACCOUNTS,
    Place.MONEY,
    Place.REMOVALS,
    Place.CONTACTS,
    Place.TIMELINE,
    Place.REPORT,
    Place.HELP,
    Place.SAFE,
)
"""The places that stand in the left column; Ctrl+1 to Ctrl+9 lead to the first nine."""

PLACE_OF = {
    Kind.EXHIBIT: Place.EVIDENCE,
    Kind.INCIDENT: Place.HAPPENED,
    Kind.ACCOUNT: Place.ACCOUNTS,
    Kind.PAYMENT: Place.MONEY,
    Kind.TAKEDOWN: Place.REMOVALS,
    Kind.CONTACT: Place.CONTACTS,
}
"""The page on which things of a kind stand."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where to go, and what to do first there: look at one subject, begin a new one, or see what is not sorted.

    `field`: the question to begin with. `filled`: answers that a new one begins with. `url`: the page that is to be
    captured. `kind`: which table. `ahead`: what is to come, of a timeline. `words`: make recovery words.
    """

    place: Place
    subject: EntryId | None = None
    new: bool = False
    only_unsorted: bool = False
    words: bool = False
    field: str = ""
    filled: tuple[tuple[str, str], ...] = ()
    url: str = ""
    kind: Kind | None = None
    ahead: bool = False
