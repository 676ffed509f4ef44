"""Streams that are closed or take nothing: the status still tells, no file gets what was meant for them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import CommandLine, new_case

CLI = Path(sys.executable).with_name("holdfast-cli")
TO_READER_THAT_LEFT, TO_FULL_DISK = "2>err | true", ">/dev/full 2>err"


@pytest.fixture
def case(tmp_path: Path) -> CommandLine:
    return new_case(tmp_path)


def shell(case: CommandLine, script: str) -> int:
    """Run a line of shell in the folder of the case; $CLI is the program. Its status."""
    environ = os.environ | {"CLI": str(CLI)}
    return subprocess.run(["sh", "-c", script], cwd=case.folder, env=environ, check=False, timeout=120).returncode


def text(case: CommandLine, name: str) -> str:
    return (case.folder / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_program_that_is_started_without_a_stream_does_its_work(case: CommandLine, closed: str) -> None:
    (case.folder / "f").write_text("words", encoding="utf-8")
    secret = "--passphrase-file passphrase"
    assert shell(case, f"$CLI add case.holdfast f {secret} 2>err >out {closed}") == 0
    assert shell(case, f"$CLI check case.holdfast {secret} 2>err >out {closed}") == 0
    assert shell(case, f"$CLI list nothing {secret} 2>err >out {closed}") == 2
    assert "Traceback" not in text(case, "err")
    assert case("extract", "AB/1", case.folder / "back").status == 0
    assert case("check", "--json").json == {"entries": 4, "objects": 1, "faults": [], "notes": []}


def test_where_nobody_can_be_told_what_is_wrong_the_status_still_says_it(case: CommandLine) -> None:
    (case.folder / "empty").write_bytes(b"")
    secret = "--passphrase-file passphrase"
    assert shell(case, f"$CLI list nothing {secret} 2>/dev/full") == 2
    assert shell(case, "$CLI list case.holdfast --passphrase-file case.holdfast 2>/dev/full") == 2
    assert shell(case, f"$CLI add case.holdfast nothing empty empty {secret} >out 2>/dev/full") == 2
    assert text(case, "out").count("Saved") == 2


def test_what_is_kept_is_not_called_undone_where_its_id_cannot_be_written(case: CommandLine) -> None:
    record = "$CLI record case.holdfast contact organisation=Police --passphrase-file passphrase"
    assert shell(case, f"{record} {TO_FULL_DISK}") == 5
    assert "stays done" in text(case, "err")
    assert "Police" in case("list").out


@pytest.mark.parametrize("output", [TO_READER_THAT_LEFT, TO_FULL_DISK])
@pytest.mark.parametrize("command", ["passphrase", "rekey"])
def test_a_new_passphrase_is_told_and_no_words_of_nobody_stay_where_the_result_reaches_nobody(
    case: CommandLine, command: str, output: str
) -> None:
    (case.folder / "new").write_text("ein neuer Satz mit sechs Wörtern", encoding="utf-8")
    options = "--passphrase-file passphrase --new-passphrase-file new --recovery-words-file words"
    shell(case, f"$CLI {command} case.holdfast {options} {output}")
    assert "the new passphrase is in force" in text(case, "err")
    ways = case.raw("slots", case.vault, "--json", "--passphrase-file", case.folder / "new").lines
    assert [way["type"] for way in ways] == ["passphrase"]
    assert not (case.folder / "words").exists()


def test_a_new_vault_is_told_where_the_result_reaches_nobody(case: CommandLine) -> None:
    options = "--initials AB --passphrase-file passphrase --recovery-words-file words"
    shell(case, f"$CLI create new.holdfast {options} {TO_FULL_DISK}")
    assert "the vault is made" in text(case, "err")
    assert not (case.folder / "words").exists()
    assert case.raw("list", case.folder / "new.holdfast", "--passphrase-file", case.secret).status == 0
