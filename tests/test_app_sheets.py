"""Tables in and out: what was written comes back exactly, every bad row is named, and nothing is half imported."""

import csv
import io
from contextlib import closing

import pytest
from cases import ORDINARY, artifact, new_case
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import WrongUse
from app.kinds import KINDS, Exhibit, Kind, Under18
from app.sheets import (
    SHEET_KINDS,
    TABLE_KINDS,
    bad_table,
    import_sheet,
    kind_table,
    match_sheet,
    read_sheet,
)
from vault.recovery import new_recovery_secret, words_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60)
NASTY = st.lists(
    st.sampled_from(
        [
            "[U+202E]",
            "[U+005B]",
            "\u202e",
            "'",
            "=",
            "\r",
            "\n",
            "\r\n",
            "\t",
            '"',
            ",",
            ";",
            "; ",
            "[",
            "]",
            "U+005B",
            "a",
        ]
    ),
    min_size=1,
    max_size=12,
).map("".join)


@pytest.fixture(scope="module")
def long_case(tmp_path_factory):
    with closing(new_case(tmp_path_factory.mktemp("case"))) as case:
        yield case


@pytest.fixture
def case(tmp_path):
    with closing(new_case(tmp_path)) as case:
        yield case


@pytest.fixture
def sheet_of(tmp_path):
    def read(text, kind=Kind.TAKEDOWN, **options):
        path = tmp_path / "table.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return read_sheet(path, kind, **options)

    return read


def fields(sheet):
    return [row.fields for row in sheet.rows]


def imported(case, sheet, **options):
    return import_sheet(case, match_sheet(case, sheet), **options)


def recorded(case, kind=Kind.TAKEDOWN):
    return [dict(subject.data) for subject in reversed(list(case.subjects(kind)))]


# -- there and back ---------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=TEXTS | NASTY, recipient=TEXTS | NASTY)
def test_whatever_was_written_down_comes_back_exactly(long_case, tmp_path, notes, recipient):
    entry = long_case.record(Kind.TAKEDOWN, {"notes": notes, "recipient": recipient})
    path = tmp_path / "table.csv"
    path.write_bytes(kind_table(long_case, Kind.TAKEDOWN)[0])
    newest = read_sheet(path, Kind.TAKEDOWN).rows[-1]
    assert newest.fields == dict(entry.data)


def test_a_long_text_comes_back_exactly(case, sheet_of):
    text = "=\u202eAb\n\"'[U+202E]王" * 8000
    case.record(Kind.CONTACT, {"what_was_said": text, "person": "\t"})
    (found,) = fields(sheet_of(kind_table(case, Kind.CONTACT)[0], Kind.CONTACT))
    assert found == {"what_was_said": text, "person": "\t"}


def test_every_kind_goes_into_another_case_and_nothing_is_lost_on_the_way(case, tmp_path, sheet_of):
    written = {
        Kind.INCIDENT: {"kind": "threat", "what_happened": "one\r\ntwo", "details_shown": ["name", "work"]},
        Kind.ACCOUNT: {"platform": "skype", "persistent_id": "live:.cid.1a2b", "relationship": "mine"},
        Kind.PAYMENT: {"status": "demanded", "kind": "uk_bank", "sort_code": "01-02-03", "amount": "+300"},
        Kind.TAKEDOWN: {"url": "https://x.example/1", "state": "waiting", "ground": "under_18"},
        Kind.CONTACT: {"kind": "police", "organisation": "@Kent", "when": "2026-11-20 14:05"},
    }
    assert set(written) == set(SHEET_KINDS)
    (tmp_path / "other").mkdir()
    with closing(new_case(tmp_path / "other")) as other:
        for kind, data in written.items():
            case.record(kind, data)
            imported(other, sheet_of(kind_table(case, kind)[0], kind))
            assert recorded(other, kind) == [data]


def test_the_table_of_a_kind_shows_no_words_of_what_was_withdrawn_and_they_stay_out(case, sheet_of):
    for url in ("https://secret.example", "https://open.example"):
        case.record(Kind.TAKEDOWN, {"url": url})
    secret = next(found for found in case.subjects(Kind.TAKEDOWN) if "secret" in str(found.data))
    case.withdraw(secret, "mine")
    table, rows = kind_table(case, Kind.TAKEDOWN)
    assert rows == 2
    assert b"secret.example" not in table
    assert secret.id.encode() in table
    assert b'"yes","mine"' in table
    sheet = sheet_of(table)
    assert (fields(sheet), sheet.withdrawn) == ([{"url": "https://open.example"}], (2,))


def test_the_table_of_exhibits_has_the_words_and_hashes_of_held_ones_too(case):
    kept = case.preserve(artifact(), Exhibit(title="the chat", held="yes"))
    table = list(csv.DictReader(io.StringIO(kind_table(case, Kind.EXHIBIT)[0].decode("utf-8-sig"), newline="")))
    assert (table[0]["ref"], table[0]["title"], table[0]["sha256"]) == ("AB/1", "the chat", kept.sha256)
    assert table[0]["included"] != "yes"


def test_nobody_who_records_is_in_a_table(case):
    assert Kind.PERSON not in TABLE_KINDS
    case.record(Kind.TAKEDOWN, {"url": "https://x.example"})
    assert not [kind for kind in TABLE_KINDS if b"Ann Bee" in kind_table(case, kind)[0]]


# -- columns ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SHEET_KINDS)
def test_columns_may_have_the_names_of_fields_in_any_case_and_what_reports_and_the_window_call_them(kind, sheet_of):
    for spec in KINDS[kind].specs():
        for word in (spec.name, spec.name.upper(), f" {spec.name.replace('_', ' ')} "):
            assert sheet_of(f'"{word}"\nx\n', kind).names == {spec.name: word}
        for word in (spec.term, spec.ask.label.upper()):
            (field,) = sheet_of(f'"{word}"\nx\n', kind).names
            meant = KINDS[kind].spec(field)
            assert word.lower() in {meant.name, meant.term.lower(), meant.ask.label.lower()}


@pytest.mark.parametrize("kind", SHEET_KINDS)
def test_an_answer_may_stand_in_the_words_of_a_report(kind, sheet_of):
    for spec in KINDS[kind].specs():
        for option in spec.choices or ():
            written = option.value.replace("_", " ").title()
            (found,) = fields(sheet_of(f"{spec.name}\n{written}\n", kind))
            assert found == {spec.name: [option.value] if spec.many else option.value}
    assert fields(sheet_of("kind\nUK bank transfer\n", Kind.PAYMENT)) == [{"kind": "uk_bank"}]


def test_a_column_that_nobody_knows_stops_the_import_and_may_be_left_out(case, sheet_of):
    table = "url,recipiant,Colour\nhttps://x.example,Host,red\n"
    sheet = sheet_of(table)
    wrong = [(each.name, each.letters, each.suggestions) for each in sheet.column_problems]
    assert wrong == [("recipiant", "B", ("recipient",)), ("Colour", "C", ())]
    with pytest.raises(WrongUse, match="2 columns"):
        imported(case, sheet)
    assert recorded(case) == []
    imported(case, sheet_of(table, ignored=["RECIPIANT", "colour"]))
    assert recorded(case) == [{"url": "https://x.example"}]
    with pytest.raises(WrongUse, match="no column “size”"):
        sheet_of(table, ignored=["size"])


def test_two_columns_for_one_field_are_told(sheet_of):
    (wrong,) = sheet_of("url,Link\na,b\n").column_problems
    assert (wrong.name, wrong.letters) == ("Link", "B")
    assert sheet_of("url,Link\na,b\n", ignored=["Link"]).column_problems == ()


def test_a_column_without_a_name_may_stay_empty(sheet_of):
    sheet = sheet_of("url,,\na,,\nb,c,\n")
    assert fields(sheet) == [{"url": "a"}]
    assert [(row.number, row.problems[0].what) for row in sheet.bad] == [
        (3, "Something stands in column B, which has no name.")
    ]
    assert fields(sheet_of("url,,\na,,\nb,c,\n", ignored=["b"])) == [{"url": "a"}, {"url": "b"}]


def test_a_table_of_something_else_is_told(sheet_of):
    with pytest.raises(WrongUse, match="No column of this table"):
        sheet_of("id,seq\n1,2\n")


# -- rows -------------------------------------------------------------------------------------------------------


def test_every_bad_row_is_named_as_a_spreadsheet_counts_and_nothing_is_imported(case, sheet_of):
    sheet = sheet_of(
        'url,state,exhibits,notes\n\n"a","gone","AB/9",\nb,waiting,,"one\ntwo"\nc,,,nul\0nul\nd,,,,e\n', Kind.TAKEDOWN
    )
    matched = match_sheet(case, sheet)
    assert [(problem.row, problem.column) for problem in matched.problems] == [
        (3, "state"),
        (3, "exhibits"),
        (5, "notes"),
        (6, ""),
    ]
    assert "“gone” is not one of: not_sent, waiting" in matched.problems[0].what
    with pytest.raises(WrongUse, match="3 rows cannot be imported"):
        import_sheet(case, matched)
    assert recorded(case) == []
    import_sheet(case, matched, skip_bad=True)
    assert recorded(case) == [{"url": "b", "state": "waiting", "notes": "one\ntwo"}]


def test_bad_rows_are_written_with_their_reasons_corrected_and_imported(case, sheet_of, tmp_path):
    sheet = sheet_of(
        'Link,State,notes,=odd\na,gone,"=1\u202e[U+202E]\n",\n\nb,removed,,\nc,nope,,,more\n', ignored=["=odd"]
    )
    table = bad_table(sheet, match_sheet(case, sheet).bad).decode("utf-8-sig")
    header, first, second = csv.reader(io.StringIO(table, newline=""))
    assert header == ["bad_row", "what_is_wrong", "Link", "State", "notes", "'=odd", ""]
    assert (first[0], second[0], second[-1]) == ("2", "5", "more")
    assert first[1].startswith("State: “gone” is not one of")
    assert first[4].startswith("'=1[U+202E]")
    corrected = table.replace('"gone"', '"removed"').replace('"nope"', '""').replace('"more"', '""')
    again = sheet_of(corrected, ignored=["=odd"])
    imported(case, again)
    assert recorded(case) == [{"url": "a", "state": "removed", "notes": "=1\u202e[U+202E]\n"}, {"url": "c"}]


def test_recovery_words_are_refused_and_never_written_again(case, sheet_of):
    words = " ".join(words_of(new_recovery_secret()))
    for column in ("notes", "other"):
        sheet = sheet_of(f"url,{column},state\na,{words},gone\n", ignored=["other"] if column == "other" else ())
        (row,) = match_sheet(case, sheet).bad
        assert words not in str(row)
        assert words.encode() not in bad_table(sheet, [row])
    (row,) = sheet_of(f"url,notes\na,{words}\n").bad
    assert [problem.column for problem in row.problems] == ["notes"]


def test_recovery_words_that_are_spread_over_cells_are_refused_too(sheet_of):
    words = words_of(new_recovery_secret())
    columns = (
        "notes,text_sent,response,route,recipient,basis,by_whom,next_action,how_confirmed,pin_kept,reference,deadline"
    )
    sheet = sheet_of(f"url,{columns}\na,{','.join(words)}\n")
    (row,) = sheet.bad
    assert not sheet.rows
    assert not set(words) & set(row.cells)
    assert row.problems[0].what == "These look like recovery words."


def test_a_row_that_is_too_long_for_an_entry_is_named(sheet_of):
    sheet = sheet_of('url,notes,text_sent\na,x,y\nb,"' + "x" * 600_000 + '","' + "y" * 600_000 + '"\n')
    assert [row.number for row in sheet.bad] == [3]
    assert len(sheet.rows) == 1


def test_what_looks_like_a_formula_mark_stays_in_a_table_that_somebody_else_made(sheet_of):
    assert fields(sheet_of("url,notes\na,'=1\nb,[U+202E]\n")) == [
        {"url": "a", "notes": "'=1"},
        {"url": "b", "notes": "[U+202E]"},
    ]


def test_references_lead_to_what_they_name(case, sheet_of):
    shown, other = case.preserve(artifact(), ORDINARY), case.preserve(artifact(b"x"), ORDINARY)
    account = case.record(Kind.ACCOUNT, {"handle": "x"})
    imported(case, sheet_of(f"url,exhibits,proof\na,ab/1;AB/2 ; ,{other.id[:8]}\n"))
    assert recorded(case) == [{"url": "a", "exhibits": [shown.id, other.id], "proof": other.id}]
    (problem,) = match_sheet(case, sheet_of(f"url,exhibits\na,{account.id}\n")).problems
    assert "exhibit" in problem.what


def test_what_a_spreadsheet_may_have_spoiled_is_pointed_out_and_imported_as_it_stands(case, sheet_of):
    sheet = sheet_of("url,sent_at,reference,deadline\na,20/11/2026,1.23457E+17,2026-11\nb,2026-11-20 09:00,17,\n")
    assert [(hint.row, hint.column) for hint in sheet.hints] == [(2, "sent_at"), (2, "reference")]
    imported(case, sheet)
    assert recorded(case)[0] == {"url": "a", "sent_at": "20/11/2026", "reference": "1.23457E+17", "deadline": "2026-11"}


# -- what is there already --------------------------------------------------------------------------------------


def test_rows_that_are_there_already_are_told_and_imported_only_on_request(case, sheet_of):
    case.record(Kind.TAKEDOWN, {"url": "https://x.example", "recipient": "Host", "state": "waiting"})
    sheet = sheet_of(
        "url,recipient,state\nhttps://x.example,Host,waiting\nhttps://x.example,Host,removed\n"
        "https://x.example,Search engine,\nhttps://y.example,,\nhttps://y.example,,\n"
    )
    matched = match_sheet(case, sheet)
    assert [(found.here.number, found.exact, found.row) for found in matched.repeats] == [
        (2, True, None),
        (3, False, None),
        (6, True, 5),
    ]
    import_sheet(case, matched)
    assert [data.get("recipient") for data in recorded(case)] == ["Host", "Search engine", None]
    assert import_sheet(case, match_sheet(case, sheet)).entries == ()
    assert len(imported(case, sheet, again=True).entries) == 5


def test_two_talks_on_one_day_are_both_imported_and_not_again(case, sheet_of):
    table = "organisation,when,outcome\nKent Police,2026-11-20,rang\nKent Police,2026-11-20,rang again\n,,called\n"
    assert len(imported(case, sheet_of(table, Kind.CONTACT)).entries) == 3
    assert imported(case, sheet_of(table, Kind.CONTACT)).entries == ()


def test_what_was_withdrawn_may_be_imported_anew(case, sheet_of):
    sheet = sheet_of("url,recipient\na,b\n")
    imported(case, sheet)
    case.withdraw(next(case.subjects(Kind.TAKEDOWN)), "again")
    assert len(imported(case, sheet).entries) == 1


# -- all or nothing ---------------------------------------------------------------------------------------------


class Stopped(Exception):
    """Somebody pressed Cancel."""


def test_an_import_that_is_stopped_leaves_nothing_and_can_be_started_again(case, sheet_of):
    sheet = sheet_of("url\n" + "".join(f"https://x.example/{number}\n" for number in range(1000)))
    before, seen = case.vault.head, []

    def stop_late(done, total):
        seen.append((done, total))
        if done > 700:
            raise Stopped

    with pytest.raises(Stopped):
        imported(case, sheet, progress=stop_late)
    assert case.vault.head == before
    assert seen[0] == (0, 1000)
    done = imported(case, sheet)
    assert [number for number, _entry in done.entries] == list(range(2, 1002))
    assert case.vault.head.entries == before.entries + 1000
    assert [entry.seq for _number, entry in done.entries] == list(range(before.entries + 1, before.entries + 1001))


def test_in_a_window_an_import_is_part_of_the_session(tmp_path, sheet_of):
    with closing(new_case(tmp_path, window=True)) as case:
        imported(case, sheet_of("url\na\n"))
        assert case.count(Kind.SESSION) == 1
        assert next(case.subjects(Kind.TAKEDOWN)).first.seq == next(case.subjects(Kind.SESSION)).first.seq + 1


@pytest.mark.parametrize("under18", list(Under18))
def test_removals_without_a_capture_are_counted_but_not_where_nothing_may_be_captured(under18, tmp_path, sheet_of):
    with closing(new_case(tmp_path, under18=under18)) as case:
        case.preserve(artifact(), Exhibit(url="https://x.example/1", sensitivity=ORDINARY.sensitivity))
        sheet = sheet_of("url,exhibits\nhttps://x.example/1,\nhttps://x.example/2,\nhttps://x.example/3,AB/1\n")
        assert imported(case, sheet).without_capture == (1 if under18 is Under18.NO else 0)
