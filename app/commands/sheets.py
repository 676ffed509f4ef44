"""Commands for tables: import a CSV file, write the table of one kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from app.commands.arguments import PATH, TEXT, Door, anyway_option, on_a_vault, vault_argument
from app.commands.progress import progress
from app.commands.telling import DONE, WRONG_USE, say, say_json, warn
from app.kinds import Kind
from app.plaintext import visible
from app.sheets import (
    SHEET_KINDS,
    TABLE_KINDS,
    Encoding,
    Imported,
    MatchedSheet,
    Problem,
    import_and_set_aside,
    import_sheet,
    kind_table,
    match_sheet,
    quoted,
    read_sheet,
    require_new_file,
    write_new_file,
)
from app.synced import require_unsynced

_NAMED = 10
_IN_PLAIN = "It is in plain: whoever can open it can read it. Keep it where nobody else looks, or delete it afterwards."


@click.command("import")
@vault_argument
@click.argument("table", type=PATH, metavar="TABLE.csv")
@click.option(
    "--kind", required=True, type=click.Choice([kind.value for kind in SHEET_KINDS]), help="What its rows are."
)
@click.option("--dry-run", is_flag=True, help="Say what would be imported and what is wrong; import nothing.")
@click.option("--again", is_flag=True, help="Also import rows that are there already.")
@click.option(
    "--skip-bad", type=PATH, metavar="FILE", help="Import the good rows, and write the bad ones into this new CSV file."
)
@click.option(
    "--ignore-column", "ignored", multiple=True, type=TEXT, metavar="NAME", help="Leave this column out. Repeatable."
)
@click.option(
    "--encoding",
    type=click.Choice([encoding.value for encoding in Encoding]),
    help="For a file without a byte order mark that is not in UTF-8.",
)
@on_a_vault(records=True)
def import_table(
    door: Door,
    table: Path,
    kind: str,
    dry_run: bool,
    again: bool,
    skip_bad: Path | None,
    ignored: tuple[str, ...],
    encoding: str | None,
    as_json: bool,
) -> int:
    """Import the rows of a CSV file, each as a new entry: all of them or, where one cannot be read, none.

    The first row names the columns: the names of fields (“record --help” lists them), what reports call them, or the
    questions of the window. In a field that holds several, “; ” stands between them. Cells are separated by commas,
    semicolons or tabs. Tables that “table” writes, and those of a package, can be imported again: id, seq,
    other_fields, withdrawn and why_withdrawn are passed over, and rows that were withdrawn stay out.

    A row counts as there already where a request has the same link and recipient, a contact the same organisation and
    time, an account the same platform and ID, or anything else the same fields throughout.

    With --json one object: kind, rows (in the file, empty ones not counted), imported, first_seq, last_seq (null where
    nothing was), there (row, id or null, like_row or null, exact), withdrawn (rows), columns (name, letters, what,
    suggestions: columns that nobody understands), bad (row, column, what), hints (row, column, what: imported as they
    stand, but worth a look), without_capture, bad_file, dry_run. Status 2: something was wrong, and nothing was
    imported.
    """
    if skip_bad is not None:
        require_new_file(skip_bad)
        require_unsynced(skip_bad, door.program.surroundings)
    reading = Encoding(encoding) if encoding else None
    with progress("Reading", hidden=as_json) as told:
        sheet = read_sheet(table, Kind(kind), encoding=reading, ignored=ignored, progress=told)
    with door.opened() as casefile:
        with progress("Comparing", hidden=as_json) as told:
            matched = match_sheet(casefile, sheet, told)
        stopped = bool(sheet.column_problems) or (bool(matched.bad) and skip_bad is None)
        imported = None
        if not stopped and not dry_run:
            with progress("Importing", hidden=as_json) as told:
                imported = import_and_set_aside(casefile, matched, skip_bad, told, again=again)
        report = _Report(matched, imported, again, dry_run, skip_bad if imported and matched.bad else None)
        report.tell(as_json=as_json)
        if stopped and not dry_run:
            import_sheet(casefile, matched)
    return WRONG_USE if stopped else DONE


@click.command("table")
@vault_argument
@click.argument("out", type=PATH, metavar="OUT.csv")
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in TABLE_KINDS]), help="What to write.")
@anyway_option
@on_a_vault(records=False)
def table(door: Door, out: Path, kind: str, anyway: bool, as_json: bool) -> None:
    """Write everything of one kind, as it stands now, into a new CSV file, for a spreadsheet or another case.

    Of what was withdrawn only the id, the number and the reason are there. Files of exhibits are not in it, their
    hashes are. The names of those who record are in no table. “import” reads it back exactly, but for exhibits.

    With --json: file, kind, rows.
    """
    require_new_file(out)
    synced = require_unsynced(out, door.program.surroundings, anyway=anyway)
    if synced:
        warn(synced)
    with door.opened() as casefile:
        content, rows = kind_table(casefile, Kind(kind))
        write_new_file(out, content)
    if as_json:
        say_json({"file": str(out), "kind": kind, "rows": rows})
    else:
        say(f"{visible(str(out))}  {_rows(rows)}")
    warn(f"This table is not encrypted. {_IN_PLAIN}")


@dataclass(frozen=True, slots=True)
class _Report:
    """What became of a table. `imported` is None where nothing was to be changed, or could be."""

    matched: MatchedSheet
    imported: Imported | None
    again: bool
    is_dry: bool
    bad_file: Path | None

    def tell(self, *, as_json: bool) -> None:
        """Say it: the result, then what deserves a look."""
        if as_json:
            say_json(self._members())
        else:
            for line in self._lines():
                say(line)
        for note in self._notes():
            warn(note)

    def _members(self) -> dict[str, object]:
        matched, sheet = self.matched, self.matched.sheet
        entries = self.imported.entries if self.imported else ()
        return {
            "kind": sheet.kind.value,
            "rows": len(matched.rows) + len(matched.repeats) + len(matched.bad) + len(sheet.withdrawn),
            "imported": len(entries),
            "first_seq": entries[0][1].seq if entries else None,
            "last_seq": entries[-1][1].seq if entries else None,
            "there": [
                {"row": found.here.number, "id": found.subject, "like_row": found.row, "exact": found.exact}
                for found in matched.repeats
            ],
            "withdrawn": list(sheet.withdrawn),
            "columns": [
                {
                    "name": wrong.name,
                    "letters": wrong.letters,
                    "what": wrong.what,
                    "suggestions": list(wrong.suggestions),
                }
                for wrong in sheet.column_problems
            ],
            "bad": [_problem(problem) for problem in matched.problems],
            "hints": [_problem(problem) for problem in sheet.hints],
            "without_capture": self.imported.without_capture if self.imported else 0,
            "bad_file": str(self.bad_file) if self.bad_file else None,
            "dry_run": self.is_dry,
        }

    def _lines(self) -> Iterator[str]:
        matched, sheet = self.matched, self.matched.sheet
        for wrong in sheet.column_problems:
            meant = f" Do you mean {' or '.join(wrong.suggestions)}?" if wrong.suggestions else ""
            yield f"Column {wrong.letters}, “{quoted(wrong.name)}”: {wrong.what}{meant}"
        for problem in matched.problems:
            column = f", “{quoted(problem.column)}”" if problem.column else ""
            yield f"Row {problem.row}{column}: {problem.what}"
        for words, found in self._repeats():
            if found:
                yield f"{words}: {_named(found)}."
        if matched.repeats and not self.again:
            yield "These are not imported again, unless you say --again."
        if sheet.withdrawn:
            yield f"Withdrawn, so not imported: {_named(sheet.withdrawn)}."
        if self.imported is None:
            yield f"Could be imported: {_rows(len(matched.chosen(again=self.again)))}. Nothing was changed."
        elif self.imported.entries:
            first, last = self.imported.entries[0][1].seq, self.imported.entries[-1][1].seq
            yield f"Imported: {_rows(len(self.imported.entries))}, as entries {first} to {last}."
        else:
            yield "Imported: nothing, there was nothing new."

    def _repeats(self) -> Iterator[tuple[str, list[int]]]:
        found = self.matched.repeats
        yield "There already", [each.here.number for each in found if each.exact and each.subject]
        yield "The same as a row further up", [each.here.number for each in found if each.row]
        yield (
            "About the same as something that is there already",
            [each.here.number for each in found if not each.exact],
        )

    def _notes(self) -> Iterator[str]:
        by_kind: dict[tuple[str, str], list[int]] = {}
        for hint in self.matched.sheet.hints:
            by_kind.setdefault((hint.column, hint.what), []).append(hint.row)
        for (column, what), found in by_kind.items():
            yield f"“{quoted(column)}”, {_named(found)}: {what}"
        if self.imported is not None and self.imported.without_capture:
            yield (
                f"For {_rows(self.imported.without_capture)} there is no exhibit of the link yet. Capture them first: "
                "once they are gone, so is the proof."
            )
        if self.bad_file is not None:
            yield f"Not in the case, but in the file you named: {_rows(len(self.matched.bad))}. {_IN_PLAIN}"
        if self.imported is not None and self.imported.entries:
            yield f"The table that you imported is still where it was. {_IN_PLAIN}"


def _problem(problem: Problem) -> dict[str, object]:
    return {"row": problem.row, "column": problem.column, "what": problem.what}


def _named(rows: Sequence[int]) -> str:
    """`row 5`, `rows 5, 6, 9`, `rows 5, 6 … (34 in all)`."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    shown = ", ".join(map(str, rows[:_NAMED]))
    return f"rows {shown}" if len(rows) <= _NAMED else f"rows {shown} … ({len(rows):,} in all)"


def _rows(many: int) -> str:
    return "one row" if many == 1 else f"{many:,} rows"
