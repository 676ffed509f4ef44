"""Checks a package: `verify` says intact, failed or unreadable, and why (FORMAT.md, section 7)."""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.package.verify.archive import Archive, Repacked
from app.package.verify.bag import (
    CHAIN,
    HEAD,
    NOT_INCLUDED,
    RECORD,
    REPORT,
    CheckedFiles,
    check_files,
    check_token_is_there,
    notice_anchors,
)
from app.package.verify.certificate import check_certificate
from app.package.verify.container import Container
from app.package.verify.continuity import check_chain
from app.package.verify.exhibits import (
    check_exhibits,
    compare_tables,
    notice_what_was_not_checked,
    read_not_included,
)
from app.package.verify.folder import Folder
from app.package.verify.head import Head, check_anchors, check_bag_info, check_certified_vault, check_head, read_head
from app.package.verify.outside import check_receipts, read_receipts
from app.package.verify.pdf import check_report
from app.package.verify.record import check_record
from app.package.verify.signature import (
    PublicKey,
    check_fingerprint,
    check_signature,
    read_fingerprint,
)
from app.package.verify.verdict import (
    CheckedReceipt,
    Code,
    Findings,
    Notice,
    NoticeCode,
    Outcome,
    Problem,
    ReceiptState,
    Verdict,
)
from app.package.verify.words import plain_words, visible
from app.report.disclosure import Line
from vault.chain import Malformed, Receipt

__all__ = [
    "CheckedReceipt",
    "Code",
    "Notice",
    "NoticeCode",
    "Outcome",
    "Problem",
    "ReceiptState",
    "Verdict",
    "plain_words",
    "verify",
    "verify_all",
    "visible",
]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody who checks brings along."""

    fingerprint: str | None
    receipts: tuple[tuple[str, Receipt], ...]
    own_app: str


def verify(
    path: Path | str, *, fingerprint: str | None = None, receipts: Sequence[str] = (), own_app: str = ""
) -> Verdict:
    """Check one package, a zip or its unpacked folder.

    `fingerprint` and `receipts` are what came by another way, as typed. `own_app` is this program ("holdfast 0.1.0"):
    the tables of a package that it made itself are compared with the record. Raises WrongUse for a fingerprint or
    receipt that was mistyped; everything that is wrong with the package is in the verdict.
    """
    return _verify(path, _asked(fingerprint, receipts, own_app))


def verify_all(
    paths: Sequence[Path | str], *, fingerprint: str | None = None, receipts: Sequence[str] = (), own_app: str = ""
) -> tuple[Verdict, ...]:
    """Check several packages; a receipt is beyond only where none of them reaches it. Raises WrongUse."""
    asked = _asked(fingerprint, receipts, own_app)
    verdicts = tuple(_verify(path, asked) for path in paths)
    reached = {
        receipt.entries
        for verdict in verdicts
        for receipt in verdict.receipts
        if receipt.state in {ReceiptState.IN_THE_CHAIN, ReceiptState.MISMATCH}
    }
    return tuple(replace(verdict, problems=tuple(_without_reached(verdict, reached))) for verdict in verdicts)


def _without_reached(verdict: Verdict, reached: set[int]) -> Iterator[Problem]:
    """The problems, but for those of receipts that another package reaches; each receipt has its own, in order."""
    beyond = (receipt for receipt in verdict.receipts if receipt.state is ReceiptState.BEYOND)
    for problem in verdict.problems:
        if problem.code is not Code.RECEIPT_BEYOND or next(beyond).entries not in reached:
            yield problem


def _asked(fingerprint: str | None, receipts: Sequence[str], own_app: str) -> _Asked:
    return _Asked(None if fingerprint is None else read_fingerprint(fingerprint), read_receipts(receipts), own_app)


def _verify(path: Path | str, asked: _Asked) -> Verdict:
    found = Findings()
    empty = Verdict(str(path), (), (), receipts=check_receipts(asked.receipts, None, found))
    try:
        # Nothing that a library warns of in a hostile file belongs on a terminal.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with _open(Path(path)) as package:
                verdict = _stages(package, asked, found, empty)
    except Repacked as error:
        found.problem(Code.MALFORMED, "", f"It cannot be read: {error}.")
        verdict = replace(empty, repacked=True)
    except Malformed as error:
        found.problem(Code.MALFORMED, "", f"It cannot be read: {error}.")
        verdict = empty
    except OSError as error:
        found.problem(Code.MALFORMED, "", f"It cannot be read: {error.strerror or 'a reading error'}.")
        verdict = empty
    return replace(verdict, problems=tuple(found.problems), notices=tuple(found.notices))


def _open(path: Path) -> Container:
    """Stage 1, the container. Raises Malformed and OSError."""
    if "\0" in str(path):
        raise Malformed("there is no such file or folder")
    if path.is_dir():
        return Folder(path)
    if not path.is_file():
        raise Malformed("there is no such file or folder")
    return Archive(path)


def _stages(package: Container, asked: _Asked, found: Findings, empty: Verdict) -> Verdict:
    """Stages 2 to 7, in the order of FORMAT.md; a part that failed one is not parsed further."""
    _require_package(package)
    # 2. Signature, and the fingerprint that came by another way.
    key = check_signature(package, found)
    if key is None:
        return empty
    if asked.fingerprint is not None:
        check_fingerprint(key, asked.fingerprint, found)
    elif not asked.receipts:
        found.notice(NoticeCode.NO_OUTSIDE_ANCHOR, "", "Neither fingerprint nor receipt was given.")
    certificate = check_certificate(package, key, found)
    # 3. Files.
    files = check_files(package, found)
    notice_anchors(files, found)
    # 4. to 6. Chain, head, record.
    head = read_head(package, found) if HEAD in files else None
    lines = None
    if head is not None:
        check_token_is_there(package, head.timestamp, found)
        lines = check_chain(package, head.vault, found) if {CHAIN, RECORD} <= set(files.hashes) else None
        if lines is not None:
            check_certified_vault(head, certificate, found)
            _check_contents(package, files, head, lines, key, asked, found)
    checked = check_receipts(asked.receipts, lines, found)
    # 7. The report.
    if REPORT in files:
        check_report(package, key, certificate, found)
    verdict = replace(empty, fingerprint=key.fingerprint, receipts=checked)
    return verdict if head is None else _with_head(verdict, head)


def _require_package(package: Container) -> None:
    """Raises Malformed, and says what to choose instead where that can be seen."""
    if {"bagit.txt", "tagmanifest-sha256.txt", "public-key.pem"} & set(package.sizes):
        return
    zips = [path for path in package.sizes if path.endswith(".zip") and not path.endswith("-sealed.zip")]
    if len(zips) == 1 and "/" not in zips[0]:
        raise Malformed(f"this folder is not the package, it holds it; check {visible(zips[0])} instead")
    raise Malformed("this is no package of Holdfast, or not the folder of it that holds bagit.txt")


def _check_contents(
    package: Container,
    files: CheckedFiles,
    head: Head,
    lines: tuple[Line, ...],
    key: PublicKey,
    asked: _Asked,
    found: Findings,
) -> None:
    """Stages head and record, once the chain holds."""
    check_head(head, lines, key, found)
    check_anchors(files, head, lines, found)
    check_bag_info(package, files, head, found)
    before = len(found.problems)
    expected = check_record(lines, found)
    rows = read_not_included(package, found) if NOT_INCLUDED in files else None
    if rows is not None:
        check_exhibits(package, files, head, expected, rows, found)
        notice_what_was_not_checked(head, rows, found)
    if head.app != asked.own_app or rows is None or len(found.problems) > before:
        found.notice(NoticeCode.TABLES_NOT_COMPARED, "", "The tables were not compared with the record.")
    else:
        compare_tables(files, lines, expected, rows, found)


def _with_head(verdict: Verdict, head: Head) -> Verdict:
    return replace(
        verdict,
        entries=head.entries,
        disclosed=head.disclosed,
        withheld=head.withheld,
        exhibits=head.exhibits,
        sealed=head.sealed,
        head=head.head,
        timestamp="none" if head.timestamp == "none" else "not-checked",
    )
