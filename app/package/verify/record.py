"""Stage record: the entries that are shown keep the rules of a log (FORMAT.md, section 1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.package.verify.bag import RECORD
from app.package.verify.verdict import Code, Findings
from app.report.disclosure import Line
from vault.chain import Action, Entry, EntryId, Kind, ObjectId, StoredObject

_REF = re.compile(r"([A-Z]{2,4})/([1-9][0-9]{0,8})")
_EXTENSIONS = frozenset(
    {"png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif", "avif"}
    | {"mp4", "m4v", "mov", "webm", "mkv", "avi", "3gp"}
    | {"mp3", "m4a", "aac", "wav", "ogg", "opus", "amr"}
    | {"pdf", "txt", "csv", "json", "eml", "zip"}
)
"""Written down a second time on purpose: the checker does not ask the writer which names are right."""


@dataclass(slots=True)
class Shown:
    """One subject that is shown, as far as its entries have been read."""

    kind: Kind
    ref: str = ""
    withdrawn: bool = False
    held: bool = False
    objects: list[tuple[int, StoredObject]] = field(default_factory=list)
    """Number of the entry that carries it, and the object."""


@dataclass(frozen=True, slots=True)
class Expected:
    """An object that the record shows, and the name that its file must have in exhibits/."""

    stored: StoredObject
    seq: int
    ref: str
    file: str
    withdrawn: bool
    held: bool


def check_record(lines: Sequence[Line], found: Findings) -> dict[ObjectId, Expected]:
    """Check every shown subject; returns the objects that must be in exhibits/ or in not-included.csv."""
    hidden = {line.id for line in lines if line.entry is None}
    subjects: dict[EntryId, Shown] = {}
    for line in lines:
        if line.entry is None:
            continue
        if line.id in hidden:
            _wrong(found, line.seq, "is shown, while another entry about the same subject is withheld")
        if line.entry.kind is Kind.PERSON:
            _wrong(found, line.seq, "is about a person who records; such entries are never shown")
        _follow(subjects, line.entry, found)
    _check_references(subjects, found)
    return _expected(subjects, found)


def _follow(subjects: dict[EntryId, Shown], entry: Entry, found: Findings) -> None:
    """Apply one entry to its subject."""
    known = subjects.get(entry.id)
    if entry.action is Action.ADD:
        if known is not None:
            _wrong(found, entry.seq, "adds what was added before")
            return
        ref = entry.data.get("ref") if entry.kind is Kind.EXHIBIT else ""
        known = subjects[entry.id] = Shown(entry.kind, ref if isinstance(ref, str) else "")
    elif known is None:
        _wrong(found, entry.seq, "is about something that was never added")
        return
    elif entry.kind is not known.kind:
        _wrong(found, entry.seq, "changes the kind of its subject")
    elif known.withdrawn:
        _wrong(found, entry.seq, "comes after the withdrawal of its subject")
    elif known.kind is Kind.EXHIBIT and "ref" in entry.data:
        _wrong(found, entry.seq, "changes the reference of an exhibit")
    known.withdrawn = known.withdrawn or entry.action is Action.WITHDRAW
    if entry.kind is Kind.EXHIBIT and "held" in entry.data:
        known.held = entry.data["held"] == "yes"
    known.objects += ((entry.seq, stored) for stored in entry.objects)


def _check_references(subjects: dict[EntryId, Shown], found: Findings) -> None:
    seen: set[str] = set()
    for subject in subjects.values():
        if subject.kind is not Kind.EXHIBIT:
            continue
        if not _REF.fullmatch(subject.ref):
            found.problem(Code.RECORD_MISMATCH, RECORD, "An exhibit has no reference of the form AB/1.")
        elif subject.ref in seen:
            found.problem(Code.RECORD_MISMATCH, RECORD, f"Two exhibits have the reference {subject.ref}.")
        seen.add(subject.ref)


def _expected(subjects: dict[EntryId, Shown], found: Findings) -> dict[ObjectId, Expected]:
    expected: dict[ObjectId, Expected] = {}
    for subject in subjects.values():
        if not _REF.fullmatch(subject.ref):
            continue
        for position, (seq, stored) in enumerate(subject.objects, start=1):
            if stored.id in expected:
                _wrong(found, seq, "names a file that another entry named before")
                continue
            file = _file_name(subject.ref, position, stored.name)
            expected[stored.id] = Expected(stored, seq, subject.ref, file, subject.withdrawn, subject.held)
    return expected


def _file_name(ref: str, position: int, name: str) -> str:
    """AB/1 -> AB-0001.png; further files get -2, -3; an extension that is not on the list becomes .bin."""
    initials, _, number = ref.partition("/")
    more = f"-{position}" if position > 1 else ""
    extension = name.rsplit(".", 1)[1] if "." in name else ""
    extension = extension.lower() if extension.isascii() else ""
    return f"{initials}-{number.rjust(4, '0')}{more}.{extension if extension in _EXTENSIONS else 'bin'}"


def _wrong(found: Findings, seq: int, what: str) -> None:
    found.problem(Code.RECORD_MISMATCH, RECORD, f"Entry {seq} {what}.")
