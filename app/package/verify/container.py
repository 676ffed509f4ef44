"""The container of a package, folder or zip: its paths, their sizes, and streams over them that never touch a disk."""

import hashlib
import re
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from types import MappingProxyType, TracebackType
from typing import BinaryIO, Self

from vault.chain import Malformed

PATH_LIMIT = 255
"""Characters of a path inside a package."""
FILE_LIMIT = 100_000
"""Files in a package."""
MANIFEST_LIMIT = FILE_LIMIT * (64 + 2 + PATH_LIMIT + 1)
"""Bytes of a manifest that names as many files as there can be, by paths as long as they can be."""
_BUFFER = 1 << 20
_PATH = re.compile(r"[A-Za-z0-9_-]+(?:\.[a-z0-9]+)*(?:/[A-Za-z0-9_-]+(?:\.[a-z0-9]+)*){0,7}")


@dataclass(frozen=True, slots=True)
class Hashed:
    """SHA-256 of a file in hex, and whether its bytes have the CRC-32 that its container gives for them, if any."""

    sha256: str
    checksum_holds: bool


class Container(ABC):
    """A package as a set of files. Reading raises OSError, and Malformed where the container turns out to be broken."""

    sizes: Mapping[str, int]
    """Path inside the package -> size in bytes."""
    checksums: Mapping[str, int] = MappingProxyType({})
    """Path inside the package -> CRC-32, of a container that has them."""
    litter: tuple[str, ...] = ()
    """What file managers left in a folder; not part of the package."""
    weight: int
    """Bytes that the container takes up: every other bound is measured by it."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        """Path -> SHA-256 of what was read first: what is read again must be the same, or nobody knows what it is."""

    @abstractmethod
    def stream(self, path: str) -> RawIOBase:
        """An unbuffered stream over a file, from its first byte; to be closed."""

    @abstractmethod
    def seekable(self, path: str) -> BinaryIO:
        """A stream over a file that can be moved about in; to be closed."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the container."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def text_limit(self) -> int:
        """Bytes of a part that is parsed: whatever is packed, parsing must not outgrow the package by much."""
        return (16 << 20) + 16 * self.weight

    def hashed(self, path: str) -> Hashed:
        """The sums of a file, in constant memory. Raises Malformed where it is not as long as it says, or changes."""
        buffer = bytearray(_BUFFER)
        view = memoryview(buffer)
        wanted, checksum = self.checksums.get(path), 0
        with _Counted(self.stream(path), self.sizes[path]) as stream:
            while count := stream.readinto(buffer):
                if wanted is not None:
                    checksum = zlib.crc32(view[:count], checksum)
            sha256 = self._same(path, stream)
        return Hashed(sha256, wanted in {None, checksum})

    def read(self, path: str, limit: int) -> bytes:
        """A whole small file. Raises Malformed if it has more than `limit` bytes, or changes."""
        if self.sizes[path] > limit:
            raise Malformed(f"longer than {limit} bytes")
        with _Counted(self.stream(path), self.sizes[path]) as stream:
            # What is asked for is set aside at once: no more than the file says that it has.
            content = BufferedReader(stream).read(self.sizes[path] + 1)
            self._same(path, stream)
        return content

    def lines(self, path: str, limit: int) -> Iterator[bytes]:
        """The lines of a text file without their line feeds, each at most `limit` bytes. Raises Malformed."""
        if self.sizes[path] > self.text_limit:
            raise Malformed("too large for what it is packed in")
        with _Counted(self.stream(path), self.sizes[path]) as stream:
            buffered = BufferedReader(stream, _BUFFER)
            while line := buffered.readline(limit + 1):
                if not line.endswith(b"\n"):
                    raise Malformed("a line that is too long or does not end")
                yield line[:-1]
            self._same(path, stream)

    def _same(self, path: str, stream: "_Counted") -> str:
        """The SHA-256 of a stream that was read to its end. Raises Malformed unless it is what was read before."""
        sha256 = stream.sha256()
        if self._first.setdefault(path, sha256) != sha256:
            raise Malformed("a file that was changed while it was checked")
        return sha256


class _Counted(RawIOBase):
    """A stream that is as long as it says, and knows the hash of what went through it."""

    def __init__(self, stream: RawIOBase, size: int) -> None:
        self._stream, self._left, self._digest = stream, size, hashlib.sha256()

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Read up to a buffer's length; 0 at the end. Raises Malformed where that comes too early or too late."""
        count = self._stream.readinto(buffer) or 0
        self._left -= count
        if self._left < 0 or (not count and len(buffer) and self._left):
            raise Malformed("a file that is not as long as it says")
        self._digest.update(memoryview(buffer)[:count])
        return count

    def sha256(self) -> str:
        """In hex, of everything that was read."""
        return self._digest.hexdigest()

    def close(self) -> None:
        """Close what lies under it as well."""
        self._stream.close()
        super().close()


def is_path(text: str) -> bool:
    """Whether this can be a path inside a package: plain ASCII parts, nothing that climbs out."""
    return len(text) <= PATH_LIMIT and _PATH.fullmatch(text) is not None


def require_distinct(paths: Iterable[str]) -> None:
    """No two paths may be one where case is ignored, and none a folder of another. Raises Malformed."""
    files: set[str] = set()
    folders: dict[str, str] = {}
    for path in paths:
        low = path.lower()
        if low in files:
            raise Malformed("two names that are one where case is ignored")
        files.add(low)
        at = path.find("/")
        while at != -1:
            if folders.setdefault(low[:at], path[:at]) != path[:at]:
                raise Malformed("two folders that are one where case is ignored")
            at = path.find("/", at + 1)
    if not files.isdisjoint(folders):
        raise Malformed("a name that is both file and folder")
