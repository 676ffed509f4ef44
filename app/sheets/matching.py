"""A table beside the case it is meant for: where its references lead, and which of its rows are there already."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import WrongUse
from app.kinds import KINDS, FieldSpec, Kind
from app.sheets.cells import BadRow, Fields, Problem, Progress, SheetRow, bad_row, quoted, too_long
from app.sheets.sheet import Sheet
from vault.chain import Data, EntryId

if TYPE_CHECKING:
    from app.casefile import Casefile

_SAME = {
    Kind.TAKEDOWN: ("url", "recipient"),
    Kind.CONTACT: ("organisation", "when"),
    Kind.ACCOUNT: ("platform", "persistent_id"),
}
"""The fields that say of two of a kind that they are probably one, where all of them are filled in."""
_BETWEEN_STEPS = 200

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A row that is there already: in the case (`subject`), or further up in the table (`row`).

    `exact`: in every field; otherwise it only speaks of the same thing.
    """

    here: SheetRow
    subject: EntryId | None
    row: int | None
    exact: bool


@dataclass(frozen=True, slots=True)
class MatchedSheet:
    """What of a table can be imported into a case: new rows, repeated ones, and all that are bad, by their numbers."""

    sheet: Sheet
    rows: tuple[SheetRow, ...]
    repeats: tuple[Repeat, ...]
    bad: tuple[BadRow, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with rows, in their order."""
        return tuple(problem for row in self.bad for problem in row.problems)

    def chosen(self, *, again: bool) -> tuple[SheetRow, ...]:
        """The rows that would be imported; `again`: repeated ones too."""
        if not again:
            return self.rows
        return tuple(sorted((*self.rows, *(repeat.here for repeat in self.repeats)), key=lambda row: row.number))


def match_sheet(casefile: "Casefile", sheet: Sheet, progress: Progress = lambda _done, _all: None) -> MatchedSheet:
    """Compare a table with a case; nothing is changed. Raises VaultError."""
    references = _References(casefile, sheet)
    known = _Known(casefile, sheet.kind)
    every: list[SheetRow | BadRow] = [*sheet.rows, *sheet.bad]
    every.sort(key=lambda row: row.number)
    rows: list[SheetRow] = []
    repeats: list[Repeat] = []
    bad: list[BadRow] = []
    for done, row in enumerate(every):
        if done % _BETWEEN_STEPS == 0:
            progress(done, len(every))
        resolved = references.resolved(row)
        if isinstance(resolved, BadRow):
            bad.append(resolved)
            continue
        repeat = known.repeat(resolved)
        if repeat is None:
            rows.append(resolved)
        else:
            repeats.append(repeat)
    return MatchedSheet(sheet, tuple(rows), tuple(repeats), tuple(bad))


class _References:
    """Where references lead, each looked up once."""

    def __init__(self, casefile: "Casefile", sheet: Sheet) -> None:
        self._casefile = casefile
        self._sheet = sheet
        self._fields = [spec for spec in KINDS[sheet.kind].specs() if spec.ask.refers_to is not None]
        self._found: dict[tuple[str, Kind], EntryId | str] = {}

    def resolved(self, row: SheetRow | BadRow) -> SheetRow | BadRow:
        """The row with ids in place of references; as a bad row where one leads nowhere, or where it was bad before."""
        changed: Fields = {}
        problems: list[Problem] = list(row.problems) if isinstance(row, BadRow) else []
        for spec in self._fields:
            value = row.fields.get(spec.name)
            texts = value if isinstance(value, list) else [value] if isinstance(value, str) else []
            if not texts:
                continue
            try:
                ids = [self._id_of(text, spec) for text in texts]
            except WrongUse as error:
                problems.append(Problem(row.number, self._sheet.names[spec.name], error.what))
            else:
                changed[spec.name] = ids if spec.many else ids[0]
        fields = {**row.fields, **changed}
        if changed and not problems:
            problems += too_long(row.number, fields)
        return bad_row(row, problems) if problems else SheetRow(row.number, row.cells, fields)

    def _id_of(self, text: str, spec: FieldSpec) -> str:
        kind = spec.ask.refers_to
        if kind is None:
            return text
        if (text, kind) not in self._found:
            self._found[text, kind] = self._look_up(text, kind)
        found = self._found[text, kind]
        if not found:
            raise WrongUse(f"“{quoted(text)}” is not the reference or id of one of the kind {kind.value}.")
        return found

    def _look_up(self, text: str, kind: Kind) -> EntryId | str:
        try:
            found = self._casefile.find(text)
        except WrongUse:
            return ""
        return found.id if found.kind is kind else ""


class _Known:
    """What is there already: of the case, and of the table as far as it was read."""

    def __init__(self, casefile: "Casefile", kind: Kind) -> None:
        self._kind = kind
        self._names = {spec.name for spec in KINDS[kind].specs()}
        self._whole: dict[Key, EntryId] = {}
        self._alike: dict[Key, EntryId] = {}
        self._rows: dict[Key, int] = {}
        for subject in casefile.subjects(kind):
            if not subject.withdrawn:
                self._whole[self._key(subject.data)] = subject.id
                self._alike |= dict.fromkeys(self._same(subject.data), subject.id)

    def repeat(self, row: SheetRow) -> Repeat | None:
        """What the row repeats; None where it is new, and known from then on."""
        key = self._key(row.fields)
        if key in self._whole:
            return Repeat(row, self._whole[key], None, exact=True)
        if key in self._rows:
            return Repeat(row, None, self._rows[key], exact=True)
        alike = next((self._alike[same] for same in self._same(row.fields) if same in self._alike), None)
        if alike is not None:
            return Repeat(row, alike, None, exact=False)
        self._rows[key] = row.number
        return None

    def _key(self, data: Data) -> Key:
        filled = ((name, value) for name, value in data.items() if name in self._names and value not in (None, "", []))
        return tuple(sorted((name, tuple(value) if isinstance(value, list) else str(value)) for name, value in filled))

    def _same(self, data: Data) -> Iterator[Key]:
        values = [str(data.get(name) or "").strip() for name in _SAME.get(self._kind, ())]
        if values and all(values):
            yield tuple(values)
