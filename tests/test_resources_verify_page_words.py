"""What the checker page says to somebody who is tired: true words, the next step, and whom to ask."""

from pathlib import Path

from package_maker import Log, Package, good_package
from page import ChromiumPage
from page_checks import as_zip, page
from page_in_chromium import browser

__all__ = ["browser", "page"]


def written_on(text: str) -> Package:
    """The vault of the good package, one entry on."""
    package = good_package()
    Log(package, 77).write("incident", {"what_happened": text})
    package.rewrite()
    return package


def test_two_histories_are_told_once_and_nobody_is_accused_of_a_change(page: ChromiumPage, tmp_path: Path) -> None:
    """Whoever goes on from an old backup as well makes two histories, and changed nothing."""
    page.check_zips(*(as_zip(tmp_path, written_on(text), name=text) for text in ("one", "other")))
    (said,) = page.texts("#problems li")
    assert said.startswith("other.zip does not continue one.zip")
    assert "Either the vault was copied" in said
    assert "By itself each package is as it was when it was signed" in page.text("verdict-lead")
    assert "receipt code" in page.text("verdict-next")


def test_a_whole_fingerprint_can_be_read_in_its_field_on_a_telephone_and_enter_compares_it(
    page: ChromiumPage, tmp_path: Path
) -> None:
    package = good_package()
    page.width(390)
    page.check_zip(as_zip(tmp_path, package))
    page.type_in(fingerprint=" ".join(package.fingerprint[at : at + 4] for at in range(0, 64, 4)) + "\n")
    assert page.wait_for(lambda: page.texts("#typed li")) == [
        "The fingerprint you typed in is the one of this package."
    ]
    hidden = page.script(
        "const field = document.getElementById('fingerprint-input');"
        "return [field.scrollWidth - field.clientWidth, field.scrollHeight - field.clientHeight]"
    )
    page.width(1000)
    assert hidden == [0, 0]


def test_what_could_not_be_read_says_nothing_about_the_evidence_and_the_choice_comes_next(
    page: ChromiumPage, tmp_path: Path
) -> None:
    (tmp_path / "report.zip").write_bytes(as_zip(tmp_path, good_package()).read_bytes()[:-99])
    page.check_zip(tmp_path / "report.zip")
    assert "says nothing about the evidence" in page.text("verdict-next")
    assert "ask whoever gave it to you" in page.text("verdict-next")
    assert page.script("return document.getElementById('live').nextElementSibling.id") == "choose"
    page.check_zip(as_zip(tmp_path, good_package()))
    assert page.script("return document.querySelector('main').lastElementChild.id") == "choose"


def test_where_nothing_was_checked_nothing_is_called_another_report(page: ChromiumPage, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"a picture")
    page.drop(tmp_path / "a.png")
    page.wait_for(lambda: page.text("verdict-title"))
    assert page.text("choose-title") == "Choose the report to check"


def test_what_was_changed_says_whom_to_ask_and_blames_nobody(page: ChromiumPage, tmp_path: Path) -> None:
    folder = good_package().unpack(tmp_path)
    (folder / "data" / "tables" / "payments.csv").write_bytes(b"opened and saved")
    page.check_folder(folder)
    assert "does not say who did it" in page.text("verdict-next")
    assert "Ask whoever gave you the report" in page.text("verdict-next")


def test_a_receipt_that_is_newer_than_the_package_sends_for_a_newer_package(page: ChromiumPage, tmp_path: Path) -> None:
    newer = written_on("More")
    page.fill(receipts=newer.receipt(len(newer.log)))
    assert page.check_zip(as_zip(tmp_path, good_package()))["verdict"] == "failed"
    assert "nothing need be wrong" in page.text("verdict-next")
    assert "ask for a newer package" in page.text("verdict-next")


def test_an_unknown_signer_of_the_pdf_is_said_to_be_expected(page: ChromiumPage, tmp_path: Path) -> None:
    """A PDF program calls whoever vouches for himself unknown: “it must be valid” would raise a false alarm."""
    page.check_zip(as_zip(tmp_path, good_package()))
    assert "does not know who signed is to be expected" in page.text("notices")


def test_what_is_printed_in_the_report_itself_is_no_way_of_its_own(page: ChromiumPage) -> None:
    assert "What is printed in the report itself came with it, and shows nothing." in page.text("outside")


def test_the_report_dropped_after_its_package_belongs_to_it(page: ChromiumPage, tmp_path: Path) -> None:
    package = good_package()
    page.check_zip(as_zip(tmp_path, package, name="report"))
    (tmp_path / "mailed.pdf").write_bytes(package.files["data/report.pdf"])
    page.drop(tmp_path / "mailed.pdf")
    (said,) = page.wait_for(lambda: page.texts("#alone-found li"))
    assert said == "“mailed.pdf” belongs to report.zip, byte for byte: The report (report.pdf)."


def test_whoever_counts_the_pictures_is_told_how_many_of_those_shown_are_not_there(
    page: ChromiumPage, tmp_path: Path
) -> None:
    package = good_package()
    page.check_zip(as_zip(tmp_path, package))
    listed = package.lines_of("data/tables/not-included.csv")[1:]
    rows = sum(b"withdrawn" not in line for line in listed)
    assert 0 < rows < len(listed)
    assert f"Files not in it\n{rows}; data/tables/not-included.csv says which, and why" in page.text("facts")


def test_on_paper_no_empty_form_stands_above_what_came_of_comparing(page: ChromiumPage, tmp_path: Path) -> None:
    package = good_package()
    page.fill(fingerprint=package.fingerprint)
    page.check_zip(as_zip(tmp_path, package))
    page.media(media="print")
    gap = page.script(
        "const top = (id) => document.getElementById(id).getBoundingClientRect().top;"
        "return top('typed') - top('outside')"
    )
    page.media()
    assert page.text("typed")
    assert gap <= 24
