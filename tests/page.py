"""Drives the checker page in real headless Chromium, opened from file:// as an officer would open it."""

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from selenium.common.exceptions import TimeoutException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

PAGE = Path(__file__).parent.parent / "resources" / "verify.html"
_FLAGS = (
    "--headless=new --disable-gpu --disable-background-networking --no-first-run --disable-component-update "
    "--disable-sync --no-sandbox --window-size=1000,900"
).split()

_Found = TypeVar("_Found")


class Page:
    """The checker page in a running Chromium."""

    def __init__(self, driver: Chrome, page: Path = PAGE) -> None:
        self.driver = driver
        self._page = page

    def open(self) -> None:
        """Load the page anew, and forget what the browser logged so far."""
        self.driver.get(self._page.as_uri())
        self.driver.get_log("browser")
        self.driver.get_log("performance")

    def text(self, element_id: str) -> str:
        """What can be read in an element; empty where it is hidden."""
        return self.driver.find_element(By.ID, element_id).text

    def texts(self, selector: str) -> list[str]:
        return [element.text for element in self.driver.find_elements(By.CSS_SELECTOR, selector)]

    def type_in(self, *, fingerprint: str = "", receipts: str = "") -> None:
        """Type into the two optional fields."""
        for element_id, text in (("fingerprint-input", fingerprint), ("receipts-input", receipts)):
            field = self.driver.find_element(By.ID, element_id)
            field.clear()
            if text:
                field.send_keys(text)

    def fill(self, *, fingerprint: str, receipts: str) -> None:
        """Put text into the two optional fields at once, without a keyboard."""
        self.driver.execute_script(
            "document.getElementById('fingerprint-input').value = arguments[0];"
            "document.getElementById('receipts-input').value = arguments[1];",
            fingerprint,
            receipts,
        )

    def check_zip(self, path: Path) -> dict:
        """Choose a zip; the result when the check is over."""
        return self._check("zip-input", path)

    def check_folder(self, path: Path) -> dict:
        """Choose an unpacked folder; the result when the check is over."""
        return self._check("folder-input", path)

    def drop(self, *paths: Path) -> None:
        """Drop files or a folder in the middle of the page, as from a file manager."""
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.driver.execute_cdp_cmd("Input.dispatchDragEvent", {"type": kind, "x": 500, "y": 400, "data": data})

    def compare(self) -> dict:
        """Press Compare, which takes what is typed in; the result."""
        self.driver.execute_script("document.getElementById('result-json').textContent = ''")
        self.driver.find_element(By.ID, "compare").click()
        return self.result()

    def result(self) -> dict:
        """Wait for a result."""
        text = self.wait_for(
            lambda: self.driver.execute_script("return document.getElementById('result-json').textContent"),
        )
        return json.loads(text)

    def wait_for(self, condition: Callable[[], _Found]) -> _Found:
        """What the condition gives once it is true. Raises AssertionError after a minute."""
        try:
            return WebDriverWait(self.driver, 60, poll_frequency=0.02).until(lambda _driver: condition())
        except TimeoutException as error:
            raise AssertionError(f"the page never came so far: {self.text('verdict')}") from error

    def complaints(self) -> list[str]:
        """What the browser wrote on its console since the page was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses that were asked for since the last time somebody asked."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]

    def _check(self, input_id: str, path: Path) -> dict:
        self.driver.execute_script("document.getElementById('result-json').textContent = ''")
        self.driver.find_element(By.ID, input_id).send_keys(str(path))
        return self.result()


@contextlib.contextmanager
def checker_page(profile: Path, *flags: str, page: Path = PAGE) -> Iterator[Page]:
    """A Chromium with a fresh profile in a folder, and the page in it."""
    options = ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*_FLAGS, f"--user-data-dir={profile}", *flags):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        opened = Page(driver, page)
        opened.open()
        yield opened
    finally:
        driver.quit()
