"""Requirements on accounts and money (requirements.md): they can be written down, and the report says it."""

from contextlib import closing

import pytest
from cases import new_case
from disclosures import Diary
from written import account, asked, in_order, incident, payment, report, typed, write

from app.gaps import Missing, gaps
from app.kinds import KINDS, Kind
from app.summaries import by_account, by_platform, money
from app.timeline import read_timeline
from vault.timing import Line


@pytest.fixture
def case(tmp_path):
    with closing(new_case(tmp_path)) as case:
        yield case


def test_one_person_can_have_many_names_and_accounts():
    diary = Diary()
    first = write(diary, Kind.ACCOUNT, "platform=facebook", "display_name=Lucy", "handle=lucy.b", "persistent_id=1000")
    write(
        diary, Kind.ACCOUNT, "platform=skype", "former_names=Lucy, Lisa", f"moved_from={first}", "persistent_id=live:l"
    )
    words = report(diary)["Who to look for"]
    for part in ("Lucy", "lucy.b", "1000", "Lucy, Lisa", "live:l", "Same person as"):
        assert part in words


def test_whoever_cannot_be_named_is_written_down_without_a_name(case):
    board = ("platform=image_board", "board=/b/", "thread=123", "post=456", "tripcode=!Abcdefgh12", "poster_id=AbCd12")
    fields = (*board, "file_shown=1699999.jpg, 84 KB", "seen_at=2026-11-02 21:30")
    case.record(Kind.ACCOUNT, typed(Kind.ACCOUNT, *fields))
    assert Missing.ACCOUNT_WITHOUT_ID not in {gap.missing for gap in gaps(case)}
    words = account(*fields)
    for part in ("/b/", "123", "456", "!Abcdefgh12", "AbCd12", "1699999.jpg, 84 KB", "21:30"):
        assert part in words
    assert "tripcode" not in asked(KINDS[Kind.ACCOUNT], "facebook")


def test_who_they_say_they_are_and_who_the_writer_thinks_it_is_stand_apart():
    words = account(
        "platform=dating",
        "game=OkCupid",
        "claimed_identity=Anna, 29, nurse",
        "who_i_think=somebody from work",
        "why_i_think_so=knew my timetable",
    )
    assert in_order(words, "Who they say they are", "Anna, 29, nurse", "Who the writer thinks", "somebody from work")
    assert "knew my timetable" in words
    assert "impersonation" in incident("kind=impersonation", "what_happened=A profile with my pictures")


def test_where_somebody_was_met_and_where_it_went_on_are_written_down():
    words = account("platform=linkedin", "met_on=first LinkedIn, then Skype", "claimed_identity=a recruiter")
    for part in ("LinkedIn", "first LinkedIn, then Skype", "a recruiter"):
        assert part in words


def test_groups_and_channels_have_their_name_their_invitation_and_the_link_of_a_message():
    for platform in ("telegram", "discord", "discourse"):
        assert "group" in asked(KINDS[Kind.ACCOUNT], platform)
    words = account(
        "platform=telegram", "group=Leeds, https://t.me/+abc", "message_link=https://t.me/c/123/45", "handle=@x"
    )
    assert "Leeds, https://t.me/+abc" in words
    assert "https://t.me/c/123/45" in words


def test_the_link_of_a_profile_and_the_link_of_a_post_are_two_fields_and_stay_whole():
    profile, post = "https://www.facebook.com/profile.php?id=1000&sk=about", "https://www.facebook.com/a/posts/1?x=y#z"
    words = account("platform=facebook", f"profile_url={profile}", f"message_link={post}")
    assert profile in words
    assert post in words


def test_a_site_can_say_who_runs_it_and_where():
    assert "Host Ltd, Toronto" in account("platform=website", "domain=x.example", "operator=Host Ltd, Toronto")


def test_what_was_done_with_an_account_of_ones_own_is_a_log_with_next_steps(case):
    own = case.record(
        Kind.ACCOUNT,
        typed(
            Kind.ACCOUNT,
            "platform=facebook",
            "relationship=mine",
            "action=suspended; alert for my name set up",
            "action_at=2026-11-03",
            "next_action=look again",
            "next_action_at=2026-12-03",
        ),
    )
    case.amend(case.subject(own.id), {"action": "active again", "action_at": "2026-11-10"})
    assert len(case.subject(own.id).entries) == 2
    assert [event.text for event in read_timeline(case).events] == ["2026-11-10"]
    assert [event.text for event in read_timeline(case, line=Line.AHEAD).events] == ["2026-12-03"]
    assert gaps(case) == []


def test_somebody_who_thinks_of_deleting_their_account_reads_why_suspending_is_enough():
    hint = KINDS[Kind.ACCOUNT].spec("action").hint
    assert in_order(hint, "suspend", "active again", "Deleting takes away")


def test_a_demand_that_was_never_paid_is_kept_with_where_the_money_was_to_go():
    words = payment("status=demanded", "kind=crypto", "amount=500", "coin=Bitcoin", "reference=bc1qexample")
    for part in ("demanded, not paid", "500", "Bitcoin", "bc1qexample"):
        assert part in words


def test_one_case_over_many_platforms_is_summed_up_for_each_of_them(case):
    for platform, names in (("facebook", ("Lucy", "Ann")), ("skype", ("Lucy",))):
        for name in names:
            case.record(Kind.ACCOUNT, {"platform": platform, "display_name": name})
    case.record(Kind.INCIDENT, {"kind": "post", "platform": "Facebook"})
    case.record(Kind.INCIDENT, {"kind": "message", "platform": "Telegram"})
    assert [(found.platform, found.counts) for found in by_platform(case)] == [
        ("facebook", {Kind.ACCOUNT: 2, Kind.INCIDENT: 1}),
        ("skype", {Kind.ACCOUNT: 1}),
        ("telegram", {Kind.INCIDENT: 1}),
    ]


def test_higher_and_higher_demands_are_summed_up_per_currency_and_account(case):
    lucy, ann = (case.record(Kind.ACCOUNT, {"display_name": name}).id for name in ("Lucy", "Ann"))
    for who, status, amount, currency in (
        (lucy, "demanded", "300", "GBP"),
        (lucy, "demanded", "500", "GBP"),
        (lucy, "paid", "300", "GBP"),
        (lucy, "demanded", "0.02", "BTC"),
        (ann, "demanded", "200", "GBP"),
    ):
        case.record(Kind.PAYMENT, {"account": who, "status": status, "amount": amount, "currency": currency})
    taken_back = case.record(Kind.PAYMENT, {"account": ann, "status": "paid", "amount": "9", "currency": "GBP"})
    case.withdraw(case.subject(taken_back.id), "written down twice")

    def sums(found):
        return {total.currency: {status.value: str(amount) for status, amount in total.sums.items()} for total in found}

    assert sums(money(case)) == {"GBP": {"demanded": "1000", "paid": "300"}, "BTC": {"demanded": "0.02"}}
    assert {found.account.id: sums(found.money) for found in by_account(case)} == {
        lucy: {"GBP": {"demanded": "800", "paid": "300"}, "BTC": {"demanded": "0.02"}},
        ann: {"GBP": {"demanded": "200"}},
    }


def test_more_pictures_are_a_demand_and_nobody_is_told_to_send_any():
    words = payment("kind=images", "what_else=three more by Friday", "exact_words=send more")
    assert "images instead of money" in words
    assert "three more by Friday" in words
    assert "need not pay" in KINDS[Kind.PAYMENT].spec("status").hint
    assert "need not send any more pictures" in KINDS[Kind.PAYMENT].spec("status").hint


def test_money_that_was_picked_up_says_whether_where_when_how_that_is_known_and_when_it_was_asked():
    words = payment(
        "kind=western_union",
        "reference=1234567890",
        "collected=yes",
        "collected_where=Agent 12, Abidjan, Ivory Coast",
        "collected_when=2026-11-03 10:00",
        "how_known=the tracker",
        "collected_asked_at=2026-11-04",
    )
    for part in ("Agent 12, Abidjan", "3 November 2026", "the tracker", "4 November 2026", "Collected yes"):
        assert part in words
    assert typed(Kind.PAYMENT, "collected=unknown") == {"collected": "unknown"}


def test_a_payment_that_was_cancelled_says_when_with_which_result_and_reference():
    words = payment(
        "status=paid", "cancel_attempted_at=2026-11-03 09:00", "cancel_result=stopped", "provider_reference=REF-9"
    )
    for part in ("Cancelling tried", "3 November 2026", "stopped", "REF-9"):
        assert part in words


def test_a_post_after_a_payment_leads_to_the_payment_and_a_payment_to_its_demand():
    diary = Diary()
    demand = write(diary, Kind.PAYMENT, "status=demanded", "amount=300", "reference=1234567890")
    paid = write(diary, Kind.PAYMENT, "status=paid", "amount=300", "transaction=TX1", f"demand={demand}")
    write(diary, Kind.INCIDENT, "kind=post", "what_happened=They posted it all the same", f"payments={paid}")
    words = report(diary)
    assert "TX1" in words["Incidents"]
    assert "Answers 1234567890" in words["Demands and payments"]
