"""However a good package is damaged, the page never calls it intact; `make prove` does this at thousands of places."""

from pathlib import Path

import pytest
from page_checks import BROWSERS
from prove import pages


@pytest.mark.parametrize("browser", BROWSERS.values(), ids=BROWSERS)
def test_damage_at_random_places_is_never_called_intact(tmp_path: Path, browser: pages.Browser) -> None:
    proof = pages.prove(tmp_path, 1, 240, browser)
    assert proof.losses == []
    assert proof.runs == 240
    assert set(proof.told) == {"failed", "unreadable"}
