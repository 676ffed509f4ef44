"""The untouched bytes of an exhibit as new files: whole, checked against their hash, or not at all."""

import secrets
from contextlib import suppress
from pathlib import Path

from app import unfinished
from app.errors import NoRoom, RefusedForSafety, WrongUse
from app.kinds import Kind
from app.places import require_outside_vaults
from app.subjects import Subject
from app.under18_words import under18_words
from vault.chain import StoredObject
from vault.disk import Disk, told, write_all
from vault.errors import DamagedVault, DiskFailed, DiskFull
from vault.long_files import written_durably
from vault.objects import ObjectStore
from vault.vault import Vault


def extract_files(vault: Vault, exhibit: Subject, out: Path) -> list[tuple[Path, StoredObject]]:
    """Write the files of an exhibit to `out`, `out-2` …, durably, readable by their owner alone.

    Raises WrongUse where there is nothing to extract, something stands there already or a vault is around it,
    RefusedForSafety where the exhibit is held, DamagedVault where the bytes are not those that were captured, NoRoom.
    Nothing is left then; what is left after the program was killed goes when the vault is next opened.
    """
    _require_extractable(exhibit)
    require_outside_vaults(out)
    targets = [(_numbered(out, number), stored) for number, stored in enumerate(exhibit.objects, start=1)]
    for path, _stored in targets:
        _require_free(path)
    drafts = [(path.with_name(f"tmp-{secrets.token_hex(8)}"), path) for path, _stored in targets]
    made: list[Path] = []
    unfinished.remember(vault, *(draft for draft, _path in drafts))
    try:
        for (draft, _path), (_target, stored) in zip(drafts, targets, strict=True):
            made.append(draft)
            _write(vault.objects, stored, draft)
        for draft, path in drafts:
            _require_free(path)
            made.append(path)
            _name(draft, path)
    except BaseException as error:
        for path in made:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        if isinstance(error, DiskFull | DiskFailed):
            raise NoRoom(error.what, next="Free some room, or choose a place on another disk.") from error
        if isinstance(error, DamagedVault):
            raise DamagedVault(f"{exhibit.ref}: {error.what}") from error
        raise
    finally:
        unfinished.clear(vault)
    return targets


def _require_extractable(exhibit: Subject) -> None:
    if exhibit.kind is not Kind.EXHIBIT:
        raise WrongUse("This holds words and no file.", next="Show it instead.")
    if exhibit.held:
        words = under18_words().held
        raise RefusedForSafety(words.not_given, next=words.next)
    if exhibit.withdrawn:
        raise WrongUse("This exhibit was withdrawn; its file is gone.", next="Show its history instead.")


def _require_free(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise WrongUse("There is already something at that place; it was not touched.", next="Choose another name.")
    if not path.parent.is_dir():
        raise WrongUse("The folder for it is not there.", next="Make that folder first, or choose another.")


def _write(objects: ObjectStore, stored: StoredObject, draft: Path) -> None:
    disk = Disk()
    with told():
        file = disk.create(draft)
    with file, written_durably(disk, file) as sink:
        for block in objects.read(stored):
            write_all(sink, block)


def _name(draft: Path, path: Path) -> None:
    disk = Disk()
    with told():
        disk.rename(draft, path)
        disk.sync_folder(path.parent)


def _numbered(out: Path, number: int) -> Path:
    return out if number == 1 else out.with_name(f"{out.stem}-{number}{out.suffix}")
