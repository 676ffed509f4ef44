"""Home: what it reminds of, gently, and for how long."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window import OFFSCREEN, PNG, Hand, hand, make_case, put_away, show, subjects_in

from app.kinds import Kind
from ui.places import Place, Way

__all__ = ["hand"]

pytestmark = OFFSCREEN

REMINDER = "The newest things are in no backup yet"


def keep_a_file(hand: Hand, folder: Path) -> None:
    (folder / "chat.png").write_bytes(PNG)
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture.add_files([folder / "chat.png"])
    hand.settle()


def back_up(hand: Hand, stick: Path) -> None:
    stick.mkdir(exist_ok=True)
    pages = hand.window.case_pages
    assert pages is not None
    hand.window.go(Way(Place.SAFE))
    pages.safe.backup.make_in(stick)
    hand.settle()


def home(hand: Hand) -> str:
    hand.window.go(Way(Place.HOME))
    hand.settle()
    return hand.texts()


def test_openings_and_closings_are_nothing_that_a_backup_misses(hand: Hand, tmp_path: Path) -> None:
    keep_a_file(hand, tmp_path)
    assert REMINDER in home(hand)
    back_up(hand, tmp_path / "stick")
    assert REMINDER not in home(hand)
    hand.lock()
    closed = [session.data for session in subjects_in(hand.path, Kind.SESSION) if session.data.get("closed_at")]
    assert closed
    hand.open()
    assert REMINDER not in home(hand)
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture._desk.keep(lambda casefile, _task: casefile.begin_session(), lambda _none: None)
    hand.settle()
    assert REMINDER not in home(hand)
    hand.window.go(Way(Place.HAPPENED, new=True))
    hand.settle()
    pages.capture._desk.keep(
        lambda casefile, _task: casefile.record(Kind.INCIDENT, {"what_happened": "More"}), lambda _none: None
    )
    hand.settle()
    assert REMINDER in home(hand)


def test_a_backup_made_before_a_withdrawal_holds_the_picture_and_loses_it_when_it_is_brought_up_to_date(
    hand: Hand, tmp_path: Path
) -> None:
    keep_a_file(hand, tmp_path)
    stick = tmp_path / "stick"
    back_up(hand, stick)

    def pictures() -> list[Path]:
        return [path for path in (stick / "notes.holdfast" / "objects").rglob("*") if path.is_file()]

    hand.window.go(Way(Place.EVIDENCE))
    hand.settle()
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture._desk.ask(
        lambda casefile: next(casefile.subjects(Kind.EXHIBIT)).id,
        lambda found: hand.window.go(Way(Place.EVIDENCE, subject=found)),
    )
    hand.settle()
    hand.press("Withdraw…")
    assert "Backups that were made before still hold the picture" in hand.texts()
    hand.write("Why? A few words are enough", "The wrong file")
    hand.press("Withdraw")
    hand.press("Yes, withdraw it")
    assert len(pictures()) == 1
    back_up(hand, stick)
    assert pictures() == []


def test_a_case_in_a_synced_folder_is_warned_about_once_at_each_opening(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    cloud = tmp_path / "cloud"
    (cloud / ".dropbox.cache").mkdir(parents=True)
    hand = show(qtbot, qapp, make_case(cloud / "notes.holdfast"))
    hand.open()
    told = hand.texts()
    assert "copied to Dropbox" in told
    assert "To move it: lock it, move its whole folder “notes.holdfast”" in told
    hand.press("Later: leave the case where it is for now")
    assert "copied to Dropbox" not in hand.texts()
    hand.window.go(Way(Place.EVIDENCE))
    assert "copied to Dropbox" not in home(hand)
    hand.lock()
    hand.open()
    assert "copied to Dropbox" in hand.texts()
    hand.lock()
    moved = hand.path.rename(tmp_path / "moved.holdfast")
    hand.path = moved
    hand.open()
    assert "copied to Dropbox" not in hand.texts()
    put_away(hand)
