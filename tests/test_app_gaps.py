"""Gaps: what is missing is suggested where it is missing, gone once it is filled, and never nagged about twice."""

from contextlib import closing

import pytest
from cases import artifact, new_case

from app.gaps import SUGGESTIONS, Missing, gaps, lacks_capture, with_subjects
from app.kinds import KINDS, Exhibit, Kind, Sensitivity, Under18


@pytest.fixture
def case(tmp_path):
    with closing(new_case(tmp_path)) as case:
        yield case


def missing(case) -> set[Missing]:
    return {gap.missing for gap in gaps(case)}


def test_an_empty_case_lacks_nothing(case):
    assert gaps(case) == []


@pytest.mark.parametrize(
    ("kind", "fields", "expected", "filling"),
    [
        (
            Kind.ACCOUNT,
            {"platform": "skype", "display_name": "Ann"},
            Missing.ACCOUNT_WITHOUT_ID,
            {"persistent_id": "live:x"},
        ),
        (Kind.PAYMENT, {"status": "demanded", "amount": "300"}, Missing.DEMAND_WITHOUT_WORDS, {"exact_words": "pay"}),
        (Kind.PAYMENT, {"status": "demanded"}, Missing.DEMAND_WITHOUT_ADDRESS, {"reference": "1234567890"}),
        (Kind.PAYMENT, {"status": "paid"}, Missing.PAYMENT_PERHAPS_NOT_COLLECTED, {"collected": "no"}),
        (Kind.PAYMENT, {"collected": "yes"}, Missing.PAYMENT_COLLECTED_WHERE, {"collected_where": "Lagos"}),
        (Kind.INCIDENT, {"kind": "threat"}, Missing.THREAT_WITHOUT_WORDS, {"exact_words": "I will"}),
        (Kind.INCIDENT, {"what_happened": "x"}, Missing.WITHOUT_TIME, {"when_precision": "unknown"}),
        (Kind.INCIDENT, {"evidence_still_needed": "the chat"}, Missing.STILL_NEEDED, {"evidence_still_needed": None}),
        (Kind.TAKEDOWN, {"url": "https://x.example/1"}, Missing.REMOVAL_WITHOUT_CAPTURE, {"removed_at": "2026-11-20"}),
        (Kind.TAKEDOWN, {"url": "https://x.example/1"}, Missing.REMOVAL_WITHOUT_CAPTURE, {"state": "site_gone"}),
        (Kind.TAKEDOWN, {"state": "removed"}, Missing.REMOVAL_WITHOUT_PROOF, {"how_confirmed": "looked"}),
        (Kind.TAKEDOWN, {"removed_at": "2026-11-20"}, Missing.REMOVAL_WITHOUT_PROOF, {"how_confirmed": "looked"}),
        (Kind.TAKEDOWN, {"sent_at": "2026-11-20"}, Missing.REMOVAL_WITHOUT_REFERENCE, {"reference": "17"}),
        (Kind.CONTACT, {"kind": "police"}, Missing.POLICE_WITHOUT_REFERENCE, {"reference": "17"}),
    ],
)
def test_what_is_missing_is_suggested_until_it_is_filled_in(case, kind, fields, expected, filling):
    entry = case.record(kind, fields)
    assert expected in missing(case)
    case.amend(case.subject(entry.id), filling)
    assert expected not in missing(case)


@pytest.mark.parametrize(
    "captured", [" https://x.example/1", "http://www.x.example/1/?utm_source=mail#top", "https://X.example:443/1"]
)
def test_a_page_that_was_captured_needs_no_capture_before_its_removal(case, captured):
    case.record(Kind.TAKEDOWN, {"url": "https://x.example/1"})
    assert Missing.REMOVAL_WITHOUT_CAPTURE in missing(case)
    case.preserve(artifact(), Exhibit(url=captured))
    assert Missing.REMOVAL_WITHOUT_CAPTURE not in missing(case)


def test_another_page_of_the_same_site_still_has_to_be_captured(case):
    case.preserve(artifact(), Exhibit(url="https://x.example/view?id=1"))
    kept = case.record(Kind.TAKEDOWN, {"url": "https://x.example/view?id=1&fbclid=x"})
    other = case.record(Kind.TAKEDOWN, {"url": "https://x.example/view?id=2"})
    assert [gap.subject for gap in gaps(case) if gap.missing is Missing.REMOVAL_WITHOUT_CAPTURE] == [other.id]
    assert kept.id != other.id


def test_an_account_that_an_exhibit_shows_needs_no_other_picture(case):
    account = case.record(Kind.ACCOUNT, {"persistent_id": "live:x"})
    assert missing(case) == {Missing.ACCOUNT_WITHOUT_EXHIBIT}
    case.preserve(artifact(), Exhibit(accounts=(account.id,), sensitivity=Sensitivity.ORDINARY))
    assert missing(case) == set()


def test_an_exhibit_is_asked_for_what_it_came_from_and_whether_it_may_be_seen(case):
    kept = case.preserve(artifact(), Exhibit(platform="telegram"))
    wanted = {Missing.EXHIBIT_WITHOUT_LINK, Missing.EXHIBIT_WITHOUT_ACCOUNT, Missing.EXHIBIT_NOT_SORTED}
    assert missing(case) == wanted
    case.withdraw(case.subject(kept.id), "a test")
    assert missing(case) == set()


@pytest.mark.parametrize("back", [{"reappeared_url": "https://x.example/2"}, {"reappeared_at": "2026-11-21"}])
def test_what_came_back_is_not_asked_for_proof_that_it_is_gone(case, back):
    entry = case.record(Kind.TAKEDOWN, {"state": "removed", "removed_at": "2026-11-20"})
    assert Missing.REMOVAL_WITHOUT_PROOF in missing(case)
    case.amend(case.subject(entry.id), back)
    assert missing(case) == set()


@pytest.mark.parametrize("kind", [Kind.ACCOUNT, Kind.INCIDENT])
def test_an_exhibit_that_is_named_elsewhere_is_not_asked_whose_it_is(case, kind):
    kept, other = case.preserve(artifact(), Exhibit()), case.preserve(artifact(b"other"), Exhibit())
    case.record(kind, {"exhibits": [kept.id]})
    assert [gap.subject for gap in gaps(case) if gap.missing is Missing.EXHIBIT_WITHOUT_ACCOUNT] == [other.id]


def test_own_accounts_and_places_without_names_are_not_asked_for_an_id(case):
    case.record(Kind.ACCOUNT, {"platform": "facebook", "relationship": "Mine"})
    case.record(Kind.ACCOUNT, {"platform": "image_board", "thread": "1"})
    assert Missing.ACCOUNT_WITHOUT_ID not in missing(case)


def test_each_gap_comes_with_what_it_is_about_however_many_there_are(case):
    kept = [case.record(Kind.CONTACT, {"kind": "police", "person": str(number)}).id for number in range(130)]
    found = gaps(case)
    assert [subject.id for _gap, subject in with_subjects(case, found)] == [gap.subject for gap in found]
    assert {subject.id for _gap, subject in with_subjects(case, found)} == set(kept)


def test_the_most_urgent_comes_first(case):
    case.record(Kind.CONTACT, {"kind": "police"})
    case.record(Kind.PAYMENT, {"status": "paid", "paid_at": "2026-11-20", "exact_words": "x", "reference": "1"})
    assert [gap.missing for gap in gaps(case)] == [
        Missing.PAYMENT_PERHAPS_NOT_COLLECTED,
        Missing.POLICE_WITHOUT_REFERENCE,
    ]


def test_where_somebody_could_be_under_18_nothing_asks_for_a_picture_and_everything_else_is_still_suggested(tmp_path):
    with closing(new_case(tmp_path, under18=Under18.UNSURE)) as case:
        case.record(Kind.TAKEDOWN, {"url": "https://x.example/1"})
        case.record(Kind.TAKEDOWN, {"state": "removed"})
        case.record(Kind.ACCOUNT, {"platform": "skype", "display_name": "Ann"})
        assert missing(case) == {Missing.ACCOUNT_WITHOUT_ID}


def test_money_that_was_not_sent_or_was_stopped_is_not_asked_after(case):
    case.record(Kind.PAYMENT, {"status": "demanded"})
    case.record(Kind.PAYMENT, {"status": "paid", "cancel_result": "stopped"})
    assert Missing.PAYMENT_PERHAPS_NOT_COLLECTED not in missing(case)


def test_an_account_that_names_the_exhibit_itself_needs_no_other_picture(case):
    kept = case.preserve(artifact(), Exhibit())
    case.record(Kind.ACCOUNT, {"persistent_id": "live:x", "exhibits": [kept.id]})
    assert Missing.ACCOUNT_WITHOUT_EXHIBIT not in missing(case)


def test_each_removal_alone_is_said_to_lack_a_capture(case):
    case.preserve(artifact(), Exhibit(url="https://x.example/1"))
    shown = case.record(Kind.TAKEDOWN, {"url": "https://x.example/1", "sent_at": "2026-11-20"})
    other = case.record(Kind.TAKEDOWN, {"url": "https://x.example/2"})
    assert not lacks_capture(case, shown.id)
    assert lacks_capture(case, other.id)


def test_each_gap_leads_to_a_question_of_its_own_thing(case):
    for kind, data in (
        (Kind.ACCOUNT, {"platform": "skype", "display_name": "Ann"}),
        (Kind.PAYMENT, {"status": "paid", "collected": "yes"}),
        (Kind.PAYMENT, {"status": "demanded"}),
        (Kind.INCIDENT, {"kind": "threat", "evidence_still_needed": "the chat"}),
        (Kind.TAKEDOWN, {"url": "https://x.example/1", "sent_at": "2026-11-20"}),
        (Kind.TAKEDOWN, {"state": "removed"}),
        (Kind.CONTACT, {"kind": "police"}),
    ):
        case.record(kind, data)
    case.preserve(artifact(), Exhibit(platform="telegram"))
    found = gaps(case)
    assert len({gap.missing for gap in found}) >= 12
    for gap in found:
        assert not KINDS[gap.kind].spec(gap.field).ask.kept_by_program
    fields = {(gap.kind, gap.field) for gap in found}
    assert {(Kind.PAYMENT, "demanded_at"), (Kind.INCIDENT, "when"), (Kind.ACCOUNT, "persistent_id")} <= fields


def test_every_gap_has_words_that_order_nobody_about():
    for missing_thing in Missing:
        words = SUGGESTIONS[missing_thing]
        assert words.endswith(".")
        assert not {"must", "should", "need"} & set(words.split())
