"""A package as a zip, read by hand (APPNOTE.TXT 6.3): every byte of it is accounted for, or it is not read at all.

The library's reader is lenient: it skips prefixes and gaps, and believes the central directory where a local header
says something else, so that two programs can see two packages in one file.
"""

import struct
from dataclasses import dataclass
from io import SEEK_END, BufferedReader, BytesIO, FileIO, RawIOBase
from pathlib import Path
from typing import BinaryIO

from app.package.verify.container import FILE_LIMIT, PATH_LIMIT, Container, is_path, require_distinct
from app.package.verify.windows import Inflated, Window
from vault.chain import Malformed

_END, _END64, _LOCATOR64 = struct.Struct("<IHHHHIIH"), struct.Struct("<IQHHIIQQQQ"), struct.Struct("<IIQI")
_CENTRAL, _LOCAL = struct.Struct("<IHHHHHHIIIHHHHHII"), struct.Struct("<IHHHHHIIIHH")
_MAX16, _MAX32 = 0xFFFF, 0xFFFFFFFF
_STORED, _DEFLATED = 0, 8
_PLAIN, _ZIP64 = 20, 45
"""Version needed: 2.0, or 4.5 for sizes beyond 4 GiB."""
_UNIX = 3 << 8
_PLAIN_FILE = 0o100644 << 16
_1980 = 0x21
_FOREIGN = "it was packed again by another program; unpack it and check the folder"
_ENCRYPTED = 0x2041
"""Flags of encryption. The others say how the writing program went about it."""


class Repacked(Malformed):
    """A zip that another program packed again: its files may be sound, but it is not one that Holdfast wrote."""

    def __init__(self) -> None:
        super().__init__(_FOREIGN)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip: where its bytes stand, how many they are, packed and unpacked, their CRC-32."""

    method: int
    start: int
    packed: int
    size: int
    crc: int


class Archive(Container):
    """A zip on disk."""

    def __init__(self, path: Path) -> None:
        """Read the directory of a zip. Raises OSError, and Malformed unless it is exactly as the format says."""
        super().__init__()
        self._file = FileIO(path)
        try:
            self.weight = self._file.seek(0, SEEK_END)
            _require_no_pdf(self._file)
            self._members = _members(self._file, self.weight)
        except (Malformed, OSError):
            self._file.close()
            raise
        self.sizes = {path: member.size for path, member in self._members.items()}
        self.checksums = {path: member.crc for path, member in self._members.items()}

    def stream(self, path: str) -> RawIOBase:
        """A window on the zip, or what it inflates to."""
        member = self._members[path]
        window = Window(self._file, member.start, member.packed)
        return window if member.method == _STORED else Inflated(window, member.size)

    def seekable(self, path: str) -> BinaryIO:
        """A window on the zip; a deflated file is held in memory."""
        member = self._members[path]
        if member.method == _STORED:
            return BufferedReader(Window(self._file, member.start, member.packed))
        return BytesIO(self.read(path, member.size))

    def close(self) -> None:
        """Close the zip."""
        self._file.close()


def _require_no_pdf(file: FileIO) -> None:
    if _at_most(file, 0, 5) == b"%PDF-":
        raise Malformed("this is a PDF; check the zip instead, or its unpacked folder: the report is in there too")


def _members(file: FileIO, size: int) -> dict[str, Member]:
    """Every file of the zip by its path without the folder's name, which all share."""
    count, start, end = _directory(file, size)
    if count > FILE_LIMIT or end - start > count * (_CENTRAL.size + 2 * PATH_LIMIT):
        raise Malformed("more files than a package can have")
    directory = _exactly(file, start, end - start)
    members: dict[str, Member] = {}
    folder, at, position, total = "", 0, 0, 0
    for _ in range(count):
        name, member, row, after = _member(file, directory, at, position)
        if name.endswith("/") and is_path(name[:-1]):
            raise Repacked
        top, _, path = name.partition("/")
        folder = folder or top
        if top != folder or not path or not is_path(name):
            raise Malformed("a name that is not allowed, or not in the one folder")
        if path in members:
            raise Malformed("a name twice")
        members[path] = member
        at, position, total = at + row, after, total + member.size
    if at != len(directory) or position != start:
        raise Malformed("bytes in the zip that belong to no file")
    if total > (64 << 20) + 100 * size:
        raise Malformed("a zip that would inflate without end")
    require_distinct(members)
    return members


def _directory(file: FileIO, size: int) -> tuple[int, int, int]:
    """How many files, where the central directory starts, where it ends: all in the last bytes of the zip."""
    if size < _END.size:
        raise Malformed("not a zip")
    tail = _exactly(file, size - _END.size, _END.size)
    signature, disk, its_disk, here, count, length, start, comment = _END.unpack(tail)
    if signature != 0x06054B50 or disk or its_disk or here != count or comment:
        raise Malformed("not a zip, or a zip with something after its end")
    end = size - _END.size
    if _MAX16 in {count} or _MAX32 in {length, start}:
        return _directory64(file, end, (count, length, start))
    if start + length != end or not count:
        raise Malformed("a zip whose directory is not at its end")
    return count, start, end


def _directory64(file: FileIO, end: int, said: tuple[int, int, int]) -> tuple[int, int, int]:
    locator = end - _LOCATOR64.size
    at = locator - _END64.size
    if at < 0:
        raise Malformed("not a zip")
    row = _END64.unpack(_exactly(file, at, _END64.size))
    count, length, start = row[7:]
    if row[:7] != (0x06064B50, _END64.size - 12, _ZIP64, _ZIP64, 0, 0, count):
        raise Malformed("a zip64 end that is not as it should be")
    if _LOCATOR64.unpack(_exactly(file, locator, _LOCATOR64.size)) != (0x07064B50, 0, at, 1):
        raise Malformed("a zip64 locator that points elsewhere")
    for value, short, most in zip((count, length, start), said, (_MAX16, _MAX32, _MAX32), strict=True):
        if short not in {most, value}:
            raise Malformed("two ends of a zip that disagree")
    if start + length != at or not count:
        raise Malformed("a zip whose directory is not at its end")
    return count, start, at


def _member(file: FileIO, directory: bytes, at: int, position: int) -> tuple[str, Member, int, int]:
    """One row of the directory: name, member, length of the row, and where the next file must begin."""
    if at + _CENTRAL.size > len(directory):
        raise Malformed("a directory that ends too early")
    (signature, made, version, flags, method, time, date, crc, packed, size, name_length, extra_length, comment, disk,
     internal, external, offset) = (*_CENTRAL.unpack_from(directory, at),)  # fmt: skip
    if signature != 0x02014B50:
        raise Malformed("a directory that is not one")
    name_at = at + _CENTRAL.size
    name = directory[name_at : name_at + name_length]
    extra = directory[name_at + name_length : name_at + name_length + extra_length]
    if flags & _ENCRYPTED or method not in {_STORED, _DEFLATED}:
        raise Malformed("a file that is encrypted, or packed in an unknown way")
    if (external >> 28) not in ({0, 8} if not name.endswith(b"/") else {0, 4}):
        raise Malformed("a link or a device as an entry of the zip")
    if (flags, time, date, comment, disk, internal) != (0, 0, _1980, 0, 0, 0) or external != _PLAIN_FILE:
        raise Repacked
    if made != _UNIX | version or version not in {_PLAIN, _ZIP64}:
        raise Repacked
    wide = _wide(extra, (size, packed, offset), version)
    common = (method, time, date, crc)
    local = _local(file, wide[2], version, common, (wide[0], wide[1]), name)
    if wide[2] != position or (method == _STORED and wide[0] != wide[1]):
        raise Malformed("files that overlap, a gap between them, or a size that cannot be")
    start = position + local
    row = _CENTRAL.size + name_length + extra_length
    try:
        text = name.decode("ascii")
    except UnicodeDecodeError as error:
        raise Malformed("a name that is not plain ASCII") from error
    return text, Member(method, start, wide[1], wide[0], crc), row, start + wide[1]


def _wide(extra: bytes, narrow: tuple[int, int, int], version: int) -> tuple[int, int, int]:
    """Size, packed size and offset, with those that zip64 moved into the extra field."""
    moved = [index for index, value in enumerate(narrow) if value == _MAX32]
    if not moved and not extra:
        return narrow
    if version != _ZIP64 or len(extra) != 4 + 8 * len(moved) or extra[:4] != struct.pack("<HH", 1, 8 * len(moved)):
        raise Repacked
    values = list(narrow)
    for index, value in zip(moved, struct.unpack(f"<{len(moved)}Q", extra[4:]), strict=True):
        values[index] = value
    return values[0], values[1], values[2]


def _local(
    file: FileIO, offset: int, version: int, common: tuple[int, ...], sizes: tuple[int, int], name: bytes
) -> int:
    """The length of the local header at `offset`, which must say what the central directory says."""
    size, packed = sizes
    allowed = []
    if max(sizes) < _MAX32:
        allowed = [
            _LOCAL.pack(0x04034B50, number, 0, *common, packed, size, len(name), 0) + name
            for number in {_PLAIN, version}
        ]
    if version == _ZIP64:
        extra = struct.pack("<HHQQ", 1, 16, size, packed)
        head = _LOCAL.pack(0x04034B50, version, 0, *common, _MAX32, _MAX32, len(name), len(extra))
        allowed.append(head + name + extra)
    found = _at_most(file, offset, max(map(len, allowed)))
    for header in allowed:
        if found.startswith(header):
            return len(header)
    raise Malformed("a local header that says something else than the directory")


def _exactly(file: FileIO, start: int, length: int) -> bytes:
    found = _at_most(file, start, length)
    if len(found) != length:
        raise Malformed("a zip that ends too early")
    return found


def _at_most(file: FileIO, start: int, length: int) -> bytes:
    if start > 1 << 62:
        raise Malformed("a zip that points beyond its end")
    file.seek(start)
    found = bytearray()
    while len(found) < length and (more := file.read(length - len(found))):
        found += more
    return bytes(found)
