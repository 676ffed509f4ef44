"""Requirements on exhibits, removals, contacts, the case (requirements.md): kept, and told by the report."""

from contextlib import closing

import pytest
from cases import artifact, new_case
from disclosures import Diary
from written import account, in_order, incident, report, sheet, told, typed, write

from app.gaps import gaps
from app.kinds import KINDS, Exhibit, Kind, Origin, Sensitivity, SentBy
from app.timeline import read_timeline
from vault.search import Wanted
from vault.timing import Line


@pytest.fixture
def case(tmp_path):
    with closing(new_case(tmp_path)) as case:
        yield case


def test_pictures_and_films_come_in_untouched_and_say_who_sent_them(case):
    film = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2"
    sent = case.preserve(artifact(film, media_type="video/mp4", name="clip.mp4"), Exhibit(sent_by=SentBy.THEM))
    mine = case.preserve(artifact(b"\xff\xd8\xff picture", name="me.jpg"), Exhibit(sent_by=SentBy.ME))
    for kept, content, sender in ((sent, film, "them"), (mine, b"\xff\xd8\xff picture", "me")):
        subject = case.subject(kept.id)
        assert b"".join(bytes(chunk) for chunk in case.vault.objects.read(subject.objects[0])) == content
        assert subject.data["sent_by"] == sender


def test_an_email_comes_in_as_the_file_it_is_with_all_header_lines(case):
    mail = b"Received: from mx.example\r\nMessage-ID: <1@x.example>\r\nFrom: A <a@x.example>\r\n\r\nPay.\r\n"
    kept = case.preserve(artifact(mail, media_type="message/rfc822", name="threat.eml"))
    (stored,) = case.subject(kept.id).objects
    assert b"".join(bytes(chunk) for chunk in case.vault.objects.read(stored)) == mail
    assert stored.name == "threat.eml"
    words = account("platform=email", "email=a@x.example", "headers=Message-ID: <1@x.example>", "phone=+447700900123")
    for part in ("a@x.example", "Message-ID: <1@x.example>", "+447700900123"):
        assert part in words


def test_captions_and_replies_with_their_authors_stand_on_the_sheet_of_the_exhibit():
    words = sheet("title=the post", "words=Anon 1: My caption\nAnon 2: a lurid reply")
    assert "Anon 1: My caption\nAnon 2: a lurid reply" in words


def test_exhibits_say_what_led_to_them_what_they_copy_and_what_they_answer():
    diary = Diary()
    first, second = diary.exhibit(title="the post"), diary.exhibit(title="the search")
    diary.exhibit(found_through=second, copy_of=first, reply_to=first, place="Leeds")
    words = report(diary)["Exhibit AB/3"]
    assert in_order(words, "Found through", "AB/2", "Copy of", "AB/1")
    assert "Reply to" in words


def test_a_picture_that_was_taken_from_a_profile_says_from_where_and_since_when_it_stood_there():
    words = sheet("origin=stolen", "origin_url=https://social.example/anna/1", "origin_at=2024-06-01")
    for part in ("stolen", "https://social.example/anna/1", "1 June 2024"):
        assert part in words
    assert "hacked" in sheet("origin=hacked")
    assert "unknown" in sheet("origin=unknown")


def test_real_altered_made_by_a_computer_and_unknown_are_all_answers_and_none_is_asked_for_proof(case):
    for origin in (Origin.ALTERED, Origin.MADE_BY_COMPUTER, Origin.UNKNOWN, None):
        about = Exhibit(origin=origin, sensitivity=Sensitivity.INTIMATE, sent_by=SentBy.THEM)
        kept = case.preserve(artifact(), about)
        assert case.subject(kept.id).data.get("origin") == (origin.value if origin else None)
    assert gaps(case) == []


def test_agreeing_to_a_picture_and_agreeing_to_its_being_shared_are_two_answers():
    words = sheet("origin=taken_by_me", "taken_for=a partner, 2023", "agreed_taken=yes", "agreed_shared=no")
    assert "a partner, 2023" in words
    assert in_order(words, "Agreed to the picture yes", "Agreed to sharing no")


def test_a_picture_that_was_taken_during_abuse_can_be_called_so_and_need_not():
    assert "taken during abuse" in sheet("origin=taken_during_abuse")
    spec = Exhibit.spec("origin")
    assert "Only if you want" in spec.hint
    assert "crime of its own" in spec.hint


def test_the_sheet_of_an_exhibit_says_everything_that_was_written_down_about_it():
    skipped = {"ref", "title", "held", "sensitivity", "act_precision"}
    for spec in Exhibit.specs():
        if spec.name in skipped or spec.choices or spec.many or spec.ask.refers_to or spec.form.value == "moment":
            continue
        diary = Diary()
        diary.exhibit(**{spec.name: "something that was written"})
        assert "something that was written" in report(diary)["Exhibit AB/1"], spec.name


def test_a_removal_has_route_ground_text_reference_answer_and_proof():
    diary = Diary()
    diary.exhibit(title="gone now")
    write(
        diary,
        Kind.TAKEDOWN,
        "url=https://video.example/1",
        "recipient=the site",
        "route=form on the site",
        "ground=online_safety",
        "reference=T-17",
        "sent_at=2026-11-05",
        "response=removed",
        "response_at=2026-11-06",
        "removed_at=2026-11-06",
        "how_confirmed=looked from another computer",
        "proof=AB/1",
        "last_checked=2026-11-20",
    )
    words = report(diary)["Requests for removal"]
    for part in (
        "form on the site",
        "online safety",
        "T-17",
        "5 November 2026",
        "6 November 2026",
        "another computer",
        "AB/1",
    ):
        assert part in words


def test_a_removal_that_fails_says_so_and_who_is_asked_next():
    for (
        state
    ) in "waiting removed refused asked_for_more pushed_back no_reply cannot_remove site_gone back_again".split():
        assert typed(Kind.TAKEDOWN, f"state={state}") == {"state": state}
    words = told(Kind.TAKEDOWN, "Requests for removal", "state=cannot_remove", "escalated_to=search engine, then host")
    assert in_order(words, "cannot remove", "search engine, then host")


def test_what_comes_back_is_written_down_and_every_state_stays(case):
    entry = case.record(Kind.TAKEDOWN, {"url": "https://x.example/1", "state": "waiting", "sent_at": "2026-11-01"})
    case.amend(case.subject(entry.id), {"state": "removed", "removed_at": "2026-11-02"})
    back = {"state": "back_again", "reappeared_at": "2026-11-09", "reappeared_url": "https://y.example/2"}
    case.amend(case.subject(entry.id), back)
    assert [version.data.get("state") for version in case.subject(entry.id).entries] == [
        "waiting",
        "removed",
        "back_again",
    ]
    assert [event.words for event in read_timeline(case).events] == ["asked for removal", "gone", "came back"]


def test_copyright_is_offered_with_what_it_gives_away():
    ground = KINDS[Kind.TAKEDOWN].spec("ground")
    assert typed(Kind.TAKEDOWN, "ground=copyright") == {"ground": "copyright"}
    assert in_order(ground.hint, "only for who took the picture", "shows your name")


def test_when_to_look_again_is_asked_with_why_one_request_is_enough(case):
    case.record(Kind.TAKEDOWN, {"url": "https://x.example/1", "next_action_at": "2026-12-01", "removed_at": "2026-11"})
    assert [event.text for event in read_timeline(case, line=Line.AHEAD).events] == ["2026-12-01"]
    assert "One good request works better than many" in KINDS[Kind.TAKEDOWN].spec("next_action_at").hint


def test_a_contact_with_the_police_has_all_that_is_needed_to_follow_it_up():
    words = told(
        Kind.CONTACT,
        "Contacts with police, companies and helplines",
        "kind=police",
        "organisation=Some Force",
        "person=PC Smith",
        "officer_number=1234",
        "reference=LOG-7",
        "when=2026-11-04 10:00",
        "how=at the counter, with an interpreter",
        "outcome=no further action",
        "complaint=to the force, 2026-11-10",
        "support_offered=no",
        "receipt_given=yes",
    )
    for part in ("Some Force", "PC Smith", "1234", "LOG-7", "4 November 2026", "interpreter", "no further action"):
        assert part in words
    assert in_order(words, "Support service offered no", "Complaint", "to the force, 2026-11-10")


def test_calls_to_helplines_stand_one_after_the_other_in_the_timeline(case):
    for day in (3, 1, 2):
        case.record(Kind.CONTACT, {"kind": "helpline", "organisation": "A helpline", "when": f"2026-11-0{day}"})
    assert [event.text for event in read_timeline(case).events] == ["2026-11-01", "2026-11-02", "2026-11-03"]


def test_a_case_for_somebody_else_says_in_what_capacity_with_what_consent_and_whether_they_know():
    diary = Diary()
    write(
        diary,
        Kind.CASE,
        "capacity=professional",
        "agreed=cannot",
        "consent=not asked yet",
        "person_knows=no",
        "age=adult",
        "present=an interpreter, Polish",
        "police_force=Some Force",
        "police_reference=CR-1",
    )
    words = report(diary)["Handling"]
    for part in ("not asked yet", "The person knows of it no", "18 or older", "an interpreter, Polish", "Some Force"):
        assert part in words
    assert "Agreed to this record cannot" in words
    assert "CR-1" in words


def test_an_officer_with_one_minute_finds_who_what_when_where_and_how_much_in_the_summary():
    diary = Diary()
    write(diary, Kind.ACCOUNT, "platform=skype", "display_name=Lucy", "persistent_id=live:.cid.1a2b3c4d5e6f7a8b")
    write(diary, Kind.INCIDENT, "what_happened=She sent a video of me to my sister", "when=2026-11-02")
    write(diary, Kind.PAYMENT, "status=demanded", "amount=300", "currency=GBP", "demanded_at=2026-10-30")
    words = report(diary)["Summary"]
    for part in ("live:.cid.1a2b3c4d5e6f7a8b", "Skype", "a video of me", "300", "GBP", "30 October 2026"):
        assert part in words


def test_one_address_captured_again_and_again_is_a_series_in_the_timeline(case):
    page = "https://x.example/1"
    for day in ("2026-11-09", "2026-11-02", "2026-11-16"):
        case.preserve(artifact(), Exhibit(url=page, act_at=day))
    case.preserve(artifact(), Exhibit(url="https://x.example/2", act_at="2026-11-10"))
    assert len(list(case.found(Wanted(link=page)))) == 3
    assert [event.text for event in read_timeline(case).events] == [
        "2026-11-02",
        "2026-11-09",
        "2026-11-10",
        "2026-11-16",
    ]
    assert "gone since Monday" in incident("kind=post", "state=gone since Monday")


def test_two_cases_of_one_supporter_never_mix(tmp_path):
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    with closing(new_case(tmp_path / "first")) as first, closing(new_case(tmp_path / "second")) as second:
        kept = first.preserve(artifact(), Exhibit(title="of the first"))
        assert list(second.subjects(Kind.EXHIBIT)) == []
        assert list(second.found(Wanted(text="first"))) == []
        assert second.preserve(artifact()).ref == kept.ref
        assert first.vault.identity.fingerprint != second.vault.identity.fingerprint


def test_a_case_that_was_closed_says_since_when_and_can_be_gone_on_with(case):
    case.amend(case.case_subject(), {"closed_at": "2027-03-01"})
    case.record(Kind.INCIDENT, {"kind": "post", "what_happened": "it came back"})
    case.amend(case.case_subject(), {"closed_at": None})
    assert [entry.data.get("closed_at") for entry in case.case_subject().entries] == [None, "2027-03-01", None]
    assert "1 March 2027" in told(Kind.CASE, "Handling", "closed_at=2027-03-01")
