"""One place that turns an error into words: a title, what happened, whether the evidence is safe, what to do next."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.errors import HoldfastError, NoRoom, RefusedForSafety
from app.plaintext import visible_sentence
from app.under18 import PictureRefused
from app.under18_words import under18_words
from capture.errors import CaptureError, NeedsPortal, NoScreen
from ui.marking import QT_TRANSLATE_NOOP
from vault.errors import (
    BackupFileTooLarge,
    BackupRefused,
    CannotLock,
    DamagedVault,
    DiskFailed,
    DiskFull,
    FileTooLarge,
    NewerFormat,
    NotAllowed,
    NotAVault,
    NotConfirmed,
    NothingThere,
    NotReadable,
    ReadOnlyDamaged,
    ReadOnlyVault,
    TooLong,
    VaultBusy,
    VaultError,
    VaultExists,
    VaultLocked,
    WrongPassphrase,
    WrongWords,
)
from vault.recovery import MistypedWords

OURS = QT_TRANSLATE_NOOP("errors", "Holdfast made a mistake here. It was not you.")
OURS_NEXT = QT_TRANSLATE_NOOP(
    "errors", "Try once more. If it happens again, close Holdfast, open it again and look at what is there."
)
OURS_SAFE = QT_TRANSLATE_NOOP("errors", "What said “Saved” is kept and safe.")
NO_MEMORY = QT_TRANSLATE_NOOP("errors", "This computer does not have enough free memory for that just now.")
NO_MEMORY_NEXT = QT_TRANSLATE_NOOP("errors", "Close other programs, then try again.")

_TITLES: tuple[tuple[type[Exception], str], ...] = (
    (WrongPassphrase, QT_TRANSLATE_NOOP("errors", "That did not open it")),
    (NothingThere, QT_TRANSLATE_NOOP("errors", "There is nothing of this name")),
    (NotAVault, QT_TRANSLATE_NOOP("errors", "This is something else")),
    (NotReadable, QT_TRANSLATE_NOOP("errors", "This computer does not let you read it")),
    (NewerFormat, QT_TRANSLATE_NOOP("errors", "A newer Holdfast is needed")),
    (VaultBusy, QT_TRANSLATE_NOOP("errors", "It is open elsewhere")),
    (VaultExists, QT_TRANSLATE_NOOP("errors", "This place is taken")),
    (WrongWords, QT_TRANSLATE_NOOP("errors", "That did not open it")),
    (MistypedWords, QT_TRANSLATE_NOOP("errors", "These are not the recovery words")),
    (CannotLock, QT_TRANSLATE_NOOP("errors", "It cannot be opened safely there")),
    (ReadOnlyDamaged, QT_TRANSLATE_NOOP("errors", "Something is damaged")),
    (ReadOnlyVault, QT_TRANSLATE_NOOP("errors", "It is open for reading")),
    (BackupRefused, QT_TRANSLATE_NOOP("errors", "No backup was made")),
    (DamagedVault, QT_TRANSLATE_NOOP("errors", "Something is damaged")),
    (FileTooLarge, QT_TRANSLATE_NOOP("errors", "The file is too large for this disk")),
    (BackupFileTooLarge, QT_TRANSLATE_NOOP("errors", "A file is too large for this disk")),
    (DiskFull, QT_TRANSLATE_NOOP("errors", "The disk is full")),
    (DiskFailed, QT_TRANSLATE_NOOP("errors", "The disk had a problem")),
    (NotConfirmed, QT_TRANSLATE_NOOP("errors", "The disk had a problem")),
    (NoRoom, QT_TRANSLATE_NOOP("errors", "The disk is full")),
    (TooLong, QT_TRANSLATE_NOOP("errors", "This is too long")),
    (NotAllowed, QT_TRANSLATE_NOOP("errors", "That cannot be changed")),
    (VaultLocked, QT_TRANSLATE_NOOP("errors", "The case is locked")),
    (NoScreen, QT_TRANSLATE_NOOP("errors", "The screen cannot be captured")),
    (NeedsPortal, QT_TRANSLATE_NOOP("errors", "The screen cannot be captured")),
    (CaptureError, QT_TRANSLATE_NOOP("errors", "That was not captured")),
    (RefusedForSafety, QT_TRANSLATE_NOOP("errors", "Not done, to keep you safe")),
    (VaultError, QT_TRANSLATE_NOOP("errors", "That did not work")),
    (HoldfastError, QT_TRANSLATE_NOOP("errors", "That did not work")),
    (MemoryError, QT_TRANSLATE_NOOP("errors", "Not enough memory")),
    (OSError, QT_TRANSLATE_NOOP("errors", "The computer did not allow that")),
)


@dataclass(frozen=True, slots=True)
class Message:
    """Words for a person. `calm` says that nothing went wrong: it is news, not a failure."""

    title: str
    what: str
    safe: str = ""
    next: str = ""
    calm: bool = False

    @property
    def sentences(self) -> str:
        """All of it but the title, in one paragraph."""
        return " ".join(part for part in (self.what, self.safe, self.next) if part)


def message_for(error: Exception) -> Message:
    """The words for an error; for one that is our own fault, nothing of what it holds."""
    title = next((words for kind, words in _TITLES if isinstance(error, kind)), None)
    if isinstance(error, PictureRefused):
        refused = under18_words().refused
        return Message(_tr(title or ""), _tr(refused.what), _tr(refused.safe), _tr(refused.next_in_the_window))
    if isinstance(error, (VaultError, CaptureError, HoldfastError)):
        return Message(
            _tr(title or ""), visible_sentence(_tr(error.what)), _tr(error.safe), visible_sentence(_tr(error.next))
        )
    if isinstance(error, MemoryError):
        return Message(_tr(title or ""), _tr(NO_MEMORY), _tr(OURS_SAFE), _tr(NO_MEMORY_NEXT))
    if isinstance(error, OSError):
        reason = visible_sentence(error.strerror or type(error).__name__)
        return Message(_tr(title or ""), f"{reason}.", _tr(OURS_SAFE), _tr(OURS_NEXT))
    return Message(_tr(OURS), type(error).__name__ + ".", _tr(OURS_SAFE), _tr(OURS_NEXT))


def _tr(text: str) -> str:
    return QCoreApplication.translate("errors", text)
