"""Lets no test be skipped unnoticed: a skip that allowed_skips.txt does not name with its reason is a failure."""

from collections.abc import Generator, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

LIST = Path(__file__).with_name("allowed_skips.txt")
"""Lines of the form `test_file.py::test_name: the reason`; `*` stands for any letters. # begins a comment."""


def allowed() -> Iterator[tuple[str, str]]:
    """The skips that are allowed, as (test, reason), both patterns."""
    for line in LIST.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            test, _colon, reason = line.partition(": ")
            yield test.strip(), reason.strip()


def refuse(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip that is not on the list into a failure. A failure that was expected (xfail) is no skip."""
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    said = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = said.removeprefix("Skipped: ")
    test = report.nodeid.removeprefix("tests/").partition("[")[0]
    if not any(fnmatchcase(test, name) and fnmatchcase(reason, words) for name, words in allowed()):
        report.outcome = "failed"
        report.longrepr = f"skipped, and not on the list {LIST.name}:\n{test}: {reason}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Look at each test's report after everybody else has."""
    report = yield
    refuse(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Look at whole files that skip themselves."""
    report = yield
    refuse(report)
    return report
