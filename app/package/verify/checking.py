"""Checks one package: the stages of FORMAT.md, section 7, in their order."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.package.verify.archive import Archive, Repacked
from app.package.verify.bag import (
    CHAIN,
    EXHIBITS,
    HEAD,
    NOT_INCLUDED,
    RECORD,
    REPORT,
    TOKEN,
    CheckedFiles,
    check_files,
    check_token_is_there,
)
from app.package.verify.certificate import check_certificate
from app.package.verify.container import Container
from app.package.verify.continuity import check_chain
from app.package.verify.exhibits import (
    check_exhibits,
    compare_tables,
    notice_earlier,
    notice_sealed,
    read_not_included,
)
from app.package.verify.folder import Folder
from app.package.verify.head import Head, check_anchors, check_bag_info, check_certified_vault, check_head, read_head
from app.package.verify.histories import Files, Glance, Standing, standing_of
from app.package.verify.outside import check_receipts
from app.package.verify.pdf import check_report
from app.package.verify.record import check_record
from app.package.verify.signature import PublicKey, check_fingerprint, check_signature
from app.package.verify.timestamps import check_timestamps
from app.package.verify.verdict import Code, Findings, NoticeCode, TokenState, Verdict
from app.package.verify.words import visible
from app.report.disclosure import Line, Reason
from vault.chain import Malformed, Receipt


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody who checks brings along, read: `roots` are certificates of timestamp services in DER."""

    fingerprint: str | None
    receipts: tuple[tuple[str, Receipt], ...]
    own_app: str
    roots: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A package that was checked: the verdict, and where its record stands, if its chain holds."""

    verdict: Verdict
    standing: Standing | None = None


def glance_at(path: Path | str) -> Glance | None:
    """Which vault and how many entries a package speaks of, believed by nobody yet; None where that cannot be read."""
    try:
        with _open(path) as package:
            head = read_head(package, Findings()) if HEAD in package.sizes else None
    except (Malformed, OSError, MemoryError):
        return None
    return None if head is None else Glance(head.vault, head.entries, head.since)


def check_package(path: Path | str, asked: Asked, others: Sequence[int] = (), *, is_followed: bool = False) -> Checked:
    """Check one package. `others` are the numbers of entries at which other packages of its vault end.

    `is_followed`: one of these says that it follows this one, so that files may be looked up here.
    """
    found = Findings()
    empty = Checked(Verdict(str(path), (), (), receipts=check_receipts(asked.receipts, None, found)))
    checked = empty
    try:
        # Nothing that a library warns of in a hostile file belongs on a terminal.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with _open(path) as package:
                checked = _stages(package, asked, others, found, empty.verdict, is_followed=is_followed)
    except Repacked as error:
        found.problem(Code.MALFORMED, "", f"It cannot be read: {error}.")
        checked = replace(empty, verdict=replace(empty.verdict, repacked=True))
    except Malformed as error:
        found.problem(Code.MALFORMED, "", f"It cannot be read: {error}.")
    except OSError as error:
        found.problem(Code.MALFORMED, "", f"It cannot be read: {error.strerror or 'a reading error'}.")
    except MemoryError:
        found.problem(Code.MALFORMED, "", "It cannot be read: that needs more memory than there is.")
    verdict = replace(checked.verdict, problems=tuple(found.problems), notices=tuple(found.notices))
    return replace(checked, verdict=verdict)


def _open(given: Path | str) -> Container:
    """Stage 1, the container. Raises Malformed and OSError."""
    if not str(given) or "\0" in str(given):
        raise Malformed("there is no such file or folder")
    path = Path(given)
    if path.is_dir():
        return Folder(path)
    if not path.is_file():
        raise Malformed("there is no such file or folder")
    return Archive(path)


def _stages(
    package: Container, asked: Asked, others: Sequence[int], found: Findings, empty: Verdict, *, is_followed: bool
) -> Checked:
    """Stages 2 to 7, in the order of FORMAT.md; a part that failed one is not parsed further."""
    _require_package(package)
    # 2. Signature, and the fingerprint that came by another way.
    key = check_signature(package, found)
    if key is None:
        return Checked(empty)
    if asked.fingerprint is not None:
        check_fingerprint(key, asked.fingerprint, found)
    elif not asked.receipts:
        found.notice(NoticeCode.NO_OUTSIDE_ANCHOR, "", "Neither fingerprint nor receipt was given.")
    certificate = check_certificate(package, key, found)
    # 3. Files.
    files = check_files(package, found)
    # 4. to 6. Chain, head, record.
    head = read_head(package, found) if HEAD in files else None
    lines = None
    heads: tuple[str, ...] = ()
    earlier: Mapping[str, str] = {}
    if head is not None:
        check_token_is_there(package, head.timestamp, found)
        notice_sealed(head, found)
        lines = check_chain(package, head.vault, found) if {CHAIN, RECORD} <= set(files.hashes) else None
        if lines is not None:
            check_certified_vault(head, certificate, found)
            heads = check_anchors(files, head, lines, found)
            earlier = _check_contents(package, files, head, lines, key, asked, found)
    receipts = check_receipts(asked.receipts, lines, found)
    # 7. The report and the timestamps.
    if REPORT in files:
        check_report(package, key, certificate, found)
    promised = "none" if head is None else head.timestamp
    tokens = check_timestamps(package, files, promised, heads, asked.roots, found)
    compared = asked.fingerprint is not None
    verdict = replace(empty, fingerprint=key.fingerprint, receipts=receipts, tokens=tokens, compared=compared)
    if head is None:
        return Checked(verdict)
    if lines is None:
        return Checked(_with_head(verdict, head))
    shared = Files(head.since, earlier, files.exhibits if is_followed else None)
    return Checked(_with_head(verdict, head), standing_of(head.vault, lines, others, shared))


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
    asked: Asked,
    found: Findings,
) -> Mapping[str, str]:
    """Stages head and record, once the chain holds; the files that are said to be in an earlier package."""
    check_head(head, lines, key, found)
    check_bag_info(package, files, head, found)
    before = len(found.problems)
    expected = check_record(lines, found)
    rows = read_not_included(package, found) if NOT_INCLUDED in files else None
    if rows is not None:
        check_exhibits(package, files, head, expected, rows, found)
        notice_earlier(rows, found)
    if not asked.own_app or head.app != asked.own_app or rows is None or len(found.problems) > before:
        found.notice(NoticeCode.TABLES_NOT_COMPARED, "", "The tables were not compared with the record.")
    else:
        compare_tables(package, files, lines, expected, rows, found)
    return {EXHIBITS + row.file: row.sha256 for row in rows or () if row.reason is Reason.EARLIER}


def _with_head(verdict: Verdict, head: Head) -> Verdict:
    return replace(
        verdict,
        entries=head.entries,
        disclosed=head.disclosed,
        withheld=head.withheld,
        exhibits=head.exhibits,
        sealed=head.sealed,
        head=head.head,
        timestamp=_timestamp(verdict, head),
    )


def _timestamp(verdict: Verdict, head: Head) -> str:
    """What became of the timestamp over the tag manifest."""
    if head.timestamp == "none":
        return "none"
    return next((token.state.value for token in verdict.tokens if token.path == TOKEN), TokenState.NOT_CHECKED.value)
