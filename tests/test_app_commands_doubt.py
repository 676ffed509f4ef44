"""New ways in on a failing disk: whatever was told opens the vault, and new words that may count are handed out."""

import shutil
from pathlib import Path

import pytest
from command_line import PASSPHRASE, CommandLine, new_case
from vaults import files_in

from vault.disk import Disk
from vault.errors import DiskFailed, DiskFull
from vault.layout import SLOTS_COPY
from vault.recovery import parse_words
from vault.takeover import Taking
from vault.vault import Vault

NEW = "ein neuer Satz mit sechs Wörtern"


@pytest.fixture
def case(tmp_path: Path) -> CommandLine:
    line = new_case(tmp_path, "--recovery-words-file", tmp_path / "words")
    line.stick.mkdir()
    (tmp_path / "new").write_text(f"{NEW}\n", encoding="utf-8")
    return line


def changing(case: CommandLine, command: str) -> tuple[str | Path, ...]:
    return command, "--new-passphrase-file", case.folder / "new", "--recovery-words-file", case.folder / "words-2"


def open_with(case: CommandLine, name: str) -> None:
    Vault.open_with_words(case.vault, parse_words((case.folder / name).read_text("ascii"))).close()


@pytest.mark.parametrize(("failures", "told"), [(1, "not kept"), (99, "Keep both")], ids=["once", "from then on"])
def test_where_one_list_of_ways_cannot_be_written_what_is_told_opens_the_vault(case, monkeypatch, failures, told):
    left = [failures]
    replace = Disk.replace

    def fail(disk: Disk, path: Path, content: bytes) -> None:
        if path.name == SLOTS_COPY and left[0]:
            left[0] -= 1
            raise DiskFull
        replace(disk, path, content)

    monkeypatch.setattr(Disk, "replace", fail)
    changed = case(*changing(case, "passphrase"))
    assert changed.status == 5
    assert told in changed.err
    monkeypatch.undo()
    Vault.open(case.vault, PASSPHRASE).close()
    open_with(case, "words")
    # Words that may count are with somebody; words that count for nothing are not left about.
    assert (case.folder / "words-2").exists() == (failures > 1)


def test_nothing_is_begun_on_a_disk_without_room_for_new_ways(case, monkeypatch):
    before = files_in(case.vault)
    usage = shutil.disk_usage(case.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=8192))
    changed = case(*changing(case, "passphrase"))
    assert changed.status == 5
    assert "enough room" in changed.err
    assert files_in(case.vault) == before
    open_with(case, "words")


@pytest.mark.parametrize("outlet", ["--recovery-words-file", "--recovery-sheet"])
def test_a_new_key_in_force_hands_its_words_out_even_where_the_vault_does_not_open_again(case, monkeypatch, outlet):
    def fail(*_arguments: object) -> None:
        raise DiskFailed

    monkeypatch.setattr(Taking, "opened", fail)
    place = case.stick / "paper"
    made = case("rekey", "--new-passphrase-file", case.folder / "new", outlet, place)
    assert made.status == 5
    assert "Open it with the new passphrase" in made.err
    monkeypatch.undo()
    Vault.open(case.vault, NEW).close()
    if outlet == "--recovery-words-file":
        Vault.open_with_words(case.vault, parse_words(place.read_text("ascii"))).close()
    else:
        assert place.read_bytes().startswith(b"%PDF")


def test_a_stop_while_the_ways_are_written_leaves_the_old_ones_words_too(case, monkeypatch):
    replace = Disk.replace
    stopped: list[Path] = []

    def stop(disk: Disk, path: Path, content: bytes) -> None:
        if path.name == SLOTS_COPY and not stopped:
            stopped.append(path)
            raise KeyboardInterrupt
        replace(disk, path, content)

    monkeypatch.setattr(Disk, "replace", stop)
    changed = case(*changing(case, "passphrase"))
    assert changed.status == 130
    assert "in force" not in changed.err
    Vault.open(case.vault, PASSPHRASE).close()
    open_with(case, "words")
    assert not (case.folder / "words-2").exists()
