"""Several packages drawn at random, with receipts and a fingerprint beside them, for two readers to agree on.

Packages of one to three vaults, of several lengths and histories, sound or spoiled in one way each.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from alter_bag import SIGNATURE, another_tag_signed, change, head, put, remade, remove, replace
from alter_keys import anchor
from alter_tokens import stamped
from package_maker import Alter, Log, Package, good_package, receipt_code
from token_maker import good_token

Chance = random.Random

REPORT = "data/report.html"
LENGTHS = (7, 9, 9, 12, 12, 12, 15, 17, 20)
VAULTS = (1, 5, 6)


@dataclass(frozen=True)
class Given:
    """Packages by their names, each with what was done to it, and what is typed in beside them."""

    zips: dict[str, bytes]
    what: dict[str, str]
    fingerprint: str
    receipts: tuple[str, ...]
    between: str
    """What stands between two receipts where all are typed into one field."""

    def __str__(self) -> str:
        return f"{self.what}, fingerprint {self.fingerprint!r}, receipts {self.receipts} parted by {self.between!r}"


def given(seed: int, count: int) -> Iterator[Given]:
    """So many sets, the same for the same seed, but for their signatures.

    Each has a chance of its own: signatures are now and then a byte longer, and draw other numbers then.
    """
    chances = random.Random(seed)
    for _ in range(count):
        chance = random.Random(chances.getrandbits(64))
        vault = chance.choice(VAULTS)
        names = chance.sample("ABCDEFGHK", chance.choice((2, 2, 3, 3, 4, 5)))
        made = {name: package(chance, vault) for name in names}
        if chance.random() < 0.1:
            made[names[-1]] = made[names[0]]
        yield Given(
            zips={name: zipped for name, (_, zipped) in made.items()},
            what={name: what for name, (what, _) in made.items()},
            fingerprint=fingerprint(chance, vault),
            receipts=tuple(receipt(chance, vault) for _ in range(chance.choice((0, 0, 1, 1, 2, 3)))),
            between=chance.choice(("\n", ", ", ";\n")),
        )


# Packages.


def vault_until(entries: int, seed: int = 1, parted: int = 0) -> Package:
    """The package of a vault as it was after so many entries; from entry `parted` on (0: none) of another history."""
    package = good_package(seed)
    log = Log(package, seed + 70)
    while len(package.log) < max(LENGTHS):
        log.write("incident", {"what_happened": "More"})
    del package.log[entries:]
    if 0 < parted <= entries:
        package.log[parted - 1]["app"] = f"another program {parted}"
    package.rewrite()
    return package


def following(chance: Chance, package: Package) -> str:
    """It leaves files to the package of `since` entries."""
    objects = [one for entry in package.log[3:9] for one in entry["objects"]]
    for stored in chance.sample(objects, chance.choice((1, 1, 2))):
        package.left_out[stored["id"]] = "earlier"
    package.rewrite()
    since = chance.choice([*LENGTHS, 5, 0, len(package.log)])
    package.put_head(since=since)
    package.resign()
    return f"following {since}"


def leaving_out(_chance: Chance, package: Package) -> str:
    package.left_out[package.log[3]["objects"][0]["id"]] = "left-out"
    package.rewrite()
    return "leaving AB/1 out"


def withholding(chance: Chance, package: Package) -> str:
    number = chance.choice((2, 4, 6, 7))
    package.withheld.add(package.log[number - 1]["id"])
    package.rewrite()
    return f"withholding {number}"


def with_a_clock_set_back(_chance: Chance, package: Package) -> str:
    package.log[5]["at"] = "2026-11-19T00:00:00.000Z"
    package.rewrite()
    return "with a clock set back, and so another history"


def with_sealed(_chance: Chance, package: Package) -> str:
    package.put_head(sealed=[f"{'5' * 64} AB-sealed.zip"])
    package.resign()
    return "with a sealed file"


def with_token(chance: Chance, package: Package) -> str:
    right = chance.random() < 0.7
    stamped(good_token if right else lambda message: good_token(message + b" "))(package)
    return f"with a {'good' if right else 'bad'} token"


def with_anchor(chance: Chance, package: Package) -> str:
    number = chance.choice((5, 9, 12))
    anchor(number)(package)
    return f"with a token over entry {number}"


FEATURES: tuple[Callable[[Chance, Package], str], ...] = (
    following, following, following, following, leaving_out, leaving_out, withholding, with_a_clock_set_back,
    with_sealed, with_token, with_anchor,
)  # fmt: skip


def broken_chain(package: Package) -> None:
    lines = package.lines_of("data/chain.txt")
    lines[5] = lines[5][:-64] + b"0" * 64
    package.put_lines("data/chain.txt", lines)
    package.resign()


def another_record(package: Package) -> None:
    package.put_lines("data/record.jsonl", package.lines_of("data/record.jsonl")[:-1])
    package.resign()


def longer_by_its_head(package: Package) -> None:
    package.put_head(entries=len(package.log) + 3)
    package.resign()


def in_an_exhibit(alter: Callable[[str], Alter]) -> Alter:
    """In the first one that is there, or in the report as a web page."""
    return lambda package: alter(min([*(path for path in package.files if "/exhibits/" in path), REPORT]))(package)


SPOILERS: dict[str, Alter] = {
    "changed exhibit": in_an_exhibit(change),
    "changed report": change(REPORT),
    "changed chain": change("data/chain.txt"),
    "changed head": change("data/head.json"),
    "changed not-included.csv": change("data/tables/not-included.csv"),
    "missing exhibit": in_an_exhibit(remove),
    "missing exhibit, signed": in_an_exhibit(lambda path: remove(path, resigned=True)),
    "missing record": remove("data/record.jsonl"),
    "extra file": put("data/more.txt"),
    "bad signature": another_tag_signed,
    "signature that is none": put(SIGNATURE, b"none"),
    "broken chain": broken_chain,
    "record not of the chain": another_record,
    "another vault in its head": head(vault=good_package(VAULTS[0]).vault),
    "a vault that nobody has in its head": head(vault="0" * 32),
    "more entries in its head": longer_by_its_head,
    "following a later one": head(since=max(LENGTHS) + 5),
    "malformed head": replace("data/head.json", b'":', b'": '),
    "malformed not-included.csv": put("data/tables/not-included.csv", resigned=True),
    "malformed bag-info.txt": put("bag-info.txt", resigned=True),
    "no bag": lambda package: package.files.clear(),
}
UNREADABLE = {
    "cut short": lambda zipped: zipped[:-1000],
    "no zip": lambda _zipped: b"no zip at all",
    "packed again": lambda zipped: zipped[:-2] + b"\x04\x00more",
}


def package(chance: Chance, vault: int) -> tuple[str, bytes]:
    """What it is, and its zip."""
    seed = vault if chance.random() < 0.8 else chance.choice(VAULTS)
    parted = chance.choice((2, 8, 12, 16)) if chance.random() < 0.2 else 0
    made = vault_until(chance.choice(LENGTHS), seed, parted)
    told = [f"{len(made.log)} of vault {seed}, parted at {parted}"]
    if chance.random() < 0.07:
        remade(made)
        told.append("made anew with another key")
    told += [chance.choice(FEATURES)(chance, made) for _ in range(chance.choice((0, 0, 1, 1, 2)))]
    zipped = None
    if chance.random() < 0.3:
        how = chance.choice([*SPOILERS, *UNREADABLE])
        told.append(how)
        if how in SPOILERS:
            SPOILERS[how](made)
        else:
            zipped = UNREADABLE[how](made.zipped())
    return ", ".join(told), made.zipped(chance.choice((0, 8))) if zipped is None else zipped


# What is typed in.


def fingerprint(chance: Chance, vault: int) -> str:
    right = good_package(vault).fingerprint
    groups = [right[at : at + 4] for at in range(0, 64, 4)]
    return chance.choice((
        "", "", "", "", right, " ".join(groups), ":".join(groups).upper(), good_package(7).fingerprint,
        good_package(chance.choice(VAULTS)).fingerprint, right[:-1], right[:-1] + "g", right + "0", "-",
    ))  # fmt: skip


def receipt(chance: Chance, vault: int) -> str:
    """A code: of this vault or another one, of a history that parted, forged, for too many entries, or mistyped."""
    true = vault_until(max(LENGTHS), chance.choice((vault, vault, vault, *VAULTS)), chance.choice((0, 0, 0, 0, 8, 16)))
    number = chance.choice((1, 5, *LENGTHS))
    code = chance.choice((
        true.receipt(number), true.receipt(number), true.receipt(number), true.receipt(number),
        receipt_code(number, chance.randbytes(32).hex()),
        receipt_code(chance.choice((21, 1000, 9_007_199_254_740_993, 10**16 - 1)), true.links[-1]),
    ))  # fmt: skip
    at = chance.randrange(len(code))
    return chance.choice((
        code, code, code, code, code.lower(), code.replace("-", " "), code.replace("-", ""),
        code.replace("-", "\u2011"), code.replace("0", "o").replace("1", "l"), code[:-1],
        code[:at] + chance.choice("0A7-UZ\u0131") + code[at + 1 :],
    ))  # fmt: skip
