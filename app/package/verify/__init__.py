"""Checks packages: `verify` says intact, failed or unreadable, and why (FORMAT.md, section 7)."""

from collections.abc import Generator, Sequence
from pathlib import Path

from app.package.verify.checking import Asked, check_package
from app.package.verify.outside import read_receipts
from app.package.verify.shelf import check_shelf
from app.package.verify.signature import read_fingerprint
from app.package.verify.timestamps import read_roots
from app.package.verify.verdict import (
    CheckedReceipt,
    CheckedToken,
    Code,
    Notice,
    NoticeCode,
    Outcome,
    Problem,
    ReceiptState,
    TokenState,
    Verdict,
)
from app.package.verify.words import plain_words, visible

__all__ = [
    "CheckedReceipt",
    "CheckedToken",
    "Code",
    "Notice",
    "NoticeCode",
    "Outcome",
    "Problem",
    "ReceiptState",
    "TokenState",
    "Verdict",
    "plain_words",
    "read_roots",
    "verify",
    "verify_each",
    "visible",
]


def verify(
    path: Path | str,
    *,
    fingerprint: str | None = None,
    receipts: Sequence[str] = (),
    own_app: str = "",
    roots: Sequence[bytes] = (),
) -> Verdict:
    """Check one package, a zip or its unpacked folder.

    `fingerprint` and `receipts` are what came by another way, as typed. `own_app` is this program ("holdfast 0.1.0"):
    the tables of a package that it made itself are compared with the record. `roots` are the certificates of timestamp
    services that are believed, in DER (`read_roots`). Raises WrongUse for a fingerprint or receipt that was mistyped;
    everything that is wrong with the package is in the verdict.
    """
    return check_package(path, _asked(fingerprint, receipts, own_app, roots)).verdict


def verify_each(
    paths: Sequence[Path | str],
    *,
    fingerprint: str | None = None,
    receipts: Sequence[str] = (),
    own_app: str = "",
    roots: Sequence[bytes] = (),
    jobs: int = 1,
) -> Generator[Verdict, None, None]:
    """Check several packages, each in one of `jobs` processes; the verdicts come as they are found, in any order.

    What one package cannot show is compared over all of them: a receipt is beyond only where none of them reaches it,
    and packages of one vault must be one history. A package that brings its process down is unreadable; the others are
    checked all the same. Raises WrongUse before anything is checked.
    """
    return check_shelf(paths, _asked(fingerprint, receipts, own_app, roots), jobs)


def _asked(fingerprint: str | None, receipts: Sequence[str], own_app: str, roots: Sequence[bytes]) -> Asked:
    typed = None if fingerprint is None else read_fingerprint(fingerprint)
    return Asked(typed, read_receipts(receipts), own_app, tuple(roots))
