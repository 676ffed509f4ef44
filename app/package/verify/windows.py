"""Streams over parts of a zip: the bytes as they stand, or what they inflate to, never more than was said."""

import zlib
from io import SEEK_CUR, SEEK_END, SEEK_SET, FileIO, RawIOBase

from vault.chain import Malformed


class Window(RawIOBase):
    """Some of the bytes of an open file, as a file of their own."""

    def __init__(self, file: FileIO, start: int, size: int) -> None:
        self._file, self._start, self._size, self._at = file, start, size, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Read up to a buffer's length; 0 at the end."""
        view = memoryview(buffer).cast("B")
        count = min(len(view), max(0, self._size - self._at))
        self._file.seek(self._start + self._at)
        got = self._file.readinto(view[:count]) or 0
        self._at += got
        return got

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Move, in bytes; past the end there is nothing to read."""
        self._at = max(0, {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self._size}[whence] + offset)
        return self._at


class Inflated(RawIOBase):
    """What a deflated file holds, forward only and never more than it says."""

    def __init__(self, packed: Window, size: int) -> None:
        self._packed, self._left = packed, size
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Read up to a buffer's length; 0 at the end. Raises Malformed for a stream that is not exactly as it says."""
        view = memoryview(buffer).cast("B")
        # One byte more than is left: a stream that holds too much shows itself.
        want, inflated = min(len(view), self._left + 1), b""
        while want and not inflated and not self._inflater.eof:
            source = self._inflater.unconsumed_tail or self._packed.read(1 << 16)
            try:
                inflated = self._inflater.decompress(source or b"", want)
            except zlib.error as error:
                raise Malformed("a deflated file that does not inflate") from error
            if not inflated and not source and not self._inflater.eof:
                raise Malformed("a deflated file that ends too early")
        if len(inflated) > self._left:
            raise Malformed("a deflated file that is longer than it says")
        self._left -= len(inflated)
        if not inflated and want and (self._left or self._inflater.unused_data or self._packed.read(1)):
            raise Malformed("a deflated file that does not end where it should")
        view[: len(inflated)] = inflated
        return len(inflated)
