"""The bytes of a CSV file as rows of cells: encoding, separator, quotation marks, limits."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from app.errors import Unreadable

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read."""
MOST_ROWS = 100_000
_MOST_COLUMNS = 1000
_LINES_NAMED = 5
_SEPARATORS = (",", ";", "\t")


class Encoding(StrEnum):
    """How letters stand in a file that does not say so itself, with a mark at its beginning."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    WINDOWS_1252 = "windows-1252"


_CODECS = {Encoding.UTF_8: "utf-8", Encoding.UTF_16: "utf-16-le", Encoding.WINDOWS_1252: "cp1252"}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LINE_ENDS = {"utf-8": b"\n", "cp1252": b"\n", "utf-16-le": b"\n\0", "utf-16-be": b"\0\n"}


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands in a file: rows with their numbers as a spreadsheet counts them, from 1; empty ones not."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_text(path: Path, encoding: Encoding | None = None) -> str:
    """The text of a file. Raises Unreadable, which names the lines that are not in this encoding.

    A mark at the beginning of the file decides; where there is none, `encoding`, or else UTF-8.
    """
    if not path.is_file():
        raise Unreadable("There is no file with this name.", next="Give the name of a CSV file.")
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(
            f"This file cannot be read ({error.strerror}).", next="Look whether you may open it."
        ) from None
    if len(content) > LARGEST:
        raise Unreadable("This file has more than 64 MB.", next="Divide it into several files, each with the header.")
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], codec)
    if encoding is None and content[1:2] == b"\0":
        raise Unreadable("This file seems to be in UTF-16, and does not say so.", next="Try it with --encoding utf-16.")
    return _decoded(content, _CODECS[encoding or Encoding.UTF_8])


def read_grid(text: str, recognised: Callable[[str], bool]) -> Grid:
    """The rows of a table. `recognised`: whether a column name is known; it decides between comma, semicolon and tab.

    Raises Unreadable for a table without rows, with too many, or with quotation marks that do not fit.
    """
    separator, text = _separator(text, recognised)
    rows = _rows(text, separator)
    _number, header = next(rows, (0, ()))
    if len(header) > _MOST_COLUMNS:
        raise Unreadable(f"This table has more than {_MOST_COLUMNS} columns.", next="Take out those that nobody needs.")
    found = tuple(islice(rows, MOST_ROWS + 1))
    if not found:
        raise Unreadable("This table has no rows.", next="Its first row names the columns; the others follow.")
    if len(found) > MOST_ROWS:
        raise Unreadable(
            f"This table has more than {MOST_ROWS:,} rows.", next="Divide it into several files, each with the header."
        )
    return Grid(header, found)


def _decoded(content: bytes, codec: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        lines = _undecodable(content, codec)
        named = ", ".join(str(line) for line in lines[:_LINES_NAMED]) + (" …" if len(lines) > _LINES_NAMED else "")
        raise Unreadable(
            f"Some letters of this file cannot be read; in {len(lines)} lines, the first of them {named}."
            if len(lines) > 1
            else f"Some letters of this file cannot be read, in line {named}.",
            next="Save the table as “CSV UTF-8”. An older spreadsheet on Windows may need --encoding windows-1252.",
        ) from None


def _undecodable(content: bytes, codec: str) -> list[int]:
    """The lines that are not in this encoding, counted from 1; the last one where the file ends in half a letter."""
    end, lines, number, start = _LINE_ENDS[codec], [], 0, 0
    while start < len(content):
        number += 1
        found = content.find(end, start)
        while found >= 0 and len(end) > 1 and found % len(end):
            found = content.find(end, found + 1)
        stop = len(content) if found < 0 else found + len(end)
        try:
            content[start:stop].decode(codec)
        except UnicodeDecodeError:
            lines.append(number)
        start = stop
    return lines or [number]


def _separator(text: str, recognised: Callable[[str], bool]) -> tuple[str, str]:
    """What stands between cells, and the text without a first line that says so (`sep=;`, as Excel writes it)."""
    first, _end, rest = text.partition("\n")
    said = first.rstrip("\r")
    if len(said) == len("sep=;") and said.lower().startswith("sep="):
        return said[-1], rest

    def fitness(separator: str) -> tuple[int, int]:
        with _large_cells():
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            header = next((row for row in reader if any(cell.strip() for cell in row)), [])
        return sum(map(recognised, header)), len(header)

    return max(_SEPARATORS, key=fitness), text


def _rows(text: str, separator: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    with _large_cells():
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        number, line = 0, 1
        try:
            for number, row in enumerate(reader, start=1):
                if any(map(str.strip, row)):
                    yield number, tuple(row)
                line = reader.line_num + 1
        except csv.Error:
            raise Unreadable(
                f"Row {number + 1}, which begins in line {line} of the file, cannot be read: a quotation mark is not "
                "closed, or more text follows behind it.",
                next="Save the table again from your spreadsheet as CSV, or mend that line.",
            ) from None


@contextmanager
def _large_cells() -> Iterator[None]:
    before = csv.field_size_limit(LARGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)
