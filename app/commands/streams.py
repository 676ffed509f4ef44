"""The three streams of the program as it was started: one that was closed leads nowhere, and none ends the program."""

import os
import sys

_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


def take_streams() -> None:
    """Give the program the streams that it was started without, and make each write what it has no letters for.

    The number of a closed stream goes to the next file that is opened: it is taken first, if it is still free.
    """
    for name, mode in _STREAMS:
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(number, True)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def drop_streams() -> None:
    """Let what could not be written go: Python flushes once more on its way out, and must find somebody who reads."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
