"""What may be given on the command line: a vault by any name that leads to it, a file that may not be read, times."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import CommandLine, new_case
from package_maker import good_package

from vault.disk import Disk
from vault.errors import DiskFull

CLI = Path(sys.executable).with_name("holdfast-cli")
_CAN_READ_ALL = "-dac_override,-dac_read_search"
_AS_SOMEBODY = (
    ("setpriv", "--bounding-set", _CAN_READ_ALL, "--inh-caps", _CAN_READ_ALL, "--") if os.geteuid() == 0 else ()
)
"""Without the right to read what nobody may read."""


@pytest.fixture
def case(tmp_path: Path) -> CommandLine:
    return new_case(tmp_path)


@pytest.mark.parametrize(("inside", "name"), [("", "."), ("objects", ".."), ("", "objects/..")])
def test_a_vault_can_be_worked_on_from_inside_its_own_folder(
    case: CommandLine, monkeypatch: pytest.MonkeyPatch, inside: str, name: str
) -> None:
    monkeypatch.chdir(case.vault / inside)
    secret = ("--passphrase-file", case.secret)
    assert case.raw("record", name, "contact", "organisation=Police", *secret).status == 0
    assert "Police" in case.raw("list", name, *secret).out
    assert case.raw("check", name, *secret).status == 0
    copy = case.folder / "copy.holdfast"
    assert case.raw("backup", name, copy, *secret).status == 0
    changed = case.raw("rekey", name, "--new-passphrase-file", case.secret, *secret)
    assert changed.status == 0, changed.err
    monkeypatch.chdir(case.folder)
    assert sorted(path.name for path in case.folder.iterdir()) == ["case.holdfast", "copy.holdfast", "passphrase"]
    assert case("check").status == 0


def test_a_copy_is_brought_up_to_date_from_inside_its_own_folder(
    case: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = case.folder / "copy.holdfast"
    assert case("backup", copy).status == 0
    case("record", "contact", "organisation=Police")
    monkeypatch.chdir(copy)
    assert case("backup", ".").status == 0
    assert case("check", "--against", ".").status == 0


@pytest.mark.parametrize("name", ["", "/", "//"])
def test_no_name_and_the_whole_disk_are_never_taken_for_a_vault(
    case: CommandLine, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(case.vault)
    before = case.left_in_vault()
    for command in ("list", "destroy"):
        answer = case.raw(command, name, stdin="yes\ncase.holdfast\n")
        assert answer.status == 2
        assert len(answer.sentences) == 3, answer.err
        assert "mistake of its own" not in answer.err
    assert case("backup", name).status == 2
    assert case.left_in_vault() == before


def test_a_file_that_may_not_be_read_does_not_stop_the_others(case: CommandLine) -> None:
    shut, fine = case.folder / "shut", case.folder / "fine"
    for file in (shut, fine):
        file.write_text("words", encoding="utf-8")
    package = case.folder / "good.zip"
    package.write_bytes(good_package().zipped())
    shut.chmod(0)
    secret = ("--passphrase-file", case.secret)

    def ran(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*_AS_SOMEBODY, CLI, *arguments], capture_output=True, text=True, check=False, timeout=60)

    added = ran("add", case.vault, shut, fine, *secret)
    assert added.returncode == 2
    assert "not allowed to open this file" in added.stderr
    assert added.stdout.startswith("AB/1  Saved")
    verified = ran("verify", shut, package, "--json")
    assert verified.returncode == 2
    assert [json.loads(line)["verdict"] for line in verified.stdout.splitlines()] == ["unreadable", "intact"]
    for unread in (ran("list", case.vault, "--passphrase-file", shut), ran("verify", package, "--from", shut)):
        assert unread.returncode == 2
        assert "--help" not in unread.stderr


@pytest.mark.parametrize("written", ["tomorrow", "30/11/2026", "2026-13-45"])
def test_a_time_that_is_in_no_order_is_pointed_out_as_an_import_does(case: CommandLine, written: str) -> None:
    table = case.folder / "t.csv"
    table.write_text(f"status,deadline\ndemanded,{written}\n", encoding="utf-8")
    assert "not a date like 2026-11-20" in case("import", table, "--kind", "payment", "--dry-run").err
    kept = case("record", "payment", "status=demanded", f"deadline={written}", "--json")
    assert kept.status == 0
    assert "Deadline they set: This is not a date like 2026-11-20" in kept.err
    subject = str(kept.json["id"])
    assert case("amend", subject, "amount=300", "currency=GBP").err == ""
    assert case("amend", subject, "deadline=2026-11-30 18:00").err == ""
    assert "not a date" in case("amend", subject, "paid_at=last week").err
    assert case("amend", subject, "paid_at=").err == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("list", "--from", "20/11/2026"), "“20/11/2026” is not a day like 2026-11-20."),
        (("screen", "--delay", "nan"), "“nan” is not a number of seconds."),
        (("export", "out"), "Choose from: police."),
    ],
)
def test_what_cannot_be_understood_is_told_in_words_that_help(
    case: CommandLine, arguments: tuple[str, ...], told: str
) -> None:
    answer = case(*arguments)
    assert answer.status == 2
    assert answer.sentences[0].endswith(told)
    assert "%" not in answer.err


def test_what_show_says_in_words_it_says_in_json_too(case: CommandLine) -> None:
    (case.folder / "a.txt").write_text("words", encoding="utf-8")
    sha256 = case("add", case.folder / "a.txt", "--json").json["sha256"]
    assert "why_withdrawn" not in case("show", "AB/1", "--json").json
    case("amend", "AB/1", "title=A demand")
    case("withdraw", "AB/1", "--why", "a wrong file")
    assert "a wrong file" in case("show", "AB/1").out
    shown = case("show", "AB/1", "--history", "--json").json
    assert shown["why_withdrawn"] == "a wrong file"
    history = shown["history"]
    assert isinstance(history, list)
    assert [[file["sha256"] for file in entry["files"]] for entry in history] == [[sha256], [], []]


def test_an_export_is_listed_without_the_marks_of_a_program(case: CommandLine) -> None:
    assert case("export", case.folder / "out", "--for", "police").status == 0
    assert "[" not in case("list", "--kind", "export").out


def test_a_vault_that_is_not_there_is_not_told_as_a_folder_that_is_something_else(case: CommandLine) -> None:
    secret = ("--passphrase-file", case.secret)
    missing = case.raw("list", case.folder / "stick" / "case.holdfast", *secret)
    assert missing.status == 2
    assert missing.sentences[0] == "There is no folder of this name."
    assert "stick" in missing.sentences[2]
    assert "not a Holdfast vault" in case.raw("list", case.folder, *secret).err


def test_a_link_to_a_vault_is_not_called_no_vault_where_it_is_not_destroyed(case: CommandLine) -> None:
    link = case.folder / "link.holdfast"
    link.symlink_to(case.vault)
    refused = case.raw("destroy", link, stdin="yes\nlink.holdfast\n")
    assert refused.status == 2
    assert "a link" in refused.err
    assert "Nothing was destroyed." in refused.sentences
    assert case("check").status == 0


def test_a_package_that_finds_no_room_sends_nobody_to_check_or_move_the_vault(
    case: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise DiskFull

    monkeypatch.setattr(Disk, "make_folder", full)
    answer = case("export", case.folder / "out", "--for", "police")
    assert answer.status == 5
    assert "place for the package" in answer.sentences[2]
    assert not (case.folder / "out").exists()
