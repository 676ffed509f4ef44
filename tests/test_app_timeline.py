"""The timeline: one order over all kinds, pages that fit together, and no time that nobody wrote down."""

import random
from contextlib import closing

import pytest
from cases import artifact, new_case
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kinds import Exhibit, Kind, Precision
from app.timeline import read_timeline
from vault.timing import Line


@pytest.fixture
def case(tmp_path):
    with closing(new_case(tmp_path)) as case:
        yield case


def told(case, **asked):
    page = read_timeline(case, **asked)
    return [(event.words, event.text) for event in page.events]


def test_what_happened_stands_in_order_of_time_and_not_of_writing(case):
    case.record(Kind.CONTACT, {"organisation": "police", "when": "2026-11-20 12:00"})
    case.record(Kind.INCIDENT, {"what_happened": "x", "when": "2026-10"})
    case.record(Kind.PAYMENT, {"demanded_at": "2026-11-01", "paid_at": "2026-11-02", "collected_when": "2026-11-03"})
    case.record(Kind.TAKEDOWN, {"url": "u", "sent_at": "2026-11-21", "removed_at": "2026-11-25"})
    assert told(case) == [
        ("happened", "2026-10"),
        ("demanded", "2026-11-01"),
        ("paid", "2026-11-02"),
        ("collected", "2026-11-03"),
        ("reported", "2026-11-20 12:00"),
        ("asked for removal", "2026-11-21"),
        ("gone", "2026-11-25"),
    ]
    assert told(case, newest_first=True) == list(reversed(told(case)))


def test_an_exhibit_stands_where_it_was_done_else_found_else_captured(case):
    case.preserve(artifact(), Exhibit(title="captured"))
    case.preserve(artifact(), Exhibit(discovered_at="2020-01-01"))
    case.preserve(artifact(), Exhibit(act_at="2019-01-01", discovered_at="2021-01-01"))
    assert [words for words, _text in told(case)] == ["done", "found", "captured"]


def test_what_has_no_date_stands_last_and_gets_none(case):
    case.record(Kind.INCIDENT, {"what_happened": "x", "when": "some time last summer"})
    case.record(Kind.INCIDENT, {"what_happened": "y"})
    case.record(Kind.INCIDENT, {"what_happened": "z", "when": "2026-01-01"})
    case.record(Kind.ACCOUNT, {"handle": "an account without a time happened at none"})
    page = read_timeline(case)
    assert [event.text for event in page.events] == ["2026-01-01", "some time last summer", ""]
    assert [event.moment is None for event in page.events] == [False, True, True]


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        (Kind.PAYMENT, {"status": "paid"}, ["paid"]),
        (Kind.PAYMENT, {"status": "part"}, ["paid"]),
        (Kind.PAYMENT, {"status": "tried"}, ["paid"]),
        (Kind.PAYMENT, {"status": "demanded"}, ["demanded"]),
        (Kind.PAYMENT, {"amount": "1"}, ["demanded"]),
        (Kind.TAKEDOWN, {"url": "u"}, ["asked for removal"]),
        (Kind.TAKEDOWN, {"url": "u", "state": "not_sent"}, []),
        (Kind.TAKEDOWN, {"url": "u", "state": "not_sent", "next_action_at": "2026-11-25"}, []),
        (Kind.TAKEDOWN, {"url": "u", "state": "not_sent", "removed_at": "2026-11-25"}, ["gone"]),
    ],
)
def test_what_has_no_date_is_told_as_what_happened_and_not_as_what_did_not(case, kind, data, words):
    case.record(kind, data)
    assert [told_as for told_as, _text in told(case)] == words


def test_a_time_is_placed_in_the_zone_that_is_written_beside_it(case):
    case.record(Kind.INCIDENT, {"what_happened": "later", "when": "2026-07-01 12:00"})
    case.record(Kind.INCIDENT, {"what_happened": "earlier", "when": "2026-07-01 12:30", "when_zone": "Asia/Kolkata"})
    events = read_timeline(case).events
    assert [event.subject.data["what_happened"] for event in events] == ["earlier", "later"]
    assert events[0].zone == "Asia/Kolkata"


def test_precision_and_the_end_of_a_span_come_along(case):
    case.record(
        Kind.INCIDENT,
        {"what_happened": "x", "when": "2026-07-01", "when_until": "2026-07-09", "when_precision": "between"},
    )
    (event,) = read_timeline(case).events
    assert (event.precision, event.until) == (Precision.BETWEEN, "2026-07-09")


def test_amending_moves_an_event_and_withdrawing_removes_it(case):
    entry = case.record(Kind.INCIDENT, {"what_happened": "x", "when": "2026-07-01"})
    case.amend(case.subject(entry.id), {"when": "2026-08-01"})
    assert told(case) == [("happened", "2026-08-01")]
    case.withdraw(case.subject(entry.id), "a test")
    assert told(case) == []


def test_deadlines_and_next_steps_stand_in_a_line_of_their_own(case):
    case.record(Kind.PAYMENT, {"deadline": "2026-12-01", "demanded_at": "2026-11-01"})
    case.record(Kind.TAKEDOWN, {"url": "u", "next_action_at": "2026-11-25", "sent_at": "2026-11-01"})
    assert told(case, line=Line.AHEAD) == [("to do", "2026-11-25"), ("deadline they set", "2026-12-01")]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), limit=st.integers(1, 7), newest=st.booleans())
def test_pages_put_together_are_the_whole(tmp_path_factory, seed, limit, newest):
    chance = random.Random(seed)
    with closing(new_case(tmp_path_factory.mktemp("case"))) as case:
        for _ in range(chance.randrange(15)):
            day = chance.choice(["2026-11-02", "2026-11-01 10:00", "2026-11", "", "soon"])
            case.record(Kind.PAYMENT, {"amount": "1", "paid_at": day, "demanded_at": chance.choice(["2025-01-01", ""])})
        whole = read_timeline(case, 1000, newest_first=newest)
        assert whole.after is None
        pages, after = [], None
        while True:
            page = read_timeline(case, limit, after, newest_first=newest)
            assert len(page.events) <= limit
            pages += page.events
            after = page.after
            if after is None:
                break
        assert pages == list(whole.events)


@pytest.mark.parametrize("newest_first", [False, True])
def test_pages_of_some_subjects_hold_each_of_their_times_once_and_in_order(case, newest_first):
    entries = [
        case.record(Kind.INCIDENT, {"what_happened": "x", **({"when": f"2026-01-{day:02}"} if day % 4 else {})})
        for day in range(1, 25)
    ]
    among = {entry.id for entry in entries[::3]}
    whole = [event.subject.id for event in read_timeline(case, newest_first=newest_first).events]
    found, after = [], None
    while True:
        page = read_timeline(case, 2, after, newest_first=newest_first, among=among)
        found += [event.subject.id for event in page.events]
        assert len(page.events) <= 2
        after = page.after
        if after is None:
            break
    assert found == [subject for subject in whole if subject in among]
    assert len(found) == 8
