"""A small WebDriver BiDi client: a Firefox of its own, without a window, spoken to over its remote debugging port."""

import contextlib
import itertools
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import websocket
from xvfb import wait_until

_PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.update.enabled": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.disable_beforeunload": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.active-protocols": 1,
    "services.settings.server": "data:,none",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
_FIREFOX = "firefox-esr --headless --no-remote --remote-debugging-port 0 --remote-allow-system-access".split()
"""It lets its driver reach its own windows too: the dialog for a folder is one of them."""
_LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)\n")


class BidiError(AssertionError):
    """The browser answered a command with an error, or not at all."""


class Bidi:
    """One session: commands and their answers, and the events that came in between."""

    def __init__(self, address: str) -> None:
        self._socket = websocket.create_connection(f"{address}/session", timeout=120, suppress_origin=True)
        self._numbers = itertools.count(1)
        self._events: list[dict] = []

    def command(self, method: str, **parameters: object) -> dict:
        """Send one command and wait for its result. Raises BidiError."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("type") == "event":
                self._events.append(message)
            elif message.get("id") == number:
                if message["type"] == "error":
                    raise BidiError(f"{method}: {message['error']}: {message['message']}")
                return message["result"]

    def events(self, method: str) -> list[dict]:
        """What was reported under this name since somebody last asked for it."""
        asked = [event["params"] for event in self._events if event["method"] == method]
        self._events = [event for event in self._events if event["method"] != method]
        return asked

    def close(self) -> None:
        self._socket.close()


@contextlib.contextmanager
def firefox(profile: Path, preferences: dict[str, object] | None = None) -> Iterator[tuple[Bidi, int]]:
    """A session in a Firefox with a profile of its own, and the number of its process."""
    profile.mkdir(parents=True, exist_ok=True)
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in
             {**_PREFERENCES, **(preferences or {})}.items())  # fmt: skip
    (profile / "user.js").write_text("".join(lines))
    # To a file: a pipe that nobody reads any more is full at some time, and whoever writes there then stands still.
    told = profile / "told.txt"
    with told.open("wb") as file:
        process = subprocess.Popen(
            [*_FIREFOX, "--profile", profile],
            stdout=subprocess.DEVNULL,
            stderr=file,
            env={"HOME": str(profile), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        )
    try:
        session = Bidi(_address(process, told))
        session.command("session.new", capabilities={})
        yield session, process.pid
        session.close()
    finally:
        _end(process)


def _address(process: subprocess.Popen[bytes], told: Path) -> str:
    """Where it listens; it says so on its standard error. Raises BidiError where it ended before."""
    wait_until(lambda: _LISTENS.search(told.read_text()) is not None or process.poll() is not None)
    found = _LISTENS.search(told.read_text())
    if found is None:
        raise BidiError(f"Firefox ended before it listened: {told.read_text()}")
    return found[1]


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
