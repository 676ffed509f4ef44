"""The checker page in a real Firefox, driven with WebDriver BiDi from file://."""

import base64
import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

from page import PAGE, Page
from page_bidi import Bidi, BidiError, firefox
from page_picker import FolderPicker

_CALL = "async (given) => JSON.stringify(await (function () { BODY }).apply(null, JSON.parse(given)) ?? null)"


class FirefoxPage(Page):
    """The checker page in Firefox."""

    def __init__(self, session: Bidi, process: int, page: Path = PAGE) -> None:
        self.process = process
        self._session = session
        self._page = page
        self._context = session.command("browsingContext.getTree")["contexts"][0]["context"]
        session.command("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])

    def open(self) -> None:
        self._session.command(
            "browsingContext.navigate", context=self._context, url=self._page.as_uri(), wait="complete"
        )
        self.complaints()
        self.requests()

    def script(self, body: str, *arguments: object) -> object:
        done = self._session.command(
            "script.callFunction",
            functionDeclaration=_CALL.replace("BODY", body),
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self._context},
            awaitPromise=True,
        )
        if done["type"] != "success":
            raise BidiError(done["exceptionDetails"]["text"])
        return json.loads(done["result"]["value"])

    def choose(self, input_id: str, *paths: Path) -> None:
        if paths[0].is_dir():
            self.choose_folder(input_id, paths[0])
            return
        self._session.command(
            "input.setFiles",
            context=self._context,
            element={"sharedId": self._element(input_id)},
            files=[str(path) for path in paths],
        )

    def choose_folder(self, input_id: str, path: Path) -> str:
        """Choose a folder in a field for folders, and say yes where Firefox asks; what it asked."""
        picker = FolderPicker(self._session)
        picker.choose(path, lambda: self._session.command(
            "script.callFunction", functionDeclaration=f"() => document.getElementById({json.dumps(input_id)}).click()",
            target={"context": self._context}, awaitPromise=True, userActivation=True,
        ))  # fmt: skip
        return self.wait_for(picker.agree)

    def press(self, *keys: str) -> None:
        """Press and release each key, one after the other, wherever the focus is."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._session.command(
            "input.performActions",
            context=self._context,
            actions=[{"type": "key", "id": "keyboard", "actions": actions}],
        )

    def drop(self, *paths: Path) -> None:
        """Drop files. BiDi has no dragging: the event is made here, of files that a field of its own was given."""
        self.script(
            "const field = document.createElement('input'); field.type = 'file'; field.multiple = true;"
            "field.id = 'for-dropping'; document.body.append(field)"
        )
        self.choose("for-dropping", *paths)
        self.script(
            "const field = document.getElementById('for-dropping'); const dataTransfer = new DataTransfer();"
            "for (const file of field.files) dataTransfer.items.add(file); field.remove();"
            "document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))"
        )

    def complaints(self) -> list[str]:
        return [event["text"] for event in self._session.events("log.entryAdded")]

    def requests(self) -> list[str]:
        return [event["request"]["url"] for event in self._session.events("network.beforeRequestSent")]

    def picture(self, path: Path) -> None:
        shot = self._session.command("browsingContext.captureScreenshot", context=self._context, origin="document")
        path.write_bytes(base64.b64decode(shot["data"]))

    def _element(self, element_id: str) -> str:
        found = self._session.command(
            "browsingContext.locateNodes",
            context=self._context,
            locator={"type": "css", "value": f"#{element_id}"},
        )
        return found["nodes"][0]["sharedId"]


@contextlib.contextmanager
def firefox_page(
    profile: Path, preferences: dict[str, object] | None = None, page: Path = PAGE
) -> Iterator[FirefoxPage]:
    """A Firefox with a fresh profile in a folder, and the page in it."""
    with firefox(profile, preferences) as (session, process):
        opened = FirefoxPage(session, process, page)
        opened.open()
        yield opened
