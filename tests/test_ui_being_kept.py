"""Many files at once: each that was not kept is named, wherever somebody is by then."""

from pathlib import Path

from safe_hand import all_texts, pages_of
from window import OFFSCREEN, PNG, Hand, hand, subjects_in

from app.kinds import Kind
from ui.places import Place, Way

__all__ = ["hand"]

pytestmark = OFFSCREEN


def some_of_each(folder: Path) -> list[Path]:
    """Two files that can be kept, a folder and two that are gone."""
    for name in ("one.png", "two.png"):
        (folder / name).write_bytes(PNG)
    (folder / "album").mkdir()
    return [folder / name for name in ("album", "one.png", "gone.png", "lost.mp4", "two.png")]


def test_each_file_that_was_not_kept_is_named_until_somebody_closes_that(hand: Hand, tmp_path: Path) -> None:
    hand.window.go(Way(Place.CAPTURE))
    pages_of(hand).capture.add_files(some_of_each(tmp_path))
    hand.window.go(Way(Place.ACCOUNTS))
    hand.settle()
    assert "3 files were not kept" in hand.texts()
    hand.window.go(Way(Place.CAPTURE))
    hand.settle()
    for name in ("album", "gone.png", "lost.mp4"):
        assert f"“{name}” was not kept" in hand.texts()
        hand.press(f"Close: “{name}” was not kept")
        assert f"“{name}” was not kept" not in hand.texts()
    hand.lock()
    assert len(subjects_in(hand.path, Kind.EXHIBIT)) == 2


def test_no_name_of_a_file_is_told_once_the_case_is_locked(hand: Hand, tmp_path: Path) -> None:
    hand.window.go(Way(Place.CAPTURE))
    hand.settle()
    pages_of(hand).capture.add_files(some_of_each(tmp_path))
    hand.lock()
    assert not [name for name in ("album", "gone.png", "lost.mp4", "one.png") if name in all_texts(hand)]
    assert len(subjects_in(hand.path, Kind.EXHIBIT)) == 2
