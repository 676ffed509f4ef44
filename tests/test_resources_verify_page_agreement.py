"""The page and the command line find the same in packages that were spoiled at random and signed again.

And in several at once, with receipts and a fingerprint beside them; `make prove` draws more of these.
"""

from pathlib import Path

import pytest
from page_checks import BROWSERS, codes
from page_differences import spoiled
from prove import pages

from app.package.verify import verify

ELSEWHERE = {"pdf-signature"}
"""What only the command line looks at."""


@pytest.mark.parametrize(("browser", "seed"), [("chromium", 1), ("firefox", 2)])
def test_two_readers_find_the_same_codes_whatever_is_signed(tmp_path: Path, browser: str, seed: int) -> None:
    differences, verdicts = [], set()
    with BROWSERS[browser](tmp_path / "profile") as page:
        for number, one in enumerate(spoiled(seed, 70)):
            path = tmp_path / f"{number}.zip"
            path.write_bytes(one.zipped)
            found = codes(page.check_zip(path))
            verdict = verify(path)
            if found != {problem.code.value for problem in verdict.problems} - ELSEWHERE:
                differences.append((one.what, found, verdict.problems))
            verdicts.add(verdict.outcome.value)
            path.unlink()
    assert differences == []
    assert verdicts == {"intact", "failed", "unreadable"}


def test_two_readers_find_the_same_in_several_packages_whatever_is_given_with_them(tmp_path: Path) -> None:
    proof = pages.prove_together(tmp_path, 1, 30, BROWSERS["chromium"])
    assert proof.losses == []
    assert proof.runs == 30
