"""What lies in a vault's folder and is not the vault's: it is named, never removed, and goes along to a new form."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from vault.disk import Disk, told
from vault.layout import DATABASE_FILE, HEAD_FILE, LOCK, OBJECTS, ORPHANS, SLOTS_COPY, SLOTS_FILE

_OWN_FILES = frozenset({SLOTS_FILE, SLOTS_COPY, DATABASE_FILE, f"{DATABASE_FILE}-journal", HEAD_FILE, LOCK})
_OWN_FOLDERS = frozenset({OBJECTS, ORPHANS})
_DRAFT = "tmp-"
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_OBJECT, _SHARD = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{2}")


def is_litter(path: Path) -> bool:
    """Whether the system itself leaves such a file in every folder that somebody looks at."""
    return path.name.lower() in _LITTER or path.name.startswith("._")


def foreign_in(folder: Path) -> Iterator[Path]:
    """What is not the vault's own, below its folder, sorted; of a foreign folder itself, not what is in it."""
    for path in _inside(folder):
        if path.name in _OWN_FOLDERS and _is_folder(path):
            yield from _foreign_objects(path) if path.name == OBJECTS else _foreign_orphans(path)
        elif _is_folder(path) or not (path.name in _OWN_FILES or path.name.startswith(_DRAFT)):
            yield path


def carry(old: Path, new: Path, disk: Disk) -> None:
    """Move what is foreign in one form of a vault to the same place in another, which may have some of it already.

    Raises DiskFailed, DiskFull: then the rest is where it was.
    """
    for path in list(foreign_in(old)):
        target = new / path.relative_to(old)
        with told():
            if not target.parent.exists():
                disk.make_folder(target.parent)
            if target.exists() and is_litter(path):
                continue
            disk.rename(path, _free_name(target))
            disk.sync_folder(target.parent)


def _free_name(target: Path) -> Path:
    number, free = 2, target
    while free.exists():
        free = target.with_name(f"{target.stem}-{number}{target.suffix}")
        number += 1
    return free


def _foreign_objects(folder: Path) -> Iterator[Path]:
    for path in _inside(folder):
        if _is_folder(path) and _SHARD.fullmatch(path.name):
            for inner in _inside(path):
                if _is_folder(inner) or not (_OBJECT.fullmatch(inner.name) and inner.name.startswith(path.name)):
                    yield inner
        elif _is_folder(path) or not path.name.startswith(_DRAFT):
            yield path


def _foreign_orphans(folder: Path) -> Iterator[Path]:
    for path in _inside(folder):
        if _is_folder(path) or not _OBJECT.fullmatch(path.name):
            yield path


def _inside(folder: Path) -> list[Path]:
    """What is in a folder, as far as the system shows it."""
    with suppress(OSError):
        return sorted(folder.iterdir())
    return []


def _is_folder(path: Path) -> bool:
    with suppress(OSError):
        return path.is_dir() and not path.is_symlink()
    return False
