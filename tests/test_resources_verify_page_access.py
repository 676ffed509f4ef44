"""Everybody can use the checker page: axe-core finds nothing in any state, keyboard and screen reader get on."""

import importlib.resources
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from package_maker import KNOWN_EXHIBIT, good_package
from page import ChromiumPage, checker_page

State = Callable[[ChromiumPage, Path], object]
AXE = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromiumPage]:
    with checker_page(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def page(browser: ChromiumPage) -> Iterator[ChromiumPage]:
    browser.open()
    yield browser
    browser.media()
    browser.width(1000)


def violations(page: ChromiumPage) -> list[str]:
    """What axe-core finds, with every rule that it has but those for experiments."""
    page.driver.execute_script(AXE)
    found = page.driver.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document, { resultTypes: ['violations'] }).then((found) => done(found.violations))"
    )
    return [f"{one['id']}: {node['html']} {node['failureSummary']}" for one in found for node in one["nodes"]]


def zip_of(folder: Path, *spoil: str, name: str = "report") -> Path:
    package = good_package()
    for path in spoil:
        package.files[path] += b" "
    (folder / f"{name}.zip").write_bytes(package.zipped())
    return folder / f"{name}.zip"


def broken(folder: Path) -> Path:
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    return folder / "broken.zip"


def intact_with_everything(page: ChromiumPage, folder: Path) -> None:
    package = good_package()
    page.fill(fingerprint=package.fingerprint, receipts=f"{package.receipt(3)}\n4-MIST-YPED")
    (folder / "a.png").write_bytes(package.files[KNOWN_EXHIBIT])
    page.drop(zip_of(folder), folder / "a.png")
    page.result()
    page.script("document.getElementById('experts').open = true")


def stopped(page: ChromiumPage, folder: Path) -> None:
    page.drop(folder / "a.png")
    page.wait_for(lambda: page.text("verdict-title"))


def still_running(page: ChromiumPage, folder: Path) -> None:
    """A check that waits in the middle of its way."""
    page.script("Check.prototype.chainOfEntries = () => new Promise(() => {})")
    page.choose("zip-input", zip_of(folder))
    page.wait_for(lambda: page.text("running"))


STATES: dict[str, State] = {
    "nothing chosen": lambda _page, _folder: None,
    "running": still_running,
    "intact, typed in, a file alone, for experts": intact_with_everything,
    "failed": lambda page, folder: page.check_zip(zip_of(folder, KNOWN_EXHIBIT, "data/report.html")),
    "unreadable": lambda page, folder: page.check_zip(broken(folder)),
    "several": lambda page, folder: page.check_zips(
        zip_of(folder), zip_of(folder, KNOWN_EXHIBIT, name="B"), broken(folder)
    ),
    "one file without a package": stopped,
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_axe_finds_nothing(page: ChromiumPage, tmp_path: Path, state: State, scheme: str) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    page.media(prefers_color_scheme=scheme)
    state(page, tmp_path)
    assert violations(page) == []


def test_axe_would_have_found_something(page: ChromiumPage) -> None:
    page.script("document.querySelector('label').remove()")
    assert any(one.startswith("label:") for one in violations(page))


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 1000])
def test_nothing_sticks_out_on_any_screen_in_either_direction(
    page: ChromiumPage, tmp_path: Path, direction: str, width: int
) -> None:
    page.width(width)
    page.script("document.documentElement.dir = arguments[0]", direction)
    page.check_zips(zip_of(tmp_path, KNOWN_EXHIBIT, name="a" * 120), zip_of(tmp_path, name="B"))
    sticking = page.script(
        "const wide = document.documentElement.clientWidth;"
        "return Array.from(document.querySelectorAll('main *')).filter((one) => {"
        "  const box = one.getBoundingClientRect();"
        "  return box.width > 1 && (box.left < -1 || box.right > wide + 1); }).map((one) => one.outerHTML)"
    )
    assert sticking == []


def test_a_name_in_arabic_turns_nothing_around_it(page: ChromiumPage, tmp_path: Path) -> None:
    page.check_zip(zip_of(tmp_path, name="تقرير 2026 (1)"))
    named = page.script("return document.querySelector('#verdict-package bdi').textContent")
    assert named == "تقرير 2026 (1).zip"
    places = page.script(
        "const all = document.getElementById('verdict-package'), range = document.createRange();"
        "const left = (node) => { range.selectNode(node); return range.getBoundingClientRect().left };"
        "return Array.from(all.childNodes, left)"
    )
    assert places == sorted(places)


def test_the_way_goes_on_from_the_verdict_with_the_keyboard(page: ChromiumPage, tmp_path: Path) -> None:
    page.check_zip(zip_of(tmp_path))
    assert page.script("return document.activeElement.id") == "verdict-heading"
    keys = page.driver.switch_to.active_element
    keys.send_keys("\ue004")
    page.driver.switch_to.active_element.send_keys(good_package().fingerprint, "\ue004", "\ue004")
    page.driver.switch_to.active_element.send_keys(" ")
    assert page.wait_for(lambda: page.texts("#typed li"))
    assert page.script("return document.activeElement.id") == "compare"


def test_the_keyboard_is_not_left_on_a_button_that_is_gone(page: ChromiumPage, tmp_path: Path) -> None:
    page.check_zip(zip_of(tmp_path))
    (tmp_path / "a.png").write_bytes(good_package().files[KNOWN_EXHIBIT])
    page.script(
        "const whole = PlainFile.prototype.pieces;"
        "PlainFile.prototype.pieces = async function* () {"
        "  document.getElementById('cancel').focus();"
        "  yield* whole.call(this); }"
    )
    page.choose("file-input", tmp_path / "a.png")
    page.wait_for(lambda: page.texts("#alone-found li"))
    assert page.wait_for(lambda: page.text("running") == "")
    assert page.script("return document.activeElement.id") == "verdict-heading"


def test_a_screen_reader_is_told_the_progress_in_quarters_and_then_the_verdict(
    page: ChromiumPage, tmp_path: Path
) -> None:
    page.script(
        "window.told = []; new MutationObserver(() => told.push(document.getElementById('said').textContent))"
        ".observe(document.getElementById('said'), { childList: true });"
        "performance.now = () => (window.tick = (window.tick ?? 0) + 1000)"
    )
    page.check_zip(zip_of(tmp_path))
    told = [one for one in page.script("return told") if one]
    assert told[0] == "Opening “report.zip”"
    assert told[1].startswith("25 % of “report.zip”")
    assert len(told) <= 5
    live = page.script(
        "return ['said', 'verdict-title', 'typed', 'alone-found'].map((id) =>"
        " document.getElementById(id).closest('[aria-live=polite], [role=status]') !== null)"
    )
    assert live == [True] * 4


def test_the_bar_moves_on_while_chain_and_record_are_read_and_ends_at_its_end(
    page: ChromiumPage, tmp_path: Path
) -> None:
    page.script(
        "window.bars = []; const bar = document.getElementById('running-bar');"
        "new MutationObserver(() => bars.push(bar.value)).observe(bar, { attributes: true });"
        "performance.now = () => (window.tick = (window.tick ?? 0) + 1000)"
    )
    page.check_zip(zip_of(tmp_path))
    bars = [float(str(value)) for value in page.script("return bars")]
    moved = bars[bars.index(0) + 1 :]
    assert moved == sorted(moved)
    assert moved[-1] == 1
    files = good_package().files
    whole = sum(map(len, files.values()))
    read_twice = sum(len(files[path]) for path in ("data/chain.txt", "data/record.jsonl"))
    assert sum(value > whole / (whole + read_twice) for value in moved) == 2


def test_on_paper_stand_verdict_key_and_limits_and_no_buttons(page: ChromiumPage, tmp_path: Path) -> None:
    page.check_zip(zip_of(tmp_path))
    page.media(media="print")
    assert page.texts("button, .pick") == [""] * len(page.texts("button, .pick"))
    for element_id in ("verdict", "details", "limits", "notices-card"):
        assert page.text(element_id)
