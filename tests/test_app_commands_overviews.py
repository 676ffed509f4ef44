"""The whole case on the command line: timeline, gaps, summary, notes, holding."""

from pathlib import Path

import pytest
from command_line import CommandLine, is_harmless, new_case

from app.errors import RefusedForSafety


@pytest.fixture(scope="module")
def case(tmp_path_factory) -> CommandLine:
    made = new_case(tmp_path_factory.mktemp("case"))
    account = made("record", "account", "platform=skype", "display_name=Ann\u202e\x1b[31m").out.strip()
    made("record", "incident", "kind=threat", "what_happened=x\x1b]0;evil\x07", "when=about last summer")
    made(
        "record",
        "payment",
        "status=demanded",
        "amount=300",
        "currency=gbp",
        "demanded_at=2026-11-01 10:00",
        "deadline=2026-12-01",
        f"account={account}",
    )
    made("record", "payment", "status=paid", "amount=1,000", "currency=GBP", "paid_at=2026-11", f"account={account}")
    made("record", "contact", "kind=police", "when=2026-11-03", "next_action_at=2026-11-30")
    return made


def test_the_timeline_tells_what_happened_in_order_and_the_undated_last(case):
    lines = case("timeline", "--json").lines
    assert [(line["time"], line["text"]) for line in lines] == [
        ("paid", "2026-11"),
        ("demanded", "2026-11-01 10:00"),
        ("reported", "2026-11-03"),
        ("happened", "about last summer"),
    ]
    assert [line["at"] for line in lines] == [
        "2026-11-01T00:00:00.000Z",
        "2026-11-01T10:00:00.000Z",
        "2026-11-03T00:00:00.000Z",
        None,
    ]
    assert [line["time"] for line in case("timeline", "--json", "--newest-first", "--limit", "1").lines] == ["reported"]


def test_what_is_still_to_come_is_a_line_of_its_own(case):
    assert [line["text"] for line in case("timeline", "--ahead", "--json").lines] == ["2026-11-30", "2026-12-01"]


def test_the_timeline_in_words_is_harmless_to_a_terminal(case):
    for command in ("timeline", "gaps", "summary"):
        answer = case(command)
        assert answer.status == 0
        assert answer.out
        assert is_harmless(answer.out), answer.out


def test_gaps_are_suggestions_about_something(case):
    found = {str(line["missing"]) for line in case("gaps", "--json").lines}
    assert {"account-without-id", "threat-without-words", "police-without-reference"} <= found
    assert len(case("gaps", "--json", "--limit", "2").lines) == 2


def test_the_summary_adds_up_what_is_a_plain_number_and_counts_the_rest(case):
    told = case("summary", "--json").json
    assert told["money"] == [{"currency": "GBP", "sums": {"demanded": "300"}, "not_plain": 1}]
    assert told["platforms"] == [{"platform": "skype", "counts": {"account": 1}}]
    (account,) = told["accounts"]
    assert account["counts"] == {"payment": 2}
    assert account["money"] == told["money"]


def test_the_summary_tells_what_is_still_online(tmp_path):
    case = new_case(tmp_path)
    assert case("summary", "--json").json["removals"] == {"online": 0, "gone": 0, "back": 0}
    for fields in (
        ["sent_at=2026-11-01"],
        ["recipient=the host"],
        ["state=waiting"],
        ["removed_at=2026-11-02"],
        ["state=site_gone"],
        ["removed_at=2026-11-02", "reappeared_url=https://x.example/2"],
        ["state=back_again", "removed_at=2026-11-02"],
        ["state=waiting", "reappeared_at=2026-11-03"],
        ["state=removed", "reappeared_url=https://x.example/3"],
    ):
        case("record", "takedown", "url=https://x.example/1", *fields)
    assert case("summary", "--json").json["removals"] == {"online": 3, "gone": 2, "back": 4}
    assert "3 still online, 2 gone, 4 back again" in case("summary").out


def test_an_empty_case_has_words_for_nothing(tmp_path):
    assert "Nothing comes to mind" in new_case(tmp_path)("gaps").out


def test_notes_are_written_listed_changed_and_removed(tmp_path):
    case = new_case(tmp_path)
    entries = len(case("list", "--json").lines)
    note = case("note", "ask Mum about the date").out.strip()
    case("note", "could not work for a week", "--impact", "work")
    assert [(line["text"], line["impact"]) for line in case("note", "--json").lines] == [
        ("ask Mum about the date", None),
        ("could not work for a week", "work"),
    ]
    case("note", "ask Dad", "--change", note[:6])
    assert "ask Dad" in case("note").out
    assert case("note", "--remove", note).status == 0
    assert [line["impact"] for line in case("note", "--json").lines] == ["work"]
    assert case("note", "--remove", note).status == 2
    assert len(case("list", "--json").lines) == entries


def test_a_held_exhibit_is_not_given_out_any_more(tmp_path):
    case = new_case(tmp_path)
    (tmp_path / "a.txt").write_text("words")
    case("add", tmp_path / "a.txt", "--sensitivity", "ordinary")
    answer = case("hold", "AB/1")
    assert answer.status == 0
    assert "101" in answer.err
    assert case("extract", "AB/1", tmp_path / "out.txt").status == RefusedForSafety.exit_status
    assert not (tmp_path / "out.txt").exists()
    assert case("hold", "AB/1").status == 2


def test_only_an_exhibit_can_be_held(tmp_path):
    case = new_case(tmp_path)
    account = case("record", "account", "handle=@x").out.strip()
    assert case("hold", account).status == 2


def test_nobody_is_asked_to_capture_first_where_somebody_could_be_under_18(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    grown_up, unsure = new_case(tmp_path / "a"), new_case(tmp_path / "b", under18="unsure")
    removal = ("record", "takedown", "url=https://x.example/1")
    assert "Capture it first" in grown_up(*removal).err
    assert unsure(*removal).err == ""
    assert "removal-without-capture" not in unsure("gaps", "--json").out
    assert "removal-without-capture" in grown_up("gaps", "--json").out


def test_a_second_person_with_the_same_initials_is_told_to_add_a_middle_one(tmp_path):
    case = new_case(tmp_path, "--name", "Anna Bee")
    answer = case("person", "initials=AB", "name=Adam Box")
    assert answer.status == 2
    assert "middle initial" in answer.err
    assert "Bee" not in answer.err
    assert case("person", "initials=ADB", "name=Adam Box", "role=supporter").status == 0
    assert case("person", "initials=AB", "name=Anna Bee", "role=parent", "--as", "AB").status == 0
    names = {str(line["data"]["name"]) for line in case("person", "--json").lines}
    assert names == {"Anna Bee", "Adam Box"}


def test_a_note_that_stands_only_in_the_copy_is_told_and_the_copy_is_not_written_over(
    tmp_path: Path,
) -> None:
    case, copy = new_case(tmp_path), tmp_path / "copy.holdfast"
    case("note", "words in both")
    case("backup", copy)
    assert "notes" not in case("check", "--against", copy).out
    written = case.raw("note", copy, "only in the copy", "--passphrase-file", case.secret)
    assert written.status == 0, written.err
    found = case("check", "--against", copy)
    assert "not in the same words: 1." in found.out
    assert case("check", "--against", copy, "--json").json["against"]["notes"] == 1  # type: ignore[index]
    refused = case("backup", copy)
    assert (refused.status, refused.out) == (2, "")
    assert "notes" in refused.err
