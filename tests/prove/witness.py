"""What was acknowledged, and the demand that all of it is there when the vault is opened again."""

from dataclasses import dataclass, field
from pathlib import Path

from vaults import STAMP

from prove.backups import BackupWitness
from prove.events import FIRST, BackedUp, Did, Event, Loss, Stored, WaysIn, Will, mark_of
from vault.chain import Action, Entry, Kind, StoredObject
from vault.check import check
from vault.disk import Disk
from vault.drafts import Draft, new_entry_id
from vault.errors import DamagedVault, VaultError, WrongPassphrase, WrongWords
from vault.keys import OBJECT, sub_key
from vault.log import Row
from vault.opening import FindingKind
from vault.recovery import RecoverySecret
from vault.stream import BrokenObject, decrypt, measure
from vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Reopened:
    """What was found at opening, for counting: whether something is there that came too late to be acknowledged."""

    in_flight: bool = False


@dataclass(slots=True)
class Witness:
    """Hears every event, and demands at any moment what has to be there then."""

    links: list[str] = field(default_factory=list)
    coming: tuple[str, ...] = ()
    objects: dict[str, Stored] = field(default_factory=dict)
    ways: tuple[WaysIn, ...] = (FIRST,)
    heard: int = 0
    backup: BackupWitness = field(default_factory=BackupWitness)

    def hear(self, event: Event) -> None:
        """Take note of an event."""
        self.heard += 1
        match event:
            case Will(marks):
                self.coming = marks
            case Did(links):
                self.links += links
                self.coming = ()
            case Stored():
                self.objects[event.id] = event
            case WaysIn():
                self.ways = (event,) if event.sure else (*self.ways, event)
            case BackedUp():
                self.backup.hear(event, self.links, self.ways)

    def settle(self, vault: Vault, *, may_be_kept: bool) -> None:
        """After a call that failed: nothing of it is there, or (only where that was said) all of it."""
        links = [row.link for row, _entry in self._kept(vault)]
        if len(links) > len(self.links) and not may_be_kept:
            raise Loss("it was said that this was not kept, and it was")
        self.links = list(links)
        self.coming = ()

    def catch_up(self, path: Path) -> None:
        """Count what was on its way and is there as acknowledged from now on: it has been seen."""
        if path.exists():
            vault = self.opened(path)
            self.settle(vault, may_be_kept=True)
            self.ways = (self._way_into(vault),)
            vault.close()

    def require_kept(self, path: Path, *, goes_on: bool = False) -> Reopened:
        """Open the vault and demand everything; `goes_on`: append once more and open again. Raises Loss."""
        if not self.links and not path.exists():
            return Reopened()
        vault = self.opened(path)
        try:
            found = Reopened(in_flight=len(self._kept(vault)) > len(self.links) > 0)
            self._require_objects(vault)
            self._require_whole(vault)
            self.backup.require(vault)
            if goes_on:
                self.backup.go_on(vault)
                vault.append([Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), {"what_happened": "after"})], STAMP)
        except VaultError as error:
            raise Loss(f"the vault opens, and then: {error.what}") from error
        finally:
            vault.close()
        if goes_on:
            again = self.opened(path)
            self._require_whole(again)
            again.close()
        return found

    def opened(self, path: Path, disk: Disk | None = None) -> Vault:
        """The vault, opened with whichever passphrase may be the one now; its words open it too then. Raises Loss."""
        for way in self.ways:
            try:
                vault = Vault.open(path, way.passphrase, disk=disk)
            except WrongPassphrase:
                continue
            except (VaultError, OSError) as error:
                raise Loss(f"the vault does not open: {error!r} {error.__cause__!r}") from error
            try:
                self._way_into(vault)
            except Loss:
                vault.close()
                raise
            return vault
        raise Loss("no passphrase that was told opens the vault")

    def _way_into(self, vault: Vault) -> WaysIn:
        """Which of the ways it is: the passphrase of one, and the words that go with it. Raises Loss."""
        slots = vault.slot_file
        for way in self.ways:
            try:
                slots.unlock(way.passphrase)
                if way.words:
                    slots.unlock(RecoverySecret(bytes.fromhex(way.words)))
            except (WrongPassphrase, WrongWords):
                continue
            return way
        raise Loss("recovery words that were handed out do not open the vault")

    def _kept(self, vault: Vault) -> list[tuple[Row, Entry]]:
        kept = list(vault.entries())
        links = [row.link for row, _entry in kept]
        if links[: len(self.links)] != self.links:
            raise Loss(f"{len(self.links)} entries were acknowledged, {len(links)} are there, or others")
        more = tuple(mark_of(entry) for _row, entry in kept[len(self.links) :])
        if self.links and more and more != self.coming:
            raise Loss("an entry is there that nobody was writing, or a part of what belongs together")
        return kept

    def _require_objects(self, vault: Vault) -> None:
        named: dict[str, StoredObject] = {}
        withdrawn: set[str] = set()
        for entry in (entry for _row, entry in vault.entries()):
            named |= {stored.id: stored for stored in entry.objects}
            if entry.action is Action.WITHDRAW:
                withdrawn |= {stored.id for each in vault.of_subject(entry.id) for stored in each.objects}
        for stored in named.values():
            if stored.id not in withdrawn:
                self._require_readable(vault, stored)
            elif vault.objects.path(stored.id).exists():
                raise Loss("the file of something withdrawn is still there")
        for acknowledged in self.objects.values():
            if acknowledged.id not in named:
                self._require_set_aside(vault, acknowledged)
            elif named[acknowledged.id].sha256 != acknowledged.sha256:
                raise Loss("an object is named with another hash")

    def _require_readable(self, vault: Vault, stored: StoredObject) -> None:
        try:
            for _chunk in vault.objects.read(stored):
                pass
        except DamagedVault as error:
            raise Loss(f"an object does not read back: {error.what}") from error

    def _require_set_aside(self, vault: Vault, stored: Stored) -> None:
        key = sub_key(vault.keys.vault_key, OBJECT)
        try:
            with (vault.path / "orphans" / stored.id).open("rb") as file:
                found = measure(decrypt(key, stored.id, file))
        except (OSError, BrokenObject) as error:
            raise Loss("an object that was stored, and that no entry names yet, is gone") from error
        if (found.sha256, found.size) != (stored.sha256, stored.size):
            raise Loss("an object that was stored reads back as something else")

    def _require_whole(self, vault: Vault) -> None:
        if vault.read_only:
            raise Loss("the vault opens for reading alone")
        report = check(vault)
        if report.faults:
            raise Loss(f"the check finds {report.faults}")
        if any(finding.kind is not FindingKind.ORPHANS for finding in vault.findings):
            raise Loss(f"at opening was found: {vault.findings}")
        beside = [path for path in vault.path.parent.glob("tmp-*") if not path.name.startswith("tmp-backup-")]
        if beside + list(vault.path.rglob("tmp-*")):
            raise Loss("half-written files are left")
        if set(vault.objects.names()) - set(vault.log.objects()):
            raise Loss("a file that no entry names was not set aside")
