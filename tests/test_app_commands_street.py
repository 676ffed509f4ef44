"""On the command line a case can be made, filled, corrected and read; what scripts rely on stays as README says."""

import hashlib
from pathlib import Path

import pytest
from command_line import PASSPHRASE, CommandLine, new_case

CONTENT = b"%PDF-1.4 not really \x00\xff\r\n" * 40_000


@pytest.fixture
def case(tmp_path: Path) -> CommandLine:
    return new_case(tmp_path)


def added(case: CommandLine, content: bytes = CONTENT, *options: str) -> str:
    file = case.folder / "demand.pdf"
    file.write_bytes(content)
    return str(case("add", file, "--json", *options).json["ref"])


def test_a_new_vault_says_what_to_keep_safe_and_never_shows_the_passphrase(tmp_path: Path) -> None:
    line = CommandLine(tmp_path)
    line.secret.write_text(PASSPHRASE, encoding="utf-8")
    made = line("create", "--initials", "ab", "--name", "Anna Berg")
    assert made.status == 0
    assert "passphrase" in made.out
    assert "Keep a copy on another disk" in made.out
    assert "Fingerprint" in made.out
    assert PASSPHRASE not in made.out + made.err
    assert line("person", "--json").json["data"] == {"initials": "AB", "name": "Anna Berg", "role": "self"}


def test_the_answer_about_under_18_is_not_sure_until_somebody_answers(tmp_path: Path) -> None:
    line = CommandLine(tmp_path)
    line.secret.write_text(PASSPHRASE, encoding="utf-8")
    line("create", "--initials", "AB")
    assert line("case", "--json").json["data"] == {"under18": "unsure"}
    assert line("case", "under18=no", "title=Case AB").status == 0
    assert line("case", "--json").json["data"] == {"title": "Case AB", "under18": "no"}


def test_somebody_who_records_for_another_is_named_so_from_the_first_entry(tmp_path: Path) -> None:
    case = new_case(tmp_path, "--role", "supporter")
    history = case("show", str(case("case", "--json").json["id"]), "--history", "--json").json["history"]
    assert isinstance(history, list)
    assert history[0]["role"] == "supporter"


def test_what_is_recorded_is_listed_with_exactly_the_members_that_scripts_read(case: CommandLine) -> None:
    told = case(
        "record", "account", "platform=skype", "display_name=Kim", "persistent_id=live:.cid.1a2b", "--json"
    ).json
    assert set(told) == {"id", "seq"}
    (listed,) = case("list", "--kind", "account", "--json").lines
    assert set(listed) == {"id", "ref", "kind", "seq", "at", "withdrawn", "data"}
    assert listed["id"] == told["id"]
    assert listed["seq"] == told["seq"]
    assert (listed["ref"], listed["kind"], listed["withdrawn"]) == ("", "account", False)
    assert listed["data"] == {"platform": "skype", "display_name": "Kim", "persistent_id": "live:.cid.1a2b"}
    assert case("list", "--kind", "account", "--find", "KIM").out.count("\n") == 1
    assert case("list", "--find", "nobody writes this").out == ""


def test_list_shows_every_kind_newest_first(case: CommandLine) -> None:
    added(case)
    kinds = [line["kind"] for line in case("list", "--json").lines]
    assert kinds == ["exhibit", "case", "person", "vault"]


def test_record_prints_the_id_alone_so_that_a_script_can_use_it(case: CommandLine) -> None:
    account = case("record", "account", "handle=@kim").out.strip()
    assert case("record", "payment", "status=demanded", "amount=300.00", f"account={account[:12]}").status == 0
    payment = case("list", "--kind", "payment", "--json").json["data"]
    assert payment == {"status": "demanded", "amount": "300.00", "account": account}


def test_a_list_field_is_given_by_repeating_it_and_may_name_references(case: CommandLine) -> None:
    ref = added(case)
    one, two = (case("record", "account", f"handle={name}").out.strip() for name in ("one", "two"))
    case("record", "incident", f"accounts={one}", f"accounts={two[:8]}", f"exhibits={ref.lower()}")
    data = case("list", "--kind", "incident", "--json").json["data"]
    assert isinstance(data, dict)
    assert data["accounts"] == [one, two]
    assert data["exhibits"] == [case("show", ref, "--json").json["id"]]


def test_an_amendment_changes_what_is_shown_and_the_history_keeps_both(case: CommandLine) -> None:
    ref = added(case)
    assert case("amend", ref, "title=A demand", "sensitivity=ordinary").status == 0
    assert case("amend", ref, "title=").status == 0
    shown = case("show", ref).out
    assert "A demand" not in shown
    assert "sensitivity" in shown
    history = case("show", ref, "--history").out
    assert "What it shows (title): A demand" in history
    assert "What it shows (title): (removed)" in history
    assert history.index("added by AB (self)") < history.index("changed by AB (self)")


def test_what_is_withdrawn_is_marked_with_its_reason_and_its_file_is_gone(case: CommandLine) -> None:
    ref = added(case)
    assert len(case.objects()) == 1
    assert case("withdraw", ref, "--why", "the wrong file").status == 0
    assert case.objects() == []
    assert case("list", "--kind", "exhibit", "--json").json["withdrawn"] is True
    assert "(withdrawn)" in case("list", "--kind", "exhibit").out
    assert "the wrong file" in case("show", ref).out
    assert case("amend", ref, "title=x").status == 2
    extracted = case("extract", ref, case.folder / "out.pdf")
    assert extracted.status == 2
    assert "withdrawn" in extracted.err


@pytest.mark.parametrize("kind", ["person", "case", "vault"])
def test_what_a_case_stands_on_cannot_be_withdrawn(case: CommandLine, kind: str) -> None:
    subject = str(case("list", "--kind", kind, "--json").json["id"])
    assert case("withdraw", subject, "--why", "x").status == 2
    assert case("list", "--kind", kind, "--json").json["withdrawn"] is False


def test_an_extracted_file_is_byte_for_byte_the_one_that_was_added(case: CommandLine) -> None:
    ref = added(case)
    out = case.folder / "out.pdf"
    told = case("extract", ref, out, "--json").json
    assert out.read_bytes() == CONTENT
    assert told == {"file": str(out), "size": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest()}
    assert out.stat().st_mode & 0o077 == 0


def test_each_added_file_is_an_exhibit_of_its_own_even_with_equal_bytes(case: CommandLine) -> None:
    names = [case.folder / name for name in ("a.txt", "b.txt")]
    for name in names:
        name.write_text("the same\n", encoding="utf-8")
    lines = case("add", *names, "--json", "--url", "https://example.org/x", "--sent-by", "them").lines
    assert [set(line) for line in lines] == [{"id", "ref", "seq", "sha256"}] * 2
    assert [line["ref"] for line in lines] == ["AB/1", "AB/2"]
    assert len({line["id"] for line in lines}) == 2
    data = case("show", "AB/2", "--json").json["data"]
    assert isinstance(data, dict)
    assert (data["url"], data["sent_by"], data["sensitivity"]) == ("https://example.org/x", "them", "not_said")
    assert case("show", "AB/2", "--json").json["files"] == [
        {
            "id": case("show", "AB/2", "--json").json["files"][0]["id"],
            "name": "b.txt",
            "media_type": "text/plain",
            "size": 9,
            "sha256": hashlib.sha256(b"the same\n").hexdigest(),
        }
    ]


def test_where_two_people_record_each_says_who_it_is_and_has_references_of_their_own(case: CommandLine) -> None:
    file = case.folder / "a.txt"
    file.write_text("words", encoding="utf-8")
    assert case("person", "initials=CD", "role=supporter", "name=Carla").status == 0
    refused = case("add", file)
    assert refused.status == 2
    assert "--as" in refused.err
    assert "AB, CD" in refused.err or "CD, AB" in refused.err
    assert case.objects() == []
    assert case("add", file, "--as", "cd", "--json").json["ref"] == "CD/1"
    assert case("add", file, "--as", "AB", "--json").json["ref"] == "AB/1"
    assert case("add", file, "--as", "XY").status == 2


def test_known_initials_change_a_person_and_new_ones_add_somebody(case: CommandLine) -> None:
    assert case("person", "initials=AB", "safe_contact=Tuesdays, 10 to 12").status == 0
    assert case("person", "--json").json["data"] == {
        "initials": "AB",
        "role": "self",
        "safe_contact": "Tuesdays, 10 to 12",
    }
    nobody = case("person", "name=Somebody")
    assert nobody.status == 2
    assert "initials" in nobody.err
    unsaid = case("person", "initials=CD", "name=Carla Dee")
    assert unsaid.status == 2
    assert "role=self, role=supporter" in unsaid.err
    assert case("person", "initials=CD", "role=supporter").status == 0


def test_a_link_that_was_not_captured_first_is_warned_about_but_recorded(case: CommandLine) -> None:
    told = case("record", "takedown", "url=https://example.org/1", "recipient=the host")
    assert told.status == 0
    assert "Capture it first" in told.err
    added(case, CONTENT, "--url", "https://example.org/2")
    assert case("record", "takedown", "url=https://example.org/2").err == ""
    assert case("record", "takedown", "url=https://example.org/3", "exhibits=AB/1").err == ""


def test_a_sound_vault_passes_its_check(case: CommandLine) -> None:
    added(case)
    report = case("check", "--json")
    assert report.status == 0
    assert report.json == {"entries": 4, "objects": 1, "faults": [], "notes": []}
    assert "Nothing is damaged" in case("check").out


def test_held_files_never_leave_the_vault_and_that_is_said_at_once(tmp_path: Path) -> None:
    case = new_case(tmp_path)
    ref = added(case)
    changed = case("case", "under18=yes")
    assert changed.status == 0
    assert f"Held from now on: {ref}" in changed.err
    assert "101" in changed.err
    out = tmp_path / "out.pdf"
    refused = case("extract", ref, out)
    assert refused.status == 4
    assert "held" in refused.err
    assert not out.exists()
    assert case("withdraw", ref, "--why", "x").status == 4
    assert len(case.objects()) == 1


def test_a_list_in_words_shows_every_kind_after_an_export_too(case: CommandLine) -> None:
    case("record", "account", "handle=@x")
    case("receipt")
    assert case("export", case.folder / "out", "--for", "police").status == 0
    listed = case("list")
    assert listed.status == 0
    assert {"vault", "person", "case", "account", "anchor", "export"} <= set(listed.out.split())
