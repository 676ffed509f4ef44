"""Makes the packages in tests/vectors/packages/ that are not there yet: `python tests/package_vectors.py`.

What is there already never changes: signatures are random, and another reader may have been tried on these very bytes.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import alter_bag
import alter_keys
import alter_readers
import alter_record
from alter_tokens import stamped, wrapped
from package_alterations import verdict
from package_maker import KNOWN_EXHIBIT, Alter, Log, Package, good_package, png
from token_maker import good_token, service

FOLDER = Path(__file__).parent / "vectors" / "packages"
EXPECTED = FOLDER / "expected.json"
BEYOND_A_PAGE = {"pdf-signature", "forked"}
"""Codes that a page that is given one package at a time cannot find."""


@dataclass(frozen=True)
class Vector:
    """Packages that are given together, what is typed in beside them, and the codes of each."""

    name: str
    what: str
    packages: dict[str, Package]
    codes: tuple[str, ...] = ()
    page_codes: tuple[str, ...] = ()
    continues: tuple[str, ...] = ()
    tsa_root: bytes | None = None
    zipped: Callable[[Package], bytes] | None = None
    """How its zip comes about, where that is what is wrong with it."""

    def files(self) -> Iterator[tuple[str, bytes]]:
        for number, (name, package) in enumerate(self.packages.items()):
            # Stored first, deflated for the rest: readers take both.
            yield name, self.zipped(package) if self.zipped else package.zipped(8 if number or self.codes else 0)
        if self.tsa_root is not None:
            yield f"{self.name}-root.pem", self.tsa_root

    def expected(self) -> dict[str, object]:
        first = next(iter(self.packages.values()))
        return {
            "what": self.what,
            "packages": list(self.packages),
            "fingerprint": first.fingerprint_typed,
            "receipts": list(first.receipts_typed),
            "tsa_root": None if self.tsa_root is None else f"{self.name}-root.pem",
            "codes": list(self.codes),
            "verdict": verdict(frozenset(self.codes)),
            "page_codes": list(self.page_codes),
            "page_verdict": verdict(frozenset(self.page_codes)),
            "continues": list(self.continues),
        }


def made(seed: int, write: Callable[[Package, Log], object]) -> Package:
    """A package of a short log of its own."""
    package = good_package(seed)
    package.withheld, package.left_out, package.bodies = set(), {}, {}
    del package.log[3:]
    package.withheld.add(package.log[2]["id"])
    write(package, Log(package, seed + 1000))
    package.rewrite()
    return package


def exhibit(log: Log, ref: str, shade: int, **data: object) -> str:
    stored = log.stored(png(shade), "shot.png")
    return log.write("exhibit", {"ref": ref, "sensitivity": "ordinary", **data}, (stored,))


def plain(package: Package, log: Log) -> None:
    exhibit(log, "AB/1", 10, title="A demand")
    log.write("payment", {"status": "demanded", "amount": "300", "currency": "GBP"})


def amended(package: Package, log: Log) -> None:
    first = exhibit(log, "AB/1", 20)
    account = log.write("account", {"platform": "skype", "display_name": "Wrong", "handle": "wrong"})
    log.write("account", {"persistent_id": "live:.cid.1a2b3c4d5e6f7a8b", "display_name": None}, (), account, "amend")
    log.write("exhibit", {"title": "Two parts"}, (log.stored(png(21), "part two.JPG"),), first, "amend")


def withdrawn(package: Package, log: Log) -> None:
    exhibit(log, "AB/1", 30)
    gone = exhibit(log, "AB/2", 31)
    log.write("exhibit", {"why": "Taken by mistake"}, (), gone, "withdraw")


def withheld(package: Package, log: Log) -> None:
    exhibit(log, "AB/1", 40)
    hidden = exhibit(log, "AB/2", 41)
    log.write("exhibit", {"title": "Nobody's business"}, (), hidden, "amend")
    package.withheld.add(hidden)


def left_out(package: Package, log: Log) -> None:
    exhibit(log, "AB/1", 50)
    for number, reason in ((2, "left-out"), (3, "damaged")):
        exhibit(log, f"AB/{number}", 50 + number, sensitivity="intimate")
        package.left_out[package.log[-1]["objects"][0]["id"]] = reason
    exhibit(log, "AB/4", 55, held="yes")
    package.left_out[package.log[-1]["objects"][0]["id"]] = "held"


GOOD = {
    "plain": ("an exhibit and a demand, all but the person shown", plain),
    "amended": ("an account that was corrected, an exhibit with a part that came later", amended),
    "withdrawn": ("an exhibit that was taken back: its entries stay, its file is gone", withdrawn),
    "withheld": ("an exhibit of which only hashes are shown", withheld),
    "left-out": ("exhibits whose files are left out, damaged or held", left_out),
}
SPOILED: dict[str, tuple[str, str, Alter]] = {
    "malformed": ("malformed", "a record line that is not in canonical form",
                  alter_record.raw(7, alter_record.put(b",", b", "))),
    "manifest-signature": ("manifest-signature", "a picture changed, and both manifests made again without the key",
                           lambda p: (alter_bag.change(KNOWN_EXHIBIT)(p), alter_bag.remanifest(p))),
    "file-changed": ("file-changed", "a picture with a byte more", alter_bag.change(KNOWN_EXHIBIT)),
    "file-missing": ("file-missing", "a picture that is gone", alter_bag.remove(KNOWN_EXHIBIT)),
    "file-extra": ("file-extra", "a picture that no manifest names", alter_bag.put("data/exhibits/AB-0099.png")),
    "chain-broken": ("chain-broken", "two lines of the record changed places, signed", alter_record.swap),
    "head-mismatch": ("head-mismatch", "the last entry cut off, signed", alter_record.cut),
    "record-mismatch": ("record-mismatch", "a correction withheld alone, signed",
                        alter_record.hide(alter_record.AMENDED)),
    "pdf-signature": ("pdf-signature", "a report with bytes behind its signature, signed", alter_bag.report_with_more),
    "timestamp-invalid": ("timestamp-invalid", "a timestamped head that is of another entry, signed",
                          alter_keys.anchor(9, entries=8)),
    "fingerprint-mismatch": ("fingerprint-mismatch", "made again with another key; the fingerprint is known",
                             alter_bag.remade_but_fingerprint_known),
    "receipt-mismatch": ("receipt-mismatch", "made again with another key; a receipt is known",
                         alter_bag.remade_but_receipt_known),
    "receipt-beyond": ("receipt-beyond", "a receipt for an entry that the package does not reach",
                       alter_bag.receipt_of_a_longer_log),
}  # fmt: skip


ZIPPED: dict[str, tuple[str, Callable[[Package], bytes]]] = {
    "zip64-sizes": ("sizes in zip64 fields of a file that says it needs none", alter_readers.wide({}, {})),
    "zip64-end": ("a zip64 end that nothing points to", alter_readers.short_end(
        here=False, count=False, length=False, start=False)),
    "packed-text": ("a sound package whose record unpacks to 24 MB out of 47 KB", alter_readers.long_words),
}  # fmt: skip
"""Good packages in zips that two readers could take in two ways; all of them are malformed."""


def vectors() -> Iterator[Vector]:
    for number, (name, (what, write)) in enumerate(GOOD.items()):
        yield Vector(f"good-{name}", what, {f"good-{name}.zip": made(20 + number, write)})
    for name, (codes, what, alter) in SPOILED.items():
        package = good_package()
        alter(package)
        found = tuple(codes.split())
        on_page = tuple(code for code in found if code not in BEYOND_A_PAGE)
        yield Vector(f"bad-{name}", what, {f"bad-{name}.zip": package}, found, on_page)
    package = good_package()
    stamped(good_token)(package)
    yield Vector(
        "good-timestamp", "a timestamp over everything, with the root of its service",
        {"good-timestamp.zip": package}, tsa_root=service().root_pem,
    )  # fmt: skip
    package = good_package()
    stamped(lambda message: good_token(message + b" "))(package)
    yield Vector(
        "bad-timestamp-over-other-bytes", "a timestamp over something else",
        {"bad-timestamp-over-other-bytes.zip": package}, ("timestamp-invalid",), ("timestamp-invalid",),
    )  # fmt: skip
    package = good_package()
    stamped(wrapped("3003020100", "3003020101"))(package)
    yield Vector(
        "bad-timestamp-wrapping", "a timestamp with another byte in its wrapping, which nobody signed",
        {"bad-timestamp-wrapping.zip": package}, ("timestamp-invalid",), ("timestamp-invalid",),
    )  # fmt: skip
    package = good_package()
    alter_readers.listed({}, ("data/tables/exhibits.csv",))(package)
    yield Vector(
        "bad-file-extra-table", "a table that is there, as it must be, but that no manifest names",
        {"bad-file-extra-table.zip": package}, ("file-extra",), ("file-extra",),
    )  # fmt: skip
    for name, (what, zipped) in ZIPPED.items():
        file = f"bad-malformed-{name}.zip"
        yield Vector(
            f"bad-malformed-{name}", what, {file: good_package()}, ("malformed",), ("malformed",), zipped=zipped
        )
    shorter, other = good_package(), good_package()
    del shorter.log[12:]
    shorter.rewrite()
    yield Vector(
        "good-continued", "two packages of one vault: the second continues the first",
        {"good-continued-1.zip": shorter, "good-continued-2.zip": good_package()}, continues=("good-continued-1.zip",),
    )  # fmt: skip
    other.log[8]["app"] = "another program"
    other.rewrite()
    yield Vector(
        "bad-forked", "two packages of one vault that show two histories; each is sound by itself",
        {"bad-forked-1.zip": shorter, "bad-forked-2.zip": other}, ("forked",),
    )  # fmt: skip


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    expected = json.loads(EXPECTED.read_text()) if EXPECTED.exists() else {}
    for vector in vectors():
        if vector.name in expected:
            continue
        for name, content in vector.files():
            (FOLDER / name).write_bytes(content)
        expected[vector.name] = vector.expected()
    EXPECTED.write_text(json.dumps(expected, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
