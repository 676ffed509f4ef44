"""The recovery sheet: one page with the recovery words, written only to what can be carried away from the computer."""

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app import lazy
from app.errors import NoRoom, RefusedForSafety, WrongUse
from app.recovery_words import SHEET_MARK
from app.removable import Volumes
from vault.disk import Disk, told, write_all
from vault.errors import DiskFailed, DiskFull

PRINTING = (
    "A printer and the computer that prints may keep a copy of the page: print it where only you or somebody you trust "
    "can look, or copy the words by hand instead."
)
"""To be said wherever a sheet can be printed or was made to be printed."""


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


def sheet_pdf(sheet: Sheet) -> bytes:
    """The page as a PDF, in memory: for a file on a stick, or for a printer. Raises FontsMissing."""
    out = io.BytesIO()
    lazy.sheet_writer()(sheet, out)
    return out.getvalue()


def require_place_for_sheet(path: Path, volumes: Volumes) -> None:
    """Let a sheet be written to a new file on a stick or card, nowhere else. Raises RefusedForSafety, WrongUse."""
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
    content, disk = sheet_pdf(sheet), Disk()
    try:
        with told():
            file = disk.create(path)
    except DiskFailed as error:
        raise NoRoom(error.what, next="Choose another name, or another stick.") from error
    try:
        with file, told():
            write_all(file, content)
            disk.sync(file)
        with told():
            disk.sync_folder(path.parent)
    except BaseException as error:
        disk.discard(path)
        if isinstance(error, DiskFull | DiskFailed):
            raise NoRoom(error.what, next="Use another stick.") from error
        raise
