"""The recovery sheet: one page with the recovery words, written only to what can be carried away from the computer."""

import io
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from app import lazy
from app.errors import RefusedForSafety, WrongUse
from app.new_file import write_whole
from app.places import require_outside_vaults
from app.recovery_words import SHEET_MARK
from app.removable import Volumes
from vault.disk import Disk
from vault.errors import WaysUnsure
from vault.recovery import RecoverySecret, words_of

if TYPE_CHECKING:
    from app.casefile import Casefile

PRINTING = (
    "A printer and the computer that prints may keep a copy of the page: print it where only you or somebody you trust "
    "can look, or copy the words by hand instead."
)
"""To be said wherever a sheet can be printed or was made to be printed."""

WHAT_IT_OPENS = (
    "These twelve words open one vault: the one with the id below. They do what its passphrase does. Whoever has this "
    "sheet and a copy of the vault, an old one too, can read everything in it."
)
IF_FORGOTTEN = (
    "Open Holdfast, choose the vault, and say that you forgot the passphrase. Type the twelve words in their order, or "
    "scan the square and copy what it says. Then choose a new passphrase; you get new words, and this sheet can go. On "
    "the command line:"
)
KEEP = (
    "Keep this sheet away from the computer and from everybody you would not give the passphrase to: with somebody you "
    "trust, or where you keep papers that matter. Make no photograph of it, and put it in no cloud.",
    "If somebody may have seen it, change the passphrase: that makes new words, and these open the vault no more. "
    "Copies of the vault made before, backups too, still open with them.",
    "If this page came as a file on a stick, delete the file once you have the paper. " + PRINTING,
)
COMMAND = "holdfast-cli recover VAULT"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a recovery sheet. The vault's id and the fingerprint are hex digits."""

    words: tuple[str, ...]
    vault: str
    fingerprint: str
    made_at: datetime
    app: str

    @property
    def code(self) -> str:
        """What the square on it holds: a phone reads it, and `recover` takes it as it is."""
        return f"{SHEET_MARK} {self.vault} {' '.join(self.words)}"


def sheet_of(casefile: "Casefile", secret: RecoverySecret) -> Sheet:
    """The sheet with these words for a case, made now."""
    vault, clock = casefile.vault, casefile.clock
    return Sheet(words_of(secret), vault.id, vault.identity.fingerprint, clock.now(), clock.app)


def give_sheet(casefile: "Casefile", secret: RecoverySecret, folder: Path, volumes: Volumes) -> Path:
    """Write a sheet into a folder on a stick or a card, and let its words open the case; where it is then.

    Whatever fails, no sheet is left whose words open nothing; it stays where nobody can tell whether they do
    (WaysUnsure). Raises RefusedForSafety, WrongUse, NoRoom, FontsMissing, VaultError.
    """
    path = _free_name(folder, f"{casefile.vault.path.stem}-recovery-sheet")
    require_place_for_sheet(path, volumes)
    write_sheet(sheet_of(casefile, secret), path)
    try:
        casefile.set_recovery_words(secret)
    except WaysUnsure:
        # They may count.
        raise
    except BaseException:
        Disk().discard(path)
        raise
    return path


def _free_name(folder: Path, stem: str) -> Path:
    names = (f"{stem}.pdf" if number == 1 else f"{stem}-{number}.pdf" for number in count(1))
    return next(folder / name for name in names if not (folder / name).exists())


def code_rows(sheet: Sheet) -> list[list[bool]]:
    """The square of a sheet, row by row, True where dark, with the quiet zone around it."""
    return lazy.qr_rows()(sheet.code)


def sheet_pdf(sheet: Sheet) -> bytes:
    """The page as a PDF, in memory: for a file on a stick, or for a printer. Raises FontsMissing."""
    out = io.BytesIO()
    lazy.write_sheet()(sheet, out)
    return out.getvalue()


def require_place_for_sheet(path: Path, volumes: Volumes) -> None:
    """Let a sheet be written to a new file on a stick or card, nowhere else. Raises RefusedForSafety, WrongUse."""
    require_outside_vaults(path)
    if path.exists() or path.is_symlink():
        raise WrongUse("There is already something where the recovery sheet is to be.", next="Choose another name.")
    if not path.parent.is_dir():
        raise WrongUse("The folder for the recovery sheet is not there.", next="Put the stick in, or choose another.")
    if not volumes.is_removable(path.parent):
        raise RefusedForSafety(
            "The recovery sheet is not written to this place: it is not on a stick or a card. Whoever uses this "
            "computer could find it there, and a deleted file can be brought back.",
            safe="Nothing was written, and nothing was changed.",
            next="Choose a folder on a stick or a card, or write the words down by hand.",
        )


def write_sheet(sheet: Sheet, path: Path) -> None:
    """Write the page to a new file, durably; nothing is left where that fails. Raises NoRoom, FontsMissing."""
    write_whole(path, sheet_pdf(sheet), otherwise="Choose another name, or another stick.")
