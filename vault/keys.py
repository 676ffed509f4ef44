"""Every key derivation of a vault, on one page (FORMAT.md, section 4)."""

import hmac
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import NewType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vault.errors import VaultLocked
from vault.recovery import RecoverySecret

VaultKey = NewType("VaultKey", bytes)
"""32 random bytes; every other key of a vault follows from it."""

DATABASE = b"holdfast/db/v1"
OBJECT = b"holdfast/object/v1"
OBJECT_FILE = b"holdfast/object-file/v1"
HEAD = b"holdfast/head/v1"
SLOTS = b"holdfast/slots/v1"
RECOVERY = b"holdfast/recovery/v1"

NONCE_BYTES = 12
_TOO_QUICK_S = 0.5


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What Argon2id costs (RFC 9106): memory in KiB, passes, lanes."""

    m_kib: int = 256 * 1024
    t: int = 3
    p: int = 4

    @property
    def acceptable(self) -> bool:
        """Whether a slot that asks for this is worked on at all."""
        return 8 * self.p <= self.m_kib <= 2 * 1024 * 1024 and 1 <= self.t <= 16 and 1 <= self.p <= 16


def new_vault_key() -> VaultKey:
    """A fresh vault key."""
    return VaultKey(secrets.token_bytes(32))


def sub_key(vault_key: VaultKey, label: bytes) -> bytes:
    """HKDF-SHA256 (RFC 5869) of the vault key, no salt, info = label: 32 bytes."""
    return HKDF(SHA256(), 32, salt=None, info=label).derive(vault_key)


class KeyRing:
    """The one place where an open vault keeps its key; the others are derived when they are needed."""

    def __init__(self, vault_key: VaultKey) -> None:
        self._key = bytearray(vault_key)

    @property
    def vault_key(self) -> VaultKey:
        """The vault key. Raises VaultLocked once it was dropped."""
        if not self._key:
            raise VaultLocked
        return VaultKey(bytes(self._key))

    def key(self, label: bytes) -> bytes:
        """The key for a purpose. Raises VaultLocked once they were dropped."""
        return sub_key(self.vault_key, label)

    def drop(self) -> None:
        """Overwrite the key and forget it. Copies that Python or a library made are beyond our reach."""
        self._key[:] = bytes(len(self._key))
        self._key.clear()


def recovery_key(secret: RecoverySecret, salt: bytes) -> bytes:
    """HKDF-SHA256 of the 16 bytes behind the recovery words: 32 bytes. They are random, so no cost is needed."""
    return HKDF(SHA256(), 32, salt=salt, info=RECOVERY).derive(secret)


def object_file_key(object_key: bytes, salt: bytes, object_id: str) -> bytes:
    """The key of one object file: HKDF-SHA256(object key, its salt, its id): 32 bytes."""
    return HKDF(SHA256(), 32, salt=salt, info=OBJECT_FILE + object_id.encode("ascii")).derive(object_key)


def passphrase_key(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
    """Argon2id over the passphrase in NFC and UTF-8: 32 bytes. Raises MemoryError where the memory is not there."""
    kdf = Argon2id(salt=salt, length=32, iterations=cost.t, lanes=cost.p, memory_cost=cost.m_kib)
    return kdf.derive(unicodedata.normalize("NFC", passphrase).encode("utf-8"))


def calibrated(cost: KdfCost, clock: Callable[[], float] = time.perf_counter) -> KdfCost:
    """A cost that takes at least half a second here: passes raised, or memory halved down to 64 MiB to fit."""
    while True:
        begun = clock()
        try:
            passphrase_key("calibration", bytes(32), cost)
        except MemoryError:
            if cost.m_kib <= 64 * 1024:
                raise
            cost = KdfCost(cost.m_kib // 2, cost.t, cost.p)
            continue
        if clock() - begun >= _TOO_QUICK_S or cost.t >= 16:
            return cost
        cost = KdfCost(cost.m_kib, cost.t + 1, cost.p)


def seal(key: bytes, plain: bytes, bound_to: bytes) -> tuple[bytes, bytes]:
    """AES-256-GCM with a random nonce: (nonce, ciphertext and tag)."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce, AESGCM(key).encrypt(nonce, plain, bound_to)


def unseal(key: bytes, nonce: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """Open what `seal` made. Raises InvalidTag where key, bytes or what they are bound to differ."""
    if len(nonce) != NONCE_BYTES:
        raise InvalidTag
    return AESGCM(key).decrypt(nonce, sealed, bound_to)


def mac(key: bytes, content: bytes) -> str:
    """HMAC-SHA256 in lower-case hex."""
    return hmac.new(key, content, "sha256").hexdigest()
