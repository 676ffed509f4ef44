"""What is damaged in an open case: by its reference where there is one, and how much of it can still be read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vault.chain import Action

if TYPE_CHECKING:
    from app.casefile import Casefile


@dataclass(frozen=True, slots=True)
class Damaged:
    """What of a damaged log cannot be read; all of it is empty where no entry is lost. References in their order."""

    changed: tuple[str, ...]
    """Exhibits of which a later change cannot be read, what was written before can."""
    unread: tuple[str, ...]
    """Exhibits of which the entry that added them cannot be read: they are in no list."""
    others: int
    """How many other entries cannot be read."""
    entries: int
    """How many entries can be read."""


def damaged(casefile: "Casefile") -> Damaged | None:
    """What is damaged in the log of this case, None where nothing is. Raises VaultError."""
    vault = casefile.vault
    if vault.damage is None:
        return None
    changed: dict[str, None] = {}
    unread: dict[str, None] = {}
    others = 0
    for lost in vault.damage.lost:
        if not lost.ref or lost.subject is None:
            others += 1
        elif any(entry.action is Action.ADD for entry in vault.of_subject(lost.subject)):
            changed[lost.ref] = None
        else:
            unread[lost.ref] = None
    # The head is the last entry that can be read; some behind it may be known to have been there.
    end = max([vault.head.entries, *(lost.seq for lost in vault.damage.lost)])
    return Damaged(tuple(changed), tuple(unread), others, end - len(vault.damage.lost))
