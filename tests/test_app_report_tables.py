"""The tables: what a spreadsheet shows is what was recorded, and nothing in it runs."""

import csv
import io
import unicodedata

import pytest
from disclosures import Diary, disclose
from hypothesis import given
from hypothesis import strategies as st

from app.report.disclosure import Reason
from app.report.tables import make_tables
from vault.chain import Action, Kind


def tables_of(diary, **options):
    shown = disclose(diary, **options)
    return make_tables(shown.lines, shown.subjects, shown.not_included)


def rows_of(table):
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def test_every_table_of_the_format_is_made_even_from_an_empty_case():
    tables = tables_of(Diary())
    names = "exhibits incidents accounts payments takedowns contacts continuity withheld not-included"
    assert set(tables) == {f"{name}.csv" for name in names.split()}
    assert tables["not-included.csv"] == b"object,seq,file,sha256,size,reason\n"
    for name, table in tables.items():
        assert table.startswith(b"\xef\xbb\xbf") == (name != "not-included.csv")
        assert b"\r" not in table


def test_a_row_holds_the_newest_fields_and_says_that_it_was_withdrawn_and_why():
    diary = Diary()
    account = diary.add(Kind.ACCOUNT, platform="skype", persistent_id="live:.cid.1a2b", handle="@one")
    diary.amend(account, handle="@two", display_name="Lucy")
    diary.withdraw(account, "it was my own")
    row = rows_of(tables_of(diary)["accounts.csv"])[0]
    assert (row["id"], row["seq"]) == (account, "2")
    assert row["handle"] == "'@two"
    assert (row["persistent_id"], row["display_name"]) == ("live:.cid.1a2b", "Lucy")
    assert (row["withdrawn"], row["why_withdrawn"]) == ("yes", "it was my own")


def test_an_exhibit_has_a_row_for_each_of_its_files_and_says_which_are_in_the_package():
    diary = Diary()
    diary.exhibit("chat.PNG", files=2, title="the chat", accounts=["a", "b"])
    left_out = diary.exhibit("clip.exe", sensitivity="intimate")
    diary.write(Action.ADD, Kind.EXHIBIT, {"ref": "AB/3", "title": "words only"})
    tables = tables_of(diary, absent={left_out: Reason.LEFT_OUT})
    rows = rows_of(tables["exhibits.csv"])
    assert [row["file"] for row in rows] == ["AB-0001.png", "AB-0001-2.png", "AB-0002.bin", ""]
    assert [row["included"] for row in rows] == ["yes", "yes", "left-out", ""]
    assert rows[0]["accounts"] == "a; b"
    assert rows[2]["original_name"] == "clip.exe"
    absent = tables["not-included.csv"].decode("ascii").splitlines()[1].split(",")
    assert absent == [rows[2]["object"], "3", "AB-0002.bin", rows[2]["sha256"], rows[2]["size"], "left-out"]


def test_continuity_shows_nothing_of_a_withheld_entry_but_what_the_chain_needs():
    diary = Diary()
    person = diary.add(Kind.PERSON, name="Ann Secret")
    diary.exhibit()
    shown = disclose(diary)
    tables = make_tables(shown.lines, shown.subjects, shown.not_included)
    assert b"Ann Secret" not in b"".join(tables.values())
    row = rows_of(tables["continuity.csv"])[1]
    assert {name for name, cell in row.items() if cell} == {"seq", "action", "id", "body_hash", "link"}
    assert (row["action"], row["id"]) == ("withheld", person)
    assert rows_of(tables["withheld.csv"]) == [{"seq": "2", "id": person, "body_hash": row["body_hash"]}]
    assert rows_of(tables["continuity.csv"])[2]["ref"] == "AB/1"


def test_a_field_that_this_version_does_not_know_is_shown_and_not_dropped():
    diary = Diary()
    diary.add(Kind.PAYMENT, amount="300", future_field=["x", "y"], platform_says=True)
    row = rows_of(tables_of(diary)["payments.csv"])[0]
    assert row["amount"] == "300"
    assert row["other_fields"] == '{"future_field":["x","y"],"platform_says":true}'


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "'", "\t", "\r"])
def test_no_cell_begins_with_what_a_spreadsheet_runs(first):
    diary = Diary()
    diary.add(Kind.PAYMENT, notes=f"{first}cmd|'/c calc'!A1")
    assert rows_of(tables_of(diary)["payments.csv"])[0]["notes"] == f"'{first}cmd|'/c calc'!A1"


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"], include_characters="\t\n\r"), max_size=60)
)
def test_any_text_comes_back_from_a_table_exactly(text):
    diary = Diary()
    diary.add(Kind.INCIDENT, what_happened=text)
    table = tables_of(diary)["incidents.csv"]
    cell = rows_of(table)[0]["what_happened"]
    assert (cell[1:] if text.startswith(("=", "+", "-", "@", "'", "\t", "\r")) else cell) == text


def test_the_same_record_gives_the_same_bytes_whatever_the_order_of_not_included():
    diary = Diary()
    ids = [diary.exhibit(files=3) for _ in range(3)]
    shown = disclose(diary, absent=dict.fromkeys(ids, Reason.SEALED))
    backwards = dict(reversed(shown.not_included.items()))
    assert make_tables(shown.lines, shown.subjects, backwards) == make_tables(
        shown.lines, shown.subjects, shown.not_included
    )


def test_no_table_holds_a_command_for_a_terminal_or_turns_the_direction_of_text():
    diary = Diary()
    diary.add(Kind.ACCOUNT, handle="\x1b]0;pwn\x07", display_name="a\u202eb\x9b", notes="one\ntwo")
    table = tables_of(diary)["accounts.csv"].decode("utf-8-sig")
    assert not [char for char in table if char != "\n" and unicodedata.category(char) == "Cc"]
    assert "\u202e" not in table
    row = rows_of(table.encode("utf-8-sig"))[0]
    assert (row["handle"], row["display_name"], row["notes"]) == (
        "[U+001B]]0;pwn[U+0007]", "a[U+202E]b[U+009B]", "one\ntwo"
    )  # fmt: skip
