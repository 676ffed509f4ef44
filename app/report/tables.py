"""The tables of a package: a pure function of the record and of not-included, so that a checker can make them again."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from app.kinds import KINDS
from app.report.disclosure import Line, NotIncluded, exhibit_files
from app.report.inert import inert
from app.subjects import Subject
from vault.chain import Action, EntryId, Kind, ObjectId

Row: TypeAlias = "list[str]"

_KINDS = {
    "incidents.csv": Kind.INCIDENT,
    "accounts.csv": Kind.ACCOUNT,
    "payments.csv": Kind.PAYMENT,
    "takedowns.csv": Kind.TAKEDOWN,
    "contacts.csv": Kind.CONTACT,
}
_OBJECT_COLUMNS = ["file", "object", "sha256", "size", "media_type", "original_name", "original_name_hex", "included"]
_CONTINUITY = "seq at zone action kind id ref initials role app body_hash link".split()


def make_tables(
    lines: Sequence[Line], subjects: Mapping[EntryId, Subject], not_included: Mapping[ObjectId, NotIncluded]
) -> dict[str, bytes]:
    """All files of tables/ by name, as `table_pieces` makes them."""
    return {name: b"".join(pieces) for name, pieces in table_pieces(lines, subjects, not_included)}


def table_pieces(
    lines: Sequence[Line], subjects: Mapping[EntryId, Subject], not_included: Mapping[ObjectId, NotIncluded]
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """All files of tables/, each by its name and row by row (FORMAT.md, section 5).

    `lines` is the whole chain in order, `subjects` the shown ones in the order in which they were added. The same
    arguments give the same bytes everywhere: no clock, no locale, no order of a set. A checker stops where a table is
    longer than the one it is compared with: every file of an exhibit repeats all of its words.
    """
    yield "exhibits.csv", _csv_pieces(_exhibit_columns(), _exhibit_rows(subjects, not_included))
    for name, kind in _KINDS.items():
        yield name, _csv_pieces(_columns(kind), map(_row, _of_kind(subjects, kind)))
    yield "continuity.csv", _csv_pieces(_CONTINUITY, (_continuity_row(line, subjects) for line in lines))
    withheld = ([str(line.seq), line.id, line.body_hash] for line in lines if line.entry is None)
    yield "withheld.csv", _csv_pieces(["seq", "id", "body_hash"], withheld)
    yield "not-included.csv", _not_included(not_included.values())


def why_withdrawn(subject: Subject) -> str:
    """The reason given when it was withdrawn; empty where it was not, or where none was given."""
    why = subject.last.data.get("why") if subject.last.action is Action.WITHDRAW else ""
    return why if isinstance(why, str) else ""


def _of_kind(subjects: Mapping[EntryId, Subject], kind: Kind) -> Iterator[Subject]:
    return (subject for subject in subjects.values() if subject.kind is kind)


def _columns(kind: Kind) -> Row:
    fields = [spec.name for spec in KINDS[kind].specs()]
    return ["id", "seq", *fields, "other_fields", "withdrawn", "why_withdrawn"]


def _row(subject: Subject) -> Row:
    names = [spec.name for spec in KINDS[subject.kind].specs()]
    unknown = {name: value for name, value in subject.data.items() if name not in names}
    return [
        subject.id,
        str(subject.first.seq),
        *(_text(subject.data.get(name)) for name in names),
        json.dumps(unknown, sort_keys=True, separators=(",", ":"), ensure_ascii=False) if unknown else "",
        "yes" if subject.withdrawn else "no",
        why_withdrawn(subject),
    ]


def _exhibit_columns() -> Row:
    return [*_columns(Kind.EXHIBIT), *_OBJECT_COLUMNS]


def _exhibit_rows(subjects: Mapping[EntryId, Subject], not_included: Mapping[ObjectId, NotIncluded]) -> Iterator[Row]:
    for subject in _of_kind(subjects, Kind.EXHIBIT):
        row = _row(subject)
        if not subject.objects:
            yield [*row, *("" for _ in _OBJECT_COLUMNS)]
        for stored, file in exhibit_files(subject):
            absent = not_included.get(stored.id)
            yield [
                *row,
                file,
                stored.id,
                stored.sha256,
                str(stored.size),
                stored.media_type,
                stored.name,
                stored.name_hex or "",
                absent.reason.value if absent else "yes",
            ]


def _continuity_row(line: Line, subjects: Mapping[EntryId, Subject]) -> Row:
    entry = line.entry
    if entry is None:
        shown = ["", "", "withheld", "", line.id, "", "", "", ""]
    else:
        subject = subjects.get(line.id)
        shown = [
            entry.at,
            entry.zone,
            entry.action.value,
            entry.kind.value,
            line.id,
            subject.ref if subject else "",
            entry.by.initials,
            entry.by.role.value,
            entry.app,
        ]
    return [str(line.seq), *shown, line.body_hash, line.link]


def _not_included(absences: Iterable[NotIncluded]) -> Iterator[bytes]:
    """Plain ASCII that a checker splits at commas: no value in it can hold one."""
    yield b"object,seq,file,sha256,size,reason\n"
    for absent in sorted(absences, key=lambda absent: (absent.seq, absent.file, absent.object.id)):
        stored = absent.object
        yield f"{stored.id},{absent.seq},{absent.file},{stored.sha256},{stored.size},{absent.reason}\n".encode("ascii")


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One table in UTF-8 with BOM, its cells (not the column names) made harmless."""
    return b"".join(_csv_pieces(columns, rows))


def _csv_pieces(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Every cell is quoted: versions of the csv module differ in which ones they think need it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    text.write("\ufeff")
    writer.writerow(columns)
    for row in rows:
        yield text.getvalue().encode("utf-8")
        text.seek(0)
        text.truncate()
        writer.writerow([inert(cell) for cell in row])
    yield text.getvalue().encode("utf-8")


def _text(value: str | int | bool | list[str] | None) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
