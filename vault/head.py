"""The head file: how far the log had come, kept beside it, so that a log put back from an older day is noticed."""

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag

from vault.chain import Link
from vault.disk import Disk
from vault.errors import DamagedVault
from vault.keys import NONCE_BYTES, seal, unseal
from vault.layout import HEAD_FILE

_BYTES = NONCE_BYTES + 86 + 16
_FORM = re.compile(rb"([0-9]{20}) ([0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True)
class Head:
    """The number of entries and the last link."""

    entries: int
    link: Link


def write_head(folder: Path, key: bytes, head: Head, disk: Disk) -> None:
    """Replace the head file. Raises DiskFull, DiskFailed."""
    disk.replace(folder / HEAD_FILE, head_file(key, head))


def renew_head(folder: Path, key: bytes, disk: Disk) -> None:
    """Write what the head file says once more: it is another file then, and says the same, or as little as before.

    Raises DiskFull, DiskFailed.
    """
    with suppress(DamagedVault):
        head = read_head(folder, key)
        if head is not None:
            write_head(folder, key, head, disk)


def head_file(key: bytes, head: Head) -> bytes:
    """The bytes of a head file; never the same twice."""
    nonce, sealed = seal(key, f"{head.entries:020d} {head.link}\n".encode("ascii"), b"")
    return nonce + sealed


def read_head(folder: Path, key: bytes) -> Head | None:
    """What the head file says; None where there is none. Raises DamagedVault."""
    try:
        with (folder / HEAD_FILE).open("rb") as file:
            content = file.read(_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DamagedVault("The file “head” cannot be read.") from error
    try:
        plain = unseal(key, content[:NONCE_BYTES], content[NONCE_BYTES:], b"")
    except InvalidTag:
        raise DamagedVault("The file “head” is damaged.") from None
    found = _FORM.fullmatch(plain)
    if found is None:
        raise DamagedVault("The file “head” is damaged.")
    return Head(int(found[1]), Link(found[2].decode("ascii")))
