"""What a case holds at one glance: each picture is counted once, as what it is, and so is what is still open."""

from contextlib import closing

import pytest
from cases import artifact, new_case

from app.kinds import Exhibit, Kind, Sensitivity, Under18
from app.overview import Sorted, overview


@pytest.fixture
def case(tmp_path):
    with closing(new_case(tmp_path)) as case:
        yield case


def test_each_exhibit_counts_once_as_ordinary_intimate_unsorted_or_held(case):
    for sensitivity, number in ((Sensitivity.ORDINARY, 4), (Sensitivity.INTIMATE, 3), (Sensitivity.NOT_SAID, 2)):
        for _ in range(number):
            case.preserve(artifact(), Exhibit(sensitivity=sensitivity))
    case.preserve(artifact())
    for ref in ("AB/1", "AB/5", "AB/8"):
        case.hold(case.find(ref))
    case.withdraw(case.find("AB/2"), "a test")
    case.withdraw(case.find("AB/9"), "a test")
    assert overview(case).exhibits == Sorted(ordinary=2, intimate=2, unsorted=1, held=3)


def test_the_newest_exhibit_that_still_stands_is_shown(case):
    assert overview(case).newest is None
    first = case.preserve(artifact(), Exhibit(title="first"))
    case.preserve(artifact(), Exhibit(title="second"))
    case.withdraw(case.find("AB/2"), "a test")
    newest = overview(case).newest
    assert newest is not None
    assert newest.id == first.id


def test_an_account_without_its_id_is_named_unless_it_is_ones_own(case):
    case.record(Kind.ACCOUNT, {"display_name": "Me", "relationship": " Mine"})
    case.record(Kind.ACCOUNT, {"display_name": "Ann", "persistent_id": "live:x"})
    assert overview(case).without_id is None
    lacking = case.record(Kind.ACCOUNT, {"display_name": "Lucy"})
    found = overview(case).without_id
    assert found is not None
    assert found.id == lacking.id


@pytest.mark.parametrize(
    ("payment", "is_open"),
    [
        ({"status": "paid"}, True),
        ({"status": "part", "collected": "unknown"}, True),
        ({"status": "demanded"}, False),
        ({"status": "paid", "collected": "yes"}, False),
        ({"status": "paid", "cancel_result": "stopped"}, False),
    ],
)
def test_money_that_may_still_be_stopped_is_pointed_out(case, payment, is_open):
    case.record(Kind.PAYMENT, payment)
    assert (overview(case).perhaps_collectable is not None) is is_open


@pytest.mark.parametrize(
    ("payment", "is_open"),
    [
        ({"gift_code": "AAAA1"}, True),
        ({"kind": "gift_card", "reference": "6006"}, True),
        ({"kind": "gift_card", "reference": "6006", "redeemed": "no"}, True),
        ({"kind": "gift_card", "reference": "6006", "redeemed": "unknown"}, True),
        ({"kind": "gift_card", "reference": "6006", "redeemed": "yes"}, False),
        ({"kind": "gift_card", "amount": "50"}, False),
        ({"kind": "western_union", "reference": "1234567890"}, False),
    ],
)
def test_a_gift_card_that_could_be_spent_is_pointed_out(case, payment, is_open):
    case.record(Kind.PAYMENT, payment)
    assert bool(overview(case).spendable_cards) is is_open


@pytest.mark.parametrize("answer", [Under18.NO, Under18.YES, Under18.UNSURE, None])
def test_a_case_that_does_not_say_whether_anybody_is_under_18_counts_as_not_sure(tmp_path, answer):
    with closing(new_case(tmp_path, under18=answer)) as case:
        assert overview(case).under18 is (answer or Under18.UNSURE)
