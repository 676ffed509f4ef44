"""Room on the disk: large things are refused before the last of it is used; words can then still be written down."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from app.errors import NoRoom

RESERVE = 64 * 1024 * 1024
"""Bytes that captures and exports leave free: the log, its journal and `head` need some of them at every entry."""
_SHARE = 16
"""On a small disk the reserve is this part of it: otherwise a stick of 64 MiB could hold nothing."""
_CIPHER_SHARE = 8192
"""An encrypted file is larger than its plaintext by less than this part of it."""
_UNITS = ((1024**3, "GiB"), (1024**2, "MiB"), (1024, "KiB"))


class Usage(NamedTuple):
    """Bytes of a file system, as shutil.disk_usage gives them."""

    total: int
    used: int
    free: int


def usage(place: Path) -> Usage:
    """The file system that a path lies on, or will lie on. Raises OSError."""
    while not place.exists() and place != place.parent:
        place = place.parent
    return Usage(*shutil.disk_usage(place))


def require_room(place: Path, size: int, measure: Callable[[Path], Usage] = usage, *, reserve: int = RESERVE) -> None:
    """Let `size` bytes be written where `place` is, if the reserve stays free beside them. Raises NoRoom.

    Where the system does not say how much is free, writing is tried: it says so itself when the disk is full.
    """
    try:
        found = measure(place)
    except OSError:
        return
    needed = size + size // _CIPHER_SHARE + min(reserve, found.total // _SHARE)
    if found.free < needed:
        raise NoRoom(
            f"There is not enough room on the disk: {in_words(needed)} are needed, {in_words(found.free)} are free.",
            safe="Nothing that was kept is lost, and nothing new was written. Words can still be kept.",
            next="Free some room, or use a larger disk, and try again.",
        )


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder, as far as they can be seen."""
    return sum(_sizes(folder))


def in_words(size: int) -> str:
    """Bytes as people read them: “1.2 GiB”."""
    for unit, name in _UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} bytes"


def _sizes(folder: Path) -> Iterator[int]:
    for path in folder.rglob("*"):
        with suppress(OSError):
            if path.is_file() and not path.is_symlink():
                yield path.stat().st_size
