"""Notes outside the log: private ones that never leave the vault, and those on what it did to the person."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.errors import WrongUse
from app.writable import require_writable
from vault.chain import EntryId, utc_text
from vault.log import NoteRow
from vault.notes import remove_note as forget_note
from vault.notes import set_note

if TYPE_CHECKING:
    from app.casefile import Casefile


class Area(StrEnum):
    """What part of life a note on the impact is about."""

    HEALTH = "health"
    HOME = "home"
    WORK = "work"
    SCHOOL = "school"
    MONEY = "money"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Note:
    """A note about the case (`subject` None) or one thing in it.

    `impact` None: it is private, and no export has it. `at` is when it was written last (UTC, as in entries).
    Notes can be changed and removed without a trace: they are no evidence.
    """

    id: str
    text: str
    at: str
    by: str
    subject: EntryId | None = None
    impact: Area | None = None


def read_notes(casefile: "Casefile", subject: EntryId | None = None) -> list[Note]:
    """The notes about one thing, or all there are, oldest first. Raises VaultError."""
    notes = [_note(row) for row in casefile.vault.log.notes(subject)]
    return sorted(notes, key=lambda note: note.at)


def impact_notes(casefile: "Casefile") -> Iterator[Note]:
    """The notes on what it did to the person. Raises VaultError."""
    return (note for note in read_notes(casefile) if note.impact is not None)


def keep_note(
    casefile: "Casefile",
    text: str,
    *,
    subject: EntryId | None = None,
    impact: Area | None = None,
    note: str | None = None,
) -> Note:
    """Write a note, or a known one anew. Raises WrongUse for an empty one, recovery words and what is no text."""
    require_writable({"note": text})
    if not text.strip():
        raise WrongUse("There is nothing to keep yet.", next="Write something first.")
    if note is not None:
        _require_known(casefile, note)
    kept = Note(
        id=note or secrets.token_hex(16),
        text=text,
        at=utc_text(casefile.clock.now()),
        by=casefile.author().initials,
        subject=subject,
        impact=impact,
    )
    with casefile.turn():
        set_note(casefile.vault, NoteRow(kept.id, subject or "", _body(kept)))
    return kept


def remove_note(casefile: "Casefile", note: str) -> None:
    """Remove a note; nothing of it stays in this vault. Raises WrongUse where there is none."""
    _require_known(casefile, note)
    with casefile.turn():
        forget_note(casefile.vault, note)


def _require_known(casefile: "Casefile", note: str) -> None:
    if not any(row.id == note for row in casefile.vault.log.notes(None)):
        raise WrongUse("There is no note with this id.", next="List the notes first.")


def _body(note: Note) -> str:
    impact = note.impact.value if note.impact else None
    return json.dumps({"text": note.text, "at": note.at, "by": note.by, "impact": impact}, ensure_ascii=False)


def _note(row: NoteRow) -> Note:
    """What nobody can read as a note is shown as it stands: it is somebody's words all the same."""
    try:
        members = json.loads(row.body)
    except ValueError:
        members = None
    if not isinstance(members, dict):
        members = {"text": row.body}
    areas = {area.value: area for area in Area}
    impact = members.get("impact")
    return Note(
        id=row.id,
        text=str(members.get("text", "")),
        at=str(members.get("at", "")),
        by=str(members.get("by", "")),
        subject=EntryId(row.subject) if row.subject else None,
        impact=None if impact is None else areas.get(str(impact), Area.OTHER),
    )
