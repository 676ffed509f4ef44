"""Two copies of one vault side by side: which is ahead, or since which entry they went on separately."""

from bisect import bisect_left
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from vault.chain import Link
from vault.errors import DamagedVault, DiskFailed
from vault.notes import notes_only_in
from vault.rescue import walk
from vault.vault import Vault


class Standing(StrEnum):
    """How a vault stands to another copy of it."""

    EQUAL = "equal"
    AHEAD = "ahead"
    """It goes on where the copy ends."""
    BEHIND = "behind"
    """The copy goes on where it ends."""
    APART = "apart"
    """Both went on separately."""
    ANOTHER = "another"
    """The copy is another vault."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two vaults stand, the last entry that both have alike (0: none), and how many entries each holds.

    `withdrawn`: files in the other one of what was withdrawn in the first. `notes`: those in the other one that the
    first does not have, or not in the same words.
    """

    standing: Standing
    common: int
    entries: int
    others: int
    withdrawn: int = 0
    notes: int = 0


def compare(vault: Vault, other: Vault) -> Comparison:
    """Compare two open vaults by the links of their entries: one link stands for everything before it.

    Raises VaultError. Where entries of one cannot be read, those that both have are compared.
    """
    mine, others = vault.head.entries, other.head.entries
    if vault.id != other.id:
        return Comparison(Standing.ANOTHER, 0, mine, others)
    numbers: Sequence[int] = range(1, min(mine, others) + 1)
    differing = -1
    if vault.damage is None and other.damage is None:
        # A damaged page may be found only now.
        with suppress(DamagedVault, DiskFailed):
            differing = bisect_left(numbers, True, key=lambda seq: _link(vault, seq) != _link(other, seq))
    if differing < 0:
        ours, theirs = _links(vault), _links(other)
        numbers = sorted(ours.keys() & theirs.keys())
        differing = bisect_left(numbers, True, key=lambda seq: ours[seq] != theirs[seq])
    common = numbers[differing - 1] if differing else 0
    if differing < len(numbers):
        standing = Standing.APART
    elif mine == others:
        standing = Standing.EQUAL
    else:
        standing = Standing.AHEAD if mine > others else Standing.BEHIND
    gone = (name for name, withdrawn in vault.log.objects().items() if withdrawn)
    return Comparison(standing, common, mine, others, sum(map(other.objects.may_hold, gone)), _notes(vault, other))


def _notes(vault: Vault, other: Vault) -> int:
    with suppress(DamagedVault, DiskFailed):
        return notes_only_in(other, vault)
    return 0


def _link(vault: Vault, seq: int) -> Link | None:
    row = vault.log.row(seq)
    return row.link if row is not None else None


def _links(vault: Vault) -> dict[int, Link]:
    return {row.seq: row.link for row in walk(vault.log, vault.head.entries)}
