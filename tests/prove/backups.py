"""The backup of a run: at any moment it opens as the old one or the new one, and the next backup goes on with it."""

from dataclasses import dataclass, field
from pathlib import Path

from prove.events import BackedUp, Loss, WaysIn
from vault.backup import backup
from vault.check import check
from vault.errors import BackupOfOldKey, VaultError, WrongPassphrase
from vault.opening import FindingKind
from vault.vault import Vault


def place_of_backup(vault: Path) -> Path:
    """Where the backup of a vault stands in these runs."""
    return vault.with_name("copy.holdfast")


@dataclass(slots=True)
class BackupWitness:
    """Knows what the backup has to hold, and what may open it."""

    links: list[str] = field(default_factory=list)
    ways: tuple[WaysIn, ...] = ()

    def hear(self, event: BackedUp, links: list[str], ways: tuple[WaysIn, ...]) -> None:
        """Take note that a backup begins, or is done; `links` and `ways` are those of the vault now."""
        if event.done:
            self.links, self.ways = list(links), ways
        else:
            self.ways = (*self.ways, *ways)

    def require(self, vault: Vault) -> None:
        """What was backed up is in the backup, whole, and nothing that the vault has not. Raises Loss."""
        path = place_of_backup(vault.path)
        if not path.exists() and not self.links:
            return
        copy = self._opened(path)
        try:
            links = [row.link for row in copy.log.rows()]
            if links[: len(self.links)] != self.links:
                raise Loss(f"{len(self.links)} entries were backed up, {len(links)} are in the backup, or others")
            if links != [row.link for row in vault.log.rows()][: len(links)]:
                raise Loss("the backup holds entries that the vault does not hold")
            if copy.read_only or check(copy).faults:
                raise Loss(f"the backup is not whole: {check(copy).faults}")
            harmless = {FindingKind.ORPHANS}
            if len(self.ways) > 1:
                # Cut off before new ways in were carried on: the old ones open it, and that is told.
                harmless.add(FindingKind.OLDER_SLOTS)
            if any(finding.kind not in harmless for finding in copy.findings):
                raise Loss(f"at opening the backup was found: {copy.findings}")
        except VaultError as error:
            raise Loss(f"the backup opens, and then: {error.what}") from error
        finally:
            copy.close()

    def go_on(self, vault: Vault) -> None:
        """The next backup goes on with what is there, and holds everything then. Raises Loss."""
        path = place_of_backup(vault.path)
        if not self.ways:
            return
        try:
            backup(vault, path)
        except BackupOfOldKey:
            # Cut off before the vault noted what the backup holds, nobody knows whether somebody went on in it.
            return
        except VaultError as error:
            raise Loss(f"the next backup is not made: {error.what}") from error
        copy = Vault.open_with_key(path, vault.keys.vault_key)
        try:
            if copy.head != vault.head or check(copy).faults:
                raise Loss("the next backup does not hold everything")
        finally:
            copy.close()

    def _opened(self, path: Path) -> Vault:
        for way in self.ways:
            try:
                return Vault.open(path, way.passphrase)
            except WrongPassphrase:
                continue
            except (VaultError, OSError) as error:
                raise Loss(f"the backup does not open: {error!r} {error.__cause__!r}") from error
        raise Loss("nothing opens the backup that opened the vault when it was made")
