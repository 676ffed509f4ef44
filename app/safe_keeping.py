"""What keeps a case safe, as the window asks for it: jobs for the background; what is heavy is loaded when needed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app import lazy
from app.errors import WrongUse
from vault.chain import Kind

if TYPE_CHECKING:
    from app.casefile import Casefile
    from app.comparing import Compared
    from vault.backup import BackedUp
    from vault.keys import KdfCost
    from vault.recovery import RecoverySecret


_COUNTED = (Kind.EXHIBIT, Kind.ACCOUNT, Kind.PAYMENT, Kind.INCIDENT)


@dataclass(frozen=True, slots=True)
class Safety:
    """How safe a case stands: its name, and whether twelve words open it. `read_only`: nothing can be written."""

    name: str
    has_words: bool
    read_only: bool
    damaged: bool
    backed_up: datetime | None
    unsaved: bool
    """Whether the newest entry, or a note, is in no backup; openings and the beginning of a case do not count."""


@dataclass(frozen=True, slots=True)
class WayIn:
    """One way into a case: its passphrase, or recovery words (`by_words`); `since` (UTC) where that is known."""

    id: str
    by_words: bool
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Renewal:
    """A new passphrase, and the present one. `cost` is for tests alone.

    `leaving`: what may stay behind under the old key if it is damaged, as DamagedFiles.names gave it.
    """

    current: str = field(repr=False)
    new: str = field(repr=False)
    cost: "KdfCost | None" = None
    leaving: tuple[str, ...] = ()


def safety(casefile: "Casefile") -> Safety:
    """How safe a case stands."""
    vault = casefile.vault
    has_words = any(slot.cost is None for slot in casefile.slots)
    return Safety(
        vault.path.stem,
        has_words,
        vault.read_only,
        vault.damage is not None,
        last_backup(casefile),
        _is_unsaved(casefile),
    )


def change_passphrase(casefile: "Casefile", wanted: Renewal) -> None:
    """Set a new passphrase; older recovery words open the case no more.

    Raises WrongPassphrase where the present one is another; WrongUse, VaultError.
    """
    casefile.vault.slot_file.unlock(wanted.current)
    casefile.set_passphrase(wanted.new, words=False, cost=wanted.cost)


def renew_key(casefile: "Casefile", wanted: Renewal, progress: Callable[[int, int], None]) -> str:
    """Encrypt everything anew under a new key and passphrase; older recovery words open the case no more.

    `progress` is told (done, all) in bytes and may raise to stop. Returns the name of the old case where it stays
    beside the new one, because something in it was left behind; else nothing. Raises as `change_passphrase`, NoRoom,
    and DamagedFiles, whose `names` somebody may agree to leave behind.
    """
    casefile.vault.slot_file.unlock(wanted.current)
    stamp = casefile.clock.stamp(casefile.author()) if wanted.leaving else None
    made = casefile.rekey(
        wanted.new, words=False, cost=wanted.cost, progress=progress, leaving=wanted.leaving, stamp=stamp
    )
    return made.kept.name if made.kept is not None else ""


def keep_words(casefile: "Casefile", words: "RecoverySecret") -> None:
    """Let these words open the case from now on, and no older ones. Raises VaultError."""
    casefile.set_recovery_words(words)


def ways_in(casefile: "Casefile") -> tuple[WayIn, ...]:
    """The ways into a case."""
    since = casefile.slots_since
    return tuple(WayIn(slot.id, slot.cost is None, since.get(slot.id)) for slot in casefile.slots)


def close_way(casefile: "Casefile", way: WayIn) -> None:
    """Close one way into a case. Raises NotAllowed for the last one, WrongUse, VaultError."""
    casefile.remove_slot(way.id)


def compare_with_copy(
    casefile: "Casefile", folder: Path, passphrase: str | None, progress: Callable[[int, int], None]
) -> "Compared":
    """As app.comparing.compare_with."""
    return lazy.compare_with()(casefile, folder, passphrase, progress)


def make_backup(
    casefile: "Casefile", folder: Path, progress: Callable[[int, int], None], *, whole: bool = False
) -> "BackedUp":
    """Make a backup under the name of the case in a folder, or bring the one there up to date.

    `whole`: every file that is there already is read again, not only some of them. `progress` is told (done, all) in
    bytes and may raise to stop. Raises NoRoom, BackupRefused, VaultError.
    """
    back_up = partial(lazy.back_up(), again=None) if whole else lazy.back_up()
    return back_up(casefile, folder / casefile.vault.path.name, casefile.clock.now(), progress)


def last_backup(casefile: "Casefile") -> datetime | None:
    """When the case was backed up last (UTC), None where it never was."""
    return lazy.last_backup()(casefile)


def _is_unsaved(casefile: "Casefile") -> bool:
    newest = lazy.unsaved_since_backup()(casefile)
    has_entries = newest is not None and any(casefile.count(kind) for kind in _COUNTED)
    return has_entries or casefile.has_unsaved_notes


def require_name(path: Path, typed: str) -> None:
    """Let a case be destroyed by somebody who typed its name. Raises WrongUse."""
    if typed.strip() not in {path.stem, path.name}:
        raise WrongUse(
            "This is not the name of the case.", safe="Nothing was destroyed.", next="Type it as it stands above."
        )


def destroy_case(path: Path, now: datetime) -> None:
    """Destroy a case that is closed. Raises WrongUse, VaultError."""
    lazy.destroy_vault()(path, now)
