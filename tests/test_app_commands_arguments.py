"""What may be given on the command line: a vault by any name that leads to it, a file that may not be read, times."""

from pathlib import Path

import pytest
from command_line import CommandLine, new_case


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
