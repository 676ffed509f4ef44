"""What keeps the memory of this program out of files and out of other programs' reach, as far as a program can."""

import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource
if sys.platform == "linux":
    import ctypes

_PR_SET_DUMPABLE = 4
"""prctl(2), from linux/prctl.h."""


def harden() -> None:
    """Write no core dumps; on Linux let no other program of the same user read this memory (prctl(2), ptrace(2)).

    Programs that this one starts are not bound by the second: the mark ends at exec. Whoever administers the
    computer can read everything still. A desktop portal refuses to talk to a program with that mark.
    """
    if sys.platform != "win32":
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
