"""The zip of a package can be read whatever its size, by the verifier and by another reader."""

import hashlib
import zipfile
from pathlib import Path

import pytest
from package_mutations import files_of

from app.package.archive import Archive
from app.package.bag import Part, part_of
from app.package.verify.archive import Archive as Checked


def written(folder: Path, parts: list[Part]) -> Path:
    path = folder / "package.zip"
    with Archive(path, "AB-report-2026-11-20") as archive:
        for part in parts:
            archive.add(part)
    return path


@pytest.mark.parametrize("limit", [10, 1_500, 3_100])
def test_a_zip_beyond_what_the_library_calls_large_is_one_that_the_verifier_takes(
    tmp_path: Path, monkeypatch, limit: int
) -> None:
    """The library begins with zip64 at 2 GiB, half of what the format can hold without; here it begins earlier."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", limit)
    contents = {"a.txt": b"a" * 1_000, "b.txt": b"b" * 2_000, "c.txt": b"c"}
    path = written(tmp_path, [part_of(name, content) for name, content in contents.items()])
    with Checked(path) as archive:
        assert {name: archive.hashed(name).sha256 for name in archive.sizes} == {
            name: hashlib.sha256(content).hexdigest() for name, content in contents.items()
        }
    assert files_of(path.read_bytes()) == {f"AB-report-2026-11-20/{name}": data for name, data in contents.items()}


@pytest.mark.parametrize("count", [65_534, 65_535, 65_536])
def test_a_zip_of_as_many_files_as_its_end_can_count_is_one_that_the_verifier_takes(tmp_path: Path, count: int) -> None:
    path = written(tmp_path, [part_of(f"{number:05}.txt", b"") for number in range(count)])
    with Checked(path) as archive:
        assert len(archive.sizes) == count
    with zipfile.ZipFile(path) as archive:
        assert len(archive.namelist()) == count
