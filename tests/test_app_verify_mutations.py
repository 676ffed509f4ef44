"""However a good package is damaged, it is never called intact; `make prove` does this at thousands of places."""

import zipfile
from pathlib import Path

from package_mutations import GOOD, files_of, mutations
from prove import packages

from app.package.verify import Outcome, verify


def test_damage_at_random_places_is_never_called_intact(tmp_path: Path) -> None:
    proof = packages.prove(tmp_path, 1, 240)
    assert proof.losses == []
    assert proof.runs == 240
    assert set(proof.told) == {"failed", "unreadable"}


def test_the_packages_that_are_damaged_are_good_ones_of_every_kind() -> None:
    assert len(GOOD) >= 6
    for path in GOOD:
        assert verify(path).outcome is Outcome.INTACT
        assert files_of(path.read_bytes())


def test_damage_reaches_zip_tag_files_and_everything_in_the_package() -> None:
    told = [mutation.what for mutation in mutations(1, 2000)]
    with zipfile.ZipFile(GOOD[0]) as archive:
        paths = archive.namelist()
    for path in paths:
        assert any(path in what for what in told), path
    assert sum("manifest-sha256.txt.tsr" in what for what in told) > 50
    for how in ("flip", "drop", "swap", "truncate", "duplicate", "removed", "renamed", "duplicated", "exchanged"):
        assert any(how in what for what in told), how
