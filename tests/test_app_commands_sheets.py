"""`import` and `table` on the command line: tables in and out, told in words and in JSON."""

import csv
import io
import stat

import pytest
from command_line import PASSPHRASE, is_harmless, new_case

TAKEDOWNS = "url,recipient,state\nhttps://x.example/1,Host,waiting\nhttps://x.example/2,Host,refused\n"


@pytest.fixture
def case(tmp_path):
    return new_case(tmp_path)


@pytest.fixture
def table(tmp_path):
    def write(text, name="table.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return write


def takedowns(case):
    return case("list", "--kind", "takedown", "--json").lines


def test_a_table_is_imported_and_told_in_words(case, table):
    answer = case("import", table(TAKEDOWNS), "--kind", "takedown")
    assert answer.status == 0
    assert answer.out == "Imported: 2 rows, as entries 4 to 5.\n"
    assert sum("no exhibit of the link" in line for line in answer.sentences) == 1
    assert "For 2 rows" in answer.err
    assert "still where it was" in answer.err
    assert [found["data"]["url"] for found in takedowns(case)] == ["https://x.example/2", "https://x.example/1"]


def test_a_table_is_imported_and_told_in_json(case, table):
    answer = case("import", table(TAKEDOWNS), "--kind", "takedown", "--json")
    assert answer.json == {
        "kind": "takedown",
        "rows": 2,
        "imported": 2,
        "first_seq": 4,
        "last_seq": 5,
        "there": [],
        "withdrawn": [],
        "columns": [],
        "bad": [],
        "hints": [],
        "without_capture": 2,
        "bad_file": None,
        "dry_run": False,
    }
    (one, two) = reversed(takedowns(case))
    again = case("import", table(TAKEDOWNS + "https://x.example/3,Host,\n"), "--kind", "takedown", "--json").json
    assert again["imported"] == 1
    assert again["there"] == [
        {"row": 2, "id": one["id"], "like_row": None, "exact": True},
        {"row": 3, "id": two["id"], "like_row": None, "exact": True},
    ]


def test_nobody_is_asked_to_capture_where_somebody_may_be_under_18(tmp_path, table):
    case = new_case(tmp_path, under18="unsure")
    answer = case("import", table(TAKEDOWNS), "--kind", "takedown")
    assert answer.status == 0
    assert "apture" not in answer.err


def test_bad_rows_are_listed_and_nothing_is_imported(case, table):
    path = table(TAKEDOWNS + "https://x.example/3,Host,gone\nhttps://x.example/4,\u202eHost,\u202exyz\n")
    answer = case("import", path, "--kind", "takedown")
    assert answer.status == 2
    assert "Row 4, “state”: “gone” is not one of: not_sent" in answer.out
    assert "Row 5, “state”: “[U+202E]xyz”" in answer.out
    assert is_harmless(answer.out + answer.err)
    assert answer.sentences[0] == "2 rows cannot be imported."
    assert "--skip-bad" in answer.err
    assert takedowns(case) == []
    told = case("import", path, "--kind", "takedown", "--json")
    assert told.status == 2
    assert [(bad["row"], bad["column"]) for bad in told.json["bad"]] == [(4, "state"), (5, "state")]
    assert told.json["imported"] == 0


def test_a_dry_run_changes_nothing_and_says_what_it_found(case, table, tmp_path):
    bad = tmp_path / "bad.csv"
    answer = case("import", table(TAKEDOWNS + "a,b,gone\n"), "--kind", "takedown", "--dry-run", "--skip-bad", bad)
    assert answer.status == 0
    assert "Row 4" in answer.out
    assert "Could be imported: 2 rows. Nothing was changed." in answer.out
    assert not bad.exists()
    assert takedowns(case) == []
    assert case("import", table("url,state\na,gone\n"), "--kind", "takedown", "--dry-run").status == 2


def test_an_unknown_column_is_told_with_what_may_be_meant(case, table):
    path = table("urll,recipient\na,b\n")
    answer = case("import", path, "--kind", "takedown")
    assert answer.status == 2
    assert "Column A, “urll”: The kind takedown has no field of this name. Do you mean url?" in answer.out
    assert answer.sentences[0] == "One column of this table is not understood."
    told = case("import", path, "--kind", "takedown", "--json").json
    assert told["columns"][0]["suggestions"] == ["url"]
    assert case("import", path, "--kind", "takedown", "--ignore-column", "urll").status == 0


def test_bad_rows_go_into_a_file_for_the_owner_alone(case, table, tmp_path):
    bad = tmp_path / "bad.csv"
    path = table(TAKEDOWNS + "https://x.example/3,=Host,gone\n")
    answer = case("import", path, "--kind", "takedown", "--skip-bad", bad, "--json")
    assert answer.status == 0
    assert (answer.json["imported"], answer.json["bad_file"]) == (2, str(bad))
    assert "in plain" in answer.err
    assert stat.S_IMODE(bad.stat().st_mode) == 0o600
    (row,) = csv.DictReader(io.StringIO(bad.read_bytes().decode("utf-8-sig"), newline=""))
    assert (row["bad_row"], row["url"], row["recipient"]) == ("4", "https://x.example/3", "'=Host")
    bad.write_bytes(bad.read_bytes().replace(b'"gone"', b'"removed"'))
    assert case("import", bad, "--kind", "takedown").status == 0
    assert takedowns(case)[0]["data"] == {"url": "https://x.example/3", "recipient": "=Host", "state": "removed"}


def test_no_file_of_bad_rows_is_made_where_there_are_none_or_where_the_import_fails(case, table, tmp_path):
    bad = tmp_path / "bad.csv"
    answer = case("import", table(TAKEDOWNS), "--kind", "takedown", "--skip-bad", bad, "--json")
    assert (answer.status, answer.json["bad_file"]) == (0, None)
    assert not bad.exists()
    answer = case("import", table("url,foo,state\na,b,gone\n"), "--kind", "takedown", "--skip-bad", bad)
    assert answer.status == 2
    assert not bad.exists()


@pytest.mark.parametrize("command", ["table", "import"])
def test_files_are_never_made_over_others_or_in_a_vault_or_in_a_synced_folder(command, case, table, tmp_path):
    path = table("url,state\na,gone\nb,\n")
    synced = tmp_path / "Dropbox"
    (synced / ".dropbox.cache").mkdir(parents=True)
    taken = table("mine", "taken.csv")
    for place, status in ((taken, 2), (case.vault / "out.csv", 2), (tmp_path / "no" / "out.csv", 2), (synced / "o", 4)):
        arguments = (path, "--skip-bad", place) if command == "import" else (place,)
        assert case(command, *arguments, "--kind", "takedown").status == status, place
    assert taken.read_text() == "mine"
    assert not (case.vault / "out.csv").exists()
    assert not (synced / "o").exists()
    assert takedowns(case) == []


def test_a_table_may_go_into_a_synced_folder_where_somebody_wants_it_all_the_same(case, tmp_path):
    (tmp_path / "Dropbox" / ".dropbox.cache").mkdir(parents=True)
    out = tmp_path / "Dropbox" / "out.csv"
    answer = case("table", out, "--kind", "contact", "--anyway")
    assert answer.status == 0
    assert "Dropbox" in answer.err
    assert out.exists()


def test_the_table_of_a_kind_is_imported_into_another_case_as_it_is(case, tmp_path):
    case("record", "contact", "organisation==Kent", "what_was_said=one\ntwo \u202e [U+202E]", "kind=police")
    out = tmp_path / "contacts.csv"
    answer = case("table", out, "--kind", "contact", "--json")
    assert answer.json == {"file": str(out), "kind": "contact", "rows": 1}
    assert "not encrypted" in answer.err
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert case("import", out, "--kind", "contact").out.endswith("Imported: nothing, there was nothing new.\n")
    (tmp_path / "other").mkdir()
    other = new_case(tmp_path / "other")
    assert other("import", out, "--kind", "contact").status == 0
    assert other("list", "--kind", "contact", "--json").json["data"] == {
        "organisation": "=Kent",
        "what_was_said": "one\ntwo \u202e [U+202E]",
        "kind": "police",
    }


def test_the_people_who_record_have_no_table(case, tmp_path):
    answer = case("table", tmp_path / "people.csv", "--kind", "person")
    assert answer.status == 2
    assert not (tmp_path / "people.csv").exists()


def test_an_import_is_recorded_by_whoever_makes_it(case, table):
    case("person", "name=Carla Dee", "initials=CD", "role=supporter")
    assert case("import", table(TAKEDOWNS), "--kind", "takedown").status == 2
    assert takedowns(case) == []
    assert case("import", table(TAKEDOWNS), "--kind", "takedown", "--as", "CD").status == 0
    newest = str(takedowns(case)[0]["id"])
    assert case("show", newest, "--history", "--json").json["history"][0]["by"] == "CD"


def test_an_unreadable_file_is_told_before_the_passphrase_is_asked_for(case, tmp_path):
    answer = case.raw("import", case.vault, tmp_path / "none.csv", "--kind", "takedown", stdin=PASSPHRASE)
    assert answer.status == 2
    assert answer.sentences[0] == "There is no file with this name."
    assert "assphrase" not in answer.err
