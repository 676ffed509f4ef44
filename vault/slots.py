"""The key slots: ways to the vault key, in slots.json and its copy (FORMAT.md, section 4)."""

import hmac
import json
import re
import secrets
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from cryptography.exceptions import InvalidTag

from vault.chain import Malformed, Value, VaultId, canonical, parse_line
from vault.disk import Disk
from vault.errors import (
    DamagedVault,
    LastWayIn,
    NewerFormat,
    NotAVault,
    NothingThere,
    NotReadable,
    WrongPassphrase,
    WrongWords,
)
from vault.keys import SLOTS, KdfCost, VaultKey, mac, passphrase_key, recovery_key, seal, sub_key, unseal
from vault.layout import SLOTS_COPY, SLOTS_FILE
from vault.recovery import RecoverySecret

FORMAT = "holdfast-vault/1"
_SLOTS_LIMIT = 8
_FILE_LIMIT = 64 * 1024


class SlotType(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"  # noqa: S105
    RECOVERY = "recovery"


_HEX = re.compile(r"(?:[0-9a-f]{2})+")


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the vault key: the wrapped key is worth nothing without the passphrase or the words.

    `cost` is that of a passphrase; a slot for recovery words has none.
    """

    id: str
    cost: KdfCost | None
    salt: bytes
    nonce: bytes = b""
    wrapped: bytes = b""

    @property
    def type(self) -> SlotType:
        """What opens it."""
        return SlotType.RECOVERY if self.cost is None else SlotType.PASSPHRASE

    def wrap(self, key: VaultKey, secret: str | RecoverySecret, vault: VaultId) -> "Slot":
        """This slot with the vault key wrapped in it. Raises MemoryError where Argon2id finds no room."""
        nonce, wrapped = seal(self._wrapping_key(secret), key, _bound_to(self, vault))
        return replace(self, nonce=nonce, wrapped=wrapped)

    def unwrap(self, secret: str | RecoverySecret, vault: VaultId) -> VaultKey:
        """The vault key. Raises WrongPassphrase; MemoryError where Argon2id finds no room."""
        try:
            return VaultKey(unseal(self._wrapping_key(secret), self.nonce, self.wrapped, _bound_to(self, vault)))
        except (InvalidTag, UnicodeEncodeError):  # half a letter, from a terminal that speaks another encoding
            raise WrongPassphrase from None

    def _wrapping_key(self, secret: str | RecoverySecret) -> bytes:
        if self.cost is None:
            return recovery_key(RecoverySecret(secret if isinstance(secret, bytes) else b""), self.salt)
        return passphrase_key(secret if isinstance(secret, str) else "", self.salt, self.cost)


@dataclass(frozen=True, slots=True)
class SlotFile:
    """What slots.json says; `mac` is checked as soon as the vault key is there to check it with."""

    vault: VaultId
    generation: int
    slots: tuple[Slot, ...]
    mac: str = ""

    def unlock(self, secret: str | RecoverySecret) -> VaultKey:
        """The vault key, by the first slot that this passphrase, or these words, open.

        Raises WrongPassphrase, WrongWords, DamagedVault; MemoryError where Argon2id finds no room.
        """
        opened_by = SlotType.PASSPHRASE if isinstance(secret, str) else SlotType.RECOVERY
        for slot in self.slots:
            if slot.type is not opened_by:
                continue
            try:
                key = slot.unwrap(secret, self.vault)
            except WrongPassphrase:
                continue
            self.require_genuine(key)
            return key
        raise WrongPassphrase if opened_by is SlotType.PASSPHRASE else WrongWords

    def unlock_with_key(self, key: VaultKey) -> VaultKey:
        """The vault key itself, where this file was written under it. Raises DamagedVault."""
        self.require_genuine(key)
        return key

    def renewed(self, slots: Sequence[Slot]) -> "SlotFile":
        """The next generation, with these slots. Raises NotAllowed where none would be left."""
        if not slots:
            raise LastWayIn
        return SlotFile(self.vault, self.generation + 1, tuple(slots))

    def sealed(self, key: VaultKey) -> "SlotFile":
        """As it reads back once it is written under this vault key."""
        return replace(self, mac=_hmac(_members(self), key))

    def write(self, folder: Path, key: VaultKey, disk: Disk) -> None:
        """Write both copies, one after the other, each whole at any moment. One that is right already stays."""
        members = _members(self)
        content = canonical(members | {"hmac": _hmac(members, key)}) + b"\n"
        for path in (folder / SLOTS_FILE, folder / SLOTS_COPY):
            if _content(path) != content:
                disk.replace(path, content)

    def require_genuine(self, key: VaultKey) -> None:
        """Raises DamagedVault where this file was not written under this vault key."""
        if not hmac.compare_digest(self.mac, _hmac(_members(self), key)):
            raise DamagedVault("The list of key slots was changed by something other than Holdfast.")


def new_passphrase_slot(key: VaultKey, vault: VaultId, passphrase: str, cost: KdfCost) -> Slot:
    """Wrap the vault key for a passphrase, with a fresh salt. Raises MemoryError."""
    return Slot(secrets.token_hex(16), cost, secrets.token_bytes(32)).wrap(key, passphrase, vault)


def new_recovery_slot(key: VaultKey, vault: VaultId, secret: RecoverySecret) -> Slot:
    """Wrap the vault key for recovery words, with a fresh salt."""
    return Slot(secrets.token_hex(16), None, secrets.token_bytes(32)).wrap(key, secret, vault)


def read_slots(folder: Path) -> SlotFile:
    """The newest readable one of the two copies. Raises NotAVault, NotReadable, NewerFormat, DamagedVault."""
    return _copies(folder)[0]


def unlocked(folder: Path, unlock: Callable[[SlotFile], VaultKey]) -> tuple[SlotFile, VaultKey]:
    """The copy that `unlock` opens, and the vault key; a copy with a damaged byte does not lock anybody out.

    Raises what `read_slots` and `unlock` raise.
    """
    newest, *others = _copies(folder)
    try:
        return newest, unlock(newest)
    except (WrongPassphrase, WrongWords, DamagedVault) as error:
        for other in others:
            # An older copy would still open with what was shut out: it counts only where the newer one is not genuine.
            if other.generation == newest.generation or isinstance(error, DamagedVault):
                with suppress(WrongPassphrase, WrongWords, DamagedVault):
                    return other, unlock(other)
        raise


def faults_of_slots(folder: Path, known: SlotFile, key: VaultKey) -> list[tuple[str, str]]:
    """What is wrong with each of the two copies, by its name, in words; `known` is what the open vault goes by."""
    faults: list[tuple[str, str]] = []
    for name in (SLOTS_FILE, SLOTS_COPY):
        try:
            found = parse_slots(_content(folder / name))
            found.require_genuine(key)
            if (found.vault, found.generation) != (known.vault, known.generation):
                faults.append((name, "It is not the newest list of key slots."))
        except (Malformed, NewerFormat, DamagedVault, NotReadable):
            faults.append((name, "This copy of the key slots is damaged or missing."))
    return faults


def both_say(folder: Path, slots: SlotFile) -> bool:
    """Whether both copies can be read and hold exactly these slots, which were read from one of them or sealed."""
    with suppress(Malformed, NewerFormat, NotReadable):
        return all(parse_slots(_content(folder / name)) == slots for name in (SLOTS_FILE, SLOTS_COPY))
    return False


def _copies(folder: Path) -> tuple[SlotFile, ...]:
    """The readable copies, newest first; one where both say the same.

    Raises NotAVault, NotReadable, NewerFormat, DamagedVault.
    """
    contents: list[bytes] = []
    refused = False
    for path in (folder / SLOTS_FILE, folder / SLOTS_COPY):
        try:
            if path.is_file():
                contents.append(_content(path))
        except (NotReadable, PermissionError):
            refused = True
    if not contents:
        if refused:
            raise NotReadable
        raise NotAVault if folder.exists() or folder.is_symlink() else NothingThere
    readable: list[SlotFile] = []
    newer_format = 0
    for content in contents:
        try:
            readable.append(parse_slots(content))
        except Malformed:
            continue
        except NewerFormat:
            newer_format = max(newer_format, _generation_of_newer(content))
    readable.sort(key=lambda file: file.generation, reverse=True)
    # Every change counts up: a copy that only claims to be newer is damaged.
    if newer_format > (readable[0].generation if readable else 0):
        raise NewerFormat
    if not readable:
        if refused:
            raise NotReadable
        raise DamagedVault("Both copies of the key slots are damaged.")
    return tuple(dict.fromkeys(readable))


def _content(path: Path) -> bytes:
    """The bytes of a copy, no more than are looked at; none where the disk does not give them. Raises NotReadable."""
    try:
        with path.open("rb") as file:
            return file.read(_FILE_LIMIT + 1)
    except PermissionError as error:
        raise NotReadable from error
    except OSError:
        return b""


def _generation_of_newer(content: bytes) -> int:
    generation = json.loads(content).get("generation")
    return generation if type(generation) is int and generation > 0 else sys.maxsize


def parse_slots(content: bytes) -> SlotFile:
    """Read slots.json. Raises Malformed, or NewerFormat; costs beyond the limits are Malformed before any work."""
    if len(content) > _FILE_LIMIT:
        raise Malformed("slots.json is too large")
    _require_known_format(content)
    if not content.endswith(b"\n"):
        raise Malformed("slots.json does not end in a line feed")
    members = parse_line(content[:-1])
    if set(members) != {"format", "generation", "hmac", "slots", "vault"}:
        raise Malformed("slots.json does not have its members")
    generation, slots = members["generation"], members["slots"]
    if type(generation) is not int or generation < 1:
        raise Malformed("generation is not a number")
    if not isinstance(slots, list) or not 1 <= len(slots) <= _SLOTS_LIMIT:
        raise Malformed("from one to eight slots are allowed")
    return SlotFile(
        vault=VaultId(_hex(members["vault"], 16).hex()),
        generation=generation,
        slots=tuple(_slot(item) for item in slots),
        mac=_hex(members["hmac"], 32).hex(),
    )


def _require_known_format(content: bytes) -> None:
    try:
        members = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Malformed("slots.json is not JSON") from error
    name = members.get("format") if isinstance(members, dict) else None
    if not isinstance(name, str) or not name.startswith("holdfast-vault/"):
        raise Malformed("slots.json names no format")
    if name != FORMAT:
        raise NewerFormat


def _members(file: SlotFile) -> dict[str, object]:
    return {
        "format": FORMAT,
        "generation": file.generation,
        "slots": [_header(slot) | {"nonce": slot.nonce.hex(), "wrapped": slot.wrapped.hex()} for slot in file.slots],
        "vault": file.vault,
    }


def _header(slot: Slot) -> dict[str, object]:
    cost = slot.cost
    kdf: dict[str, object] = {"name": "hkdf-sha256", "salt": slot.salt.hex()}
    if cost is not None:
        kdf = {"name": "argon2id", "m_kib": cost.m_kib, "t": cost.t, "p": cost.p, "salt": slot.salt.hex()}
    return {"id": slot.id, "type": slot.type.value, "kdf": kdf}


def _bound_to(slot: Slot, vault: VaultId) -> bytes:
    return canonical(_header(slot) | {"vault": vault})


def _hmac(members: dict[str, object], key: VaultKey) -> str:
    return mac(sub_key(key, SLOTS), canonical(members))


def _slot(value: Value) -> Slot:
    if not isinstance(value, dict) or set(value) != {"id", "type", "kdf", "nonce", "wrapped"}:
        raise Malformed("a slot does not have its members")
    kdf = value["kdf"]
    if not isinstance(kdf, dict):
        raise Malformed("a slot's costs do not have their members")
    cost = None
    match value["type"], kdf.get("name"), frozenset(kdf):
        case "passphrase", "argon2id", names if names == {"name", "m_kib", "t", "p", "salt"}:
            cost = KdfCost(_number(kdf["m_kib"]), _number(kdf["t"]), _number(kdf["p"]))
        case "recovery", "hkdf-sha256", names if names == {"name", "salt"}:
            pass
        case _:
            raise Malformed("a slot of a kind that is not known")
    if cost is not None and not cost.acceptable:
        raise Malformed("a slot's costs are beyond the limits")
    return Slot(
        id=_hex(value["id"], 16).hex(),
        cost=cost,
        salt=_hex(kdf["salt"], 32),
        nonce=_hex(value["nonce"], 12),
        wrapped=_hex(value["wrapped"], 48),
    )


def _number(value: Value) -> int:
    if type(value) is not int:
        raise Malformed("a cost is not a number")
    return value


def _hex(value: Value, size: int) -> bytes:
    if not isinstance(value, str) or len(value) != 2 * size or not _HEX.fullmatch(value):
        raise Malformed("a value of a slot does not have its form")
    return bytes.fromhex(value)
