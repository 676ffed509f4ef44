"""Work for the processes of a shelf that does to its process what a package might; it imports little, to start fast."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from app.package.verify import shelf
from app.package.verify.checking import Asked, Checked
from app.package.verify.histories import Glance
from app.package.verify.shelf import _Examiner, _Look

DEAF = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
"""Whether this process heard nothing of Ctrl-C when it came here, before it began to work."""


def reverse(text: str) -> str:
    """The text backwards; some texts end the process that has them."""
    if text == "deaf?":
        return str(DEAF)
    if text.startswith(("say ", "hear ")):
        word, _, pipe = text.partition(" ")
        # Neither end of a pipe opens before the other: whoever waits alone is ended.
        signal.alarm(60)
        Path(pipe).open("w" if word == "say" else "r").close()
        return word
    if text == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if text == "exit":
        os._exit(0)
    if text == "memory":
        raise MemoryError
    if text == "unforeseen":
        raise ZeroDivisionError
    if text.startswith("once "):
        marker = Path(text.removeprefix("once "))
        if not marker.exists():
            marker.write_bytes(b"")
            os._exit(1)
    return text[::-1]


@dataclass(frozen=True, slots=True)
class DyingExaminer:
    """Checks packages, and dies over the one that is named good-5."""

    asked: Asked

    def __call__(self, look: _Look) -> Glance | Checked | None:
        if "good-5" in look.package:
            os.kill(os.getpid(), signal.SIGKILL)
        return _Examiner(self.asked)(look)


@dataclass(frozen=True, slots=True)
class LostExaminer:
    """Checks packages, and never comes back from the one that is named good-5; with less patience than the program."""

    asked: Asked

    def __call__(self, look: _Look) -> Glance | Checked | None:
        if "good-5" in look.package:
            shelf._SECONDS = 0.3
            shelf.glance_at = shelf.check_package = _for_ever
        return _Examiner(self.asked)(look)


def _for_ever(*_asked: object) -> None:
    while True:
        pass
