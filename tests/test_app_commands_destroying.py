"""Destroying a vault: asked twice, its name typed, nothing else touched."""

from pathlib import Path

import pytest
from command_line import PASSPHRASE, Answer, CommandLine, new_case

from app.casefile import Casefile
from vault.disk import Disk
from vault.layout import SLOTS_COPY, SLOTS_FILE


@pytest.fixture
def case(tmp_path: Path) -> CommandLine:
    line = new_case(tmp_path)
    evidence = tmp_path / "evidence.txt"
    evidence.write_bytes(b"words" * 1000)
    line("add", evidence)
    return line


def destroyed(case: CommandLine, typed: str, vault: Path | None = None) -> Answer:
    return case.raw("destroy", vault or case.vault, stdin=typed)


def test_after_yes_and_the_name_nothing_of_the_vault_is_left_and_the_rest_is_said(case: CommandLine) -> None:
    done = destroyed(case, "yes\ncase.holdfast\n")
    assert done.status == 0, done.err
    assert not case.vault.exists()
    assert sorted(path.name for path in case.folder.iterdir()) == ["evidence.txt", "passphrase"]
    for words in ("Backups", "blocks of the disk"):
        assert words in done.out


@pytest.mark.parametrize(
    "typed",
    ["", "\n", "no\n", "y\n", "yes\n", "yes\n\n", "yes\ncase\n", "yes\nyes\n", "case.holdfast\ncase.holdfast\n"],
)
def test_any_other_answer_destroys_nothing(case: CommandLine, typed: str) -> None:
    before = case.left_in_vault()
    answer = destroyed(case, typed)
    assert answer.status in {2, 130}
    assert answer.out == ""
    assert case.left_in_vault() == before


def test_what_is_not_a_vault_or_holds_more_than_one_is_left_alone(case: CommandLine) -> None:
    photos = case.folder / "photos"
    photos.mkdir()
    (photos / "one.png").write_bytes(b"x")
    link = case.folder / "link.holdfast"
    link.symlink_to(case.vault)
    for place in (photos, photos / "one.png", case.folder, case.folder / "missing", link):
        answer = destroyed(case, f"yes\n{place.name}\n", place)
        assert (answer.status, answer.out) == (2, ""), place
    (case.vault / "letter.odt").write_bytes(b"mine")
    answer = destroyed(case, "yes\ncase.holdfast\n")
    assert answer.status == 2
    assert "letter.odt" in answer.err
    assert (photos / "one.png").exists()
    assert case("check").status == 0


def test_an_open_vault_is_not_destroyed(case: CommandLine) -> None:
    casefile = Casefile.open(case.vault, PASSPHRASE, case.program.clock)
    assert "already open" in destroyed(case, "yes\ncase.holdfast\n").err
    casefile.close()
    assert case("check").status == 0


def test_what_an_interruption_left_can_be_destroyed_too(case: CommandLine) -> None:
    for name in (SLOTS_FILE, SLOTS_COPY):
        (case.vault / name).unlink()
    assert destroyed(case, "yes\ncase.holdfast\n").status == 0
    assert not case.vault.exists()


def test_what_opens_it_goes_first(case: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    removed: list[str] = []
    remove = Disk.remove

    def noted(disk: Disk, path: Path) -> None:
        removed.append(path.name)
        remove(disk, path)

    monkeypatch.setattr(Disk, "remove", noted)
    assert destroyed(case, "yes\ncase.holdfast\n").status == 0
    assert sorted(removed[:2]) == sorted([SLOTS_FILE, SLOTS_COPY])
