"""Several packages in the checker page, and what is typed in beside them: nothing is praised that does not hold."""

from pathlib import Path

from package_maker import KNOWN_EXHIBIT, Package, good_package, receipt_code
from page import ChromiumPage
from page_checks import as_zip, codes, page
from page_in_chromium import browser
from page_sets import vault_until

from app.package.verify import verify

__all__ = ["browser", "page"]

AGREES = "What you typed in agrees with it."
PRAISE = "nothing was changed in between"


def zips(folder: Path, **packages: Package) -> list[Path]:
    return [as_zip(folder, package, name=name) for name, package in packages.items()]


def changed(package: Package) -> Package:
    package.files[KNOWN_EXHIBIT] += b" "
    return package


def test_no_continuity_is_praised_beside_a_receipt_that_no_package_reaches(page: ChromiumPage, tmp_path: Path) -> None:
    page.fill(receipts=vault_until(20).receipt(20))
    results = page.check_zips(*zips(tmp_path, A=vault_until(9), B=vault_until(12)))
    assert [codes(result) for result in results] == [{"receipt-beyond"}] * 2
    assert PRAISE not in page.text("continuity")


def test_no_continuity_is_praised_beside_a_sealed_file_that_does_not_fit(page: ChromiumPage, tmp_path: Path) -> None:
    later = vault_until(12)
    later.put_head(sealed=[f"{'0' * 64} AB-sealed.zip"])
    later.resign()
    (tmp_path / "AB-sealed.zip").write_bytes(b"PK\x03\x04 another")
    page.drop(*zips(tmp_path, A=vault_until(9), B=later), tmp_path / "AB-sealed.zip")
    assert [codes(result) for result in page.result()] == [set(), {"sealed-mismatch"}]
    assert PRAISE not in page.text("continuity")


def test_beside_one_that_does_not_hold_the_other_one_is_still_said_to_be_continued(
    page: ChromiumPage, tmp_path: Path
) -> None:
    for same_length in (9, 12):
        packages = {"A": vault_until(9), "B": changed(vault_until(same_length)), "C": vault_until(12)}
        for order in ("ABC", "CBA"):
            page.check_zips(*zips(tmp_path, **{name: packages[name] for name in order}))
            assert f"C.zip continues A.zip, {PRAISE}." in page.text("continuity")
            assert f"B.zip, {PRAISE}" not in page.text("continuity")


def test_a_receipt_of_one_vault_vouches_for_no_package_of_another_one(page: ChromiumPage, tmp_path: Path) -> None:
    page.fill(receipts=vault_until(12).receipt(12))
    page.check_zips(*zips(tmp_path, A=vault_until(9), B=vault_until(12)))
    assert page.text("verdict-next") == AGREES
    results = page.check_zips(*zips(tmp_path, B=vault_until(12), X=vault_until(9, seed=5)))
    assert [codes(result) for result in results] == [set(), set()]
    assert page.text("verdict-next") != AGREES


def test_a_receipt_of_one_of_two_packages_is_not_said_to_belong_to_neither(page: ChromiumPage, tmp_path: Path) -> None:
    page.fill(receipts=vault_until(12).receipt(9))
    results = page.check_zips(*zips(tmp_path, A=vault_until(12), X=vault_until(15, seed=5)))
    assert [codes(result) for result in results] == [set(), {"receipt-mismatch"}]
    assert "does not belong to all of them" in page.text("verdict-lead")


def test_a_receipt_of_more_entries_than_a_browser_can_count_is_said_as_it_was_typed(
    page: ChromiumPage, tmp_path: Path
) -> None:
    page.fill(receipts=receipt_code(9_007_199_254_740_993, "5" * 64))
    assert codes(page.check_zip(*zips(tmp_path, A=good_package()))) == {"receipt-beyond"}
    assert "counts 9007199254740993 entries" in page.text("typed")


def test_a_fingerprint_of_hyphens_alone_is_a_typing_mistake(page: ChromiumPage, tmp_path: Path) -> None:
    page.fill(fingerprint=" -")
    assert page.check_zip(*zips(tmp_path, A=good_package()))["verdict"] == "intact"
    assert "This says nothing about the report." in page.text("typed")


def test_the_counts_in_the_json_are_those_of_head_json_and_those_on_the_screen_are_counted(
    page: ChromiumPage, tmp_path: Path
) -> None:
    package = good_package()
    package.put_head(entries=16, withheld=3)
    package.resign()
    (path,) = zips(tmp_path, A=package)
    result, ours = page.check_zip(path), verify(path).as_json()
    counts = ("entries", "disclosed", "withheld", "exhibits", "head")
    assert {name: result[name] for name in counts} == {name: ours[name] for name in counts}
    assert (result["entries"], result["withheld"]) == (16, 3)
    assert "15: 13 shown, 2 withheld" in page.text("details")
