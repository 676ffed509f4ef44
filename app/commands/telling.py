"""Words at the terminal: results, warnings and errors, with every text of somebody else made harmless."""

import errno
import json
import os
from collections.abc import Mapping

import click

from app.errors import HoldfastError
from app.plaintext import visible_sentence
from capture.errors import CaptureError
from vault.errors import (
    BackupAhead,
    BackupApart,
    BackupOfOldKey,
    DamagedVault,
    DiskFailed,
    DiskFull,
    NotConfirmed,
    ReadOnlyDamaged,
    ReadOnlyVault,
    VaultError,
    WrongPassphrase,
    WrongWords,
)

DONE, FAILED_CHECK, WRONG_USE, WRONG_PASSPHRASE, REFUSED, NO_ROOM = range(6)
"""The exit statuses (README.md); 130 is an interruption, 141 a reader that went away."""
INTERRUPTED = 130

_STATUS: tuple[tuple[type[VaultError], int], ...] = (
    (WrongPassphrase, WRONG_PASSPHRASE),
    (WrongWords, WRONG_PASSPHRASE),
    (DamagedVault, FAILED_CHECK),
    (DiskFull, NO_ROOM),
    (DiskFailed, NO_ROOM),
    (NotConfirmed, NO_ROOM),
    (ReadOnlyDamaged, FAILED_CHECK),
    (ReadOnlyVault, NO_ROOM),
    (BackupAhead, FAILED_CHECK),
    (BackupApart, FAILED_CHECK),
    (BackupOfOldKey, FAILED_CHECK),
)
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}

TellingError = HoldfastError | VaultError | CaptureError
"""The errors that bring their own three sentences."""
TELLING = (HoldfastError, VaultError, CaptureError)


class NotShown(HoldfastError):
    """A line of the result that nobody gets to see, of a command that did its work."""

    exit_status = NO_ROOM


def say(text: str) -> None:
    """A line of the result, on standard output, at once. Other people's texts in it went through app.plaintext.

    Raises NotShown, BrokenPipeError.
    """
    try:
        click.echo(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NotShown(
            f"The result could not be written ({os.strerror(error.errno or 0)}).",
            safe="What was done so far stays done, and what is kept is safe.",
            next="Look with another command what is there, before you start this one again.",
        ) from error


def say_json(members: Mapping[str, object]) -> None:
    """One JSON object on one line, in ASCII: no character in it means anything to a terminal. Raises as `say`."""
    say(json.dumps(members, ensure_ascii=True, separators=(", ", ": ")).replace("\x7f", "\\u007f"))


def warn(text: str) -> None:
    """Something to look at, on standard error; it changes no exit status."""
    _say_aside(f"Note: {text}")


def tell(error: TellingError, about: str = "") -> int:
    """Say an error in three sentences on standard error; returns the exit status that goes with it.

    `about` is what it is about, as the person typed it.
    """
    what = f"{about}: {error.what}" if about else error.what
    return _tell(what, error.safe, error.next, status_of(error))


def status_of(error: TellingError) -> int:
    """The exit status for an error."""
    if isinstance(error, HoldfastError):
        return error.exit_status
    return next((status for kind, status in _STATUS if isinstance(error, kind)), WRONG_USE)


def tell_misuse(error: click.ClickException, help_command: str) -> int:
    """Say that a command line cannot be understood."""
    what = " ".join(error.format_message().split())
    return _tell(
        what if what.endswith((".", "?")) else f"{what}.",
        "Nothing was changed.",
        f"“{help_command} --help” shows how it is used.",
        WRONG_USE,
    )


def tell_interruption() -> int:
    """Say what an interruption left."""
    return _tell(
        "Stopped.",
        "What was shown as Saved is safe. What was half done is undone, at the latest when the vault is next opened.",
        "You can start the same command again.",
        INTERRUPTED,
    )


def tell_system(error: OSError) -> int:
    """Say what the computer itself refused, without saying which file it was."""
    return _tell(
        f"The computer did not do this ({os.strerror(error.errno or 0)}).",
        "What is already kept is safe.",
        "Check that the folder is there, that you may use it and that there is room; then try again.",
        NO_ROOM if error.errno in _NO_ROOM else WRONG_USE,
    )


def tell_no_memory() -> int:
    """Say that the memory was not enough: opening a vault needs up to 256 MiB for a moment."""
    return _tell(
        "There is not enough free memory to do this.",
        "What is already kept is safe.",
        "Close other programs and try again.",
        NO_ROOM,
    )


def tell_unexpected(name: str, place: str) -> int:
    """Say that Holdfast itself made a mistake: the type of the error and the line of the program, no content."""
    return _tell(
        f"Holdfast made a mistake of its own ({name} at {place}).",
        "What was shown as Saved was on the disk then; a check of the vault tells whether all of it still is.",
        "Try again; if it happens again, report the words in brackets.",
        WRONG_USE,
    )


def _tell(what: str, safe: str, then: str, status: int) -> int:
    for sentence in (what, safe, then):
        _say_aside(visible_sentence(sentence))
    return status


def _say_aside(text: str) -> None:
    """On standard error. Where that takes nothing, as on a full disk, the work goes on and its status tells."""
    try:
        click.echo(text, err=True)
    except BrokenPipeError:
        raise
    except OSError:
        return
