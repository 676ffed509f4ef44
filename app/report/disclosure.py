"""What one hand-over discloses: the single source of report.pdf, report.html and the tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.subjects import Subject
from vault.chain import Digest, Entry, EntryId, Kind, Link, ObjectId, StoredObject, VaultId

EXTENSIONS = frozenset(
    "png jpg jpeg gif webp bmp tif tiff heic heif avif "
    "mp4 m4v mov webm mkv avi 3gp mp3 m4a aac wav ogg opus amr "
    "pdf txt csv json eml zip".split()
)
"""File name extensions that an exhibit keeps in a package; every other becomes .bin (FORMAT.md, section 5)."""


class Profile(StrEnum):
    """Whom a package is for."""

    POLICE = "police"
    SOLICITOR = "solicitor"


class Reason(StrEnum):
    """Why an object is not in exhibits/: the first that fits."""

    WITHDRAWN = "withdrawn"
    HELD = "held"
    DAMAGED = "damaged"
    EARLIER = "earlier"
    SEALED = "sealed"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the chain; `entry` is None where it is withheld."""

    seq: int
    id: EntryId
    body_hash: Digest
    link: Link
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class NotIncluded:
    """An object of a shown exhibit whose bytes are not in the package, and the name its file would have."""

    object: StoredObject
    seq: int
    file: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Impact:
    """What the person wrote about what it did to them, outside the log. `at` is UTC, as in entries."""

    area: str
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Everything that one hand-over shows, fixed after entry `entries`.

    `exported_at` is an aware datetime in the zone of the computer, `zone` as in entries ("Europe/London +00:00").
    `certificate_sha256` is what PDF viewers show; `initials` are those of whoever makes the export.
    """

    vault: VaultId
    entries: int
    head: Link
    fingerprint: str
    certificate_sha256: str
    receipt: str
    exported_at: datetime
    zone: str
    app: str
    profile: Profile
    initials: str
    lines: tuple[Line, ...]
    subjects: Mapping[EntryId, Subject]
    """The shown subjects, in the order in which they were added."""
    not_included: Mapping[ObjectId, NotIncluded]
    impact: tuple[Impact, ...] = ()
    """Only what somebody asked to have in it; nothing in the chain vouches for it."""

    @property
    def withheld(self) -> int:
        """How many entries are withheld."""
        return sum(line.entry is None for line in self.lines)

    def of_kind(self, kind: Kind) -> tuple[Subject, ...]:
        """The shown subjects of a kind, withdrawn ones too."""
        return tuple(subject for subject in self.subjects.values() if subject.kind is kind)


def exhibit_file_name(ref: str, position: int, name: str) -> str:
    """The name in exhibits/ of an exhibit's file: `AB-0001.png`, `AB-0001-2.jpg` for the second (position 2).

    `name` is the file name it came with; only its extension is kept, and only from the allow-list.
    """
    initials, number = ref.split("/")
    suffix = f"-{position}" if position > 1 else ""
    _, dot, extension = name.rpartition(".")
    extension = extension.lower() if extension.isascii() else ""
    return f"{initials}-{int(number):04d}{suffix}.{extension if dot and extension in EXTENSIONS else 'bin'}"


def exhibit_files(subject: Subject) -> tuple[tuple[StoredObject, str], ...]:
    """The objects of an exhibit, oldest first, with the names their files have in a package."""
    return tuple(
        (stored, exhibit_file_name(subject.ref, position, stored.name))
        for position, stored in enumerate(subject.objects, start=1)
    )
