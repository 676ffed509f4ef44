"""No zip and no folder is read as something it is not: nothing crashes, and nothing slips through as intact."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from package_alterations import ALTERATIONS
from package_maker import KNOWN_EXHIBIT, good_package

from app.package.verify import Code, NoticeCode, Outcome, Verdict, plain_words, verify

GOOD = good_package().zipped()
DEFLATED = good_package().zipped(8)
REPACKED = "This zip was packed again by another program. Unpack it and check the folder."


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spoiled") / "package.zip"


def _verdict_on(path: Path, content: bytes) -> Verdict:
    path.write_bytes(content)
    return verify(path)


def _beside_the_files() -> list[int]:
    """Where in the good zip its own headers and directory stand, beside the files' bytes."""
    inside: set[int] = set()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        for info in archive.infolist():
            start = info.header_offset + 30 + len(info.filename)
            inside.update(range(start, start + info.file_size))
    return [at for at in range(len(GOOD)) if at not in inside]


def test_every_byte_of_a_zip_beside_its_files_counts(spoiled: Path) -> None:
    for at in _beside_the_files():
        content = bytearray(GOOD)
        content[at] ^= 1
        assert _verdict_on(spoiled, bytes(content)).outcome is not Outcome.INTACT, at


@settings(max_examples=150, deadline=None, derandomize=True)
@given(at=st.integers(0, len(GOOD) - 1), flip=st.integers(1, 255))
def test_no_flipped_byte_leaves_a_package_intact(spoiled: Path, at: int, flip: int) -> None:
    content = bytearray(GOOD)
    content[at] ^= flip
    assert _verdict_on(spoiled, bytes(content)).outcome is not Outcome.INTACT


@settings(max_examples=60, deadline=None, derandomize=True)
@given(length=st.integers(0, len(GOOD) - 1))
def test_no_shortened_zip_is_intact(spoiled: Path, length: int) -> None:
    assert _verdict_on(spoiled, GOOD[:length]).outcome is Outcome.UNREADABLE


@settings(max_examples=100, deadline=None, derandomize=True)
@given(edits=st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.binary(max_size=8)), min_size=1, max_size=8))
def test_no_rewritten_stretch_crashes_the_check(spoiled: Path, edits: list[tuple[int, bytes]]) -> None:
    content = bytearray(GOOD)
    for at, new in edits:
        content[at : at + len(new)] = new
    verdict = _verdict_on(spoiled, bytes(content))
    assert (verdict.outcome is Outcome.INTACT) == (bytes(content) == GOOD)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(at=st.integers(0, len(DEFLATED) - 1), flip=st.integers(1, 255))
def test_a_flipped_byte_in_a_deflated_zip_is_found_or_changes_no_file(spoiled: Path, at: int, flip: int) -> None:
    content = bytearray(DEFLATED)
    content[at] ^= flip
    if _verdict_on(spoiled, bytes(content)).outcome is Outcome.INTACT:
        with zipfile.ZipFile(spoiled) as archive:
            files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
        assert files == good_package().files


def test_a_zip_made_by_another_program_is_sent_back_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "again.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in good_package().files.items():
            archive.writestr(f"AB-report-2026-11-20/{name}", data)
    verdict = verify(path)
    assert verdict.outcome is Outcome.UNREADABLE
    assert plain_words(verdict).splitlines()[0].endswith(REPACKED)


@pytest.mark.parametrize("name", ["zip with a time", "zip with an extra field", "zip with a folder's attribute",
                                  "zip with a data descriptor", "zip with a name marked as UTF-8"])  # fmt: skip
def test_what_other_programs_do_to_a_zip_has_its_own_headline(tmp_path: Path, name: str) -> None:
    path = tmp_path / "again.zip"
    path.write_bytes(next(alteration for alteration in ALTERATIONS if alteration.name == name).zip_bytes())
    assert plain_words(verify(path)).splitlines()[0].endswith(REPACKED)


@pytest.mark.parametrize(
    "name", ["zip with a link", "zip with an encrypted file", "zip with a prefix", "zip cut short"]
)
def test_a_zip_that_is_broken_or_dangerous_is_not_said_to_be_packed_again(tmp_path: Path, name: str) -> None:
    path = tmp_path / "broken.zip"
    path.write_bytes(next(alteration for alteration in ALTERATIONS if alteration.name == name).zip_bytes())
    assert "again" not in plain_words(verify(path)).splitlines()[0]


def test_a_package_in_a_folder_of_its_own_is_checked(tmp_path: Path) -> None:
    good_package().unpack(tmp_path / "unpacked" / "twice")
    (tmp_path / "unpacked" / ".DS_Store").write_bytes(b"litter")
    assert verify(tmp_path / "unpacked").outcome is Outcome.INTACT


def test_the_folder_of_an_export_is_sent_on_to_the_zip_in_it(tmp_path: Path) -> None:
    for name in ("AB-report.zip", "AB-report-sealed.zip", "AB-report.pdf"):
        (tmp_path / name).write_bytes(b"content")
    verdict = verify(tmp_path)
    assert verdict.outcome is Outcome.UNREADABLE
    assert "check AB-report.zip instead" in verdict.problems[0].detail


def test_the_report_alone_is_sent_on_to_the_zip(tmp_path: Path) -> None:
    path = tmp_path / "AB-report.pdf"
    path.write_bytes(good_package().files["data/report.pdf"])
    verdict = verify(path)
    assert verdict.outcome is Outcome.UNREADABLE
    assert "check the zip instead" in verdict.problems[0].detail


def test_litter_of_file_managers_is_told_and_forgiven(tmp_path: Path) -> None:
    folder = good_package().unpack(tmp_path)
    for name in (".DS_Store", "data/Thumbs.db", "data/exhibits/._AB-0001.png", "desktop.ini"):
        (folder / name).write_bytes(b"litter")
    verdict = verify(folder)
    assert verdict.outcome is Outcome.INTACT
    assert NoticeCode.LITTER in {notice.code for notice in verdict.notices}


def test_a_name_in_other_letters_that_look_like_litter_is_extra(tmp_path: Path) -> None:
    folder = good_package().unpack(tmp_path)
    (folder / "des\N{KELVIN SIGN}top.ini").write_bytes(b"notes")
    (problem,) = verify(folder).problems
    assert problem.code is Code.FILE_EXTRA


def test_a_file_with_a_foreign_name_beside_the_package_is_extra(tmp_path: Path) -> None:
    folder = good_package().unpack(tmp_path)
    (folder / "my notes (1).docx").write_bytes(b"notes")
    (problem,) = verify(folder).problems
    assert (problem.code, problem.path) == (Code.FILE_EXTRA, "my notes (1).docx")


def test_a_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = good_package().unpack(tmp_path)
    elsewhere = tmp_path / "elsewhere.png"
    (folder / KNOWN_EXHIBIT).rename(elsewhere)
    (folder / KNOWN_EXHIBIT).symlink_to(elsewhere)
    assert verify(folder).outcome is Outcome.UNREADABLE


def test_a_linked_folder_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = good_package().unpack(tmp_path)
    (folder / "more").symlink_to(tmp_path, target_is_directory=True)
    assert verify(folder).outcome is Outcome.UNREADABLE


def test_a_pipe_in_the_folder_does_not_hang_the_check(tmp_path: Path) -> None:
    folder = good_package().unpack(tmp_path)
    (folder / KNOWN_EXHIBIT).unlink()
    os.mkfifo(folder / KNOWN_EXHIBIT)
    assert verify(folder).outcome is Outcome.UNREADABLE


def test_a_folder_without_end_is_not_walked(tmp_path: Path) -> None:
    folder = good_package().unpack(tmp_path)
    deep = folder
    for _ in range(30):
        deep /= "deeper"
        deep.mkdir()
    (deep / "file.txt").write_bytes(b"")
    assert verify(folder).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize("name", ["nothing.zip", "with\0zero.zip", "x" * 5000])
def test_a_package_that_is_not_there_is_unreadable(tmp_path: Path, name: str) -> None:
    verdict = verify(f"{tmp_path}/{name}")
    assert (verdict.outcome, verdict.exit_status) == (Outcome.UNREADABLE, 2)


def test_a_folder_that_is_no_package_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"picture")
    assert verify(tmp_path).outcome is Outcome.UNREADABLE


def test_checking_a_package_writes_nothing(tmp_path: Path) -> None:
    folder = good_package().unpack(tmp_path)
    zipped = tmp_path / "package.zip"
    zipped.write_bytes(GOOD)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    verify(folder)
    verify(zipped)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
