"""How far long work is: a line on standard error, only at a terminal, gone when the work is done."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from app.plaintext import visible_sentence

WORTH_SHOWING = 8 * 1024 * 1024
"""A file below this many bytes is kept before a line about it could be read."""


@contextmanager
def progress(label: str, *, hidden: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Gives what is to be told (done, all), in whatever unit the work has."""
    stream = sys.stderr
    hidden = hidden or not stream.isatty()
    with click.progressbar(length=1, label=visible_sentence(label), file=stream, hidden=hidden) as bar:

        def told(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(max(done - bar.pos, 0))

        yield told
