"""A writer of zip files by hand, for tests: good ones as FORMAT.md says, and ones wrong in exactly one place."""

import struct
import zlib
from dataclasses import dataclass, field

DOS_1980 = 0x21
"""1 January 1980 in the date field; its time is 0."""
REGULAR = 0o100644 << 16
SYMLINK = 0o120777 << 16


@dataclass
class ZipPart:
    """One file in a zip. `local` overrides fields in the local header alone, `central` in the central one alone.

    Fields: made, version, flags, method, time, date, crc, packed, size, name (bytes), extra, comment, external, offset.
    """

    name: str
    data: bytes
    method: int = 0
    flags: int = 0
    local: dict = field(default_factory=dict)
    central: dict = field(default_factory=dict)
    gap: bytes = b""
    """Bytes between this part and the one before."""
    packed: bytes | None = None
    """The bytes in the zip, where they are not what `data` and `method` say."""

    def body(self) -> bytes:
        if self.packed is not None:
            return self.packed
        if self.method != 8:
            return self.data
        deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
        return deflater.compress(self.data) + deflater.flush()

    def fields(self, body: bytes, offset: int) -> dict:
        return {
            "made": 0x0314, "version": 20, "flags": self.flags, "method": self.method, "time": 0, "date": DOS_1980,
            "crc": zlib.crc32(self.data), "packed": len(body), "size": len(self.data),
            "name": self.name.encode(), "extra": b"", "comment": b"", "internal": 0, "external": REGULAR,
            "offset": offset,
        }  # fmt: skip


def zip_of(
    parts: list[ZipPart], *, prefix: bytes = b"", gap: bytes = b"", comment: bytes = b"", trailer: bytes = b"",
    zip64: bool = False, end: dict | None = None,
) -> bytes:  # fmt: skip
    """The bytes of a zip. `gap` stands before the central directory; `end` overrides fields of the end record
    (disk, on_disk, count, length, start); `zip64` says count, length and start in a zip64 end record.
    """
    out, central = bytearray(prefix), bytearray()
    for part in parts:
        out += part.gap
        body = part.body()
        common = part.fields(body, len(out))
        head = common | part.local
        out += struct.pack(
            "<IHHHHHIIIHH", 0x04034B50, head["version"], head["flags"], head["method"], head["time"], head["date"],
            head["crc"], head["packed"], head["size"], len(head["name"]), len(head["extra"]),
        )  # fmt: skip
        out += head["name"] + head["extra"] + body
        row = common | part.central
        central += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, row["made"], row["version"], row["flags"], row["method"], row["time"],
            row["date"], row["crc"], row["packed"], row["size"], len(row["name"]), len(row["extra"]),
            len(row["comment"]), 0, row["internal"], row["external"], row["offset"],
        )  # fmt: skip
        central += row["name"] + row["extra"] + row["comment"]
    out += gap
    last = {"on_disk": len(parts), "count": len(parts), "length": len(central), "start": len(out)} | (end or {})
    out += central
    if zip64:
        at = len(out)
        out += struct.pack(
            "<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, last["on_disk"], last["count"], last["length"], last["start"]
        )
        out += struct.pack("<IIQI", 0x07064B50, 0, at, 1)
        last |= {"on_disk": 0xFFFF, "count": 0xFFFF, "length": 0xFFFFFFFF, "start": 0xFFFFFFFF}
    out += struct.pack(
        "<IHHHHIIH", 0x06054B50, last.get("disk", 0), last.get("disk", 0), last["on_disk"], last["count"],
        last["length"], last["start"], len(comment),
    )  # fmt: skip
    return bytes(out + comment + trailer)
