"""Changing the ways into a vault: the new ones are in force, or the old ones still are, or it is said that either may.

Nobody is left with a passphrase or with words of which nobody said that they open the vault.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from vault.disk import Disk
from vault.errors import VaultError, WaysUnsure
from vault.keys import VaultKey
from vault.log import Log
from vault.recovery import RecoverySecret
from vault.slots import Slot, SlotFile, both_say


@dataclass(frozen=True, slots=True)
class Place:
    """Where the slots stand, what writes them, and the vault key that they are written under."""

    folder: Path
    disk: Disk
    key: VaultKey = field(repr=False)


def put_in_force(
    now: SlotFile, slots: Sequence[Slot], place: Place, log: Log, words: RecoverySecret | None = None
) -> SlotFile:
    """Write the next list of key slots, in both copies, and its generation into the log.

    `words` are what one of the new slots stands for, where it is recovery words. Raises NotAllowed where no slot would
    be left; DiskFull, DiskFailed where the old ones are in force, as before; WaysUnsure, with the words, where the disk
    let nobody say which.
    """
    renewed = now.renewed(slots).sealed(place.key)
    try:
        renewed.write(place.folder, place.key, place.disk)
        log.set_meta("generation", str(renewed.generation))
    except BaseException as error:
        if both_say(place.folder, now):
            raise
        # A change of its own: the higher generation counts, whatever became of the one that failed.
        back = SlotFile(now.vault, renewed.generation + 1, now.slots)
        try:
            back.write(place.folder, place.key, place.disk)
        except VaultError:
            raise WaysUnsure(words) from error
        with suppress(VaultError):
            # The next opening does it otherwise.
            log.set_meta("generation", str(back.generation))
        raise
    return renewed
