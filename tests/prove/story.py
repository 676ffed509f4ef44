"""A run that uses everything a vault can do, step by step: what the proofs cut, fill up and break."""

import io
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vaults import CHEAP, PASSPHRASE, STAMP

from prove.backups import place_of_backup
from prove.events import FIRST, BackedUp, Did, Event, Stored, WaysIn, Will, mark_of
from vault.backup import backup
from vault.chain import Action, Entry, EntryId, Kind, StoredObject
from vault.disk import Disk
from vault.drafts import Draft, new_entry_id
from vault.errors import BackupOfOldKey, NotReopened, VaultError, WaysUnsure, WrongPassphrase
from vault.opening import Way
from vault.recovery import RecoverySecret
from vault.rekey import rekey
from vault.vault import Vault


class Story:
    """One vault from its making on; every event is told as it happens."""

    def __init__(
        self,
        path: Path,
        disk: Disk,
        tell: Callable[[Event], None],
        chance: random.Random,
        way: WaysIn = FIRST,
    ) -> None:
        """`way`: what opens the vault, where it is there already."""
        self.path = path
        self.vault: Vault | None = None
        self._disk = disk
        self._tell = tell
        self._chance = chance
        self.ways: tuple[WaysIn, ...] = (way,)
        self.exhibits: list[EntryId] = []

    @property
    def opened(self) -> Vault:
        """The vault, which has to be open."""
        assert self.vault is not None
        return self.vault

    def create(self) -> None:
        case = Draft(Action.ADD, Kind.CASE, new_entry_id(), {"title": "a case"})
        vault = Vault.create(self.path, PASSPHRASE, STAMP, [case], cost=CHEAP, disk=self._disk)
        self.vault = vault
        self._tell(Did(tuple(row.link for row, _entry in vault.entries())))

    def append(self, *drafts: Draft) -> tuple[Entry, ...]:
        self._tell(Will(tuple(mark_of(draft) for draft in drafts)))
        before = self.opened.head.entries
        entries = self.opened.append(drafts, STAMP)
        self._tell(Did(tuple(row.link for row, _entry in self.opened.entries(before))))
        return entries

    def incident(self, letters: int = 40) -> None:
        self.append(self._incident(letters))

    def batch(self) -> None:
        self.append(*(self._incident(200) for _one in range(3)))

    def long_entry(self) -> None:
        self.incident(60_000)

    def exhibit(self, size: int = 300_000) -> None:
        content = self._chance.randbytes(size)
        object_id, measure = self.opened.store(io.BytesIO(content))
        self._tell(Stored(object_id, measure.sha256, measure.size))
        stored = StoredObject(object_id, measure.sha256, measure.size, "image/png", "a.png")
        ref = f"AB/{self.opened.log.highest_number('AB') + 1}"
        draft = Draft(Action.ADD, Kind.EXHIBIT, new_entry_id(), {"ref": ref}, (stored,))
        self.append(draft)
        self.exhibits.append(draft.id)

    def empty_exhibit(self) -> None:
        self.exhibit(0)

    def big_exhibit(self) -> None:
        self.exhibit(self._chance.randrange(2_000_000, 6_000_000))

    def amend(self) -> None:
        self.append(Draft(Action.AMEND, Kind.EXHIBIT, self.exhibits[-1], {"title": "what it shows"}))

    def withdraw(self) -> None:
        self.append(Draft(Action.WITHDRAW, Kind.EXHIBIT, self.exhibits.pop(0), {"why": "the wrong file"}))

    def type_a_draft(self) -> None:
        self.opened.log.set_draft("incident", "not yet kept")

    def make_words(self) -> None:
        secret = RecoverySecret(self._chance.randbytes(16))
        with self._changing(self._passphrase, secret) as changed:
            changed(self.opened.set_recovery_words(secret))

    def change_passphrase(self) -> None:
        passphrase = self._new_passphrase()
        with self._changing(passphrase) as changed:
            changed(self.opened.set_passphrase(passphrase, cost=CHEAP))

    def rekey(self) -> None:
        passphrase = self._new_passphrase()
        vault, self.vault = self.opened, None
        try:
            with self._changing(passphrase) as changed:
                made = rekey(vault, passphrase, cost=CHEAP, disk=self._disk)
                self.vault = made.vault
                changed(made.words)
        finally:
            vault.close()

    @property
    def _passphrase(self) -> str:
        return self.ways[0].passphrase

    def _new_passphrase(self) -> str:
        return "".join(self._chance.choices("abcdefgh", k=12))

    @contextmanager
    def _changing(
        self, passphrase: str, coming: RecoverySecret | None = None
    ) -> Iterator[Callable[[RecoverySecret | None], None]]:
        """What is told of a change: what may open the vault while it goes on, and what opens it when it is done."""
        before = self.ways[0]

        def changed(secret: RecoverySecret | None) -> None:
            self._opened_by(WaysIn(passphrase, secret.hex() if secret else "", sure=True))

        self._opened_by(WaysIn(passphrase, coming.hex() if coming else "", sure=False))
        try:
            yield changed
        except NotReopened as error:
            changed(error.words)
            raise
        except WaysUnsure as error:
            self._opened_by(before)
            self._opened_by(WaysIn(passphrase, error.words.hex() if error.words else "", sure=False))
            raise
        except VaultError:
            # Nothing else was said: what opened it before is what opens it.
            self._opened_by(before)
            raise

    def _opened_by(self, way: WaysIn) -> None:
        self.ways = (way,) if way.sure else (*self.ways, way)
        self._tell(way)

    def back_up(self) -> None:
        self._tell(BackedUp(done=False))
        # Killed before the vault noted what the backup holds, nobody knows whether somebody went on in it.
        with suppress(BackupOfOldKey):
            backup(self.opened, place_of_backup(self.path), disk=self._disk)
            self._tell(BackedUp(done=True))

    def rebuild(self) -> None:
        self.opened.log.rebuild()

    def close(self) -> None:
        vault, self.vault = self.opened, None
        vault.close()

    def open(self) -> None:
        for way in self.ways:
            try:
                self.vault = Vault.open(self.path, way.passphrase, disk=self._disk)
            except WrongPassphrase:
                continue
            return
        raise WrongPassphrase

    def open_with_words(self) -> None:
        words = RecoverySecret(bytes.fromhex(self.ways[0].words))
        self.vault = Vault.open_with_words(self.path, words, Way(disk=self._disk))

    def _incident(self, letters: int) -> Draft:
        text = "".join(self._chance.choices("abcdefgh ", k=letters))
        return Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), {"what_happened": text})


Step = Callable[[Story], None]
STEPS: tuple[Step, ...] = (
    Story.create,
    Story.make_words,
    Story.incident,
    Story.exhibit,
    Story.batch,
    Story.back_up,
    Story.amend,
    Story.type_a_draft,
    Story.empty_exhibit,
    Story.withdraw,
    Story.change_passphrase,
    Story.close,
    Story.open_with_words,
    Story.make_words,
    Story.exhibit,
    Story.long_entry,
    Story.rebuild,
    Story.back_up,
    Story.rekey,
    Story.incident,
    Story.back_up,
    Story.close,
    Story.open,
    Story.close,
)
