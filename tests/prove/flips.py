"""One changed byte, anywhere in a vault: reported with the thing it hit, or harmless for a reason that stands here."""

import io
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import apsw
from vaults import PASSPHRASE, STAMP, add_exhibit, add_incident, files_in, new_vault

from vault.chain import Action, Kind
from vault.check import check
from vault.drafts import Draft
from vault.errors import DamagedVault, VaultError
from vault.keys import DATABASE, sub_key
from vault.opening import FindingKind
from vault.slots import read_slots
from vault.vault import Vault

HARMLESS = {
    "slots.json": "the other copy is whole; opening writes this one anew",
    "slots.bak.json": "the other copy is whole; opening writes this one anew",
    "lock": "only the lock that the system holds on it counts, never what stands in it",
    "orphans": "no entry names what lies there, and it is never read",
    "log.db": "in a free page: nothing stands in it, and it is written before it is read again",
}
"""Where a changed byte does no harm, and why. Nothing may be lost then, and nothing is told."""

MENDED = {"slots.json", "slots.bak.json"}


class Unnoticed(AssertionError):
    """A changed byte that was not told, was told as something else, or changed what is read."""


@dataclass(frozen=True, slots=True)
class Flip:
    """One byte of a file, and the bits of it that change."""

    file: str
    place: int
    bits: int

    def __str__(self) -> str:
        return f"{self.file}, byte {self.place}, bits {self.bits:#04x}"


@dataclass(slots=True)
class FlipProof:
    """What came of all flips: how many were told of which file, and each that went wrong."""

    told: Counter[str] = field(default_factory=Counter)
    harmless: Counter[str] = field(default_factory=Counter)
    losses: list[str] = field(default_factory=list)


class Target:
    """A small vault with everything that a vault has on the disk, and what it holds."""

    def __init__(self, folder: Path) -> None:
        vault = new_vault(folder)
        self.path = vault.path
        self.exhibits: dict[str, str] = {}
        for ref, content in (("AB/1", b"picture" * 20), ("AB/2", b""), ("AB/3", b"withdrawn")):
            subject, stored = add_exhibit(vault, content, ref)
            self.exhibits[f"objects/{stored.id[:2]}/{stored.id}"] = ref
        vault.append([Draft(Action.WITHDRAW, Kind.EXHIBIT, subject, {"why": "twice"})], STAMP)
        incident = add_incident(vault, "what happened: „Ünïcode“")
        vault.append([Draft(Action.AMEND, Kind.INCIDENT, incident.id, {"what_happened": "something else"})], STAMP)
        # What was deleted leaves free pages behind.
        vault.log.set_draft("form", "typed, and much of it. " * 800)
        vault.log.set_draft("form", None)
        vault.set_recovery_words()
        vault.store(io.BytesIO(b"stored, but no entry came"))
        vault.close()
        vault = Vault.open(self.path, PASSPHRASE)
        self.rows = list(vault.log.rows())
        self.page_bytes, self.free_pages = _free_pages(self.path)
        vault.close()
        # A program that was killed leaves its note in the lock.
        (self.path / "lock").write_bytes(bytes(16) + b"2026-11-20T10:15+00:00")
        self.files = files_in(self.path)

    def flips(self, chance: random.Random) -> Iterator[Flip]:
        """Every byte of every file, each changed in one way."""
        for name, content in self.files.items():
            for place in range(len(content)):
                yield Flip(name, place, chance.randrange(1, 256))

    def some_flips(self, chance: random.Random, count: int) -> Iterator[Flip]:
        """A sample: what is plain in the log's header, then as many of each file, and four times as many of the log."""
        yield from (Flip("log.db", place, chance.randrange(1, 256)) for place in range(32))
        names = [name for name, content in self.files.items() if content] + ["log.db"] * 3
        for number in range(count - 32):
            name = names[number % len(names)]
            yield Flip(name, chance.randrange(len(self.files[name])), chance.randrange(1, 256))

    def restore(self) -> None:
        """Put every file back as it was."""
        found = files_in(self.path)
        if found != self.files:
            for name in found.keys() - self.files.keys():
                (self.path / name).unlink()
            for name, content in self.files.items():
                if found.get(name) != content:
                    (self.path / name).write_bytes(content)


def prove(folder: Path, seed: int, count: int | None = None) -> FlipProof:
    """Flip every byte of a small vault, or a sample, one at a time."""
    proof, chance = FlipProof(), random.Random(seed)
    target = Target(folder)
    for flip in target.flips(chance) if count is None else target.some_flips(chance, count):
        target.restore()
        path = target.path / flip.file
        content = bytearray(target.files[flip.file])
        content[flip.place] ^= flip.bits
        path.write_bytes(content)
        try:
            _judge(target, flip, proof)
        except Unnoticed as problem:
            proof.losses.append(f"{flip}: {problem}")
    target.restore()
    return proof


def _judge(target: Target, flip: Flip, proof: FlipProof) -> None:
    damaged = (target.path / flip.file).read_bytes()
    try:
        vault = Vault.open(target.path, PASSPHRASE)
    except DamagedVault as error:
        if flip.file != "log.db" or "log" not in error.what.lower():
            raise Unnoticed(f"the vault does not open: {error.what}") from error
        proof.told[flip.file] += 1
        return
    except VaultError as error:
        raise Unnoticed(f"it is told as {error!r}") from error
    free = flip.file == "log.db" and flip.place // target.page_bytes + 1 in target.free_pages
    try:
        told = _told_of(vault)
        _require_true(target, vault, less=bool(told) and not _is_mended(vault))
        if free and not told:
            _require_writable(vault)
    except VaultError as error:
        raise Unnoticed(f"a check does not go on: {error!r}") from error
    finally:
        vault.close()
    _require_told(target, flip, told, free=free)
    if told and not _is_mended(vault) and (target.path / flip.file).read_bytes() != damaged:
        raise Unnoticed("the damaged file was written over")
    (proof.told if told else proof.harmless)[flip.file] += 1


def _require_told(target: Target, flip: Flip, told: set[str], *, free: bool) -> None:
    kind = flip.file.split("/")[0]
    if kind in HARMLESS and kind != "log.db":
        if told:
            raise Unnoticed(f"it is told, though harmless: {told}")
        if flip.file in MENDED and (target.path / flip.file).read_bytes() != target.files[flip.file]:
            raise Unnoticed("the damaged copy was not written anew")
        return
    expected = "head" if kind == "head" else target.exhibits.get(flip.file, "log")
    if not told and not free:
        raise Unnoticed("nothing is told")
    if told and (expected not in told or (kind != "log.db" and told != {expected})):
        raise Unnoticed(f"it is told of {sorted(told)}")


def _require_true(target: Target, vault: Vault, *, less: bool) -> None:
    """Whatever is read is what was written; only where damage is told may it be less."""
    rows = list(vault.log.rows())
    if any(row not in target.rows for row in rows):
        raise Unnoticed("an entry reads as something else")
    if not less and rows != target.rows:
        raise Unnoticed("entries are missing, and nothing is told")


def _require_writable(vault: Vault) -> None:
    """New entries fill the free pages, and all is well."""
    for number in range(4):
        add_incident(vault, f"{number} " * 4000)
    if _free_pages(vault.path)[1] or _told_of(vault):
        raise Unnoticed("what is written into free pages does not last")


def _free_pages(path: Path) -> tuple[int, frozenset[int]]:
    """Bytes of a page, and the numbers of the pages that are in no table."""
    key = sub_key(read_slots(path).unlock(PASSPHRASE), DATABASE)
    db = apsw.Connection(str(path / "log.db"), apsw.SQLITE_OPEN_READONLY)
    try:
        db.execute("PRAGMA cipher='chacha20'")
        db.execute(f"PRAGMA key='raw:{key.hex()}'")
        ((size, count),) = db.execute("SELECT page_size, page_count FROM pragma_page_size, pragma_page_count")
        used = {number for (number,) in db.execute("SELECT pageno FROM dbstat")}
    finally:
        db.close()
    return int(str(size)), frozenset(range(1, int(str(count)) + 1)) - used


def _is_mended(vault: Vault) -> bool:
    """Whether the byte was in a list, which was made anew from the entries: everything is there, in a new file."""
    return any(finding.kind is FindingKind.LISTS_MENDED for finding in vault.findings)


def _told_of(vault: Vault) -> set[str]:
    """The things that opening and the check name."""
    report = check(vault)
    told = {fault.where for fault in report.faults}
    if vault.damage is not None or _is_mended(vault):
        told.add("log")
    if not told and (vault.findings or report.notes):
        told.add("something")
    return told
