"""What an interruption leaves where it is more than nothing: said by what is there, not by what was meant."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from app.casefile import Casefile
from app.commands.recovery import HandingOut
from app.commands.telling import INTERRUPTED, NotShown
from app.errors import HoldfastError
from app.plaintext import visible
from vault.backup_place import draft_of
from vault.errors import VaultError, WaysUnsure
from vault.slots import SlotFile, read_slots

_STOPS = (KeyboardInterrupt, click.Abort, EOFError)
_UNHEARD = (*_STOPS, NotShown, BrokenPipeError)
"""Also what was to be said and reached nobody: as much is done then, and as little is known of it."""
_NO_WORDS = "There are no recovery words now; “holdfast-cli passphrase” makes them at any time."
_OPEN_IT = "Open it as usual."
_WITH_THE_NEW = "Open it with the new passphrase."


class Stopped(HoldfastError):
    """Somebody stopped a command after it had changed something."""

    exit_status = INTERRUPTED


@contextmanager
def new_vault(casefile: Casefile, giving: HandingOut) -> Iterator[None]:
    """What is done with a vault that was just made: it stays. Raises Stopped."""
    try:
        yield
    except _UNHEARD:
        _drop_words_of_nobody(casefile, giving)
        raise Stopped(
            "Stopped, but the vault is made.",
            safe="It is whole, and its passphrase opens it.",
            next=_OPEN_IT if _has_words(_slots(casefile.vault.path)) else _NO_WORDS,
        ) from None


@contextmanager
def new_ways_in(casefile: Casefile, giving: HandingOut) -> Iterator[None]:
    """A change of the passphrase or the key, until its words are with somebody. Raises Stopped once it is in force.

    Where the disk lets nobody say whether it is, they get the words all the same.
    """
    folder = casefile.vault.path
    before = _slots(folder)
    giving.is_for(casefile)
    try:
        yield
    except WaysUnsure as unsure:
        giving.give_in_doubt(unsure.words)
        raise
    except _UNHEARD:
        now = _slots(folder)
        if before is not None and now is not None and now.slots == before.slots:
            raise
        _drop_words_of_nobody(casefile, giving)
        raise Stopped(
            "Stopped, but the new passphrase is in force.",
            safe="Nothing that was kept is lost. The old passphrase, and recovery words from before, open this vault "
            "no more.",
            next=_WITH_THE_NEW if _has_words(_slots(folder)) else f"{_WITH_THE_NEW} {_NO_WORDS}",
        ) from None


@contextmanager
def backup_to(dest: Path) -> Iterator[None]:
    """The making of a backup: what is copied stays, and the next one goes on with it. Raises Stopped."""
    try:
        yield
    except _STOPS:
        draft = draft_of(dest.resolve())
        if draft.exists():
            left = f"What was copied stands, encrypted, in the folder {visible(draft.name)} beside its place."
            then = "The same command goes on with it. If you want no backup there, remove that folder."
        else:
            left = "The copy there opens, as it was before or as it was to become."
            then = "The same command goes on where it was."
        raise Stopped(
            "Stopped before the backup was done.", safe=f"Your vault is as it was. {left}", next=then
        ) from None


@contextmanager
def destruction() -> Iterator[None]:
    """The destroying of a vault. Raises Stopped."""
    try:
        yield
    except _STOPS:
        raise Stopped(
            "Stopped while the vault was being destroyed.",
            safe="What is destroyed already is gone: the ways to open it come first.",
            next="The same command destroys the rest.",
        ) from None


def _drop_words_of_nobody(casefile: Casefile, giving: HandingOut) -> None:
    if not giving.is_done:
        with suppress(VaultError):
            casefile.drop_recovery_words()


def _slots(folder: Path) -> SlotFile | None:
    with suppress(VaultError):
        return read_slots(folder)
    return None


def _has_words(slots: SlotFile | None) -> bool:
    return slots is not None and any(slot.cost is None for slot in slots.slots)
