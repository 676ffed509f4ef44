"""What came by another way: fingerprints and receipts as people type them, over one package or several."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from package_maker import Package, good_package, receipt_code

from app.errors import WrongUse
from app.package.verify import Code, NoticeCode, Outcome, ReceiptState, Verdict, verify, verify_each


def _in_order(paths: Sequence[Path], *, receipts: Sequence[str]) -> list[Verdict]:
    """The verdicts on several packages, in the order in which these were given."""
    verdicts = {verdict.package: verdict for verdict in verify_each(paths, receipts=receipts)}
    return [verdicts[str(path)] for path in paths]


@pytest.fixture
def package() -> Package:
    return good_package()


@pytest.fixture
def path(package: Package, tmp_path: Path) -> Path:
    path = tmp_path / "package.zip"
    path.write_bytes(package.zipped())
    return path


def _earlier(package: Package) -> Package:
    """The package of the same vault before the last entry was written."""
    earlier = package.copy()
    earlier.log.pop()
    earlier.rewrite()
    return earlier


@pytest.mark.parametrize("separator", ["", " ", ":", "-", " - ", "\n"])
def test_a_fingerprint_may_be_typed_in_groups_of_any_kind(package: Package, path: Path, separator: str) -> None:
    groups = [package.fingerprint[at : at + 4] for at in range(0, 64, 4)]
    verdict = verify(path, fingerprint=separator.join(groups).upper())
    assert verdict.outcome is Outcome.INTACT
    assert NoticeCode.NO_OUTSIDE_ANCHOR not in {notice.code for notice in verdict.notices}


@pytest.mark.parametrize("typed", ["", "00", "0" * 63, "0" * 65, "g" * 64, "０" * 64])
def test_a_mistyped_fingerprint_is_no_verdict(path: Path, typed: str) -> None:
    with pytest.raises(WrongUse) as caught:
        verify(path, fingerprint=typed)
    assert caught.value.safe == "This says nothing about the package."


def test_a_fingerprint_is_compared_even_where_the_rest_fails(package: Package, tmp_path: Path) -> None:
    package.files["data/chain.txt"] += b"more"
    codes = {problem.code for problem in verify(package.unpack(tmp_path), fingerprint="0" * 64).problems}
    assert codes == {Code.FINGERPRINT_MISMATCH, Code.FILE_CHANGED}


def test_without_fingerprint_and_receipt_it_says_so(path: Path) -> None:
    assert NoticeCode.NO_OUTSIDE_ANCHOR in {notice.code for notice in verify(path).notices}


def test_a_receipt_read_out_on_the_phone_is_found_in_the_chain(package: Package, path: Path) -> None:
    spoken = package.receipt(7).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    verdict = verify(path, receipts=[spoken])
    assert verdict.outcome is Outcome.INTACT
    (receipt,) = verdict.receipts
    assert (receipt.entries, receipt.state) == (7, ReceiptState.IN_THE_CHAIN)


def test_receipts_of_every_age_are_found_each_at_its_own_entry(package: Package, path: Path) -> None:
    codes = [package.receipt(entries) for entries in range(1, 16)]
    verdict = verify(path, receipts=codes)
    assert verdict.outcome is Outcome.INTACT
    assert [(receipt.entries, receipt.state) for receipt in verdict.receipts] == [
        (entries, ReceiptState.IN_THE_CHAIN) for entries in range(1, 16)
    ]
    (digits,) = codes[3].split("-", 1)[1:]
    with pytest.raises(WrongUse):
        verify(path, receipts=[f"5-{digits}"])


@pytest.mark.parametrize("receipt", ["", "7", "7-0000-0000-0000-0000-0000-0000-0000", "x" * 1000])
def test_a_mistyped_receipt_is_no_verdict(path: Path, receipt: str) -> None:
    with pytest.raises(WrongUse) as caught:
        verify(path, receipts=[receipt])
    assert caught.value.safe == "This says nothing about the package."


def test_a_receipt_is_not_compared_with_a_broken_chain(package: Package, tmp_path: Path) -> None:
    package.files["data/chain.txt"] += b"more"
    (receipt,) = verify(package.unpack(tmp_path), receipts=[package.receipt(7)]).receipts
    assert receipt.state is ReceiptState.NOT_CHECKED


def test_a_receipt_beyond_one_package_is_fine_where_another_reaches_it(
    package: Package, path: Path, tmp_path: Path
) -> None:
    earlier = _earlier(package).unpack(tmp_path)
    receipt = package.receipt(15)
    assert {problem.code for problem in verify(earlier, receipts=[receipt]).problems} == {Code.RECEIPT_BEYOND}
    verdicts = _in_order([earlier, path], receipts=[receipt])
    assert [verdict.outcome for verdict in verdicts] == [Outcome.INTACT, Outcome.INTACT]


def test_a_receipt_that_no_package_reaches_does_not_spoil_one_that_another_reaches(
    package: Package, path: Path, tmp_path: Path
) -> None:
    longer = package.copy()
    longer.log.append(longer.log[-1] | {"seq": 16})
    earlier = _earlier(package).unpack(tmp_path)
    verdicts = _in_order([earlier, path], receipts=[package.receipt(15), longer.receipt(16), package.receipt(3)])
    told = [[problem.detail for problem in verdict.problems] for verdict in verdicts]
    assert ["entry 16" in detail for details in told for detail in details] == [True, True]


def test_a_receipt_beyond_all_packages_is_told_of_each(package: Package, path: Path, tmp_path: Path) -> None:
    longer = package.copy()
    longer.log.append(longer.log[-1] | {"seq": 16})
    earlier = _earlier(package).unpack(tmp_path)
    verdicts = _in_order([earlier, path], receipts=[longer.receipt(16), package.receipt(15)])
    assert [verdict.outcome for verdict in verdicts] == [Outcome.FAILED, Outcome.FAILED]


def test_a_package_that_was_cut_short_is_not_saved_by_a_longer_one_that_does_not_have_the_receipt(
    package: Package, tmp_path: Path
) -> None:
    """Neither one of another vault, nor a forgery of this one, has what was given out."""
    cut, another, forged = (tmp_path / f"{name}.zip" for name in ("cut", "another", "forged"))
    cut.write_bytes(_earlier(package).zipped())
    another.write_bytes(good_package(5).zipped())
    forgery = package.copy()
    forgery.log[-1]["app"] = "another program"
    forgery.rewrite()
    forged.write_bytes(forgery.zipped())
    for longer in (another, forged):
        told = _in_order([cut, longer], receipts=[package.receipt(15)])
        assert [{problem.code for problem in verdict.problems} for verdict in told] == [
            {Code.RECEIPT_BEYOND},
            {Code.RECEIPT_MISMATCH},
        ]


def test_of_more_receipts_than_problems_are_told_none_is_forgiven_for_another_one(
    package: Package, tmp_path: Path
) -> None:
    longer = package.copy()
    longer.log += [package.log[-1] | {"seq": seq, "id": f"{seq:032x}"} for seq in range(16, 1020)]
    longer.rewrite()
    links = longer.links
    paths = [package.unpack(tmp_path / "short"), longer.unpack(tmp_path / "long")]
    receipts = [receipt_code(entries, links[entries]) for entries in range(16, 1019)]
    told = _in_order(paths, receipts=receipts)
    assert [verdict.outcome for verdict in told] == [Outcome.INTACT, Outcome.INTACT]
    told = _in_order(paths, receipts=[*receipts, receipt_code(1020, links[0])])
    assert [{problem.code for problem in verdict.problems} for verdict in told] == [{Code.RECEIPT_BEYOND}] * 2


def test_two_receipts_of_one_length_are_two(package: Package, path: Path, tmp_path: Path) -> None:
    """That one of them is found says nothing about the other."""
    earlier = _earlier(package).unpack(tmp_path)
    told = _in_order([earlier, path], receipts=[package.receipt(15), good_package(5).receipt(15)])
    assert [{problem.code for problem in verdict.problems} for verdict in told] == [
        {Code.RECEIPT_BEYOND},
        {Code.RECEIPT_MISMATCH},
    ]
