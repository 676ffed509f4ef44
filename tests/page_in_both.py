"""The checker page in Chromium and in Firefox, for tests: each test runs in both."""

from collections.abc import Iterator

import pytest
from page import Page
from page_checks import BROWSERS


@pytest.fixture(scope="module", params=BROWSERS.values(), ids=BROWSERS)
def browser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with request.param(tmp_path_factory.mktemp("profile")) as opened:
        yield opened
