"""The passphrase: typed unseen, or read from a file or standard input; never an argument, never the environment."""

import getpass
import sys
import warnings
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

import click

from app.commands.asking import ask, private_screen, tell
from app.commands.telling import warn
from app.errors import Unreadable, WrongUse
from app.guessing import guessability
from app.keeping import require_passphrase
from vault.recovery import suggested_passphrase

_LIMIT = 64 * 1024
_STANDARD_INPUT = Path("-")
_OFFER = "Any passphrase will do; four or more words are good. If you want one made for you, press Enter at once."
_SAME_AGAIN = "These two were not the same. Once more:"


def ask_passphrase(file: Path | None, prompt: str = "Passphrase", option: str = "--passphrase-file") -> str:
    """The passphrase of a vault; `option` is the one that gives the file. Raises WrongUse, Unreadable, click.Abort."""
    return _typed(prompt, option) if file is None else read_secret(file, "passphrase")


def ask_new_passphrase(file: Path | None, known: Iterable[str], option: str) -> str:
    """A new passphrase: from a file, or typed twice, with a word on how easily it is guessed, but no rule.

    `known`: what somebody who knows this person would try first. `option` is the one that gives the file.
    Raises WrongUse where it is empty or recovery words, Unreadable, click.Abort.
    """
    known = list(known)
    if file is not None:
        passphrase = read_secret(file, "passphrase")
        require_passphrase(passphrase)
        hint = guessability(passphrase, known)
        if hint.easy:
            warn(f"{hint.words} You can change it at any time: holdfast-cli passphrase.")
        return passphrase
    tell(_OFFER)
    suggestion = ""
    while True:
        # A passphrase that was made is on the screen only while it is learned.
        with private_screen() if suggestion else nullcontext():
            if suggestion:
                tell(f"Here is one: {suggestion}")
                tell("Learn it, or write it down; then type it. Enter alone shows another.")
            typed = _typed("New passphrase", option)
            again = _typed("The same again", option) if typed else ""
        if not typed:
            suggestion = suggested_passphrase()
        elif typed != again:
            tell(_SAME_AGAIN)
        elif _is_wanted(typed, known):
            return typed


def read_secret(file: Path, what: str) -> str:
    """What stands in a file, or comes on standard input (`-`). One final LF or CRLF is not part of it (FORMAT.md, 4).

    `what` it is, for words about errors. Raises Unreadable.
    """
    content = _read(file, what)
    if len(content) > _LIMIT:
        raise Unreadable(f"This file is too long to be a {what}.", next="Check that it is the right file.")
    content = content[:-1].removesuffix(b"\r") if content.endswith(b"\n") else content
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(
            f"The file with the {what} is not text in UTF-8.", next="Save it again as UTF-8 text and try again."
        ) from None


def require_one_from_stdin(*files: Path | None) -> None:
    """Standard input can give one thing. Raises WrongUse where it is asked for more."""
    if files.count(_STANDARD_INPUT) > 1:
        raise WrongUse("Standard input can give one of these only.", next="Put the other into a file.")


def _is_wanted(typed: str, known: list[str]) -> bool:
    require_passphrase(typed)
    hint = guessability(typed, known)
    tell(hint.words)
    return not hint.easy or ask("You can keep it (Enter), or choose another (n):").lower() not in {"n", "no"}


def _typed(prompt: str, option: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            typed = click.prompt(prompt, hide_input=True, default="", show_default=False, err=True, type=str)
        except getpass.GetPassWarning:
            raise WrongUse(
                "There is no terminal here to ask for the passphrase.",
                next=f"Put it into a file and give {option} FILE, or “-” to send it on standard input.",
            ) from None
    return _sound(str(typed))


def _read(file: Path, what: str) -> bytes:
    try:
        if file == _STANDARD_INPUT:
            return sys.stdin.buffer.read(_LIMIT + 1)
        with file.open("rb") as stream:
            return stream.read(_LIMIT + 1)
    except OSError:
        raise Unreadable(
            f"The file with the {what} could not be read.", next="Check its name, and that you may open it."
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
