"""What becomes of a passphrase, a key or a backup when the case is locked meanwhile, or when the disk fails."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from safe_hand import (
    NEW,
    begin_renewing,
    go,
    keep_a_file,
    opens,
    opens_with,
    pages_of,
    type_back,
    waiting_to_be_stopped,
    with_words,
    words_on_paper,
)
from window import OFFSCREEN, PASSPHRASE, PNG, Hand, hand, make_case, put_away, show, subjects_in

from app.kinds import Kind
from app.safe_keeping import change_passphrase
from ui.pages.forgotten import ForgottenPage
from ui.places import Place, Way
from ui.safety import renewing
from vault import takeover
from vault.disk import Disk
from vault.errors import DiskFailed, NotConfirmed
from vault.slots import SlotFile, read_slots

__all__ = ["hand"]

pytestmark = OFFSCREEN


def films(hand: Hand, tmp_path: Path) -> None:
    """Keep something so large that it can be stopped while it is read."""
    (tmp_path / "film.bin").write_bytes(PNG * 9_000)
    pages_of(hand).capture.add_files([tmp_path / "film.bin"])
    hand.settle()


def test_locking_stops_a_backup_and_says_so_and_the_next_one_goes_on(hand: Hand, tmp_path: Path) -> None:
    films(hand, tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    go(hand)
    assert hand.path.name == "notes.holdfast"
    with waiting_to_be_stopped(at_step=2) as halfway:
        pages_of(hand).safe.backup.make_in(stick)
        assert halfway.wait(60)
        hand.lock()
    assert "Stopped before the backup was done. Nothing was lost" in hand.texts()
    assert not (stick / "notes.holdfast").exists()
    hand.open()
    go(hand)
    pages_of(hand).safe.backup.make_in(stick)
    hand.settle()
    assert len(subjects_in(stick / "notes.holdfast", Kind.EXHIBIT)) == 1


@pytest.mark.parametrize("how", ["lock", "close"])
def test_locking_or_closing_while_everything_gets_a_new_key_leaves_the_case_as_it_was(
    how: str, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    hand = show(qtbot, qapp, make_case(tmp_path / "notes.holdfast"))
    hand.open()
    films(hand, tmp_path)
    go(hand)
    with waiting_to_be_stopped(at_step=10) as halfway:
        begin_renewing(hand, "Shut them out", "Encrypt everything anew")
        assert halfway.wait(60)
        told = hand.texts()
        assert "lock the case or close Holdfast before it is done, the case stays as it was" in told
        if how == "lock":
            hand.lock()
            assert "the present passphrase and recovery words still open it" in hand.texts()
            assert "AB/1" not in hand.texts()
            assert "Someone may know" not in hand.texts()
        put_away(hand)
    assert opens(hand.path, PASSPHRASE)
    assert not opens(hand.path, NEW)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["notes.holdfast"]


def test_a_passphrase_that_was_set_although_the_case_was_locked_is_told(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, locked = Event(), Event()

    def change(casefile, wanted):
        began.set()
        assert locked.wait(60)
        change_passphrase(casefile, wanted)

    monkeypatch.setattr(renewing, "change_passphrase", change)
    go(hand)
    begin_renewing(hand, "Change it", "Set the new passphrase")
    assert began.wait(60)
    hand.window.lock()
    locked.set()
    hand.settle()
    assert "The new passphrase is set. Older recovery words no longer open this case" in hand.texts()
    assert opens(hand.path, NEW)


def fail_at_the_ways(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk fail once a new list of ways in is written, and not write again."""
    real, written, before = SlotFile.write, [], read_slots(path).generation

    def write(slots, folder, key, disk):
        if slots.generation == before:
            return real(slots, folder, key, disk)
        if not written:
            written.append(slots)
            real(slots, folder, key, disk)
        raise DiskFailed

    monkeypatch.setattr(SlotFile, "write", write)


def test_a_disk_that_fails_at_a_new_passphrase_leaves_nobody_without_knowing_which_to_try(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(hand)
    with monkeypatch.context() as failing:
        fail_at_the_ways(hand.path, failing)
        begin_renewing(hand, "Change it", "Set the new passphrase")
        hand.settle()
    assert "Either the new passphrase opens this case now, or still the old one" in hand.texts()
    assert "older recovery words too" in hand.texts()
    hand.write("Present passphrase", NEW)
    hand.write("New passphrase", "a third one")
    hand.write("The new passphrase again", "a third one")
    hand.press("Set the new passphrase")
    assert "The new passphrase is set" in hand.texts()
    hand.lock()
    assert opens(hand.path, "a third one")
    assert not opens(hand.path, NEW)
    assert not opens(hand.path, PASSPHRASE)


def test_a_disk_that_fails_before_anything_changed_says_that_the_present_passphrase_opens_the_case(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise DiskFailed

    go(hand)
    with monkeypatch.context() as failing:
        failing.setattr(SlotFile, "write", full)
        begin_renewing(hand, "Change it", "Set the new passphrase")
        hand.settle()
    assert "the present one still opens this case" in hand.texts()
    hand.lock()
    assert opens(hand.path, PASSPHRASE)


def test_words_that_may_be_in_force_are_shown_again_and_nobody_is_told_to_cross_them_out(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(hand)
    hand.press("Make recovery words")
    words = words_on_paper(hand)
    hand.press("I wrote them down")
    type_back(hand, words)
    with monkeypatch.context() as failing:
        fail_at_the_ways(hand.path, failing)
        hand.press("These are the words")
    assert "Either these words open the case now, or still the older ones: keep both papers" in hand.texts()
    assert words_on_paper(hand) == words
    hand.press("Not now")
    assert "keep the paper, and the older one too" in hand.texts()
    assert "cross them out" not in hand.texts()
    hand.lock()
    assert opens_with(hand.path, words)


@pytest.mark.parametrize(("opened", "told"), [(PASSPHRASE, "try the new passphrase first"), (NEW, "with the new")])
def test_a_new_key_that_had_to_close_the_case_locks_it_and_says_what_opens_it(
    opened: str, told: str, hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise NotConfirmed

    keep_a_file(hand, tmp_path)
    go(hand)
    with monkeypatch.context() as failing:
        if opened == PASSPHRASE:
            failing.setattr(takeover, "exchange", fail)
        else:
            failing.setattr(takeover.Taking, "opened", fail)
        begin_renewing(hand, "Shut them out", "Encrypt everything anew")
        hand.settle()
    assert hand.window.case_pages is None
    assert told in hand.texts()
    assert "The case is locked" not in hand.texts()
    hand.open(opened)
    assert hand.window.case_pages is not None
    go(hand)
    hand.press("Check now")
    assert "Nothing is damaged." in hand.texts()


def test_a_new_key_that_could_not_take_its_place_leaves_the_case_open(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_paths: object) -> None:
        raise OSError(5, "no")

    go(hand)
    with monkeypatch.context() as failing:
        failing.setattr(Disk, "exchange", refuse)
        begin_renewing(hand, "Shut them out", "Encrypt everything anew")
        hand.settle()
    assert "opens with its old passphrase and words" in hand.texts()
    keep_a_file(hand, tmp_path)
    hand.lock()
    assert opens(hand.path, PASSPHRASE)


@pytest.mark.parametrize("stays", [True, False])
def test_a_forgotten_passphrase_whose_new_one_is_in_doubt_says_to_keep_the_words(
    hand: Hand, stays: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = with_words(hand)
    hand.lock()
    hand.press("I forgot my passphrase")
    hand.write("Your recovery words", " ".join(words))
    hand.write("New passphrase", NEW)
    hand.write("The new passphrase again", NEW)
    with monkeypatch.context() as failing:
        fail_at_the_ways(hand.path, failing)
        page = hand.find(ForgottenPage, lambda _page: True)
        page.act()
        if not stays:
            hand.window._threshold._recovering = None
            hand.press("Back")
        hand.settle()
    assert "Either the new passphrase opens the case now, or still your words." in hand.texts()
    assert "Keep the paper." in hand.texts()


def test_a_file_that_could_not_be_removed_with_what_was_withdrawn_is_told(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_a_file(hand, tmp_path)
    (stored,) = [path for path in (hand.path / "objects").rglob("*") if path.is_file()]
    remove = Disk.remove

    def refuse(disk, path):
        if path == stored:
            raise OSError(1, "no")
        remove(disk, path)

    pages_of(hand).capture._desk.ask(
        lambda casefile: next(casefile.subjects(Kind.EXHIBIT)).id,
        lambda found: hand.window.go(Way(Place.EVIDENCE, subject=found)),
    )
    hand.settle()
    hand.press("Withdraw…")
    assert "reports and other copies" in hand.texts()
    hand.write("Why? A few words are enough", "The wrong file")
    hand.press("Withdraw")
    with monkeypatch.context() as failing:
        failing.setattr(Disk, "remove", refuse)
        hand.press("Yes, withdraw it")
    assert stored.exists()
    assert "It is withdrawn, but its file could not be removed" in hand.texts()
    assert "tries again" in hand.texts()
    hand.lock()
    hand.open()
    assert not stored.exists()
