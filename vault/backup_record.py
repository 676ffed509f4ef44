"""What a vault remembers of its backups, beside the log: the last one, and how those that it made can be known."""

import hashlib
import json
from dataclasses import dataclass, replace

from vault.chain import INTEGER_LIMIT, Entry, Kind, Link, Malformed, parse_moment
from vault.head import Head
from vault.log import Log
from vault.notes import digest_of_notes
from vault.opening import contradicts
from vault.vault import Vault

_NAME = "backup"
_MARKS = 200
_LIMIT = 64 * 1024


@dataclass(frozen=True, slots=True)
class BackupRecord:
    """The last backup: when (UTC) and up to which entry; empty and None where there was none.

    `notes`: what all notes were then, as a digest; empty where there were none. `marks`: the beginnings of the SHA-256
    of the head files of the backups that were made, newest first.
    """

    at: str = ""
    head: Head | None = None
    notes: str = ""
    marks: tuple[str, ...] = ()

    def noting(self, head_file: bytes) -> "BackupRecord":
        """With the mark of one more backup."""
        return replace(self, marks=(_mark(head_file), *self.marks)[:_MARKS])

    def knows(self, head_file: bytes) -> bool:
        """Whether a backup that this vault made has this head file: then nobody has gone on in it."""
        return _mark(head_file) in self.marks

    def made(self, head: Head, notes: str, at: str) -> "BackupRecord":
        """After a backup."""
        return replace(self, head=head, notes=notes, at=at)

    def keep(self, vault: Vault) -> None:
        """Write it into the vault, where that can be written."""
        if not vault.read_only:
            self.keep_in(vault.log)

    def keep_in(self, log: Log) -> None:
        """Write it into a log."""
        last = {"entries": self.head.entries, "link": self.head.link} if self.head is not None else {}
        log.set_meta(_NAME, json.dumps({"at": self.at, "notes": self.notes, "marks": self.marks} | last))


def _mark(head_file: bytes) -> str:
    return hashlib.sha256(head_file).hexdigest()[:32]


def kept_record(vault: Vault) -> BackupRecord:
    """What the vault remembers; nothing where its log does not hold what was backed up, or it cannot be read."""
    record = parse_record(vault.log.meta(_NAME) or "{}")
    if record.head is not None and contradicts(vault.log, record.head):
        return BackupRecord(marks=record.marks)
    return record


def parse_record(text: str) -> BackupRecord:
    """Read what `keep` wrote; whatever is not of its form is as if it were not there."""
    try:
        found = json.loads(text[:_LIMIT])
    except (ValueError, RecursionError):
        found = None
    members = found if isinstance(found, dict) else {}
    noted = members.get("marks")
    marks = tuple(mark for mark in noted if isinstance(mark, str)) if isinstance(noted, list) else ()
    at, entries, link = members.get("at"), members.get("entries"), members.get("link")
    notes = members.get("notes")
    if type(entries) is not int or not 0 < entries <= INTEGER_LIMIT or not isinstance(link, str):
        return BackupRecord(marks=marks[:_MARKS])
    try:
        parse_moment(at if isinstance(at, str) else "")
    except Malformed:
        at = ""
    return BackupRecord(str(at), Head(entries, Link(link)), notes if isinstance(notes, str) else "", marks[:_MARKS])


def newest_unsaved(vault: Vault) -> Entry | None:
    """The newest thing kept since the last backup, None where everything is in it. Openings do not count.

    Raises VaultError.
    """
    head = kept_record(vault).head
    for row in vault.log.newest_first(after=head.entries if head is not None else 0):
        try:
            entry = row.entry
        except Malformed:
            continue
        if entry.kind not in {Kind.SESSION, Kind.VAULT}:
            return entry
    return None


def has_unsaved_notes(vault: Vault) -> bool:
    """Whether notes were written, changed or removed since the last backup. Raises VaultError."""
    return digest_of_notes(vault) != kept_record(vault).notes
