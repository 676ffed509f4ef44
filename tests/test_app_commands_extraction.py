"""`extract` on the command line: where plain files may go, and what is left of one that was killed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import PASSPHRASE, CommandLine, new_case

from vault.vault import Vault

CONTENT = b"a picture\n" * 5000

KILLED = """
import os
from vault.disk import Disk
from app.__main__ import main
rename = Disk.rename
def deadly(disk, source, target):
    if target.name == "x.txt":
        os.kill(os.getpid(), 9)
    rename(disk, source, target)
Disk.rename = deadly
main()
"""


@pytest.fixture
def case(tmp_path: Path) -> CommandLine:
    made = new_case(tmp_path)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(CONTENT)
        assert made("add", tmp_path / name).status == 0
        (tmp_path / name).unlink()
    (tmp_path / "out").mkdir()
    return made


def kill_extract(case: CommandLine, ref: str) -> None:
    """Extract to out/x.txt in a process of its own that ends just before the file gets its name."""
    arguments = ["extract", case.vault, ref, case.folder / "out" / "x.txt", "--passphrase-file", case.secret]
    ended = subprocess.run([sys.executable, "-c", KILLED, *map(str, arguments)], capture_output=True, check=False)
    assert ended.returncode == -9, ended.stderr
    assert [path.read_bytes() for path in (case.folder / "out").iterdir()] == [CONTENT]


def test_what_a_killed_extract_left_in_plain_goes_when_the_vault_is_next_opened(case: CommandLine) -> None:
    out = case.folder / "out"
    kill_extract(case, "AB/1")
    (out / "letter.txt").write_text("mine")
    assert case("list").status == 0
    assert [path.name for path in out.iterdir()] == ["letter.txt"]


def test_a_leftover_on_a_stick_that_was_taken_out_goes_when_it_is_there_again(case: CommandLine) -> None:
    out = case.folder / "out"
    kill_extract(case, "AB/1")
    out.rename(case.folder / "elsewhere")
    assert case("extract", "AB/2", case.folder / "second.txt").status == 0
    (case.folder / "elsewhere").rename(out)
    assert len(list(out.iterdir())) == 1
    assert case("list").status == 0
    assert list(out.iterdir()) == []


def test_a_finished_extract_leaves_no_note_of_where_its_file_is(case: CommandLine) -> None:
    assert case("extract", "AB/1", case.folder / "out" / "x.txt").status == 0
    opened = Vault.open(case.vault, PASSPHRASE)
    assert json.loads(opened.log.meta("unfinished_export") or "") == []
    opened.close()
    assert (case.folder / "out" / "x.txt").read_bytes() == CONTENT


def test_a_vault_that_somebody_else_made_removes_no_file_of_this_computer(case: CommandLine) -> None:
    letter = case.folder / "out" / "letter"
    letter.write_text("mine")
    marked = case.folder / "out" / f"tmp-{'ab' * 8}"
    marked.symlink_to(letter)
    opened = Vault.open(case.vault, PASSPHRASE)
    opened.log.set_meta("unfinished_export", json.dumps([str(letter), str(marked), 7, None, "\0"]))
    opened.close()
    assert case("list").status == 0
    assert letter.read_text() == "mine"
    assert marked.is_symlink()


def test_a_place_that_is_copied_into_a_cloud_needs_a_word(case: CommandLine) -> None:
    (case.folder / "Dropbox").mkdir()
    out = case.folder / "Dropbox" / "x.txt"
    refused = case("extract", "AB/1", out)
    assert (refused.status, refused.out, len(refused.sentences)) == (4, "", 3)
    assert "Dropbox" in refused.err
    assert not out.exists()
    done = case("extract", "AB/1", out, "--anyway")
    assert (done.status, out.read_bytes()) == (0, CONTENT)
    assert "Dropbox" in done.err


def test_nothing_plain_is_written_into_the_folder_of_a_vault(case: CommandLine) -> None:
    before = case.left_in_vault()
    (case.folder / "new").write_text("another horse entirely")
    (case.folder / "other").mkdir()
    other = new_case(case.folder / "other")
    new = ("--new-passphrase-file", case.folder / "new")
    for arguments in (
        ("extract", "AB/1", case.vault / "x.txt"),
        ("extract", "AB/1", case.vault / "objects" / "x.txt"),
        ("extract", "AB/1", other.vault / "x.txt"),
        ("passphrase", *new, "--recovery-words-file", case.vault / "words.txt"),
        ("passphrase", *new, "--recovery-words-file", other.vault / "words.txt"),
        ("passphrase", *new, "--recovery-sheet", case.vault / "sheet.pdf"),
        ("rekey", *new, "--recovery-words-file", case.vault / "words.txt"),
        ("backup", other.vault / "copy.holdfast"),
    ):
        refused = case(*arguments)
        assert (refused.status, len(refused.sentences)) == (2, 3), refused.err
        assert "inside a vault" in refused.err
    created = case.raw(
        "create", case.folder / "third", "--initials", "AB", "--passphrase-file", case.secret,
        "--recovery-words-file", case.vault / "words.txt",
    )  # fmt: skip
    assert created.status == 2
    assert not (case.folder / "third").exists()
    assert case.left_in_vault() == before
