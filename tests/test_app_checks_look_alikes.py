"""Look-alike letters are pointed out with code point and name; a genuine name in any script is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks import LookAlike, Why, look_alikes


def odd(text: str, *, identifier: bool = False) -> list[tuple[int, str, str]]:
    return [(one.position, one.code_point, one.resembles) for one in look_alikes(text, identifier=identifier)]


def test_a_cyrillic_letter_in_a_latin_name_is_named_with_its_code_point():
    assert look_alikes("pаypal") == (
        LookAlike(1, "\u0430", "U+0430", "CYRILLIC SMALL LETTER A", "a", Why.OTHER_SCRIPT),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jοhn", [(1, "U+03BF", "o")]),
        ("Zo\u0451", [(2, "U+0451", "e")]),
        ("раl", [(0, "U+0440", "p"), (1, "U+0430", "a")]),
        ("М\u0061рия", [(1, "U+0061", "а")]),
        ("Ｊohn", [(0, "U+FF2A", "J")]),
        ("𝓙ohn", [(0, "U+1D4D9", "J")]),
        ("ᴊohn", [(0, "U+1D0A", "j")]),
        ("Ⓙohn", [(0, "U+24BF", "J")]),
        ("jo\u200bhn", [(2, "U+200B", "")]),
        ("john\u202e", [(4, "U+202E", "")]),
        ("\u2066john\u2069", [(0, "U+2066", ""), (5, "U+2069", "")]),
        ("jo\u00adhn", [(2, "U+00AD", "")]),
        ("jo\u200dhn", [(2, "U+200D", "")]),
        ("Johи", [(3, "U+0438", "")]),
        ("рау\u200bpal", [(0, "U+0440", "p"), (1, "U+0430", "a"), (2, "U+0443", "y"), (3, "U+200B", "")]),
    ],
)
def test_mixed_styled_and_invisible_characters_are_found(text, found):
    assert odd(text) == found


@pytest.mark.parametrize(
    "text",
    """John O’Neil-Smith|José Muñoz|Łukasz Żółć|Đorđe|Straße|İbrahim Çağrı|Nguyễn Thị Ánh|Mª José|
    Иван Петров|Оксана Єрмак|Ђорђе|محمد عبدالله|نامه\u200cها|محمد\u200cرضا|שרה לוי|יעל|田中太郎|王小明|김철수|
    タナカ|たなか ゆき|田中Ｂ|T田中|ĐặngHùng|क्षत्रिय|क्\u200dष|สมชาย|ანა ბერიძე|Հայկ|Γιώργος Παπαδόπουλος|አበበ|
    ནོར་བུ|👩\u200d👩\u200d👧 mum|❤\ufe0f|
    🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f|Anna Анна|Нина Nina|Ο Γιάννης|
    Сосо|user42|x_X_king_X_x""".split("|"),
)
def test_a_genuine_name_in_any_script_is_left_alone(text):
    assert look_alikes(text.strip()) == ()


def test_in_an_identifier_a_word_that_only_looks_latin_is_pointed_out():
    assert odd("аррӏе", identifier=True) == [
        *((0, "U+0430", "a"), (1, "U+0440", "p"), (2, "U+0440", "p"), (3, "U+04CF", "i"), (4, "U+0435", "e"))
    ]
    assert odd("Иван", identifier=True) == []


def test_letters_and_digits_that_are_hard_to_tell_are_hinted_at_in_identifiers_only():
    assert look_alikes("PaypaI_0ne") == ()
    hints = look_alikes("PaypaI_0ne", identifier=True)
    assert [(one.position, one.character, one.resembles, one.why) for one in hints] == [
        (5, "I", "l or 1", Why.ALIKE),
        (7, "0", "O", Why.ALIKE),
    ]
    for plain in ("1234500", "0x10ab", "live:.cid.1a2b3c4d5e6f7a8b"):
        assert look_alikes(plain, identifier=True) == ()


@given(st.text(alphabet=st.characters(max_codepoint=0x7F)))
def test_plain_ascii_never_has_look_alikes_outside_identifiers(text):
    assert look_alikes(text) == ()


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюя ", max_size=60))
def test_nothing_in_cyrillic_text_is_called_odd(text):
    assert look_alikes(text) == ()


@given(st.text(max_size=300), st.booleans())
def test_every_finding_is_where_it_says_it_is(text, identifier):
    found = look_alikes(text, identifier=identifier)
    assert [one.position for one in found] == sorted(one.position for one in found)
    for one in found:
        assert text[one.position] == one.character
        assert int(one.code_point.removeprefix("U+"), 16) == ord(one.character)
