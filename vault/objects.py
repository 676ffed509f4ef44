"""The object store: one encrypted, write-once file per captured file, under a random name."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from vault.chain import ObjectId, StoredObject
from vault.disk import Disk, told
from vault.errors import DamagedVault, DiskFailed
from vault.keys import OBJECT, KeyRing
from vault.layout import ORPHANS
from vault.long_files import ReadOnce, written_durably
from vault.stream import BrokenObject, Measure, Progress, decrypt, encrypt, measure, measured

_ID = re.compile(r"[0-9a-f]{32}")


class ObjectStore:
    """The folder objects/ of a vault."""

    def __init__(self, folder: Path, keys: KeyRing, disk: Disk) -> None:
        self._folder = folder
        self._orphans = folder.parent / ORPHANS
        self._keys = keys
        self._disk = disk

    def write(
        self, source: BinaryIO, progress: Progress, object_id: ObjectId | None = None
    ) -> tuple[ObjectId, Measure]:
        """Encrypt a stream into a new object file, durable and read back before this returns.

        It gets a new id, but where a vault is encrypted anew. Raises DiskFull, DiskFailed; whatever `progress` or
        `source` raise comes through. Nothing stays behind then.
        """
        object_id = object_id or ObjectId(secrets.token_hex(16))
        draft = self._folder / f"tmp-{object_id}"
        target = self._home(object_id)
        try:
            with told():
                file = self._disk.create(draft)
            with file, written_durably(self._disk, file) as sink:
                written = encrypt(self._keys.key(OBJECT), object_id, source, sink, progress)
            with told():
                self._make_room_for(target)
                self._disk.rename(draft, target)
                self._disk.sync_folder(target.parent)
                self._disk.sync_folder(self._folder)
            self._require_kept(object_id, written)
        except BaseException:
            for path in (draft, target):
                self._disk.discard(path)
            raise
        return object_id, written

    def read(self, stored: StoredObject) -> Iterator[memoryview]:
        """The untouched bytes, in blocks of at most 1 MiB, each valid until the next is asked for.

        Raises DamagedVault as soon as anything differs from what was captured, at the latest at the end.
        """
        with self._opened(stored.id) as file:
            yield from _checked(decrypt(self._keys.key(OBJECT), stored.id, file), stored)

    def require_whole(self, stored: StoredObject) -> None:
        """Read a file again, to its end. Raises DamagedVault."""
        for _chunk in self.read(stored):
            pass

    def read_unnamed(self, object_id: ObjectId) -> Iterator[memoryview]:
        """The bytes of a file that no entry names, as `read`: all of them, but nobody knows what they should be."""
        with self._opened(object_id) as file:
            yield from decrypt(self._keys.key(OBJECT), object_id, file)

    @contextmanager
    def _opened(self, object_id: ObjectId) -> Iterator[ReadOnce]:
        try:
            with ReadOnce(self._disk, self.path(object_id)) as file:
                yield file
        except BrokenObject as error:
            raise DamagedVault(f"A stored file is damaged ({error}).") from error
        except FileNotFoundError:
            raise DamagedVault("A stored file is missing.") from None
        except PermissionError as error:
            raise DamagedVault("A stored file cannot be read: this computer does not allow it.") from error
        except OSError as error:
            raise DamagedVault("A stored file cannot be read from the disk.") from error

    def remove(self, object_id: ObjectId) -> None:
        """Unlink an object that was withdrawn, wherever it is; no error where it is gone already."""
        with told():
            for path in (self._home(object_id), self._orphans / object_id):
                if path.exists():
                    self._disk.remove(path)
                    self._disk.sync_folder(path.parent)

    def path(self, object_id: ObjectId) -> Path:
        """Where an object's file is: set aside, if the log did not name it for a while, or else where it belongs."""
        home, aside = self._home(object_id), self._orphans / object_id
        with suppress(OSError):
            if not home.exists() and aside.is_file():
                return aside
        return home

    def _home(self, object_id: ObjectId) -> Path:
        return self._folder / object_id[:2] / object_id

    def holds(self, object_id: ObjectId) -> bool:
        """Whether there is a file of this object, damaged or not."""
        with suppress(OSError):
            return self.path(object_id).exists()
        return False

    def may_hold(self, object_id: ObjectId) -> bool:
        """Whether there is a file of this object, or nobody can tell because the disk does not say."""
        try:
            self.path(object_id).lstat()
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return True

    def clean(self) -> None:
        """Remove the half-written files of a write that was interrupted."""
        self._disk.remove_drafts(self._folder)

    def names(self) -> Iterator[ObjectId]:
        """The ids of all object files that are there; whatever else lies between them is not ours."""
        for folder in self._folder.glob("??"):
            with suppress(OSError):
                for path in folder.iterdir():
                    if _ID.fullmatch(path.name) and path.name.startswith(folder.name) and path.is_file():
                        yield ObjectId(path.name)

    def set_aside(self, object_id: ObjectId) -> None:
        """Move a file that no entry names to orphans/. Raises OSError."""
        with suppress(FileExistsError):
            self._disk.make_folder(self._orphans)
        self._disk.sync_folder(self._orphans.parent)
        self._disk.move(self._home(object_id), self._orphans / object_id)

    def bring_back(self, object_id: ObjectId) -> None:
        """Move a file that was set aside back to where it belongs, where it is missing there. Raises OSError."""
        home, aside = self._home(object_id), self._orphans / object_id
        if not home.exists() and aside.is_file():
            self._make_room_for(home)
            self._disk.sync_folder(self._folder)
            self._disk.move(aside, home)

    def _make_room_for(self, target: Path) -> None:
        with suppress(FileExistsError):
            self._disk.make_folder(target.parent)

    def _require_kept(self, object_id: ObjectId, written: Measure) -> None:
        try:
            with ReadOnce(self._disk, self.path(object_id)) as file:
                kept = measure(decrypt(self._keys.key(OBJECT), object_id, file))
        except (BrokenObject, OSError) as error:
            raise DiskFailed("What was written could not be read back.") from error
        if kept != written:
            raise DiskFailed("What was read back is not what was written.")


def _checked(blocks: Iterator[memoryview], stored: StoredObject) -> Iterator[memoryview]:
    found = yield from measured(blocks)
    if found != Measure(stored.sha256, stored.size):
        raise BrokenObject("another file in its place")
