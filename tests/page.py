"""The checker page in a running browser, opened from file:// as an officer would open it; Chromium here."""

import contextlib
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from page_policy import PAGE
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

__all__ = ["PAGE", "ChromiumPage", "Page", "checker_page"]

_FLAGS = (
    "--headless=new --disable-gpu --disable-background-networking --no-first-run --disable-component-update "
    "--disable-sync --no-sandbox --window-size=1000,900"
).split()

_Found = TypeVar("_Found")


class Page(ABC):
    """The checker page, whatever the browser."""

    @abstractmethod
    def open(self) -> None:
        """Load the page anew, and forget what the browser logged so far."""

    @abstractmethod
    def script(self, body: str, *arguments: object) -> object:
        """Run the body of a function in the page; what it returns, through JSON."""

    @abstractmethod
    def choose(self, input_id: str, *paths: Path) -> None:
        """Choose files in one of the page's fields, as its dialog would."""

    @abstractmethod
    def drop(self, *paths: Path) -> None:
        """Drop files in the middle of the page, as from a file manager."""

    @abstractmethod
    def complaints(self) -> list[str]:
        """What the browser wrote on its console since the page was opened."""

    @abstractmethod
    def requests(self) -> list[str]:
        """The addresses that were asked for since the last time somebody asked."""

    @abstractmethod
    def picture(self, path: Path) -> None:
        """Write the whole page as a PNG."""

    def text(self, element_id: str) -> str:
        """What can be read in an element; empty where it is hidden."""
        return str(
            self.script(
                "const element = document.getElementById(arguments[0]);"
                "return element.checkVisibility() ? element.innerText : ''",
                element_id,
            )
        )

    def texts(self, selector: str) -> list[str]:
        found = self.script(
            "return Array.from(document.querySelectorAll(arguments[0]),"
            " (element) => element.checkVisibility() ? element.innerText : '')",
            selector,
        )
        assert isinstance(found, list)
        return found

    def fill(self, *, fingerprint: str = "", receipts: str = "") -> None:
        """Put text into the two optional fields at once, without a keyboard."""
        self.script(
            "document.getElementById('fingerprint-input').value = arguments[0];"
            "document.getElementById('receipts-input').value = arguments[1];",
            fingerprint,
            receipts,
        )

    def check_zip(self, *paths: Path) -> dict:
        """Choose a zip; the result when the check is over."""
        return self._check("zip-input", *paths)

    def check_zips(self, *paths: Path) -> list[dict]:
        """Choose several zips; their results."""
        found = self._check("zip-input", *paths)
        assert isinstance(found, list)
        return found

    def check_folder(self, path: Path) -> dict:
        """Choose an unpacked folder; the result when the check is over."""
        return self._check("folder-input", path)

    def compare(self) -> dict:
        """Press Compare, which takes what is typed in; the result."""
        self.forget()
        self.script("document.getElementById('compare').click()")
        return self.result()

    def forget(self) -> None:
        """The next result is a new one."""
        self.script("document.getElementById('result-json').textContent = ''")

    def result(self) -> dict:
        """Wait for a result."""
        return json.loads(self.wait_for(self.json))

    def json(self) -> str:
        """The result as it stands there; empty as long as there is none."""
        return str(self.script("return document.getElementById('result-json').textContent"))

    def wait_for(self, condition: Callable[[], _Found], within: float = 60) -> _Found:
        """What the condition gives once it is true. Raises AssertionError after so many seconds."""
        end = time.monotonic() + within
        while not (found := condition()):
            if time.monotonic() > end:
                raise AssertionError(f"the page never came so far: {self.text('verdict')}")
        return found

    def _check(self, input_id: str, *paths: Path) -> dict:
        self.forget()
        self.choose(input_id, *paths)
        return self.result()


class ChromiumPage(Page):
    """The checker page in Chromium."""

    def __init__(self, driver: Chrome, page: Path = PAGE) -> None:
        self.driver = driver
        self._page = page

    def open(self) -> None:
        self.driver.get(self._page.as_uri())
        self.driver.get_log("browser")
        self.driver.get_log("performance")

    def script(self, body: str, *arguments: object) -> object:
        return self.driver.execute_script(body, *arguments)

    def choose(self, input_id: str, *paths: Path) -> None:
        self.driver.find_element(By.ID, input_id).send_keys("\n".join(map(str, paths)))

    def type_in(self, *, fingerprint: str = "", receipts: str = "") -> None:
        """Type into the two optional fields, key by key."""
        for element_id, text in (("fingerprint-input", fingerprint), ("receipts-input", receipts)):
            field = self.driver.find_element(By.ID, element_id)
            field.clear()
            if text:
                field.send_keys(text)

    def drop(self, *paths: Path) -> None:
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.driver.execute_cdp_cmd("Input.dispatchDragEvent", {"type": kind, "x": 500, "y": 400, "data": data})

    def media(self, **features: str) -> None:
        """Pretend settings of the computer: prefers_color_scheme="dark", media="print"."""
        medium = features.pop("media", "")
        named = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": medium, "features": named})

    def width(self, pixels: int) -> None:
        """Pretend a screen of this width."""
        metrics = {"width": pixels, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]

    def picture(self, path: Path) -> None:
        height = self.script("return document.documentElement.scrollHeight")
        self.driver.set_window_size(1000, int(str(height)) + 150)
        self.driver.save_screenshot(str(path))


@contextlib.contextmanager
def checker_page(profile: Path, *flags: str, page: Path = PAGE) -> Iterator[ChromiumPage]:
    """A Chromium with a fresh profile in a folder, and the page in it."""
    options = ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*_FLAGS, f"--user-data-dir={profile}", *flags):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        opened = ChromiumPage(driver, page)
        opened.open()
        yield opened
    finally:
        driver.quit()
