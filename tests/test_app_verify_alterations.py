"""Whatever is altered in a package is found, and named by its code: in a zip and in the unpacked folder."""

from pathlib import Path

import pytest
from package_alterations import ALTERATIONS, Alteration
from package_maker import KNOWN_EXHIBIT, good_package

from app.package.verify import NoticeCode, Outcome, verify

# Codes that stand in FORMAT.md, section 7, and are looked for so far.
CODES = set(
    "malformed manifest-signature file-changed file-missing file-extra chain-broken head-mismatch record-mismatch "
    "pdf-signature timestamp-invalid fingerprint-mismatch receipt-mismatch receipt-beyond".split()
)


def _name(alteration: Alteration) -> str:
    return alteration.name


@pytest.mark.parametrize("alteration", ALTERATIONS, ids=_name)
def test_an_altered_zip_gets_exactly_the_codes_of_what_was_altered(alteration: Alteration, tmp_path: Path) -> None:
    package = alteration.package()
    path = tmp_path / "package.zip"
    path.write_bytes(alteration.zip_bytes())
    verdict = verify(path, fingerprint=package.fingerprint_typed, receipts=package.receipts_typed)
    assert {problem.code.value for problem in verdict.problems} == alteration.codes
    assert verdict.outcome == alteration.verdict


@pytest.mark.parametrize("alteration", [a for a in ALTERATIONS if not a.only_zip], ids=_name)
def test_an_altered_folder_gets_exactly_the_codes_of_what_was_altered(alteration: Alteration, tmp_path: Path) -> None:
    package = alteration.package()
    folder = package.unpack(tmp_path)
    verdict = verify(folder, fingerprint=package.fingerprint_typed, receipts=package.receipts_typed)
    assert {problem.code.value for problem in verdict.problems} == alteration.codes
    assert verdict.outcome == alteration.verdict


def test_every_code_is_looked_for_by_some_alteration() -> None:
    assert {code for alteration in ALTERATIONS for code in alteration.codes} == CODES


def test_a_changed_picture_is_named_with_its_path(tmp_path: Path) -> None:
    package = good_package()
    package.files[KNOWN_EXHIBIT] += b"more"
    (problem,) = verify(package.unpack(tmp_path)).problems
    assert problem.path == KNOWN_EXHIBIT


def test_what_the_package_says_is_in_the_verdict(tmp_path: Path) -> None:
    package = good_package()
    path = tmp_path / "package.zip"
    path.write_bytes(package.zipped())
    verdict = verify(path)
    assert verdict.outcome is Outcome.INTACT
    assert verdict.fingerprint == package.fingerprint
    assert verdict.head == package.links[-1]
    assert (verdict.entries, verdict.disclosed, verdict.withheld, verdict.exhibits) == (15, 13, 2, 3)
    assert (verdict.sealed, verdict.timestamp) == ((), "none")


def test_nothing_a_package_says_is_repeated_before_its_signature_holds(tmp_path: Path) -> None:
    package = good_package()
    package.files["tagmanifest-sha256.txt"] += b" "
    verdict = verify(package.unpack(tmp_path))
    assert verdict.outcome is Outcome.FAILED
    assert (verdict.entries, verdict.head, verdict.fingerprint) == (None, None, None)


def test_a_clock_that_went_back_is_told_and_is_no_failure(tmp_path: Path) -> None:
    package = good_package()
    package.log[6]["at"] = "2020-01-01T00:00:00.000Z"
    package.rewrite()
    verdict = verify(package.unpack(tmp_path))
    assert verdict.outcome is Outcome.INTACT
    assert NoticeCode.CLOCK_BACKWARDS in {notice.code for notice in verdict.notices}


def test_sealed_and_earlier_files_are_said_to_be_unchecked(tmp_path: Path) -> None:
    package = good_package()
    package.left_out = dict.fromkeys(package.left_out, "earlier")
    package.rewrite()
    package.put_head(sealed=["0" * 64 + " AB-sealed.zip"], since=12)
    package.resign()
    verdict = verify(package.unpack(tmp_path))
    assert verdict.outcome is Outcome.INTACT
    assert {NoticeCode.SEALED_NOT_CHECKED, NoticeCode.EARLIER_NOT_CHECKED} <= {n.code for n in verdict.notices}
    assert verdict.sealed == ("0" * 64 + " AB-sealed.zip",)


def test_sealed_files_are_said_to_be_unchecked_though_the_chain_does_not_hold(tmp_path: Path) -> None:
    package = good_package()
    package.put_head(sealed=["0" * 64 + " AB-sealed.zip"])
    package.put_lines("data/record.jsonl", package.lines_of("data/record.jsonl")[:-1])
    package.resign()
    verdict = verify(package.unpack(tmp_path))
    assert {problem.code.value for problem in verdict.problems} == {"chain-broken"}
    assert NoticeCode.SEALED_NOT_CHECKED in {notice.code for notice in verdict.notices}
