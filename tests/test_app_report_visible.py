"""Foreign text: whatever cannot be seen is shown as a mark, and nothing of the text is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.report.visible import lines_of, spelled, visible


def drawn(text, **options):
    return "".join(piece.text for piece in visible(text, **options))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("lucy\u202egnp.exe", "lucy[U+202E]gnp.exe"),
        ("a\u200bb", "a[U+200B]b"),
        ("pay\u00a0pal", "pay[U+00A0]pal"),
        ("a\x00b\x1b[31m", "a[U+0000]b[U+001B][31m"),
        ("\ue000", "[U+E000]"),
        ("\U0002fffe", "[U+2FFFE]"),
        ("\u3164", "[U+3164]"),
        (" lucy", "[U+0020]lucy"),
        ("lu  cy ", "lu [U+0020]cy[U+0020]"),
        ("heart\ufe0f", "heart[U+FE0F]"),
        ("two\nlines", "two[U+000A]lines"),
        ("\u0301first", "[U+0301]first"),
    ],
)
def test_a_name_shows_each_character_that_counts(text, shown):
    assert drawn(text) == shown


def test_a_typed_mark_differs_from_a_mark_that_stands_for_a_character():
    assert [(piece.text, piece.mark) for piece in visible("[U+202E]")] == [("[U+202E]", False)]
    assert [(piece.text, piece.mark) for piece in visible("\u202e")] == [("[U+202E]", True)]


@pytest.mark.parametrize(
    "sentence",
    ["I \u2764\ufe0f  you", "می\u200cخواهم", "क्\u200dष", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "あ\u3000い"],
)
def test_sentences_keep_what_ordinary_typing_puts_there(sentence):
    assert drawn(sentence, words=True) == sentence


def test_joiners_where_nothing_joins_are_shown_in_sentences_too():
    assert drawn("pay\u200cpal\u200d", words=True) == "pay[U+200C]pal[U+200D]"


def test_a_pile_of_combining_marks_cannot_cover_the_lines_above():
    shown = drawn("Z" + "\u0301" * 40, words=True)
    assert shown.startswith("Z" + "\u0301" * 4 + "[U+0301]")
    assert shown.count("[U+0301]") == 36


@given(st.text(st.characters(exclude_categories=["Cs"])), st.booleans())
def test_every_character_is_in_a_piece_or_has_a_mark(text, words):
    rebuilt = "".join(
        chr(int(piece.text[3:-1], 16)) if piece.mark else piece.text for piece in visible(text, words=words)
    )
    assert rebuilt == text


def test_lines_end_where_the_writer_ended_them():
    assert lines_of("a\r\nb\nc\td") == ["a", "b", "c    d"]


def test_look_alike_letters_can_be_told_apart_by_their_code_points():
    assert spelled("Luc\u0443") == "U+004C U+0075 U+0063 U+0443"
