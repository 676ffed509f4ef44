"""What the tests of the checker page share: browsers, a page as if just opened, packages on disk, what was found."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from package_alterations import Alteration
from package_maker import Package
from page import ChromiumPage, Page, checker_page
from page_firefox import FirefoxPage, firefox_page

BROWSERS = {"chromium": checker_page, "firefox": firefox_page}

_Page = TypeVar("_Page", bound=Page)


@contextlib.contextmanager
def just_opened(page: _Page) -> Iterator[_Page]:
    """The page as if just opened; afterwards nothing was fetched and nothing complained."""
    page.open()
    yield page
    assert page.complaints() == []
    assert page.requests() == []


@pytest.fixture
def page(browser: _Page) -> Iterator[_Page]:
    """Of whichever browser the tests of a file are in."""
    with just_opened(browser) as opened:
        yield opened


def as_zip(folder: Path, package: Package, method: int = 0, name: str = "") -> Path:
    path = folder / f"{name or package.folder}.zip"
    path.write_bytes(package.zipped(method))
    return path


def codes(result: dict, which: str = "problems") -> set[str]:
    return {one["code"] for one in result[which]}


def alteration_id(alteration: Alteration) -> str:
    return alteration.name


def found_in(page: Page, alteration: Alteration, path: Path) -> tuple[set[str], str]:
    """The codes and the verdict on an altered package on disk, with what is typed in beside it."""
    package = alteration.package()
    page.fill(fingerprint=package.fingerprint_typed or "", receipts="\n".join(package.receipts_typed))
    result = page.check_folder(path) if path.is_dir() else page.check_zip(path)
    return codes(result), result["verdict"]


@contextlib.contextmanager
def in_time(page: Page, seconds: float) -> Iterator[None]:
    """What is done in here keeps the browser busy for less than that, however busy others keep the computer."""
    before = _worked(page)
    yield
    assert _worked(page) - before < seconds


def _worked(page: Page) -> float:
    """Seconds of processor time of a browser and of all that it started, also of what ended meanwhile (proc(5))."""
    assert isinstance(page, ChromiumPage | FirefoxPage)
    ours = {page.process if isinstance(page, FirefoxPage) else page.driver.service.process.pid}
    parents, ticks = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            fields = stat.read_text(errors="replace").rpartition(")")[2].split()
            parents[int(stat.parent.name)] = int(fields[1])
            ticks[int(stat.parent.name)] = sum(map(int, fields[11:15]))
    while more := {child for child, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(ticks[process] for process in ours) / os.sysconf("SC_CLK_TCK")
