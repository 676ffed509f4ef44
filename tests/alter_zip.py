"""Packages whose zip is not what FORMAT.md says, in exactly one place."""

import struct
import zlib
from collections.abc import Callable

from package_maker import KNOWN_EXHIBIT, Package
from zip_maker import SYMLINK, ZipPart, zip_of

Parts = list[ZipPart]
FOLDER = "AB-report-2026-11-20"


def parts(change: Callable[[Parts], object], method: int = 0) -> Callable[[Package], bytes]:
    """Change the parts of the good zip in place, before it is written."""

    def zipped(package: Package) -> bytes:
        made = package.parts(method)
        change(made)
        return zip_of(made)

    return zipped


def whole(**options: object) -> Callable[[Package], bytes]:
    return lambda package: zip_of(package.parts(), **options)


def local(**fields: object) -> Callable[[Package], bytes]:
    """Other fields in the local header of one part than in the central directory."""
    return parts(lambda made: made[3].local.update(fields))


def both(**fields: object) -> Callable[[Package], bytes]:
    return parts(lambda made: (made[3].local.update(fields), made[3].central.update(fields)))


def central(**fields: object) -> Callable[[Package], bytes]:
    return parts(lambda made: made[3].central.update(fields))


def renamed(name: Callable[[str], str]) -> Callable[[Package], bytes]:
    """Another name for the picture, in both headers."""

    def change(made: Parts) -> None:
        part = next(part for part in made if part.name.endswith(KNOWN_EXHIBIT))
        part.name = name(part.name)

    return parts(change)


def added(name: str, data: bytes = b"more\n", method: int = 0, **central_fields: object) -> Callable[[Package], bytes]:
    """One more part, at the end."""
    return parts(lambda made: made.append(ZipPart(name, data, method, central=dict(central_fields))))


def another_folder(made: Parts) -> None:
    for part in made:
        part.name = part.name.replace(FOLDER, "x.y")


def two_folders(made: Parts) -> None:
    made[-1].name = "other/" + made[-1].name.split("/", 1)[1]


def no_folder(made: Parts) -> None:
    for part in made:
        part.name = part.name.split("/", 1)[1]


def declared(size: int) -> Callable[[Package], bytes]:
    """Few bytes that say they are many."""
    return parts(lambda made: (made[3].local.update(size=size), made[3].central.update(size=size)), method=8)


def bomb(made: Parts) -> None:
    """1 GiB of zeros in 1 MiB: more than 256 MiB and more than a hundred times the zip."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = deflater.compress(bytes(1 << 20)) + deflater.flush(zlib.Z_FULL_FLUSH)
    again = deflater.compress(bytes(1 << 20)) + deflater.flush(zlib.Z_FULL_FLUSH)
    part = ZipPart(f"{FOLDER}/data/zeros.bin", b"", method=8, packed=first + again * 1023 + deflater.flush())
    part.local["size"] = part.central["size"] = 1 << 30
    made.append(part)


def overlapping(package: Package) -> bytes:
    """Two names in the central directory for the same bytes."""
    made = package.parts()
    first = len(made[0].data) + 30 + len(made[0].name)
    made[2].central["offset"] = first
    return zip_of(made)


def checksum(path: str, method: int = 0) -> Callable[[Package], bytes]:
    """Another CRC-32 for a part, in both headers, while its bytes are right."""

    def change(made: Parts) -> None:
        part = next(part for part in made if part.name.endswith("/" + path))
        part.local["crc"] = part.central["crc"] = zlib.crc32(part.data) ^ 1

    return parts(change, method)


def bytes_after_deflate(made: Parts) -> None:
    for part in made[:1]:
        body = part.body()
        part.gap = b""
        part.local["packed"] = part.central["packed"] = len(body) + 4
    made[1].gap = b"more"


def truncated(package: Package) -> bytes:
    return package.zipped()[:-1000]


def zip64_extra(package: Package) -> bytes:
    """Sizes and offset of one part in a zip64 field, though it is small: allowed."""
    made = package.parts()
    size = len(made[0].data)
    huge = {"size": 0xFFFFFFFF, "packed": 0xFFFFFFFF, "version": 45, "extra": struct.pack("<HHQQ", 1, 16, size, size)}
    made[0].local.update(huge)
    made[0].central.update(huge, made=0x032D)
    return zip_of(made)


ROWS: list[tuple[str, str, Callable[[Package], bytes]]] = [
    ("zip deflated", "", lambda package: package.zipped(8)),
    ("zip with zip64 sizes", "", zip64_extra),
    ("zip with a zip64 end", "", whole(zip64=True)),
    ("zip of another folder name", "", parts(another_folder)),
    ("zip with a name twice", "malformed", added(f"{FOLDER}/bagit.txt")),
    ("zip with names that differ in case alone", "malformed", added(f"{FOLDER}/BAGIT.txt")),
    ("zip with folders that differ in case alone", "malformed", added(f"{FOLDER}/DATA/more.txt")),
    ("zip with a prefix", "malformed", whole(prefix=b"MZ more")),
    ("zip with a trailer", "malformed", whole(trailer=b"more")),
    ("zip with a comment", "malformed", whole(comment=b"more")),
    ("zip with a gap before the directory", "malformed", whole(gap=b"more")),
    ("zip with a gap between files", "malformed", parts(lambda made: setattr(made[3], "gap", b"more"))),
    ("zip on two disks", "malformed", whole(end={"disk": 1})),
    ("zip that counts a file too few", "malformed", whole(end={"count": 26, "on_disk": 26})),
    ("zip that counts a file too many", "malformed", whole(end={"count": 28, "on_disk": 28})),
    ("zip whose directory begins elsewhere", "malformed", whole(end={"start": 0})),
    ("zip cut short", "malformed", truncated),
    ("zip with a data descriptor", "malformed", both(flags=8)),
    ("zip with an encrypted file", "malformed", both(flags=1)),
    ("zip that says it was made elsewhere", "malformed", central(made=0x0014)),
    ("zip that needs a later version", "malformed", both(version=51)),
    ("zip with a text flag", "malformed", central(internal=1)),
    ("zip with other rights on a file", "malformed", central(external=0o100755 << 16)),
    ("zip with a name marked as UTF-8", "malformed", both(flags=0x800)),
    ("zip with an unknown method", "malformed", both(method=12)),
    ("zip with a time", "malformed", both(time=1)),
    ("zip with another date", "malformed", both(date=0x5D74)),
    ("zip with an extra field", "malformed", both(extra=b"UT\x01\x00\x00")),
    ("zip with a comment on a file", "malformed", central(comment=b"more")),
    ("zip with another local name", "malformed", local(name=f"{FOLDER}/certificate.txt".encode())),
    ("zip with another local size", "malformed", local(size=1)),
    ("zip with another local packed size", "malformed", local(packed=1)),
    ("zip with another local checksum", "malformed", local(crc=1)),
    *((f"zip with a wrong checksum of {path}", "malformed", checksum(path)) for path in (
        KNOWN_EXHIBIT, "data/chain.txt", "verify.html", "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig")),
    ("zip with a wrong checksum of a deflated file", "malformed", checksum(KNOWN_EXHIBIT, 8)),
    ("zip with another local method", "malformed", local(method=8)),
    ("zip with another local time", "malformed", local(time=1)),
    ("zip with another local flag", "malformed", local(flags=1)),
    ("zip with a local extra field", "malformed", local(extra=b"UT\x01\x00\x00")),
    ("zip with a stored file of two sizes", "malformed", both(size=7)),
    ("zip with a link", "malformed", central(external=SYMLINK)),
    ("zip with a folder's attribute", "malformed", central(external=0x10)),
    ("zip with an entry for a folder", "malformed", added(f"{FOLDER}/data/", b"")),
    ("zip with an offset past its end", "malformed", central(offset=0x7FFFFFFF)),
    ("zip with overlapping files", "malformed", overlapping),
    ("zip that climbs out", "malformed", added(f"{FOLDER}/../more.txt")),
    ("zip with an absolute name", "malformed", added("/etc/more.txt")),
    ("zip with a drive letter", "malformed", added("C:/more.txt")),
    ("zip with a backslash", "malformed", added(f"{FOLDER}\\more.txt")),
    ("zip with a dot for a folder", "malformed", added(f"{FOLDER}/./more.txt")),
    ("zip with an empty part of a name", "malformed", added(f"{FOLDER}//more.txt")),
    ("zip with an empty name", "malformed", added("")),
    ("zip with a name that begins with a dot", "malformed", added(f"{FOLDER}/.more")),
    ("zip with an umlaut in a name", "malformed", added(f"{FOLDER}/möre.txt")),
    ("zip with a zero byte in a name", "malformed", added(f"{FOLDER}/more\0.txt")),
    ("zip with a picture in upper case", "malformed", renamed(lambda name: name.replace(".png", ".PNG"))),
    ("zip with two folders", "malformed", parts(two_folders)),
    ("zip without a folder", "malformed", parts(no_folder)),
    ("zip that says it is huge", "malformed", declared(0xFFFFFFF0)),
    ("zip that says it is smaller than it is", "malformed", declared(10)),
    ("zip that says it is larger than it is", "malformed", declared(1000)),
    ("zip of zeros without end", "malformed", parts(bomb)),
    ("zip with bytes after a deflated file", "malformed", parts(bytes_after_deflate, method=8)),
    ("zip that is no zip", "malformed", lambda _package: b"no zip at all"),
    ("zip that is empty", "malformed", lambda _package: b""),
    ("zip without a file", "malformed", lambda _package: zip_of([])),
]  # fmt: skip
