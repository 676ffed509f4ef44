"""The hint on how easily a passphrase is guessed: plain words, quick, and never a rule."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.guessing import guessability
from vault.recovery import suggested_passphrase


@pytest.mark.parametrize(
    "passphrase", ["", "a", "password", "Ann1998", "qwertz123", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]
)
def test_what_people_try_first_is_easy(passphrase):
    hint = guessability(passphrase)
    assert hint.easy
    assert "guess this" in hint.words


def test_an_offered_passphrase_takes_longer_than_anybody_lives():
    hint = guessability(suggested_passphrase())
    assert not hint.easy
    assert "longer than anybody lives" in hint.words


def test_what_others_know_about_a_person_makes_it_easier():
    passphrase = "Quillfeather Brook 1987"
    assert not guessability(passphrase).easy
    assert guessability(passphrase, ["Brook", "quillfeather.holdfast"]).easy


def test_the_same_letters_in_another_form_count_the_same():
    assert guessability("Grünspan für alle") == guessability("Gru\u0308nspan fu\u0308r alle")


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=400), st.lists(st.text(max_size=30), max_size=3))
def test_any_text_gets_a_hint_and_soon(passphrase, known):
    begun = time.perf_counter()
    assert guessability(passphrase, known).words.endswith(".")
    assert time.perf_counter() - begun < 5


def test_a_very_long_one_takes_no_longer():
    begun = time.perf_counter()
    guessability("correct horse battery staple " * 2000)
    assert time.perf_counter() - begun < 5
