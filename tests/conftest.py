"""What all tests share."""

from skips import pytest_make_collect_report, pytest_runtest_makereport
from street import walked
from xvfb import virtual_screen

__all__ = ["pytest_make_collect_report", "pytest_runtest_makereport", "virtual_screen", "walked"]
