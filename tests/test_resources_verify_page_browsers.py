"""The checker page in real Chromium and real Firefox: the same packages, the same codes, as zip and as folder."""

from pathlib import Path

import pytest
from package_alterations import ALTERATIONS, Alteration
from package_maker import KNOWN_EXHIBIT, Log, good_package
from page import Page
from page_checks import alteration_id, as_zip, codes, found_in, page
from page_in_both import browser

__all__ = ["browser", "page"]

FOLDERS = [alteration for alteration in ALTERATIONS if not alteration.only_zip]


@pytest.mark.parametrize("method", [0, 8], ids=["stored", "deflated"])
def test_a_zip_is_intact(page: Page, tmp_path: Path, method: int) -> None:
    result = page.check_zip(as_zip(tmp_path, good_package(), method))
    assert (result["verdict"], result["problems"]) == ("intact", [])
    assert page.text("verdict-title") == "Nothing was changed since this was signed"


def test_an_unpacked_folder_is_intact(page: Page, tmp_path: Path) -> None:
    result = page.check_folder(good_package().unpack(tmp_path))
    assert (result["verdict"], result["problems"]) == ("intact", [])
    assert result["package"] == "AB-report-2026-11-20"


def test_a_folder_in_a_folder_of_its_own_is_intact(page: Page, tmp_path: Path) -> None:
    good_package().unpack(tmp_path / "unpacked" / "twice")
    assert page.check_folder(tmp_path / "unpacked")["verdict"] == "intact"


def test_what_file_managers_leave_in_a_folder_is_no_failure_but_is_said(page: Page, tmp_path: Path) -> None:
    folder = good_package().unpack(tmp_path)
    for name in (".DS_Store", "data/Thumbs.db", "data/exhibits/._AB-0001.png"):
        (folder / name).write_bytes(b"litter")
    result = page.check_folder(folder)
    assert result["verdict"] == "intact"
    assert sum(one["code"] == "litter" for one in result["notices"]) == 3


@pytest.mark.parametrize("alteration", ALTERATIONS, ids=alteration_id)
def test_every_alteration_of_a_zip_is_seen_by_its_code(browser: Page, tmp_path: Path, alteration: Alteration) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(alteration.zip_bytes())
    assert found_in(browser, alteration, path) == (alteration.page_codes, alteration.page_verdict)


@pytest.mark.parametrize("alteration", FOLDERS[::8], ids=alteration_id)
def test_every_eighth_alteration_of_a_folder_is_seen_by_the_same_code(
    browser: Page, tmp_path: Path, alteration: Alteration
) -> None:
    folder = alteration.package().unpack(tmp_path)
    assert found_in(browser, alteration, folder) == (alteration.page_codes, alteration.page_verdict)


def test_a_file_beyond_what_the_browser_hashes_whole_is_intact_and_one_byte_is_seen(page: Page, tmp_path: Path) -> None:
    package = good_package()
    body = bytes(range(251)) * 300_000  # 75 MB: the page's own SHA-256, fed in pieces
    log = Log(package, 9)
    log.write("exhibit", {"ref": "AB/9", "sensitivity": "ordinary"}, (log.stored(body, "film.mp4", "video/mp4"),))
    package.rewrite()
    assert page.check_zip(as_zip(tmp_path, package))["verdict"] == "intact"
    package.files["data/exhibits/AB-0009.mp4"] = body[:-1] + b"x"
    assert codes(page.check_zip(as_zip(tmp_path, package))) == {"file-changed"}


def test_a_zip_and_one_file_of_it_are_dropped_together(page: Page, tmp_path: Path) -> None:
    package = good_package()
    picture = tmp_path / "from the chat.png"
    picture.write_bytes(package.files[KNOWN_EXHIBIT])
    page.drop(as_zip(tmp_path, package), picture)
    assert page.result()["verdict"] == "intact"
    (said,) = page.texts("#alone-found li")
    assert "Exhibit AB/1 (AB-0001.png) of AB-report-2026-11-20.zip, byte for byte" in said
