"""Entries and disclosures for tests: a record as a vault would keep it, without a vault."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from app.report.disclosure import Disclosure, Line, NotIncluded, Profile, Reason, exhibit_files
from app.subjects import fold
from vault.chain import (
    Action,
    Author,
    Clock,
    Entry,
    EntryId,
    Kind,
    ObjectId,
    Role,
    StoredObject,
    VaultId,
    body_hash,
    first_link,
    next_link,
    receipt_code,
    utc_text,
)

VAULT = VaultId("0123456789abcdef0123456789abcdef")
FINGERPRINT = hashlib.sha256(b"a public key").hexdigest()
START = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)

Fields = Mapping[str, str | int | bool | list[str] | None]


def hex_digits(text: str, length: int = 32) -> str:
    """Hex digits that are the same in every run."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


@dataclass
class Diary:
    """Writes entries one after the other, a minute apart, and remembers how many exhibits there were."""

    initials: str = "AB"
    app: str = "holdfast 0.1.0"
    zone: str = "Europe/London +00:00"
    entries: list[Entry] = field(default_factory=list)
    exhibits: int = 0

    def __post_init__(self) -> None:
        if not self.entries:
            opening = {"format": "holdfast-vault/1", "vault": VAULT, "fingerprint": FINGERPRINT}
            self.write(Action.ADD, Kind.VAULT, opening)

    def write(
        self,
        action: Action,
        kind: Kind,
        data: Fields,
        subject: EntryId | None = None,
        objects: Sequence[StoredObject] = (),
    ) -> EntryId:
        """Append an entry. Gives the id of its subject."""
        seq = len(self.entries) + 1
        entry = Entry(
            seq=seq,
            id=subject or EntryId(hex_digits(f"subject {seq}")),
            action=action,
            kind=kind,
            at=utc_text(START + timedelta(minutes=seq)),
            zone=self.zone,
            clock=Clock(boot=hex_digits("boot"), uptime_ms=60_000 * seq),
            by=Author(self.initials, Role.SELF),
            app=self.app,
            data=dict(data),
            salt=hex_digits(f"salt {seq}", 64),
            objects=tuple(objects),
        )
        self.entries.append(Entry.from_bytes(entry.to_bytes()))
        return entry.id

    def add(self, kind: Kind, /, **data: str | int | bool | list[str] | None) -> EntryId:
        """Add a subject of a kind."""
        return self.write(Action.ADD, kind, data)

    def amend(self, subject: EntryId, /, **data: str | int | bool | list[str] | None) -> EntryId:
        """Change fields of a subject."""
        kind = next(entry.kind for entry in self.entries if entry.id == subject)
        return self.write(Action.AMEND, kind, data, subject)

    def withdraw(self, subject: EntryId, why: str) -> EntryId:
        """Take a subject back."""
        kind = next(entry.kind for entry in self.entries if entry.id == subject)
        return self.write(Action.WITHDRAW, kind, {"why": why}, subject)

    def exhibit(self, name: str = "screen.png", files: int = 1, **data: str | int | bool | list[str] | None) -> EntryId:
        """Add an exhibit with that many files, as a capture makes it."""
        self.exhibits += 1
        at = utc_text(START + timedelta(minutes=len(self.entries) + 1))
        objects = [stored_object(f"{self.exhibits}/{part}", name) for part in range(files)]
        made: Fields = {"ref": f"{self.initials}/{self.exhibits}", "captured_at": at, "provenance": "captured_live"}
        return self.write(Action.ADD, Kind.EXHIBIT, {**made, **data}, objects=objects)


def stored_object(seed: str, name: str = "screen.png", media_type: str = "image/png") -> StoredObject:
    """An object with bytes that nobody needs."""
    return StoredObject(
        id=ObjectId(hex_digits(f"object {seed}")),
        sha256=hex_digits(f"bytes of {seed}", 64),
        size=1000 + len(seed),
        media_type=media_type,
        name=name,
    )


def disclose(
    diary: Diary,
    *,
    withhold: Callable[[Entry], bool] = lambda entry: entry.kind is Kind.PERSON,
    absent: Mapping[EntryId, Reason] | None = None,
) -> Disclosure:
    """The disclosure of a diary: every exhibit's bytes included, but for the `absent` ones and the withdrawn."""
    lines: list[Line] = []
    link = first_link(VAULT)
    for entry in diary.entries:
        digest = body_hash(entry.to_bytes())
        link = next_link(link, entry.seq, entry.id, digest)
        lines.append(Line(entry.seq, entry.id, digest, link, None if withhold(entry) else entry))
    subjects = fold(line.entry for line in lines if line.entry is not None)
    not_included: dict[ObjectId, NotIncluded] = {}
    for subject in subjects.values():
        reason = Reason.WITHDRAWN if subject.withdrawn else (absent or {}).get(subject.id)
        if reason and subject.kind is Kind.EXHIBIT:
            for stored, file in exhibit_files(subject):
                not_included[stored.id] = NotIncluded(stored, subject.first.seq, file, reason)
    return Disclosure(
        vault=VAULT,
        entries=len(lines),
        head=link,
        fingerprint=FINGERPRINT,
        certificate_sha256=hashlib.sha256(b"a certificate").hexdigest(),
        receipt=receipt_code(len(lines), link),
        exported_at=datetime(2026, 11, 20, 17, 30, tzinfo=UTC),
        zone=diary.zone,
        app=diary.app,
        profile=Profile.POLICE,
        initials=diary.initials,
        lines=tuple(lines),
        subjects=subjects,
        not_included=not_included,
    )


def made_for(disclosure: Disclosure, profile: Profile) -> Disclosure:
    """The same disclosure for somebody else."""
    return replace(disclosure, profile=profile)
