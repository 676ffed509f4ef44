"""Folding: what people type and what was written compare equal, and a piece of a text stays a piece of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.folding import folded, pieces_of, split_up


@given(st.text(), st.text())
def test_a_piece_of_a_text_folds_to_a_piece_of_the_folded_text(one, other):
    assert folded(one + other) == folded(one) + folded(other)


@given(st.text())
def test_folded_text_has_no_white_space_but_spaces_and_goes_through_utf8(text):
    assert set(folded(text)) & {*map(chr, range(32)), "\x7f", "\xa0", "\u2028"} == set()
    folded(text).encode("utf-8")


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("José MÜLLER", "jose muller"),
        ("Jose\u0301", "josé"),
        ("Strauß", "STRAUSS"),
        ("Søren Łukasz", "soren lukasz"),
        ("İstanbul ırmak", "istanbul irmak"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
        ("Ёлка", "елка"),
        ("𝐊𝐢𝐦 Ｋｉｍ Ⓚⓘⓜ", "kim kim kim"),
        ("Ki\u200bm\u202e\u00ad", "kim"),
        ("don’t — “pay”", 'don\'t - "pay"'),
        ("مُحَمَّد", "محمد"),
        ("한국어", "한국어"),
        ("a\tb\r\nc\x00d\u2028e", "a b  c d e"),
    ],
)
def test_what_is_typed_is_what_was_written(written, typed):
    assert folded(written) == folded(typed)


@pytest.mark.parametrize(
    ("typed", "pieces"),
    [
        ("", []),
        (" \u3000\n", []),
        ("pay  me pay", ["pay", "me"]),
        ('"pay me"', ["pay", "me"]),
        ("“exact”", ["exact"]),
        ("\" '", ['"', "'"]),
        ("AND OR NOT NEAR", ["and", "or", "not", "near"]),
    ],
)
def test_pieces_are_the_words_that_somebody_looks_for(typed, pieces):
    assert pieces_of(typed) == pieces


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("ab/3 live:.cid", ["ab", "/", "3", "live", ":", ".", "cid"]),
        ("£300.50", ["£", "300", ".", "50"]),
        ("我叫北京a1", ["我", "叫", "北", "京", "a1"]),
        ("ok❤❤", ["ok", "❤", "❤"]),
    ],
)
def test_words_stand_apart_and_signs_are_words_of_their_own(text, tokens):
    assert split_up(text).split() == tokens


@given(st.text())
def test_splitting_takes_nothing_away(text):
    assert "".join(split_up(folded(text)).split()) == "".join(folded(text).split())
