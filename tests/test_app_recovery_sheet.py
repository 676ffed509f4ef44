"""The recovery sheet: one page that holds what it must, and no file where it must not be."""

import io
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import OneStick
from PIL import Image

from app.errors import NoRoom, RefusedForSafety, WrongUse
from app.recovery_sheet import PRINTING, Sheet, require_place_for_sheet, sheet_pdf, write_sheet
from app.recovery_words import read_words
from app.report.square import qr_rows
from vault.recovery import RecoverySecret, words_of

SECRET = RecoverySecret(b"\x7f" * 16)
SHEET = Sheet(words_of(SECRET), "3f" * 16, "ab12" * 16, datetime(2026, 11, 20, 10, 15, tzinfo=UTC), "holdfast 0.1.0")


def tool(*command: str | Path, stdin: bytes = b"") -> bytes:
    return subprocess.run(command, input=stdin, capture_output=True, check=True).stdout


def text_of(pdf: bytes) -> str:
    return " ".join(tool("pdftotext", "-layout", "-", "-", stdin=pdf).decode().split())


def test_it_is_one_page_with_words_vault_fingerprint_and_what_to_do():
    pdf = sheet_pdf(SHEET)
    assert b"Pages:           1\n" in tool("pdfinfo", "-", stdin=pdf)
    text = text_of(pdf)
    for place, word in enumerate(SHEET.words, start=1):
        assert f"{place} {word}" in text
    for expected in (
        "3f3f 3f3f",
        "ab12 ab12",
        "holdfast-cli recover VAULT",
        "20 November 2026",
        "Keep this sheet away",
        PRINTING,
    ):
        assert expected in text


def test_the_longest_words_stay_on_the_page():
    longest = Sheet(("mountains",) * 12, SHEET.vault, SHEET.fingerprint, SHEET.made_at, SHEET.app)
    assert b"Pages:           1\n" in tool("pdfinfo", "-", stdin=sheet_pdf(longest))


def test_the_square_says_what_recover_takes():
    assert read_words(SHEET.code) == SECRET
    assert read_words(SHEET.code.upper()) == SECRET
    wanted = [row[4:-4] for row in qr_rows(SHEET.code)[4:-4]]
    page = tool("pdftoppm", "-r", "144", "-png", "-singlefile", "-", stdin=sheet_pdf(SHEET))
    right_half = Image.open(io.BytesIO(page)).convert("L").crop((780, 150, 1100, 545))
    left, top, right, bottom = right_half.point(lambda grey: 255 if grey < 100 else 0).getbbox()
    side = (right - left) / len(wanted)
    middles = [int((module + 0.5) * side) for module in range(len(wanted))]
    assert abs((bottom - top) - (right - left)) <= 2
    assert [[right_half.getpixel((left + x, top + y)) < 128 for x in middles] for y in middles] == wanted


def test_the_same_sheet_gives_the_same_bytes_and_its_properties_name_nobody():
    assert sheet_pdf(SHEET) == sheet_pdf(replace(SHEET))
    properties = tool("pdfinfo", "-", stdin=sheet_pdf(SHEET)).decode()
    assert "Title:           Recovery sheet" in properties
    assert not any(word in properties for word in SHEET.words)


def test_it_is_written_to_a_new_file_on_a_stick_alone(tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    machine = OneStick(stick)
    require_place_for_sheet(stick / "sheet.pdf", machine)
    with pytest.raises(RefusedForSafety, match="not on a stick"):
        require_place_for_sheet(tmp_path / "sheet.pdf", machine)
    (stick / "taken").touch()
    (stick / "link").symlink_to(tmp_path / "elsewhere")
    for place in (stick / "taken", stick / "link", stick / "missing" / "sheet.pdf"):
        with pytest.raises(WrongUse):
            require_place_for_sheet(place, machine)


def test_what_stands_in_the_way_is_not_overwritten(tmp_path):
    path = tmp_path / "sheet.pdf"
    write_sheet(SHEET, path)
    before = path.read_bytes()
    assert before == sheet_pdf(SHEET)
    with pytest.raises(NoRoom):
        write_sheet(replace(SHEET, vault="00" * 16), path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["sheet.pdf"]
