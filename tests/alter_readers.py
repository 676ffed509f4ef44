"""Packages that two readers could take in two ways: what one calls malformed, the other must not call intact."""

import struct
from collections.abc import Callable

from alter_bag import PAYLOAD, SIGNATURE, TAGS
from alter_keys import certificate_of
from alter_record import APPENDED, CHAIN, append
from alter_zip import FOLDER, Parts, parts
from package_maker import KNOWN_EXHIBIT, Alter, Log, Package, manifest
from zip_maker import zip_of

MARKED16, MARKED32 = 0xFFFF, 0xFFFFFFFF
END = "<IHHHHIIH"


def listed(add: dict[str, bytes], remove: tuple[str, ...] = ()) -> Alter:
    """A manifest of data/ that names other files than are there, signed."""

    def alter(package: Package) -> None:
        files = {path: data for path, data in package.files.items() if path.startswith("data/") and path not in remove}
        package.put_lines(PAYLOAD, manifest(files | add))
        package.write_tag_manifest()

    return alter


def a_part_with_another_hash(package: Package) -> None:
    """A file that is no part of a package, signed, and then changed."""
    listed({"data/more.txt": b"more"})(package)
    package.files["data/more.txt"] = b"other"


def many_lines(path: str) -> Alter:
    """A manifest of more lines than a package can have files."""

    def alter(package: Package) -> None:
        folder = "data/exhibits" if path == PAYLOAD else "more"
        package.files[path] = b"".join(b"%064d  %b/AB-%07d.png\n" % (0, folder.encode(), n) for n in range(100_001))
        if path == PAYLOAD:
            package.write_tag_manifest()
        else:
            package.write_signature()

    return alter


def shorter_chain(package: Package) -> None:
    package.put_lines(CHAIN, package.lines_of(CHAIN)[:-1])
    package.resign()


def signature_and_certificate(package: Package) -> None:
    certificate_of(2, 2, resigned=True)(package)
    package.files[SIGNATURE] = package.sign(b"something else")


def signature_of_nothing_and_certificate(package: Package) -> None:
    certificate_of(2, 2, resigned=True)(package)
    package.files[SIGNATURE] = b""


def long_words(package: Package) -> bytes:
    """A sound package whose record packs to a hundredth: 24 MB of one letter."""
    log = Log(package, 9)
    for _ in range(24):
        log.write("incident", {"what_happened": "a" * 1_000_000})
    package.rewrite()
    return package.zipped(8)


def wide(local: dict, central: dict) -> Callable[[Package], bytes]:
    """The sizes of one file in zip64 fields, in both headers, with other fields beside them."""

    def change(made: Parts) -> None:
        size = len(made[0].data)
        moved = {"size": MARKED32, "packed": MARKED32, "extra": struct.pack("<HHQQ", 1, 16, size, size)}
        made[0].local.update(moved | local)
        made[0].central.update(moved | central)

    return parts(change)


def wide_in_front(made: Parts) -> None:
    """Sizes in a zip64 field of the local header alone, as is written where nobody knows yet how large a file gets."""
    size = len(made[0].data)
    extra = struct.pack("<HHQQ", 1, 16, size, size)
    made[0].local.update({"size": MARKED32, "packed": MARKED32, "extra": extra, "version": 45})
    made[0].central.update({"version": 45}, made=0x032D)


def short_end(*, here: bool, count: bool, length: bool, start: bool) -> Callable[[Package], bytes]:
    """A zip64 end, and which of the numbers of the short end point to it; the others say what is so."""

    def zipped(package: Package) -> bytes:
        made = zip_of(package.parts(), zip64=True)
        true = struct.unpack_from("<QQQQ", made, len(made) - 98 + 24)
        numbers = [
            marked if points else number
            for number, marked, points in zip(
                true, (MARKED16, MARKED16, MARKED32, MARKED32), (here, count, length, start), strict=True
            )
        ]
        return made[:-22] + struct.pack(END, 0x06054B50, 0, 0, *numbers, 0)

    return zipped


def repacked(change: Callable[[bytes], bytes]) -> Callable[[Package], bytes]:
    """The packed bytes of a deflated picture, changed; both headers say how many there are."""

    def alter(made: Parts) -> None:
        part = next(part for part in made if part.name == f"{FOLDER}/{KNOWN_EXHIBIT}")
        part.packed = change(part.body())

    return parts(alter, 8)


def large(change: Callable[[bytes], bytes]) -> Callable[[Package], bytes]:
    """The same of a file of 2 MB that hardly packs."""

    def zipped(package: Package) -> bytes:
        log = Log(package, 9)
        stored = log.stored(log.random.randbytes(2_000_000), "film.mp4", "video/mp4")
        log.write("exhibit", {"ref": "AB/9"}, (stored,))
        package.rewrite()
        made = package.parts(8)
        part = next(part for part in made if part.name.endswith("AB-0009.mp4"))
        part.packed = change(part.body())
        return zip_of(made)

    return zipped


def empty_packed(packed: bytes) -> Callable[[Package], bytes]:
    """An empty exhibit, said to be deflated."""

    def alter(made: Parts) -> None:
        part = next(part for part in made if not part.data)
        part.packed = packed

    return parts(alter, 8)


def without_its_end(packed: bytes) -> bytes:
    """Deflated bytes whose last block does not say that it is the last one, and nothing behind it."""
    return bytes([packed[0] & ~1]) + packed[1:]


ROWS: list[tuple[str, str, Alter]] = [
    ("a table that no manifest names, there", "file-extra", listed({}, ("data/tables/exhibits.csv",))),
    ("a file that is no part, listed, not there", "file-missing", listed({"data/more.txt": b"more"})),
    ("a file that is no part, listed, changed", "file-extra", a_part_with_another_hash),
    ("two names in a manifest that differ in case alone", "file-missing record-mismatch",
     listed({KNOWN_EXHIBIT.replace("AB-", "ab-"): b"more"})),
    ("a manifest of 100,001 lines", "malformed", many_lines(PAYLOAD)),
    ("a tag manifest of 100,001 lines", "malformed", many_lines(TAGS)),
    ("another signature and another certificate", "manifest-signature", signature_and_certificate),
    ("an empty signature and another certificate", "malformed", signature_of_nothing_and_certificate),
    ("a chain one line shorter than the record", "chain-broken", shorter_chain),
    ("an exhibit that was never added", "head-mismatch record-mismatch", append(APPENDED, id="0123456789abcdef" * 2)),
]  # fmt: skip

ZIP_ROWS: list[tuple[str, str, Callable[[Package], bytes]]] = [
    ("zip with zip64 sizes of version 20", "malformed", wide({}, {})),
    ("zip with zip64 sizes, version 20 in front", "malformed", wide({}, {"version": 45, "made": 0x032D})),
    ("zip with zip64 sizes in front alone", "", parts(wide_in_front)),
    ("zip with a zip64 end that nothing points to", "malformed",
     short_end(here=False, count=False, length=False, start=False)),
    ("zip with a zip64 end that one number points to", "",
     short_end(here=False, count=False, length=False, start=True)),
    ("zip with a zip64 end, files here and files told apart", "malformed",
     short_end(here=True, count=False, length=True, start=True)),
    ("zip with a zip64 end that only the files here point to", "malformed",
     short_end(here=True, count=False, length=False, start=False)),
    ("zip whose text outgrows it", "malformed", long_words),
    ("zip with a deflated file and a byte behind it", "malformed", repacked(lambda packed: packed + b"\0")),
    ("zip with a large deflated file and a byte behind it", "malformed", large(lambda packed: packed + b"\0")),
    ("zip with a large deflated file and much behind it", "malformed", large(lambda packed: packed + bytes(500_000))),
    ("zip with a deflated file that does not end", "malformed", repacked(without_its_end)),
    ("zip with a large deflated file cut short", "malformed", large(lambda packed: packed[:-1])),
    ("zip with an empty file deflated to nothing", "malformed", empty_packed(b"")),
    ("zip with an empty file deflated", "", empty_packed(b"\x03\0")),
]  # fmt: skip
