"""Giving out recovery words: shown to be written down by hand and then tested, or into a file, or on a sheet."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

import click

from app.casefile import Casefile
from app.commands.arguments import PATH
from app.commands.asking import ask, at_a_terminal, private_screen, tell
from app.commands.program import Program
from app.commands.telling import warn
from app.errors import HoldfastError, NoRoom, WrongUse
from app.places import require_outside_vaults
from app.plaintext import visible
from app.recovery_sheet import PRINTING, Sheet, require_place_for_sheet, write_sheet
from app.synced import require_unsynced
from vault.chain import VaultId
from vault.disk import Disk, told, write_all
from vault.errors import DiskFailed, DiskFull
from vault.recovery import RecoverySecret, words_of

R = TypeVar("R")

NO_WORDS = (
    "There are no recovery words: if the passphrase is forgotten, nobody can open this vault. "
    "“holdfast-cli passphrase” makes them at any time."
)
_IN_DOUBT = "Keep these words together with the old ones: they count if the new passphrase opens the vault."
_UNTESTED = "You did not test the words. Look soon whether the sheet can be read."
_EXPLAINED = (
    "Recovery words",
    "",
    "If you forget the passphrase, these twelve words open the vault. Whoever has them can open it too.",
    "Write them down by hand, with their numbers, and keep the paper where only you or somebody you trust looks:",
    "not beside this computer, not as a photograph, not in a message.",
    "",
)
_TESTED = 2
_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Outlets:
    """Where new recovery words go besides the terminal."""

    file: Path | None
    sheet: Path | None


def outlets_options(words_option: str = "--recovery-words-file") -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Give a command the two options; it gets them as `words_file` and `sheet`."""

    def decorate(command: Callable[..., R]) -> Callable[..., R]:
        to_file = click.option(
            words_option,
            "words_file",
            type=PATH,
            metavar="FILE",
            help="Write the new recovery words to this new file instead of showing them.",
        )
        to_sheet = click.option(
            "--recovery-sheet",
            "sheet",
            type=PATH,
            metavar="FILE",
            help="Write them as a page to print (PDF), to a new file on a stick or a card.",
        )
        return to_file(to_sheet(command))

    return decorate


class HandingOut:
    """One set of recovery words on its way to somebody. Whatever fails, no words stay that nobody has."""

    def __init__(self, outlets: Outlets, file: BinaryIO | None, program: Program) -> None:
        self._outlets = outlets
        self._file = file
        self.program = program
        self._made: list[Path] = []
        self._about: tuple[VaultId, str] | None = None
        self.is_done = False
        """Whether the words are where they were to go."""

    @property
    def is_wanted(self) -> bool:
        """Whether there is anywhere for words to go."""
        return self._outlets.file is not None or self._outlets.sheet is not None or at_a_terminal()

    def is_for(self, casefile: Casefile) -> None:
        """Note whose words they will be, for a sheet: the vault may be closed when they are made. Raises VaultError."""
        if self._outlets.sheet is not None:
            self._about = casefile.vault.id, casefile.vault.identity.fingerprint

    def give_in_doubt(self, secret: RecoverySecret | None) -> None:
        """Hand out words of which nobody can tell whether they open the vault: not tested, and not dropped again."""
        if secret is None:
            return
        words = words_of(secret)
        try:
            self._put_out(words)
        except HoldfastError as error:
            warn(error.what)
        else:
            self.is_done = self._file is not None or self._outlets.sheet is not None
        if not self.is_done and at_a_terminal():
            _show(words)
            self.is_done = True
        warn(_IN_DOUBT if self.is_done else NO_WORDS)

    def give(self, casefile: Casefile, secret: RecoverySecret | None) -> bool:
        """Hand them out; without any, or where somebody skips the test, say what that means.

        Returns whether the vault has recovery words now. Raises NoRoom, FontsMissing, click.Abort.
        """
        if secret is None:
            warn(NO_WORDS)
            return False
        try:
            self.is_done = self._given(casefile, words_of(secret))
        finally:
            if not self.is_done:
                for path in self._made:
                    Disk().discard(path)
                casefile.drop_recovery_words()
                warn(NO_WORDS)
        return self.is_done

    def _given(self, casefile: Casefile, words: tuple[str, ...]) -> bool:
        self.is_for(casefile)
        self._put_out(words)
        if self._file is not None or not at_a_terminal():
            return True
        tested = _show_and_test(words)
        if not tested and self._outlets.sheet is not None:
            warn(_UNTESTED)
        return tested or self._outlets.sheet is not None

    def _put_out(self, words: tuple[str, ...]) -> None:
        if self._file is not None and self._outlets.file is not None:
            _write(self._file, words, self._outlets.file)
            warn(
                f"The recovery words are in the file {visible(str(self._outlets.file))}. Copy them to paper, and "
                "leave no file with them on this computer."
            )
        if self._outlets.sheet is not None and self._about is not None:
            clock = self.program.clock
            write_sheet(Sheet(words, *self._about, clock.now(), clock.app), self._outlets.sheet)
            self._made.append(self._outlets.sheet)
            warn(PRINTING)


@contextmanager
def handing_out(outlets: Outlets, program: Program) -> Iterator[HandingOut]:
    """Refuse beforehand what could not be written later: nothing of the vault is changed then.

    Raises WrongUse, RefusedForSafety, NoRoom.
    """
    if outlets.sheet is not None:
        require_place_for_sheet(outlets.sheet, program.volumes)
    if outlets.file is None:
        yield HandingOut(outlets, None, program)
        return
    require_outside_vaults(outlets.file)
    require_unsynced(outlets.file, program.surroundings)
    disk = Disk()
    file = _opened(outlets.file, disk)
    giving = HandingOut(outlets, file, program)
    try:
        with file:
            yield giving
    finally:
        if not giving.is_done:
            disk.discard(outlets.file)


def _opened(path: Path, disk: Disk) -> BinaryIO:
    if path.exists() or path.is_symlink():
        raise WrongUse("There is already something where the recovery words are to be.", next="Choose another name.")
    if not path.parent.is_dir():
        raise WrongUse("The folder for the recovery words is not there.", next="Choose another folder.")
    try:
        with told():
            return disk.create(path)
    except DiskFull as error:
        raise NoRoom(error.what) from error
    except DiskFailed as error:
        raise NoRoom(error.what, next="Choose another folder.") from error


def _write(file: BinaryIO, words: tuple[str, ...], path: Path) -> None:
    disk = Disk()
    try:
        with told():
            write_all(file, " ".join(words).encode("ascii") + b"\n")
            disk.sync(file)
            disk.sync_folder(path.parent)
    except (DiskFull, DiskFailed) as error:
        raise NoRoom(error.what, next="Free some room, or choose another folder.") from error


def _show_and_test(words: tuple[str, ...]) -> bool:
    """Show the words and have two of them typed back. False where somebody skips that."""
    _show(words)
    for place in sorted(secrets.SystemRandom().sample(range(len(words)), _TESTED)):
        question = f"To be sure that they can be read: which word is number {place + 1}? (Enter alone: none at all)"
        while (answer := ask(question).lower()) != words[place]:
            if not answer:
                return False
            if answer == "?":
                _show(words)
            else:
                tell("It is another one. Look at your paper again; to see all words once more, type ?")
    tell("Good: these are the words. They are not shown again.")
    return True


def _show(words: tuple[str, ...]) -> None:
    rows = -(-len(words) // _COLUMNS)
    with private_screen():
        for sentence in _EXPLAINED:
            tell(sentence)
        for row in range(rows):
            tell("".join(f"{place + 1:6}. {words[place]:<12}" for place in range(row, len(words), rows)).rstrip())
        tell()
        ask("Press Enter when they are written down:")
