"""Finding in a case: pages join, and a page reads no more than it shows."""

from datetime import date

import pytest
from cases import artifact, new_case

from app.kinds import Exhibit, Kind, Sensitivity
from vault.errors import DamagedVault
from vault.search import Wanted


@pytest.fixture
def case(tmp_path):
    made = new_case(tmp_path)
    yield made
    made.close()


def test_a_case_is_searched_by_words_and_by_what_it_refers_to(case):
    account = case.record(Kind.ACCOUNT, {"platform": "telegram", "handle": "@kimmystar99"})
    threat = case.record(Kind.INCIDENT, {"exact_words": "Pay £300 or else", "accounts": [account.id]})
    case.record(Kind.PAYMENT, {"amount": "300", "account": account.id})
    case.record(Kind.INCIDENT, {"what_happened": "he rang again"})
    assert [found.id for found in case.search(Wanted("£300 ELSE")).subjects] == [threat.id]
    assert [found.kind for found in case.search(Wanted(names=account.id)).subjects] == [Kind.PAYMENT, Kind.INCIDENT]
    assert [found.id for found in case.search(Wanted("star", platform="Telegram")).subjects] == [account.id]


def test_exhibits_are_told_apart_by_sensitivity_and_by_the_day_of_what_they_show(case):
    kept = [
        case.preserve(artifact(), Exhibit(sensitivity=word, act_at=day))
        for word, day in [(Sensitivity.INTIMATE, "2025-01-02"), (Sensitivity.ORDINARY, "2025-01-02"), (None, "")]
    ]
    found = case.search(Wanted(sensitivity=Sensitivity.NOT_SAID)).subjects
    assert [exhibit.ref for exhibit in found] == [kept[2].ref]
    wanted = Wanted(sensitivity=Sensitivity.INTIMATE, since=date(2025, 1, 1), until=date(2025, 1, 31))
    assert [exhibit.id for exhibit in case.search(wanted).subjects] == [kept[0].id]
    case.amend(case.find(kept[2].ref), {"sensitivity": "intimate"})
    assert len(case.search(Wanted(sensitivity=Sensitivity.INTIMATE)).subjects) == 2


def test_pages_join_without_a_gap_and_the_last_one_says_so(case):
    entries = [case.record(Kind.CONTACT, {"notes": f"call {number}"}) for number in range(7)]
    wanted, pages, before = Wanted("call", kind=Kind.CONTACT), [], None
    for _ in range(4):
        page = case.search(wanted, limit=2, before=before)
        pages.append([subject.id for subject in page.subjects])
        before = page.before
    newest_first = [entry.id for entry in reversed(entries)]
    assert pages == [newest_first[0:2], newest_first[2:4], newest_first[4:6], newest_first[6:]]
    assert before is None
    assert [subject.id for subject in case.found(wanted, 3)] == newest_first[:3]
    assert [subject.id for subject in case.found(wanted)] == newest_first


def test_what_is_added_while_somebody_reads_on_moves_no_page(case):
    for number in range(4):
        case.record(Kind.CONTACT, {"notes": f"call {number}"})
    first = case.search(Wanted(kind=Kind.CONTACT), limit=2)
    case.record(Kind.CONTACT, {"notes": "call 4"})
    second = case.search(Wanted(kind=Kind.CONTACT), limit=2, before=first.before)
    notes = [subject.data["notes"] for subject in (*first.subjects, *second.subjects)]
    assert notes == ["call 3", "call 2", "call 1", "call 0"]


def test_a_list_reads_no_more_than_is_taken_from_it(case):
    oldest = case.record(Kind.CONTACT, {"notes": "the oldest"})
    for number in range(300):
        case.record(Kind.CONTACT, {"notes": f"call {number}"})
    # An entry that cannot be read shows who reads it.
    case.vault.log._db.execute("UPDATE entry SET body = x'00' WHERE seq = ?", (oldest.seq,))
    assert len(case.search(Wanted(kind=Kind.CONTACT)).subjects) == 100
    assert next(case.subjects(Kind.CONTACT)).data["notes"] == "call 299"
    assert len(list(case.subjects(Kind.CONTACT, limit=50, offset=200))) == 50
    with pytest.raises(DamagedVault):
        list(case.subjects(Kind.CONTACT))


def test_withdrawn_subjects_stand_in_lists_unless_they_are_not_wanted(case):
    entry = case.record(Kind.CONTACT, {"notes": "call"})
    case.withdraw(case.subject(entry.id), "by mistake")
    assert [found.withdrawn for found in case.subjects(Kind.CONTACT)] == [True]
    assert case.search(Wanted(kind=Kind.CONTACT, withdrawn=False)).subjects == ()
    assert case.search(Wanted("call")).subjects == ()
