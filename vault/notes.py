"""Private notes, beside the log: no entry tells that one was written in a copy, so its head file does."""

import hashlib
import json
from dataclasses import astuple

from vault.log import NoteRow
from vault.vault import Vault


def set_note(vault: Vault, note: NoteRow) -> None:
    """Keep a note, in place of the one with its id. Raises ReadOnlyVault, DiskFull, DiskFailed: it is not kept then."""
    with vault.turn():
        vault.require_writable()
        vault.renew_head()
        vault.log.set_note(note)


def remove_note(vault: Vault, note: str) -> None:
    """Forget a note. Raises as `set_note`: it is there then."""
    with vault.turn():
        vault.require_writable()
        vault.renew_head()
        vault.log.remove_note(note)


def notes_only_in(copy: Vault, vault: Vault) -> int:
    """How many notes in a copy the vault does not have, or not in the same words. Raises VaultError."""
    return len(set(copy.log.notes(None)) - set(vault.log.notes(None)))


def digest_of_notes(vault: Vault) -> str:
    """A digest (SHA-256, hex) that differs whenever a note does; empty where there is none. Raises VaultError."""
    notes = sorted(map(astuple, vault.log.notes(None)))
    return hashlib.sha256(json.dumps(notes).encode("ascii")).hexdigest() if notes else ""
