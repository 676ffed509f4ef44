"""Private notes, beside the log: no entry tells that one was written in a copy, so its head file does."""

import hashlib
import json
from contextlib import suppress
from dataclasses import astuple

from vault.errors import NotConfirmed, VaultError
from vault.log import NoteRow
from vault.vault import Vault


def set_note(vault: Vault, note: NoteRow) -> None:
    """Keep a note, in place of the one with its id.

    Raises ReadOnlyVault, DiskFull, DiskFailed: it is not kept then; NotConfirmed: it is, or nobody can tell.
    """
    with vault.turn():
        vault.require_writable()
        vault.renew_head()
        try:
            vault.log.set_note(note)
        except VaultError as error:
            # A commit can fail after its last write, as that of an entry: only the log can say.
            if _may_hold(vault, note):
                raise NotConfirmed from error
            raise


def remove_note(vault: Vault, note: str) -> None:
    """Forget a note. Raises ReadOnlyVault, DiskFull, DiskFailed: then it is there, or the disk failed at the end."""
    with vault.turn():
        vault.require_writable()
        vault.renew_head()
        vault.log.remove_note(note)


def _may_hold(vault: Vault, note: NoteRow) -> bool:
    with suppress(VaultError):
        return note in vault.log.notes(None)
    return True


def notes_only_in(copy: Vault, vault: Vault) -> int:
    """How many notes in a copy the vault does not have, or not in the same words. Raises VaultError."""
    return len(set(copy.log.notes(None)) - set(vault.log.notes(None)))


def digest_of_notes(vault: Vault) -> str:
    """A digest (SHA-256, hex) that differs whenever a note does; empty where there is none. Raises VaultError."""
    notes = sorted(map(astuple, vault.log.notes(None)))
    return hashlib.sha256(json.dumps(notes).encode("ascii")).hexdigest() if notes else ""
