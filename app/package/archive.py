"""The zip of a package: stored, one folder, sorted, without a time or an owner, written in one pass."""

import hashlib
import os
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from app.package.bag import Part

_NO_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16
_END, _END64, _LOCATOR64 = struct.Struct("<4s4H2IH"), struct.Struct("<4sQ2H2I4Q"), struct.Struct("<4sIQI")
_MOST16, _MOST32 = 0xFFFF, 0xFFFFFFFF


class Archive:
    """A package that is being written. Parts come sorted by path, as the format wants them."""

    def __init__(self, path: Path, folder: str) -> None:
        """Begin a new zip. Raises OSError."""
        self._path = path
        self._zip = zipfile.ZipFile(path, "x", zipfile.ZIP_STORED)
        self._folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
        if kind is None:
            _write_end(self._path, len(self._zip.filelist), self._zip.start_dir)

    def add(self, part: Part) -> str:
        """Write a part; returns its SHA-256. Raises OSError, and what reading the part raises."""
        info = zipfile.ZipInfo(f"{self._folder}/{part.path}", _NO_TIME)
        info.create_system, info.external_attr = _UNIX, _PLAIN_FILE
        info.file_size = part.size
        digest = hashlib.sha256()
        with self._zip.open(info, "w") as file:
            for chunk in part.chunks():
                digest.update(chunk)
                file.write(chunk)
        return digest.hexdigest()


def _write_end(path: Path, count: int, start: int) -> None:
    """End the zip anew (APPNOTE 6.3, 4.3.14 to 4.3.16): with zip64 exactly where a number does not fit without.

    The library begins with it at 2 GiB and then points to it from nowhere; and it forgets it for 65,535 files.
    """
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _END.size - _LOCATOR64.size))
        has_locator = file.read(4) == b"PK\6\7"
        end = size - _END.size - (_LOCATOR64.size + _END64.size if has_locator else 0)
        length = end - start
        file.seek(end)
        file.truncate()
        if count >= _MOST16 or max(length, start) >= _MOST32:
            file.write(_END64.pack(b"PK\6\6", _END64.size - 12, 45, 45, 0, 0, count, count, length, start))
            file.write(_LOCATOR64.pack(b"PK\6\7", 0, end, 1))
            count, length, start = _MOST16, _MOST32, _MOST32
        file.write(_END.pack(b"PK\5\6", 0, 0, count, count, length, start, 0))


def file_chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, 1 MiB at a time."""
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(1024 * 1024):
            yield chunk
