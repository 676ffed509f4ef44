"""A square (QR code) in a terminal: half a line for each row, dark on light whatever the terminal's colours are."""

import itertools
import sys
from collections.abc import Iterator, Sequence

import click

from app.commands.telling import say
from app.lazy import qr_rows

_HALVES = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}


def say_square(text: str) -> None:
    """Show a text as a square; where the terminal has no such characters, say where else it is."""
    try:
        "".join(_HALVES.values()).encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        say("This terminal cannot show the square; a report has it too.")
        return
    for line in _lines(qr_rows()(text)):
        say(click.style(line, fg="black", bg="bright_white"))


def _lines(rows: Sequence[Sequence[bool]]) -> Iterator[str]:
    for upper, lower in itertools.zip_longest(rows[::2], rows[1::2], fillvalue=[False] * len(rows)):
        yield "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
