"""Tables in the window: every bad row is named before anything is kept, and a table can be written in plain."""

import csv
from pathlib import Path

import pytest
from window import OFFSCREEN, Hand, hand, subjects_in

from app.kinds import Kind
from ui.pages.tables import TablesPage
from ui.places import Place, Way

__all__ = ["hand"]

pytestmark = OFFSCREEN


@pytest.fixture
def page(hand: Hand) -> TablesPage:
    hand.window.go(Way(Place.REMOVALS))
    hand.settle()
    hand.press("Tables")
    assert hand.window._place is Place.TABLES
    pages = hand.window.case_pages
    assert pages is not None
    return pages.tables


def table(folder: Path, *rows: str) -> Path:
    path = folder / "mine.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_rows_are_seen_first_and_then_imported_together(hand: Hand, page: TablesPage, tmp_path: Path) -> None:
    page.look_into(table(tmp_path, "url,recipient", "https://a.example,one", "https://b.example,two"))
    hand.settle()
    assert "2 rows can be imported" in hand.texts()
    hand.press("Import 2 rows")
    assert "Imported and Saved: 2 rows" in hand.texts()
    assert "not encrypted" in hand.texts()
    hand.lock()
    assert len(subjects_in(hand.path, Kind.TAKEDOWN)) == 2


def test_a_bad_row_is_named_and_goes_into_a_file_of_its_own(hand: Hand, page: TablesPage, tmp_path: Path) -> None:
    page.look_into(table(tmp_path, "url,state", "https://a.example,waiting", "https://b.example,purple"))
    hand.settle()
    assert "Row 3" in page._lines.toPlainText()
    assert "purple" in page._lines.toPlainText()
    assert page._import.isHidden()
    bad = tmp_path / "bad.csv"
    page._bring_in(bad)
    hand.settle()
    assert "purple" in bad.read_text(encoding="utf-8-sig")
    hand.lock()
    assert [subject.data["url"] for subject in subjects_in(hand.path, Kind.TAKEDOWN)] == ["https://a.example"]


def test_a_column_that_nobody_knows_can_be_left_out(hand: Hand, page: TablesPage, tmp_path: Path) -> None:
    page.look_into(table(tmp_path, "url,colour", "https://a.example,blue"))
    hand.settle()
    assert "colour" in page._lines.toPlainText()
    hand.press("Leave these columns out")
    hand.press("Import 1 row")
    hand.lock()
    assert len(subjects_in(hand.path, Kind.TAKEDOWN)) == 1


def test_stopping_an_import_leaves_the_case_as_it_was(hand: Hand, page: TablesPage, tmp_path: Path) -> None:
    page.look_into(table(tmp_path, "url", *(f"https://a.example/{number}" for number in range(600))))
    hand.settle()
    page._bring_in(None)
    page._stop()
    hand.settle()
    assert "nothing was changed" in hand.texts()
    hand.lock()
    assert subjects_in(hand.path, Kind.TAKEDOWN) == []


def test_a_table_is_written_with_a_warning_and_reads_back(hand: Hand, page: TablesPage, tmp_path: Path) -> None:
    page.look_into(table(tmp_path, "url", "https://a.example"))
    hand.settle()
    hand.press("Import 1 row")
    out = tmp_path / "out"
    out.mkdir()
    assert "It is not encrypted" in hand.texts()
    page.write_in(out)
    hand.settle()
    (made,) = out.iterdir()
    with made.open(encoding="utf-8-sig", newline="") as file:
        assert [row["url"] for row in csv.DictReader(file)] == ["https://a.example"]
    assert str(made.name) in hand.texts()
