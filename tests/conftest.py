"""What all tests share."""

import faulthandler
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from skips import pytest_make_collect_report, pytest_runtest_makereport
from street import walked
from vaults import folder_in_memory, new_vault
from xvfb import virtual_screen

from vault.vault import Vault

# A busy machine is no failure, and a run that was green yesterday is green today.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

# Where the tests were begun in the background, these are ignored, and so they would be in every program they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

_END_S = 60


def pytest_unconfigure() -> None:
    """Threads that a failed test left, a window's for example, do not keep the program from ending."""
    if sys.__stderr__ is not None:
        faulthandler.dump_traceback_later(_END_S, exit=True, file=sys.__stderr__)


__all__ = ["pytest_make_collect_report", "pytest_runtest_makereport", "virtual_screen", "walked"]


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder in memory: for tests that end programs, not disks, and need no syncs."""
    with folder_in_memory() as folder:
        yield Path(folder)


@pytest.fixture
def vault(memory: Path) -> Iterator[Vault]:
    """An open vault in memory."""
    made = new_vault(memory)
    yield made
    made.close()


@pytest.fixture
def dest(memory: Path) -> Path:
    """Where a backup of it goes; the folder around it is there."""
    (memory / "stick").mkdir()
    return memory / "stick" / "copy.holdfast"
