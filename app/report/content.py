"""What a report is made of: sections of blocks. PDF and web page are drawn from the same ones, so they cannot differ.

Our words and theirs are kept apart by type. No block holds markup: a string is a text to be shown, in every writer.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Said:
    """Our own words."""

    text: str
    strong: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A hash, a code, a file name or a command that this program made; set in a monospace font."""

    text: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Text that was written by somebody else, or typed by the person: shown, never read.

    `identifier` is set in a monospace font. `words` marks sentences, in which line breaks and ordinary spaces count
    as such; everywhere else each character that cannot be seen is shown as a mark.
    """

    text: str
    identifier: bool = False
    words: bool = False


Wording: TypeAlias = "tuple[Said | Code | Foreign, ...]"
"""One paragraph."""
Cell: TypeAlias = "tuple[Wording, ...]"
"""The paragraphs in one cell of a table."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of its own."""

    wording: Wording


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section."""

    wording: Wording


@dataclass(frozen=True, slots=True)
class Notice:
    """Paragraphs in a frame."""

    paragraphs: Cell


@dataclass(frozen=True, slots=True)
class Card:
    """A grey card that stands in place of a picture."""

    paragraphs: Cell


@dataclass(frozen=True, slots=True)
class Quotation:
    """Exact words, set apart, under a line that says whose they are."""

    label: Wording
    words: Foreign


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the first page, with what it counts."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of the first page, side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values. An empty label continues the one before."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `share` of its width, relative to the others."""

    title: str
    share: float


@dataclass(frozen=True)
class Table:
    """A table with a head; rows may come one by one from the record."""

    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Commands:
    """Lines to be typed in a terminal."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Square:
    """A QR code that holds `text`, and what to say beside it."""

    text: str
    beside: Cell


Block: TypeAlias = "Paragraph | Subheading | Notice | Card | Quotation | Figures | Facts | Table | Commands | Square"


@dataclass(frozen=True)
class Section:
    """A part of the report. `level` 1 is a chapter, 2 a sheet inside one; a sheet begins a page of its own."""

    key: str
    title: str
    blocks: Iterable[Block]
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True)
class Report:
    """A whole report. `sections` makes them anew each time, one by one; there are `count` of them."""

    title: str
    subtitle: Wording
    footer: str
    sections: Callable[[], Iterator[Section]]
    count: int


def said(text: str, *, strong: bool = False, muted: bool = False) -> Wording:
    """A paragraph of our own words."""
    return (Said(text, strong, muted),)


def code(text: str) -> Wording:
    """A paragraph that is one code."""
    return (Code(text),)


def foreign(text: str, *, identifier: bool = False, words: bool = False) -> Wording:
    """A paragraph of theirs."""
    return (Foreign(text, identifier, words),)
