"""Stage record, second part: every object that is shown is in exhibits/ or in not-included.csv, and nothing else is."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.package.verify.bag import EXHIBITS, HEAD, NOT_INCLUDED, TABLES, CheckedFiles
from app.package.verify.container import Container
from app.package.verify.head import Head
from app.package.verify.record import Expected
from app.package.verify.verdict import Code, Findings, NoticeCode
from app.report.disclosure import Line, NotIncluded, Reason
from app.report.tables import table_pieces
from app.subjects import Subject
from vault.chain import Action, Entry, EntryId, Malformed, ObjectId

_HEADER = b"object,seq,file,sha256,size,reason"
_ROW = re.compile(
    rb"([0-9a-f]{32}),([1-9][0-9]{0,15}),([A-Z]{2,4}-[0-9]{4,9}(?:-[1-9][0-9]{0,8})?\.[a-z0-9]{1,5}),"
    rb"([0-9a-f]{64}),(0|[1-9][0-9]{0,15}),(withdrawn|held|damaged|earlier|sealed|left-out)"
)
_ROW_LIMIT = 512


@dataclass(frozen=True, slots=True)
class Row:
    """A row of not-included.csv."""

    object: ObjectId
    seq: int
    file: str
    sha256: str
    size: int
    reason: Reason


def read_not_included(package: Container, found: Findings) -> tuple[Row, ...] | None:
    """The rows of not-included.csv; None, and a problem, where it is malformed."""
    try:
        return tuple(_rows(package))
    except Malformed as error:
        found.problem(Code.MALFORMED, NOT_INCLUDED, str(error))
        return None


def _rows(package: Container) -> Iterator[Row]:
    lines = package.lines(NOT_INCLUDED, _ROW_LIMIT)
    if next(lines, b"") != _HEADER:
        raise Malformed("not the columns of not-included.csv")
    for line in lines:
        match = _ROW.fullmatch(line)
        if match is None:
            raise Malformed("a row that does not have its form")
        object_id, seq, file, sha256, size, reason = (cell.decode("ascii") for cell in match.groups())
        yield Row(ObjectId(object_id), int(seq), file, sha256, int(size), Reason(reason))


def check_exhibits(
    package: Container,
    files: CheckedFiles,
    head: Head,
    expected: Mapping[ObjectId, Expected],
    rows: Sequence[Row],
    found: Findings,
) -> None:
    """Each object is in exactly one place, as the record says."""
    left = {path[len(EXHIBITS) :]: sha256 for path, sha256 in files.exhibits.items()}
    by_object: dict[ObjectId, Row] = {}
    for row in rows:
        if row.object in by_object or row.object not in expected:
            _wrong(found, NOT_INCLUDED, f"A row about {row.file} is one too many.")
        by_object.setdefault(row.object, row)
    for object_id, item in expected.items():
        path, wanted = by_object.get(object_id), left.pop(item.file, None)
        if path is None and wanted is None:
            _wrong(found, EXHIBITS + item.file, f"A file of exhibit {item.ref} is neither here nor listed as left out.")
        elif path is not None and wanted is not None:
            _wrong(found, EXHIBITS + item.file, f"A file of exhibit {item.ref} is here and listed as left out.")
        elif path is not None:
            _check_row(item, path, head, found)
        else:
            _check_file(package, files, item, wanted, found)
    for file in sorted(left):
        _wrong(found, EXHIBITS + file, "The record does not name this file.")


def _check_row(item: Expected, row: Row, head: Head, found: Findings) -> None:
    stored = item.stored
    if (row.seq, row.file, row.sha256, row.size) != (item.seq, item.file, stored.sha256, stored.size):
        _wrong(found, NOT_INCLUDED, f"The row about {item.file} does not agree with the record.")
    if (row.reason is Reason.WITHDRAWN) != item.withdrawn:
        _wrong(found, NOT_INCLUDED, f"The row about {item.file} is wrong about the withdrawal of {item.ref}.")
    elif not item.withdrawn and (row.reason is Reason.HELD) != item.held:
        _wrong(found, NOT_INCLUDED, f"The row about {item.file} is wrong about {item.ref} being held back.")
    if row.reason is Reason.EARLIER and item.seq > head.since:
        _wrong(found, NOT_INCLUDED, f"The row about {item.file} names an earlier package, which cannot hold it.")
    if row.reason is Reason.SEALED and not head.sealed:
        _wrong(found, NOT_INCLUDED, f"The row about {item.file} says sealed, but nothing was sealed.")


def _check_file(package: Container, files: CheckedFiles, item: Expected, sha256: str | None, found: Findings) -> None:
    path = EXHIBITS + item.file
    if item.withdrawn:
        _wrong(found, path, f"Exhibit {item.ref} is withdrawn, but a file of it is here.")
    elif item.held:
        _wrong(found, path, f"Exhibit {item.ref} is held back, but a file of it is here.")
    elif sha256 != item.stored.sha256 or (path in files and package.sizes[path] != item.stored.size):
        _wrong(found, path, f"This is not the file that was recorded as exhibit {item.ref}.")


def compare_tables(
    package: Container,
    files: CheckedFiles,
    lines: Sequence[Line],
    expected: Mapping[ObjectId, Expected],
    rows: Sequence[Row],
    found: Findings,
) -> None:
    """The tables are byte for byte what this program makes of the record."""
    subjects = _subjects(line.entry for line in lines if line.entry is not None)
    not_included = {row.object: NotIncluded(expected[row.object].stored, row.seq, row.file, row.reason) for row in rows}
    for name, pieces in table_pieces(lines, subjects, not_included):
        path = TABLES + name
        if path in files and files.hashes[path] != _sha256(pieces, package.sizes[path]):
            _wrong(found, path, "This table does not agree with the record.")


def _sha256(pieces: Iterable[bytes], size: int) -> str | None:
    """Of bytes that come in pieces; None where they are more than that many, as soon as they are."""
    digest = hashlib.sha256()
    for piece in pieces:
        size -= len(piece)
        if size < 0:
            return None
        digest.update(piece)
    return digest.hexdigest()


def _subjects(entries: Iterable[Entry]) -> dict[EntryId, Subject]:
    """The shown subjects, in the order in which they were added; in linear time, however often one was amended."""
    grouped: dict[EntryId, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.id, []).append(entry)
    return {entry_id: _subject(tuple(about)) for entry_id, about in grouped.items()}


def _subject(entries: tuple[Entry, ...]) -> Subject:
    data: dict[str, str | int | bool | list[str] | None] = {}
    for entry in entries:
        for name, value in entry.data.items() if entry.action is not Action.WITHDRAW else ():
            if value is None:
                data.pop(name, None)
            else:
                data[name] = value
    return Subject(
        id=entries[0].id,
        kind=entries[0].kind,
        entries=entries,
        data=data,
        objects=tuple(stored for entry in entries for stored in entry.objects),
        withdrawn=entries[-1].action is Action.WITHDRAW,
    )


def notice_sealed(head: Head, found: Findings) -> None:
    """Say that there are sealed files, whatever else of the package could be checked."""
    if head.sealed:
        found.notice(
            NoticeCode.SEALED_NOT_CHECKED,
            HEAD,
            f"{len(head.sealed)} sealed files belong to this; they were not checked.",
        )


def notice_earlier(rows: Sequence[Row], found: Findings) -> None:
    """Say which files are in an earlier package."""
    earlier = sum(row.reason is Reason.EARLIER for row in rows)
    if earlier:
        found.notice(
            NoticeCode.EARLIER_NOT_CHECKED,
            NOT_INCLUDED,
            f"{earlier} files are in an earlier package, not checked here.",
        )


def _wrong(found: Findings, path: str, detail: str) -> None:
    found.problem(Code.RECORD_MISMATCH, path, detail)
