"""Lines of text in any script: every letter has a glyph, stands in the right order, and fits the width."""

import pytest

from app.report.fonts import FontBook, FontsMissing, Typeface, usual_folders
from app.report.lines import Ink, LineSetter, Stretch
from app.report.shaping import Shaper, in_visual_order, levels

SCRIPTS = {
    "latin": "Lucy Đặng", "greek": "Ελληνικά", "cyrillic": "Кириллица", "arabic": "محمد_العربي", "hebrew": "שלום",
    "devanagari": "नमस्ते_राहुल", "bengali": "বাংলা_নাম", "tamil": "தமிழ்_பெயர்", "telugu": "తెలుగు", "kannada": "ಕನ್ನಡ",
    "malayalam": "മലയാളം", "gujarati": "ગુજરાતી", "gurmukhi": "ਪੰਜਾਬੀ", "sinhala": "සිංහල", "thai": "สวัสดีครับ",
    "lao": "ລາວ", "khmer": "ខ្មែរ", "myanmar": "မြန်မာ", "tibetan": "བོད་ཡིག", "georgian": "ქართული",
    "armenian": "Հայերեն", "ethiopic": "አማርኛ", "chinese": "用户_名字", "japanese": "日本語ユーザー", "emoji": "😈_ok",
    "mathematical": "𝕳𝖊𝖑𝖑𝖔",
}  # fmt: skip
INK = Ink(Typeface.SANS, 10, "#000000")
MONO = Ink(Typeface.MONO, 10, "#000000")


@pytest.fixture(scope="module")
def shaper():
    return Shaper(FontBook(usual_folders()))


def text_of(line):
    return "".join(placed.run.text for placed in line.placed)


def set_text(shaper, text, width=200.0, ink=INK, words=True):
    return LineSetter(shaper).set_lines([Stretch(text, ink, words=words)], width)


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_a_name_in_any_script_has_a_glyph_for_every_letter(shaper, text):
    (line,) = set_text(shaper, text, words=False)
    numbers = [glyph.id for placed in line.placed for glyph in placed.run.glyphs]
    assert 0 not in numbers
    assert sorted(text_of(line)) == sorted(text)


def test_a_character_that_no_font_draws_is_shown_by_its_number(tmp_path):
    for name in ("NotoSans-Regular", "NotoSans-Bold", "NotoSansMono-Regular"):
        found = next(file for folder in usual_folders() for file in folder.rglob(f"{name}.ttf"))
        (tmp_path / found.name).symlink_to(found)
    (line,) = set_text(Shaper(FontBook([tmp_path])), "a用b")
    assert text_of(line) == "a[U+7528]b"


def test_without_any_font_the_error_says_what_to_install(tmp_path):
    with pytest.raises(FontsMissing) as caught:
        set_text(Shaper(FontBook([tmp_path, tmp_path / "nowhere"])), "hello")
    assert "fonts-noto-core" in caught.value.next
    assert "safe" in caught.value.safe


def test_a_right_to_left_name_stands_in_visual_order_and_numbers_inside_stay_readable():
    order = levels("אב12")
    assert [("אב12")[place] for place in in_visual_order(order)] == ["1", "2", "ב", "א"]
    assert levels("plain") == [0] * 5


def test_foreign_text_cannot_turn_round_our_words_beside_it(shaper):
    setter = LineSetter(shaper)
    (line,) = setter.set_lines([Stretch("Name: ", INK), Stretch("محمد", INK, words=False), Stretch(" (5)", INK)], 300)
    assert text_of(line).startswith("Name: ")
    assert text_of(line).endswith(" (5)")


def test_no_ligature_draws_a_sign_that_is_not_in_the_name(shaper):
    (line,) = set_text(shaper, "محمد")
    assert len({glyph.cluster for glyph in line.placed[0].run.glyphs}) == 4


@pytest.mark.parametrize("text", ["w" * 10_000, "ab-" * 900, "用" * 3000, "ब" * 2000, "ح" * 2000])
def test_a_long_word_is_broken_into_lines_that_fit_and_nothing_is_lost(shaper, text):
    lines = set_text(shaper, text, width=150.0, ink=MONO, words=False)
    assert "".join(text_of(line) for line in lines) == text
    assert all(line.width <= 150.1 for line in lines)
    assert all(line.broken for line in lines[:-1]) or text[0] == "用"


def test_ordinary_sentences_break_at_spaces_and_without_a_mark(shaper):
    sentence = "She said she would send the recording to my sister if I did not pay by the evening. " * 3
    lines = set_text(shaper, sentence, width=150.0)
    assert len(lines) > 3
    assert not any(line.broken for line in lines)
    assert " ".join(text_of(line).strip() for line in lines) == sentence.strip()


def test_an_identifier_that_fits_on_a_line_of_its_own_is_not_broken(shaper):
    address = "bc1p5cyxnuxmeuwuvkwfem96l"
    lines = set_text(shaper, f"sent to {address} today", width=170.0, ink=MONO)
    assert any(address in text_of(line) for line in lines)
