"""Notes: outside the log, about one thing or the case; private ones stay, impact ones go out only if asked."""

from contextlib import closing

import pytest
from cases import clock, new_case
from hypothesis import given, settings
from hypothesis import strategies as st
from vaults import PASSPHRASE

from app.casefile import Casefile
from app.errors import WrongUse
from app.kinds import Kind
from app.notes import Area, impact_notes, keep_note, read_notes, remove_note
from vault.log import NoteRow


@pytest.fixture
def case(tmp_path):
    with closing(new_case(tmp_path)) as case:
        yield case


def test_a_note_is_there_after_closing_and_is_no_entry(tmp_path):
    with closing(new_case(tmp_path)) as case:
        entries = case.vault.head.entries
        kept = keep_note(case, "I could not sleep", impact=Area.HEALTH)
        assert case.vault.head.entries == entries
    with closing(Casefile.open(tmp_path / "case.holdfast", PASSPHRASE, clock())) as case:
        assert read_notes(case) == [kept]
        assert kept.by == "AB"


def test_notes_stand_beside_what_they_are_about(case):
    account = case.record(Kind.ACCOUNT, {"handle": "@x"})
    about = keep_note(case, "met him at school?", subject=account.id)
    general = keep_note(case, "call the solicitor")
    assert read_notes(case, account.id) == [about]
    assert read_notes(case) == [about, general]


def test_only_notes_on_the_impact_are_for_others(case):
    keep_note(case, "private")
    impact = keep_note(case, "lost my job", impact=Area.WORK)
    assert list(impact_notes(case)) == [impact]


def test_a_note_can_be_changed_and_removed_without_a_trace(case):
    kept = keep_note(case, "first words")
    changed = keep_note(case, "second words", note=kept.id)
    assert [note.text for note in read_notes(case)] == ["second words"]
    remove_note(case, changed.id)
    assert read_notes(case) == []
    with pytest.raises(WrongUse):
        remove_note(case, changed.id)
    with pytest.raises(WrongUse):
        keep_note(case, "third words", note=changed.id)
    assert read_notes(case) == []


@pytest.mark.parametrize("text", ["", "  \n", "a\0b", "\ud800"])
def test_what_is_no_note_is_refused(case, text):
    with pytest.raises(WrongUse):
        keep_note(case, text)


def test_a_note_that_somebody_else_wrote_into_the_log_is_shown_as_it_stands(case):
    case.vault.log.set_note(NoteRow("1", "", "plain words"))
    case.vault.log.set_note(NoteRow("2", "", '{"text": "x", "impact": "pets"}'))
    plain, newer = read_notes(case)
    assert (plain.text, plain.impact) == ("plain words", None)
    assert newer.impact is Area.OTHER


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_every_text_comes_back_exactly(tmp_path_factory, text):
    with closing(new_case(tmp_path_factory.mktemp("case"))) as case:
        if not text.strip():
            return
        assert keep_note(case, text).text == text
        assert read_notes(case)[0].text == text
