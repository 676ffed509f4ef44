"""A terminal of its own for holdfast-cli: reads what is shown, answers when a question has come, keeps everything."""

import codecs
import os
import pty
import re
import select
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

CHEAP_CLI = (sys.executable, str(Path(__file__).with_name("street_cheap.py")))
_PATIENCE_S = 60.0


class Terminal:
    """A program at a pseudo-terminal."""

    def __init__(
        self, *arguments: str | Path, program: Sequence[str] = CHEAP_CLI, environ: Mapping[str, str] | None = None
    ):
        command = [*program, *map(str, arguments)]
        self._child, self._end = pty.fork()
        if self._child == 0:
            os.execve(command[0], command, os.environ | dict(environ or {}))
        self.seen = ""
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._looked_at = 0
        self._ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if not self._ended:
            with suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
            self.ended()

    def until(self, pattern: str) -> re.Match[str]:
        """Wait until this is shown after what was waited for before."""
        deadline = time.monotonic() + _PATIENCE_S
        while not (found := re.search(pattern, self.seen[self._looked_at :])):
            assert time.monotonic() < deadline, f"{pattern!r} did not come; seen: {self.seen!r}"
            assert self._read(), f"{pattern!r} did not come; seen: {self.seen!r}"
        self._looked_at += found.end()
        return found

    def type(self, text: str) -> None:
        """Type a line, and Enter."""
        os.write(self._end, text.encode() + b"\n")

    def answer(self, pattern: str, text: str) -> re.Match[str]:
        """Wait for a question and answer it."""
        found = self.until(pattern)
        self.type(text)
        return found

    def ended(self) -> int:
        """Read to the end; the exit status."""
        while self._read():
            pass
        os.close(self._end)
        self._ended = True
        return os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])

    def _read(self) -> bool:
        ready, _write, _error = select.select([self._end], [], [], _PATIENCE_S)
        if not ready:
            return False
        try:
            piece = os.read(self._end, 65536)
        except OSError:
            return False
        self.seen += self._decode(piece)
        return bool(piece)


def words_on(screen: str) -> list[str]:
    """The numbered words, in their order."""
    numbered = {int(number): word for number, word in re.findall(r"(\d{1,2})\. ([a-z]+)", screen)}
    return [numbered[number] for number in sorted(numbered)]
