"""Packages spoiled at random and signed again, where parsers like to differ: page and command line must agree."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from alter_bag import PAYLOAD, SIGNATURE, TAGS
from alter_record import raw
from package_maker import Package, good_package
from zip_maker import REGULAR, SYMLINK, zip_of

Chance = random.Random
Line = Callable[[Chance, bytes], bytes]

VALUES = [
    *rb"""
-0 0 1 -1 01 1.0 1E5 1e400 0x1 1_0 NaN Infinity 9007199254740991 9007199254740992 -9007199254740991 9223372036854775807
true false null "" [] {} [[]] [1] ["a"] [null] 'a' "\ud800" "\uD83D\uDE00" "\u0000" "\u001f" "\u0009" "\t" "\v" "\/"
{"__proto__":1} {"constructor":1} {"valueof":1,"tostring":[]} {"a":{"b":{"c":1}}} {"a":null} {"held":"yes"} {"why":"x"}
{"ref":"AB/1"} {"ref":"AB/01"} "2026-02-29T00:00:00.000Z" "2026-11-20T24:00:00.000Z" "2026-11-20T23:59:60.000Z"
"0000-01-01T00:00:00.000Z" "0001-01-01T00:00:00.000Z" "+002026-01-01T00:00:00.000Z" "9999-12-31T23:59:59.999Z"
""".split(),
    *(b'"%b"' % text for text in (
        b"\x7f", b"\xe2\x80\xa8", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\xef\xbb\xbf", b"\xef\xbf\xbf",
        b"e\xcc\x81", b"a\tb", b" ",
    )),
]  # fmt: skip
"""Numbers, texts, times and objects that two parsers of JSON could take in two ways."""
NAMES = [b"__proto__", b"constructor", b"tojson", b"a", b"z9_", b"A", b"", b"ref", b"held", b"9", b"\xc3\xa9", b"a-b"]
SPACES = [b" ", b"\t", b"\r", b"\0", b"\x0b", b"\xc2\xa0", b"\xef\xbb\xbf"]
CELLS = [
    b",",
    b"\r",
    b'"',
    b"0",
    b"-1",
    b"9" * 17,
    b"\0",
    b"AB-0001.png",
    b"held",
    b"sealed",
    b"earlier",
    b"\xef\xbb\xbf",
]
PARTS = ["data/head.json", "data/chain.txt", "data/tables/not-included.csv", "bag-info.txt", "bagit.txt", PAYLOAD, TAGS,
         "public-key.pem", "certificate.pem", SIGNATURE]  # fmt: skip
FIELDS = {
    "made": (0x0314, 0x032D, 0x0014), "version": (10, 20, 45), "flags": (1, 8, 0x800), "method": (0, 8, 14),
    "time": (0, 1), "date": (0x21, 0), "crc": (0, 1), "packed": (0, 0xFFFFFFFF), "size": (0, 0xFFFFFFFF),
    "internal": (0, 1), "external": (REGULAR, 0, SYMLINK), "offset": (0, 0xFFFFFFFF),
}  # fmt: skip


@dataclass(frozen=True)
class Spoiled:
    """What was done, and the zip."""

    what: str
    zipped: bytes


def spoiled(seed: int, count: int) -> Iterator[Spoiled]:
    """So many packages, the same for the same seed, but for their signatures.

    Each has a chance of its own: signatures are now and then a byte longer, and draw other numbers then.
    """
    chances = random.Random(seed)
    for _ in range(count):
        chance, package = random.Random(chances.getrandbits(64)), good_package()
        how = chance.choice(WAYS)
        what = f"{how.__name__} {how(chance, package)}"
        yield Spoiled(what, zip_of(package.parts(chance.choice((0, 8)))))
        made = package.parts(chance.choice((0, 8)))
        part, name = chance.choice(made), chance.choice(sorted(FIELDS))
        fields = {name: chance.choice(FIELDS[name])}
        for headers in chance.choice(([part.local], [part.central], [part.local, part.central])):
            headers.update(fields)
        yield Spoiled(f"{what}, {part.name} {fields}", zip_of(made))


# Lines of JSON.


def value(chance: Chance, line: bytes) -> bytes:
    places = [found.span(1) for found in re.finditer(rb':("(?:[^"\\]|\\.)*"|-?\d+|true|false|null|\[\]|\{\})', line)]
    start, end = chance.choice(places)
    return line[:start] + chance.choice(VALUES) + line[end:]


def name(chance: Chance, line: bytes) -> bytes:
    start, end = chance.choice([found.span(1) for found in re.finditer(rb'[{,]"([a-z0-9_]+)":', line)])
    return line[:start] + chance.choice(NAMES) + line[end:]


def member(chance: Chance, line: bytes) -> bytes:
    at = chance.choice([found.start() for found in re.finditer(rb"[,}]", line)])
    return line[:at] + b',"' + chance.choice(NAMES) + b'":' + chance.choice(VALUES) + line[at:]


def space(chance: Chance, line: bytes) -> bytes:
    at = chance.randrange(len(line) + 1)
    return line[:at] + chance.choice(SPACES) + line[at:]


LINES: tuple[Line, ...] = (value, value, value, name, member, space)


# Parts of a package.


def in_the_record(chance: Chance, package: Package) -> str:
    """Another line, over which chain and head are made again."""
    number = chance.choice([n for n, entry in enumerate(package.log, start=1) if entry["id"] not in package.withheld])
    how = chance.choice(LINES)
    raw(number, lambda line: how(chance, line))(package)
    return f"{how.__name__} {number}"


def in_the_head(chance: Chance, package: Package) -> str:
    how = chance.choice(LINES)
    package.files["data/head.json"] = how(chance, package.files["data/head.json"][:-1]) + b"\n"
    package.resign()
    return how.__name__


def in_a_part(chance: Chance, package: Package) -> str:
    path = chance.choice(PARTS)
    data = package.files[path]
    at, lines = chance.randrange(len(data)), data.split(b"\n")
    other = list(lines)
    del other[chance.randrange(len(other))]
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    package.files[path] = chance.choice(
        (data[:at] + chance.choice(CELLS) + data[at:], data[:at] + data[at + 1 :], b"\n".join(lines), b"\n".join(other))
    )
    if path == PAYLOAD:
        package.write_tag_manifest()
    elif path == TAGS:
        package.write_signature()
    elif path == "bag-info.txt":
        package.write_manifests()
    elif path != SIGNATURE:
        package.resign()
    return path


def in_the_log(chance: Chance, package: Package) -> str:
    """Other entries, from which everything is made again: what is wrong is what the record says."""
    package.bodies["f" * 32] = b"somewhere else"
    for _ in range(chance.choice((1, 1, 2, 3))):
        entry = chance.choice(package.log)
        stored = chance.choice([one for other in package.log for one in other["objects"]])
        entry.update(chance.choice((
            {"data": entry["data"] | {"ref": chance.choice(("AB/1", "AB/01", "ZZ/999999999", "ZZ/1000000000"))}},
            {"data": entry["data"] | {chance.choice(("held", "why")): chance.choice(
                ("yes", "no", None, True, 1, [], ["a"]))}},
            {"objects": [*entry["objects"], stored | chance.choice(
                ({}, {"id": "f" * 32}, {"name": "x.PNG"}, {"name": "a.b."}, {"name": "x.\u212apg"}, {"size": 0}))]},
            {"kind": chance.choice(("exhibit", "person", "vault", "case"))},
            {"action": chance.choice(("add", "amend", "withdraw"))},
            {"id": chance.choice(package.log)["id"]},
            {"at": chance.choice(("1970-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"))},
        )))  # fmt: skip
    if chance.random() < 0.3:
        package.withheld.add(chance.choice(package.log)["id"])
    if any(one["objects"] and "ref" not in first(package, one)["data"] for one in package.log):
        return "nothing: no name for its files"
    package.rewrite()
    return ""


def first(package: Package, entry: dict) -> dict:
    """The first entry of its subject that says a reference, or itself."""
    return next((one for one in package.log if one["id"] == entry["id"] and "ref" in one["data"]), entry)


WAYS: tuple[Callable[[Chance, Package], str], ...] = (in_the_record, in_the_head, in_a_part, in_the_log, in_the_log)
