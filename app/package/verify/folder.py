"""A package as an unpacked folder: plain files only, no link is followed, litter is set aside."""

import itertools
import os
import re
import stat
from collections.abc import Iterable
from io import BufferedReader, FileIO, RawIOBase
from pathlib import Path
from typing import BinaryIO

from app.package.verify.container import FILE_LIMIT, Container, require_distinct
from vault.chain import Malformed

_LITTER = re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini|\._.*", re.ASCII | re.IGNORECASE | re.DOTALL)
_DEPTH_LIMIT = 8
_FOLDER_LIMIT = 1000
"""A package has four; file managers may add their own."""
_JUNCTION = 0xA0000003
"""IO_REPARSE_TAG_MOUNT_POINT: a folder on Windows that is another folder."""
_PLAIN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


class Folder(Container):
    """A folder on disk."""

    def __init__(self, root: Path) -> None:
        """List a folder. Raises OSError, and Malformed for links, devices and names that collide.

        A folder that holds nothing but one folder is what unpacking often makes, so the inner one is taken.
        """
        super().__init__()
        sizes: dict[str, int] = {}
        litter: list[str] = []
        waiting = [("", root)]
        folders = 0
        while waiting:
            prefix, folder = waiting.pop()
            with os.scandir(folder) as entries:
                for entry in entries:
                    path, status = prefix + entry.name, entry.stat(follow_symlinks=False)
                    if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION:
                        raise Malformed("a link in the folder")
                    if stat.S_ISDIR(status.st_mode):
                        waiting.append((path + "/", Path(entry.path)))
                        folders += 1
                    elif not stat.S_ISREG(status.st_mode):
                        raise Malformed("something in the folder that is no plain file")
                    elif _LITTER.fullmatch(entry.name):
                        litter.append(path)
                    else:
                        sizes[path] = status.st_size
                    if len(sizes) + len(litter) > FILE_LIMIT or folders > _FOLDER_LIMIT:
                        raise Malformed("more files than a package can have")
            if prefix.count("/") > _DEPTH_LIMIT:
                raise Malformed("folders in folders without end")
        outer = _outer(sizes)
        self._root = root / outer
        sizes = {path[len(outer) :]: size for path, size in sizes.items()}
        require_distinct(sizes)
        self.sizes, self.litter, self.weight = sizes, tuple(sorted(litter)), sum(sizes.values())

    def stream(self, path: str) -> RawIOBase:
        """The file itself; what became a link or something else meanwhile is not opened."""
        descriptor = os.open(self._root / path, _PLAIN)
        file = FileIO(descriptor)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            file.close()
            raise Malformed("something in the folder that is no plain file")
        return file

    def seekable(self, path: str) -> BinaryIO:
        """The file itself."""
        return BufferedReader(self.stream(path))

    def close(self) -> None:
        """Nothing is kept open."""


def _outer(paths: Iterable[str]) -> str:
    """The folders that all paths are in, each ended with a slash."""
    levels = zip(*(path.split("/")[:-1] for path in paths), strict=False)
    shared = itertools.takewhile(lambda level: len(set(level)) == 1, levels)
    return "".join(level[0] + "/" for level in shared)
