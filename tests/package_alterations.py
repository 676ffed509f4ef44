"""Every way in which a package is spoiled for the tests of both checkers, and the codes that each must find, exactly.

    for alteration in ALTERATIONS:
        alteration.zip_bytes()            the spoiled package as a zip
        alteration.package().unpack(dir)  the same as a folder, unless alteration.only_zip

`codes` is what the command line finds, `page_codes` what the checker page finds (it cannot check the PDF's signature,
nor tokens).
What somebody types in beside it stands in `package().fingerprint_typed` and `.receipts_typed`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import alter_bag
import alter_keys
import alter_readers
import alter_record
import alter_report
import alter_tokens
import alter_zip
from package_maker import Alter, Package, good_package

Zipped = Callable[[Package], bytes]


@dataclass(frozen=True)
class Alteration:
    """One way to spoil a package."""

    name: str
    codes: frozenset[str]
    page_codes: frozenset[str]
    alter: Alter | None = None
    zipped: Zipped | None = None

    @property
    def only_zip(self) -> bool:
        return self.zipped is not None

    @property
    def verdict(self) -> str:
        return verdict(self.codes)

    @property
    def page_verdict(self) -> str:
        return verdict(self.page_codes)

    def package(self) -> Package:
        package = good_package()
        if self.alter is not None:
            self.alter(package)
        return package

    def zip_bytes(self) -> bytes:
        package = self.package()
        return package.zipped() if self.zipped is None else self.zipped(package)


def verdict(codes: frozenset[str]) -> str:
    """The verdict that FORMAT.md draws from the codes found."""
    if codes - {"malformed"}:
        return "failed"
    return "unreadable" if codes else "intact"


def _alteration(name: str, codes: str, alter: Alter) -> Alteration:
    found = frozenset(codes.split())
    return Alteration(name, found, found - {"pdf-signature"}, alter=alter)


def _token_alteration(name: str, codes: str, alter: Alter) -> Alteration:
    found = frozenset(codes.split())
    return Alteration(name, found, found, alter=alter)


def _zip_alteration(name: str, codes: str, zipped: Zipped) -> Alteration:
    found = frozenset(codes.split())
    return Alteration(name, found, found, zipped=zipped)


ALTERATIONS: tuple[Alteration, ...] = (
    *(_alteration(*row) for row in alter_bag.ROWS),
    *(_alteration(*row) for row in alter_keys.ROWS),
    *(_alteration(*row) for row in alter_record.ROWS),
    *(_alteration(*row) for row in alter_report.ROWS),
    *(_alteration(*row) for row in alter_readers.ROWS),
    *(_token_alteration(*row) for row in alter_tokens.ROWS),
    *(_zip_alteration(*row) for row in alter_zip.ROWS),
    *(_zip_alteration(*row) for row in alter_readers.ZIP_ROWS),
)
