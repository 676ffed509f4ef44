"""The header of a table: which field of the kind each column is, and which column nobody knows."""

import difflib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.errors import WrongUse
from app.kinds import KINDS, FieldSpec, Kind
from app.plaintext import visible_sentence

BAD_ROW, WHAT_IS_WRONG = "bad_row", "what_is_wrong"
"""The two columns that stand first in a table of rows that could not be imported."""
_OF_OUR_TABLES = frozenset({"id", "seq", "other_fields", "withdrawn", "why_withdrawn"})
_OF_BAD_ROWS = frozenset({BAD_ROW, WHAT_IS_WRONG})
_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class ColumnProblem:
    """A column that keeps a table from being imported: its name as it stands there, its letters (D), what is wrong.

    `suggestions` are fields that may be meant.
    """

    name: str
    letters: str
    what: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """A header that was understood. `fields`: by the place of the column, from 0."""

    names: tuple[str, ...]
    fields: dict[int, FieldSpec]
    unnamed: tuple[int, ...]
    """Places of the columns without a name; that is wrong only where something stands in them."""
    problems: tuple[ColumnProblem, ...]
    is_ours: bool
    """Whether this program wrote the table: then its cells are read back exactly."""
    withdrawn: int | None
    """Where one of our tables says that a row was withdrawn."""


def plain(word: str) -> str:
    """A column name or a choice as it is compared: without case, underscores and more spaces than one."""
    return re.sub(r"[\s_]+", " ", word.replace("’", "'")).strip().casefold()


def words_of(kind: Kind) -> dict[str, FieldSpec]:
    """Every word for a field of the kind: its name, before what it is called in a report, before the question."""
    specs = [spec for spec in KINDS[kind].specs() if not spec.ask.kept_by_program]
    words = [(spec.name, spec) for spec in specs]
    words += [(spec.term, spec) for spec in specs] + [(spec.ask.label, spec) for spec in specs]
    found: dict[str, FieldSpec] = {}
    for word, spec in words:
        found.setdefault(plain(word), spec)
    return found


def is_known(kind: Kind, name: str) -> bool:
    """Whether a column of that name can be a field of the kind, or one that our own tables have."""
    return plain(name) in words_of(kind) or _bookkeeping(name)


def is_ours(header: Sequence[str]) -> bool:
    """Whether a header is one of those that this program writes."""
    names = set(header)
    return names >= _OF_OUR_TABLES or names >= _OF_BAD_ROWS


def read_columns(kind: Kind, header: Sequence[str], ignored: Collection[str] = ()) -> Columns:
    """Understand a header. `ignored`: names of columns that nobody needs, or letters of those without a name.

    Raises WrongUse where one of these is not there, or where nothing is left to import.
    """
    unwanted = {plain(name): name for name in ignored}
    words = words_of(kind)
    fields: dict[int, FieldSpec] = {}
    problems: list[ColumnProblem] = []
    unnamed: list[int] = []
    for place, name in enumerate(header):
        spec = words.get(plain(name))
        if unwanted and plain(name or letters(place)) in unwanted:
            continue
        if not plain(name):
            unnamed.append(place)
        elif spec is None and not _bookkeeping(name):
            problems.append(_unknown(kind, name, place, words))
        elif spec is not None and spec in fields.values():
            problems.append(ColumnProblem(name, letters(place), f"The field “{spec.name}” has a column already."))
        elif spec is not None:
            fields[place] = spec
    _require_there(unwanted, header)
    if not fields and not problems:
        raise WrongUse(
            f"No column of this table is a field of the kind {kind.value}.",
            next=f"The fields are: {', '.join(spec.name for spec in KINDS[kind].specs())}.",
        )
    ours = is_ours(header)
    withdrawn = header.index("withdrawn") if ours and "withdrawn" in header else None
    return Columns(tuple(header), fields, tuple(unnamed), tuple(problems), ours, withdrawn)


def letters(place: int) -> str:
    """The column at a place (from 0) as spreadsheets name it: A, B … Z, AA."""
    name = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def without_bookkeeping_of_bad_rows(names: Iterable[str]) -> list[int]:
    """The places of the columns that a table of bad rows takes over."""
    return [place for place, name in enumerate(names) if name not in _OF_BAD_ROWS]


def _bookkeeping(name: str) -> bool:
    return name.strip().lower() in _OF_OUR_TABLES | _OF_BAD_ROWS


def _unknown(kind: Kind, name: str, place: int, words: dict[str, FieldSpec]) -> ColumnProblem:
    near = difflib.get_close_matches(plain(name)[:100], words, 2 * _SUGGESTED, 0.6)
    meant = tuple(dict.fromkeys(words[word].name for word in near))[:_SUGGESTED]
    return ColumnProblem(name, letters(place), f"The kind {kind.value} has no field of this name.", meant)


def _require_there(unwanted: dict[str, str], header: Sequence[str]) -> None:
    there = {plain(name or letters(place)) for place, name in enumerate(header)}
    missing = next((name for key, name in unwanted.items() if key not in there), None)
    if missing is not None:
        names = ", ".join(visible_sentence(name)[:40] for name in header if name)
        raise WrongUse(f"This table has no column “{missing}”.", next=f"Its columns are: {names}.")
