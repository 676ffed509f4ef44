"""The passphrase: typed unseen, or read from a file or standard input; never an argument, never the environment."""

import getpass
import sys
import warnings
from pathlib import Path

import click

from app.errors import Unreadable, WrongUse

_LIMIT = 64 * 1024
_STANDARD_INPUT = Path("-")


def ask_passphrase(file: Path | None, *, new: bool = False) -> str:
    """The passphrase of a vault; a new one is typed twice. Raises WrongUse, Unreadable, click.Abort."""
    if file is not None:
        return _decoded(_read(file))
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            typed = click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True, type=str)
        except getpass.GetPassWarning:
            raise WrongUse(
                "There is no terminal here to ask for the passphrase.",
                next="Put it into a file and give --passphrase-file FILE, or “-” to send it on standard input.",
            ) from None
    return _sound(typed)


def _read(file: Path) -> bytes:
    try:
        if file == _STANDARD_INPUT:
            return sys.stdin.buffer.read(_LIMIT + 1)
        with file.open("rb") as stream:
            return stream.read(_LIMIT + 1)
    except OSError:
        raise Unreadable(
            "The file with the passphrase could not be read.", next="Check its name, and that you may open it."
        ) from None


def _decoded(content: bytes) -> str:
    """One final LF or CRLF is not part of a passphrase (FORMAT.md, section 4)."""
    if len(content) > _LIMIT:
        raise Unreadable("This file is too long to be a passphrase.", next="Check that it is the right file.")
    content = content[:-1].removesuffix(b"\r") if content.endswith(b"\n") else content
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(
            "The file with the passphrase is not text in UTF-8.", next="Save it again as UTF-8 text and try again."
        ) from None


def _sound(typed: str) -> str:
    try:
        typed.encode("utf-8")
    except UnicodeEncodeError:
        raise WrongUse(
            "This terminal sent letters that cannot be read.",
            next="Set the terminal to UTF-8, or use --passphrase-file FILE.",
        ) from None
    return typed
