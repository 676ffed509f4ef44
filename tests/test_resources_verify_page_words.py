"""What the checker page says to somebody who is tired: true words, the next step, and whom to ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from package_maker import Log, Package, good_package
from page import ChromiumPage, checker_page
from page_checks import as_zip, just_opened


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromiumPage]:
    with checker_page(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def page(browser: ChromiumPage) -> Iterator[ChromiumPage]:
    with just_opened(browser) as opened:
        yield opened


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
