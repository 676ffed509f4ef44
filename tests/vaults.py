"""Small vaults for tests: cheap keys, a fixed clock, entries with and without objects."""

import io
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from vault.chain import Action, Author, Clock, Entry, EntryId, Kind, Role, StoredObject, utc_text
from vault.drafts import Draft, Stamp, new_entry_id
from vault.keys import KdfCost
from vault.vault import Vault

CHEAP = KdfCost(m_kib=64, t=1, p=1)
PASSPHRASE = "correct horse"
STAMP = Stamp(
    at=utc_text(datetime(2026, 11, 20, 10, 15, 30, 123000, UTC)),
    zone="Europe/London +00:00",
    clock=Clock("ab" * 16, 5),
    by=Author("AB", Role.SELF),
    app="holdfast 0.1.0",
)


def folder_in_memory() -> tempfile.TemporaryDirectory[str]:
    """A folder in memory where there is one: for tests that end programs, not disks, and need no syncs."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)


def new_vault(folder: Path, name: str = "case.holdfast") -> Vault:
    return Vault.create(folder / name, PASSPHRASE, STAMP, cost=CHEAP)


def add_incident(vault: Vault, text: str = "something") -> Entry:
    draft = Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), {"what_happened": text})
    return vault.append([draft], STAMP)[0]


def add_exhibit(vault: Vault, content: bytes, ref: str = "AB/1") -> tuple[EntryId, StoredObject]:
    object_id, measure = vault.store(io.BytesIO(content))
    stored = StoredObject(object_id, measure.sha256, measure.size, "text/plain", "a.txt")
    draft = Draft(Action.ADD, Kind.EXHIBIT, new_entry_id(), {"ref": ref}, (stored,))
    return vault.append([draft], STAMP)[0].id, stored


def read(vault: Vault, stored: StoredObject) -> bytes:
    return b"".join(bytes(chunk) for chunk in vault.objects.read(stored))


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
