"""Packages damaged at random places, in the page: it never says intact, unless every file still comes out as it was.

And several packages given together, drawn at random: page and command line find the same in each of them.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from package_mutations import mutations
from page import Page
from page_sets import given
from page_together import differences

from prove.packages import Proof

Browser = Callable[[Path], AbstractContextManager[Page]]


def prove(folder: Path, seed: int, count: int, browser: Browser) -> Proof:
    """Damage `count` packages and check each in a browser."""
    proof = Proof()
    path = folder / "damaged.zip"
    with browser(folder / "profile") as page:
        for number, mutation in enumerate(mutations(seed, count)):
            path.write_bytes(mutation.zipped)
            verdict = page.check_zip(path)["verdict"]
            if verdict != "intact":
                proof.told[verdict] += 1
            elif mutation.changes_no_file:
                proof.harmless += 1
            else:
                proof.losses.append(f"{number} of seed {seed} is called intact: {mutation.what}")
    return proof


def prove_together(folder: Path, seed: int, count: int, browser: Browser) -> Proof:
    """Draw `count` sets of packages; a set in which a browser and the command line find different things is a loss."""
    proof = Proof()
    with browser(folder / "profile") as page:
        for number, one in enumerate(given(seed, count)):
            found = differences(page, one, folder)
            if found:
                proof.losses.append(f"{number} of seed {seed}, {one}: {'; '.join(found)}")
            else:
                proof.told["alike"] += 1
    return proof
