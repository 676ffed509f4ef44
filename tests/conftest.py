"""What all tests share."""

from hypothesis import settings
from skips import pytest_make_collect_report, pytest_runtest_makereport
from street import walked
from xvfb import virtual_screen

# A busy machine is no failure, and a run that was green yesterday is green today.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

__all__ = ["pytest_make_collect_report", "pytest_runtest_makereport", "virtual_screen", "walked"]
