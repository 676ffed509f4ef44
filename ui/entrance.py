"""How a case is opened and begun: the jobs behind the first pages."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app import lazy
from app.kinds import Case, Kind, Person, Under18
from app.recorders import authors_of
from app.recovery_words import read_words
from app.safe_keeping import destroy_case
from app.synced import Surroundings, SyncedFolder, require_unsynced, synced_folder
from capture import Computer
from vault.chain import Author

if TYPE_CHECKING:
    from app.casefile import Casefile
    from app.clock import RecordingClock
    from vault.keys import KdfCost


class SeveralRecord(Exception):
    """Several people record in this case, and nobody said who it is now. The passphrase was right.

    `people`: who can be chosen. They are in none of its words: those could be written somewhere.
    """

    def __init__(self, people: tuple[Author, ...]) -> None:
        super().__init__()
        self.people = people


@dataclass(frozen=True, slots=True)
class Opening:
    """What somebody wants opened; `initials` where several people record in it."""

    path: Path
    passphrase: str = field(repr=False)
    initials: str | None = None


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new case begins with; `anyway`: also in a folder that is copied to a cloud."""

    path: Path
    passphrase: str = field(repr=False)
    initials: str
    under18: Under18
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Recovering:
    """A forgotten passphrase: the recovery words as typed, and a new passphrase."""

    path: Path
    words: str = field(repr=False)
    passphrase: str = field(repr=False)


class Entrance:
    """Opens and begins cases, in the background."""

    def __init__(self, computer: Computer, cost: "KdfCost | None" = None) -> None:
        """`cost` is for tests alone."""
        self._computer = computer
        self.cost = cost
        self._clock: RecordingClock | None = None

    def open(self, asked: Opening) -> "Casefile":
        """Open a case. Raises VaultError, WrongUse, SeveralRecord."""
        casefile = lazy.casefile_class().open(
            asked.path, asked.passphrase, self._recording_clock(), asked.initials, window=True
        )
        if asked.initials is None and casefile.count(Kind.PERSON) > 1:
            with closing(casefile):
                raise SeveralRecord(tuple(reversed(authors_of(casefile.subjects(Kind.PERSON)))))
        return casefile

    def begin(self, asked: Beginning) -> "Casefile":
        """Begin a case. Raises VaultError, WrongUse, and RefusedForSafety for a synced folder that nobody accepted."""
        if not asked.anyway:
            require_unsynced(asked.path, Surroundings())
        founder = Person(initials=asked.initials)
        case = Case(under18=asked.under18)
        return lazy.casefile_class().create(
            asked.path, asked.passphrase, self._recording_clock(), founder, case, cost=self.cost, window=True
        )

    def look(self, path: Path) -> SyncedFolder | None:
        """The synced folder that a place lies in."""
        return synced_folder(path, Surroundings())

    def recover(self, asked: Recovering, go_on: Callable[[], None]) -> None:
        """Set a new passphrase with the recovery words, which are used up then.

        `go_on` is called before anything is changed, and may raise to stop. Raises MistypedWords, WrongWords,
        VaultError, WrongUse.
        """
        casefile = lazy.casefile_class().open_with_words(asked.path, read_words(asked.words), self._recording_clock())
        try:
            go_on()
            casefile.set_passphrase(asked.passphrase, words=False, cost=self.cost)
        finally:
            casefile.close()

    def destroy(self, path: Path) -> None:
        """Destroy a case that is closed. Raises VaultError, WrongUse."""
        destroy_case(path, self._recording_clock().now())

    def prepare(self) -> None:
        """Load what opening will need, while somebody types the passphrase."""
        lazy.casefile_class()
        self._recording_clock()

    def _recording_clock(self) -> "RecordingClock":
        # One clock for one start of the program: it says which entries were made without a restart in between.
        if self._clock is None:
            self._clock = lazy.clock_class()(self._computer)
        return self._clock
