"""The checker page in Chromium, for tests: one browser for each file of tests."""

from collections.abc import Iterator

import pytest
from page import ChromiumPage, checker_page


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromiumPage]:
    with checker_page(tmp_path_factory.mktemp("profile")) as opened:
        yield opened
