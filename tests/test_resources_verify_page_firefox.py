"""The checker page in real Firefox, what is Firefox's own: its question about a folder, its keyboard."""

import base64
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


_DROP_A_FOLDER = """
const [name, files] = arguments;
const folders = new Map();
const folder = (path) => {
  if (!folders.has(path)) folders.set(path, []);
  return { isFile: false, isDirectory: true, name: path.split('/').pop(), createReader: () => {
    const left = [...folders.get(path)];
    return { readEntries: (done) => done(left.splice(0, 2)) };
  } };
};
const root = folder(name);
for (const [path, content] of Object.entries(files)) {
  const parts = [name, ...path.split('/')];
  for (let depth = 1; depth < parts.length; depth += 1) {
    const [above, here] = [parts.slice(0, depth).join('/'), parts.slice(0, depth + 1).join('/')];
    const known = folders.get(above).some((one) => one.name === parts[depth]);
    const made = new File([latinBytes(atob(content))], parts[depth]);
    const file = { isFile: true, name: parts[depth], file: (done) => done(made) };
    if (!known) folders.get(above).push(depth === parts.length - 1 ? file : folder(here));
  }
}
dropped([{ kind: 'file', webkitGetAsEntry: () => root, getAsFile: () => null }]);
"""


def test_a_dropped_folder_is_read_to_its_end_though_it_is_handed_over_two_files_at_a_time(page: FirefoxPage) -> None:
    """Nobody drags anything in a Firefox without a window: its entries are made here, as its file system makes them."""
    package = good_package()
    files = {path: base64.b64encode(data).decode() for path, data in package.files.items()}
    page.script(_DROP_A_FOLDER, package.folder, files)
    result = page.result()
    assert (result["package"], result["verdict"], result["problems"]) == (package.folder, "intact", [])
