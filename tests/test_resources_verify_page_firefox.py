"""The checker page in real Firefox, what is Firefox's own: its question about a folder, its keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from package_maker import good_package
from page_checks import as_zip, just_opened
from page_firefox import FirefoxPage, firefox_page


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirefoxPage]:
    with firefox_page(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def page(browser: FirefoxPage) -> Iterator[FirefoxPage]:
    with just_opened(browser) as opened:
        yield opened


def test_the_browser_s_word_for_reading_a_folder_is_explained_beside_the_button(
    page: FirefoxPage, tmp_path: Path
) -> None:
    explained = page.text("choose")
    asked = page.choose_folder("folder-input", good_package().unpack(tmp_path))
    assert "upload" in asked
    assert "“upload”" in explained
    assert "nothing is uploaded" in explained
    assert page.result()["verdict"] == "intact"


def test_the_page_is_worked_with_the_keyboard_alone(page: FirefoxPage, tmp_path: Path) -> None:
    page.check_zip(as_zip(tmp_path, good_package()))
    assert page.script("return document.activeElement.id") == "verdict-heading"
    page.press("\ue004", *good_package().fingerprint, "\ue007")
    (said,) = page.wait_for(lambda: page.texts("#typed li"))
    assert said == "The fingerprint you typed in is the one of this package."
    page.press("\ue004", "\ue004")
    assert page.script("return document.activeElement.id") == "compare"
