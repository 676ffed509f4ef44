"""The checker page in real Firefox: the same packages, the same codes, the same words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from package_alterations import ALTERATIONS, Alteration
from package_maker import KNOWN_EXHIBIT, Log, Package, good_package
from page_firefox import FirefoxPage, firefox_page


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirefoxPage]:
    with firefox_page(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def page(browser: FirefoxPage) -> Iterator[FirefoxPage]:
    """The page as if just opened; afterwards nothing was fetched and nothing complained."""
    browser.open()
    yield browser
    assert browser.complaints() == []
    assert browser.requests() == []


def as_zip(folder: Path, package: Package, method: int = 0) -> Path:
    path = folder / f"{package.folder}.zip"
    path.write_bytes(package.zipped(method))
    return path


def codes(result: dict) -> set[str]:
    return {one["code"] for one in result["problems"]}


def alteration_id(alteration: Alteration) -> str:
    return alteration.name


@pytest.mark.parametrize("method", [0, 8], ids=["stored", "deflated"])
def test_a_zip_is_intact(page: FirefoxPage, tmp_path: Path, method: int) -> None:
    result = page.check_zip(as_zip(tmp_path, good_package(), method))
    assert (result["verdict"], result["problems"]) == ("intact", [])
    assert page.text("verdict-title") == "Nothing was changed since this was signed"


@pytest.mark.parametrize("alteration", ALTERATIONS, ids=alteration_id)
def test_every_alteration_is_seen_by_its_code(browser: FirefoxPage, tmp_path: Path, alteration: Alteration) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(alteration.zip_bytes())
    package = alteration.package()
    browser.fill(fingerprint=package.fingerprint_typed or "", receipts="\n".join(package.receipts_typed))
    result = browser.check_zip(path)
    assert (codes(result), result["verdict"]) == (alteration.page_codes, alteration.page_verdict)


def test_a_file_beyond_what_the_browser_hashes_whole_is_intact_and_one_byte_is_seen(
    page: FirefoxPage, tmp_path: Path
) -> None:
    package = good_package()
    body = bytes(range(251)) * 300_000  # 75 MB: the page's own SHA-256, fed in pieces
    log = Log(package, 9)
    log.write("exhibit", {"ref": "AB/9", "sensitivity": "ordinary"}, (log.stored(body, "film.mp4", "video/mp4"),))
    package.rewrite()
    assert page.check_zip(as_zip(tmp_path, package))["verdict"] == "intact"
    package.files["data/exhibits/AB-0009.mp4"] = body[:-1] + b"x"
    assert codes(page.check_zip(as_zip(tmp_path, package))) == {"file-changed"}


def test_a_zip_and_one_file_of_it_are_dropped_together(page: FirefoxPage, tmp_path: Path) -> None:
    package = good_package()
    picture = tmp_path / "from the chat.png"
    picture.write_bytes(package.files[KNOWN_EXHIBIT])
    page.drop(as_zip(tmp_path, package), picture)
    assert page.result()["verdict"] == "intact"
    (said,) = page.texts("#alone-found li")
    assert "Exhibit AB/1 (AB-0001.png) of AB-report-2026-11-20.zip, byte for byte" in said


def test_the_page_is_worked_with_the_keyboard_alone(page: FirefoxPage, tmp_path: Path) -> None:
    page.check_zip(as_zip(tmp_path, good_package()))
    assert page.script("return document.activeElement.id") == "verdict-heading"
    page.press("\ue004", *good_package().fingerprint, "\ue007")
    (said,) = page.wait_for(lambda: page.texts("#typed li"))
    assert said == "The fingerprint you typed in is the one of this package."
    page.press("\ue004", "\ue004")
    assert page.script("return document.activeElement.id") == "compare"
