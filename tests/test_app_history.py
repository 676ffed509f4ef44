"""History: every entry says what it changed, from what to what."""

from contextlib import closing

from cases import new_case

from app.history import Change, versions
from app.kinds import Kind


def test_each_version_says_what_it_changed_from_what_to_what(tmp_path):
    with closing(new_case(tmp_path)) as case:
        entry = case.record(Kind.ACCOUNT, {"handle": "@a", "notes": "n"})
        case.amend(case.subject(entry.id), {"handle": "@b", "notes": None})
        case.amend(case.subject(entry.id), {"display_name": "Ann"})
        case.withdraw(case.subject(entry.id), "wrong person")
        found = versions(case.subject(entry.id))
    assert [set(version.changes) for version in found] == [
        {Change("handle", None, "@a"), Change("notes", None, "n")},
        {Change("handle", "@a", "@b"), Change("notes", "n", None)},
        {Change("display_name", None, "Ann")},
        set(),
    ]
    assert found[3].entry.data["why"] == "wrong person"
    assert {version.entry.by.initials for version in found} == {"AB"}
