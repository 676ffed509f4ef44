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
    """Write no core dumps, and let no other program of the same user look into this one."""
    write_no_core_dumps()
    keep_others_out()


def write_no_core_dumps() -> None:
    """A crash leaves no file with the memory in it (setrlimit(2)). Windows writes none unless it was told to."""
    if sys.platform != "win32":
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def keep_others_out() -> None:
    """On Linux no other program of the same user can read this memory, and no crash is piped to one (prctl(2)).

    The mark ends where a program that this one starts begins. Whoever administers the computer can still read
    everything. A desktop portal refuses to talk to a program with this mark: what asks a portal must do so before, or
    in a program of its own.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
