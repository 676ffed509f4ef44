"""One row of a table as the fields of an entry: what is wrong with it in plain words, and what deserves a look."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.errors import WrongUse
from app.hints import NO_DATE
from app.kinds import KINDS, FieldSpec, Form, Kind, parse_assignments
from app.plaintext import visible_sentence
from app.report.labels import choice
from app.sheets.columns import Columns, letters, plain
from app.writable import require_writable
from vault.chain import LINE_LIMIT, canonical
from vault.moments import read_moment
from vault.recovery import holds_recovery_words

Fields = dict[str, str | int | bool | list[str] | None]

_BESIDE_THE_FIELDS = 8192
"""Bytes of an entry that are not its fields; more than there ever are."""
_WORST_FORM = 6
"""Bytes that one letter can take in an entry."""
_AROUND_A_TEXT = 3
_QUOTED = 40
_LIST = re.compile(r"\s*;\s*")
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+?[0-9]+")
"""A long number after a spreadsheet has shown it: its last digits are gone."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row (its number as a spreadsheet counts), and in which column; empty: with all of it.

    `what` is fit to be shown: foreign text in it is short and harmless.
    """

    row: int
    column: str
    what: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that can be imported: its number, its cells, and the fields that they are."""

    number: int
    cells: tuple[str, ...]
    fields: Fields


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be imported, and why. Cells that hold recovery words are empty here.

    `fields`: what could be read of it.
    """

    number: int
    cells: tuple[str, ...]
    fields: Fields
    problems: tuple[Problem, ...]


class RowReader:
    """Reads the rows of one table, whose header was understood."""

    def __init__(self, kind: Kind, columns: Columns) -> None:
        self._kind = kind
        self._columns = columns
        self._dates: dict[str, bool] = {}
        self._choices = {
            spec.name: {plain(word): option.value for option in spec.choices for word in (choice(option), option.value)}
            for spec in columns.fields.values()
            if spec.choices
        }

    def read(self, number: int, cells: tuple[str, ...]) -> SheetRow | BadRow:
        """One row: its fields, or what is wrong with it."""
        fields: Fields = {}
        written = {
            spec.name: (self._columns.names[place], cells[place])
            for place, spec in self._columns.fields.items()
            if place < len(cells) and cells[place]
        }
        unwritable = _unwritable(number, written)
        problems = [*self._misplaced(number, cells), *unwritable]
        unfit = {problem.column for problem in unwritable}
        for spec in self._columns.fields.values():
            if spec.name not in written or "" in unfit or written[spec.name][0] in unfit:
                continue
            column, cell = written[spec.name]
            try:
                value = self._value(spec, cell)
            except WrongUse as error:
                problems.append(Problem(number, column, visible_sentence(error.what)))
            else:
                fields |= {} if value is None else {spec.name: value}
        if not problems and not fields:
            problems.append(Problem(number, "", "Nothing stands in the columns that are imported."))
        if not problems:
            problems += too_long(number, fields)
        row = SheetRow(number, cells, fields)
        return bad_row(row, problems) if problems else row

    def hints(self, row: SheetRow) -> Iterator[Problem]:
        """What may have gone wrong in a spreadsheet: it is imported as it stands."""
        for place, spec in self._columns.fields.items():
            text = row.fields.get(spec.name)
            if not isinstance(text, str):
                continue
            if spec.form is Form.MOMENT and not self._is_date(text):
                what = NO_DATE
            elif spec.form is Form.IDENTIFIER and _SHORTENED.fullmatch(text.strip()):
                what = "A spreadsheet seems to have shortened this number; its last digits are gone."
            else:
                continue
            yield Problem(row.number, self._columns.names[place], what)

    def _is_date(self, text: str) -> bool:
        if text not in self._dates:
            self._dates[text] = read_moment(text, "UTC") is not None
        return self._dates[text]

    def _misplaced(self, number: int, cells: tuple[str, ...]) -> Iterator[Problem]:
        names = self._columns.names
        if any(map(str.strip, cells[len(names) :])):
            yield Problem(number, "", f"There are more cells than the {len(names)} columns of the header.")
        for place in self._columns.unnamed:
            if place < len(cells) and cells[place].strip():
                yield Problem(number, "", f"Something stands in column {letters(place)}, which has no name.")

    def _value(self, spec: FieldSpec, cell: str) -> str | int | bool | list[str] | None:
        if spec.many:
            items = [item for item in _LIST.split(cell.strip()) if item]
            return [self._choice(spec, item) for item in items] if items else None
        if spec.choices is not None:
            return self._choice(spec, cell) if cell.strip() else None
        if spec.ask.refers_to is not None:
            return cell.strip() or None
        if spec.form is Form.NUMBER:
            return parse_assignments(KINDS[self._kind], [(spec.name, cell.strip())])[spec.name]
        return cell

    def _choice(self, spec: FieldSpec, text: str) -> str:
        if spec.choices is None:
            return text
        found = self._choices[spec.name].get(plain(text))
        if found is None:
            words = ", ".join(option.value for option in spec.choices)
            raise WrongUse(f"“{quoted(text)}” is not one of: {words}.")
        return found


def quoted(text: str) -> str:
    """Foreign text as it can stand in a sentence: short and harmless."""
    return visible_sentence(text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…")


def bad_row(row: SheetRow | BadRow, problems: Iterable[Problem]) -> BadRow:
    """The row as one that cannot be imported; it may be shown and written again."""
    cells = tuple("" if holds_recovery_words(cell) else cell for cell in row.cells)
    if holds_recovery_words(" ".join(cells)):
        cells = ("",) * len(cells)
    return BadRow(row.number, cells, row.fields, tuple(problems))


def _unwritable(number: int, written: Mapping[str, tuple[str, str]]) -> list[Problem]:
    """What of a row (by field: its column's name, its cell) no entry may hold; most rows are looked at as a whole."""
    try:
        require_writable({name: cell for name, (_column, cell) in written.items()})
    except WrongUse as error:
        found = [problem for name, (column, cell) in written.items() for problem in _unfit(number, name, column, cell)]
        return found or [Problem(number, "", error.what)]
    return []


def _unfit(number: int, name: str, column: str, cell: str) -> Iterator[Problem]:
    try:
        require_writable({name: cell})
    except WrongUse as error:
        yield Problem(number, column, error.what)


def too_long(number: int, fields: Fields) -> tuple[Problem, ...]:
    """Whether there is more in a row than fits into an entry."""
    texts = [text for value in fields.values() for text in (value if isinstance(value, list) else [value])]
    room = LINE_LIMIT - _BESIDE_THE_FIELDS
    if sum(len(str(text)) + _AROUND_A_TEXT for text in texts) * _WORST_FORM < room or len(canonical(fields)) <= room:
        return ()
    return (Problem(number, "", "There is more text in this row than one entry holds (1 MB)."),)


Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many. It may raise to stop; then nothing was changed."""
