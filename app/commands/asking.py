"""Questions at the terminal: whether somebody is there, what they type, and a screen that leaves nothing behind."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

_ASIDE, _BACK = "\x1b[?1049h\x1b[H", "\x1b[2J\x1b[?1049l"
"""xterm's second screen: what stands on it is not in what can be scrolled back."""


def at_a_terminal() -> bool:
    """Whether somebody can read a question and answer it; where the results go does not matter."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def tell(text: str = "") -> None:
    """A line for whoever sits at the terminal: not part of the result."""
    click.echo(text, err=True)


def ask(question: str) -> str:
    """A line that is typed, or comes on standard input; it may be empty. Raises click.Abort where nothing comes."""
    click.echo(f"{question} ", nl=False, err=True)
    line = sys.stdin.readline()
    if not line:
        raise click.Abort
    return line.strip()


@contextmanager
def private_screen() -> Iterator[None]:
    """What is shown meanwhile is gone from the terminal afterwards, also from what can be scrolled back.

    A terminal that writes down everything keeps it all the same.
    """
    if sys.platform == "win32":
        click.clear()
    else:
        click.echo(_ASIDE, nl=False, err=True)
    try:
        yield
    finally:
        if sys.platform == "win32":
            click.clear()
        else:
            click.echo(_BACK, nl=False, err=True)
