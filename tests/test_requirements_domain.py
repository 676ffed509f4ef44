"""Requirements on what happened (requirements.md): it can be written down, and the report says it."""

from contextlib import closing

import pytest
from cases import artifact, new_case
from disclosures import Diary
from written import account, asked, in_order, incident, payment, report, told, typed, write

from app.gaps import gaps
from app.kinds import KINDS, Exhibit, Kind, Sensitivity
from app.timeline import read_timeline
from vault.search import Wanted
from vault.timing import Line


@pytest.fixture
def case(tmp_path):
    with closing(new_case(tmp_path)) as case:
        yield case


def test_words_stand_without_a_picture_and_a_picture_beside_words(case):
    words = case.record(Kind.INCIDENT, {"kind": "comment", "exact_words": "I know where she lives"})
    kept = case.preserve(artifact(), Exhibit(sensitivity=Sensitivity.ORDINARY))
    case.amend(case.subject(words.id), {"exhibits": [kept.ref]})
    after = case.subject(words.id)
    assert after.data["exact_words"] == "I know where she lives"
    assert after.data["exhibits"] == [kept.id]


def test_a_threat_alone_is_enough_for_a_report():
    words = incident("kind=threat", "exact_words=Pay or everybody sees it", "when=2026-11-02")
    assert "Pay or everybody sees it" in words
    assert "threat" in words


def test_a_threat_has_its_words_its_deadline_whom_it_names_and_whether_it_was_carried_out(case):
    threat = typed(
        Kind.INCIDENT,
        "kind=threat",
        "exact_words=send 300 or your mother gets it",
        "threat=send a video",
        "threat_to=my mother and my friends",
        "threat_deadline=2026-12-01 18:00",
        "carried_out=no",
    )
    case.record(Kind.INCIDENT, threat)
    ahead = read_timeline(case, line=Line.AHEAD).events
    assert [(event.words, event.text) for event in ahead] == [("deadline they set", "2026-12-01 18:00")]
    words = incident(*(f"{name}={value}" for name, value in threat.items()))
    for part in ("send 300 or your mother gets it", "send a video", "my mother and my friends", "Carried out no"):
        assert part in words


def test_a_request_for_pictures_is_written_down_without_any_picture():
    words = incident("kind=request_for_images", "exact_words=Is there anywhere I can see some of her?", "place=/uk/")
    assert "request for images" in words
    assert "Is there anywhere I can see some of her?" in words


def test_what_was_shown_to_somebody_in_person_asks_for_witnesses_and_not_for_a_link(case):
    fields = ("kind=shown_offline", "what_happened=A printed picture", "place=the pub", "witnesses=Jo", "when=2026-11")
    case.record(Kind.INCIDENT, typed(Kind.INCIDENT, *fields))
    assert gaps(case) == []
    assert "witnesses" in asked(KINDS[Kind.INCIDENT], "shown_offline")
    assert "witnesses" not in asked(KINDS[Kind.INCIDENT], "post")
    assert in_order(incident(*fields), "shown offline", "the pub", "Jo")


def test_every_way_in_which_it_is_done_can_be_chosen():
    ways = "post comment message call email threat demand impersonation search_result shown_offline doxxing other"
    for way in ways.split():
        assert typed(Kind.INCIDENT, f"kind={way}") == {"kind": way}
    for platform in "image_board discourse website dating phone email facebook telegram other".split():
        assert typed(Kind.ACCOUNT, f"platform={platform}") == {"platform": platform}


def test_what_no_list_foresees_is_other_and_has_room_for_words():
    assert "the noticeboard app" in account("platform=other", "display_name=the noticeboard app")
    assert "a horse" in payment("kind=other", "what_else=a horse")
    assert "letters through the door" in incident("kind=other", "what_happened=letters through the door")
    assert "the landlord" in told(
        Kind.CONTACT, "Contacts with police, companies and helplines", "kind=other", "organisation=the landlord"
    )


def test_a_call_that_was_recorded_has_its_app_its_day_and_its_length():
    words = incident("kind=recorded_call", "when=2026-11-02 21:30", "call_app=Skype", "call_length=12 minutes")
    for part in ("call that was recorded", "Skype", "12 minutes", "21:30"):
        assert part in words
    assert "call_length" not in asked(KINDS[Kind.INCIDENT], "post")
    assert "never opens a camera or a microphone" in KINDS[Kind.INCIDENT].spec("call_app").hint


def test_each_entry_says_who_saw_it_and_what_was_shown_about_the_person():
    words = incident(
        "audience=my children and my boss",
        "details_shown=part_of_name",
        "details_shown=town",
        "details_shown=school",
        "identifying_details=Anna B, Leeds",
    )
    for part in ("my children and my boss", "part of name", "town", "school", "Anna B, Leeds"):
        assert part in words


def test_what_their_words_mean_stands_apart_from_the_words():
    words = incident("exact_words=another win of A.B.", "meaning=They call a picture a win.")
    assert in_order(words, "another win of A.B.", "Meaning of their words", "They call a picture a win.")


def test_words_in_another_language_stay_and_the_translation_names_who_made_it():
    words = incident("exact_words=zapłać albo wyślę", "translation=pay or I send it", "translated_by=Ewa, a friend")
    assert in_order(words, "zapłać albo wyślę", "Translation", "pay or I send it", "Ewa, a friend")


def test_somebody_who_told_has_their_words_their_day_and_how_to_reach_them():
    words = incident(
        "told_by=a stranger, @helpful_one on X",
        "told_words=I saw your photos on a forum",
        "told_at=2026-10-30",
        "when_precision=unknown",
        "discovered=2026-10-30",
    )
    for part in ("@helpful_one", "I saw your photos on a forum", "30 October 2026", "unknown"):
        assert part in words


def test_many_who_pass_it_on_are_named_and_copies_lead_to_what_they_copy():
    diary = Diary()
    people = [write(diary, Kind.ACCOUNT, f"handle=@{name}") for name in ("first", "second", "third")]
    start = write(diary, Kind.INCIDENT, "kind=post", "what_happened=the first post", f"accounts={people[0]}")
    write(diary, Kind.INCIDENT, "kind=post", f"accounts={people[1]}", f"accounts={people[2]}", f"copy_of={start}")
    words = report(diary)["Incidents"]
    assert in_order(words, "@first", "@second", "@third", "Copy of")


def test_how_something_could_be_seen_and_where_it_stands_are_written_down():
    words = incident("access=shown by a member of the group", "platform=Telegram", "place=group Leeds")
    assert "shown by a member of the group" in words
    assert "group Leeds" in words
    for kind in (Kind.INCIDENT, Kind.EXHIBIT):
        assert "You need not join a group" in KINDS[kind].spec("access").hint


def test_attempts_to_reach_the_person_again_are_written_down(case):
    case.record(Kind.INCIDENT, typed(Kind.INCIDENT, "kind=contact_attempt", "when=2026-11-05", "platform=Instagram"))
    assert "contact attempt" in incident("kind=contact_attempt", "platform=Instagram")
    assert [event.text for event in read_timeline(case).events] == ["2026-11-05"]


def test_an_account_that_somebody_got_into_is_something_that_happened():
    assert "account misused" in incident("kind=account_misused", "what_happened=My cloud was opened")


def test_what_somebody_agreed_to_is_a_draft_in_their_own_words():
    words = incident("consent_statement=I agreed to the picture. I did not agree to this.")
    assert in_order(words, "a draft, no statement", "I did not agree to this.")


def test_when_it_was_done_when_it_was_found_and_that_it_is_from_memory_are_three_things():
    words = incident("when=about May", "when_precision=about", "discovered=2026-11-01", "recorded=from_memory")
    for part in ("about May", "1 November 2026", "from memory"):
        assert part in words


def test_a_place_finds_everything_about_it(case):
    here = case.record(Kind.INCIDENT, {"kind": "post", "place": "forum, thread Leeds"})
    case.record(Kind.INCIDENT, {"kind": "post", "place": "forum, thread Sheffield"})
    there = case.preserve(artifact(), Exhibit(place="Leeds"))
    assert {subject.id for subject in case.found(Wanted(text="leeds"))} == {here.id, there.id}
