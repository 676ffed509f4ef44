"""A case: what is kept, under which reference, and what is refused to keep somebody safe."""

from contextlib import closing

import pytest
from cases import ORDINARY, artifact, clock, new_case
from vaults import CHEAP, PASSPHRASE, files_in

from app.casefile import Casefile
from app.errors import RefusedForSafety, WrongUse
from app.kinds import Exhibit, Person, Sensitivity, Under18
from app.package.export import export
from vault.chain import Action, Kind, parse_receipt
from vault.errors import NotAllowed, VaultError


@pytest.fixture
def case(tmp_path):
    made = new_case(tmp_path)
    yield made
    made.close()


def reopened(case: Casefile, **how: object) -> Casefile:
    case.close()
    return Casefile.open(case.vault.path, PASSPHRASE, clock(), **how)


def content_of(case: Casefile, ref: str) -> bytes:
    return b"".join(bytes(chunk) for chunk in case.vault.objects.read(case.find(ref).objects[0]))


def test_a_capture_is_kept_with_its_bytes_context_and_reference(case):
    kept = case.preserve(artifact(b"bytes"), Exhibit(title="A message", url="https://example.org/a"))
    exhibit = case.find("AB/1")
    assert kept.ref == "AB/1"
    assert content_of(case, "AB/1") == b"bytes"
    assert exhibit.data["title"] == "A message"
    assert exhibit.data["captured_at"].startswith("2026-11-20T10:15:")
    assert exhibit.data["device"] == "Debian GNU/Linux 12"
    assert exhibit.data["provenance"] == "captured_live"
    assert exhibit.data["sensitivity"] == "not_said"
    assert exhibit.first.zone == "Europe/London +00:00"


def test_references_count_up_and_are_never_given_again(case):
    assert [case.preserve(artifact()).ref for _ in range(3)] == ["AB/1", "AB/2", "AB/3"]
    case.withdraw(case.find("AB/3"), "wrong window")
    again = reopened(case)
    assert again.preserve(artifact()).ref == "AB/4"
    again.close()


def test_references_carry_the_initials_of_whoever_captures(case):
    case.preserve(artifact())
    case.add_person({"initials": "CD", "role": "supporter", "name": "Carl Dee"})
    assert case.preserve(artifact()).ref == "AB/2"
    somebody = reopened(case)
    with pytest.raises(WrongUse, match="Several people"):
        somebody.preserve(artifact())
    helper = reopened(somebody, initials="cd")
    kept = helper.preserve(artifact())
    assert kept.ref == "CD/1"
    assert helper.find("CD/1").first.by.role == "supporter"
    helper.close()


def test_two_people_cannot_have_the_same_initials(case):
    with pytest.raises(WrongUse, match="taken"):
        case.add_person({"initials": "ab", "name": "Abe Bell"})


def test_nobody_records_under_initials_that_are_not_in_the_case(case):
    case.close()
    with pytest.raises(WrongUse):
        Casefile.open(case.vault.path, PASSPHRASE, clock(), "ZZ")
    Casefile.open(case.vault.path, PASSPHRASE, clock(), "AB").close()


@pytest.mark.parametrize("initials", ["", "A", "ABCDE", "A1", "ÄB", "A B"])
def test_initials_that_cannot_stand_in_a_reference_are_refused(tmp_path, initials):
    with pytest.raises(WrongUse):
        Casefile.create(tmp_path / "v", PASSPHRASE, clock(), Person(initials=initials), cost=CHEAP)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("answer", [Under18.YES, Under18.UNSURE, None])
def test_a_picture_is_not_stored_where_somebody_could_be_under_18(tmp_path, answer):
    case = new_case(tmp_path, under18=answer)
    before = files_in(case.vault.path)
    for sensitivity in (None, Sensitivity.NOT_SAID, Sensitivity.INTIMATE):
        with pytest.raises(RefusedForSafety) as refused:
            case.preserve(artifact(), Exhibit(sensitivity=sensitivity))
        assert refused.value.exit_status == 4
    with pytest.raises(RefusedForSafety):
        case.preserve(artifact(b"PK\3\4", media_type="application/zip", name="pictures.zip"))
    with pytest.raises(RefusedForSafety):
        case.preserve(artifact(media_type="text/plain", name="really-a-picture.txt"))
    with pytest.raises(RefusedForSafety):
        case.require_picture_allowed(None)
    assert files_in(case.vault.path) == before
    case.close()


@pytest.mark.parametrize("answer", [Under18.YES, Under18.UNSURE, None])
def test_words_and_ordinary_pictures_are_kept_whatever_the_answer(tmp_path, answer):
    case = new_case(tmp_path, under18=answer)
    case.require_picture_allowed(Sensitivity.ORDINARY)
    assert case.preserve(artifact(), ORDINARY).ref == "AB/1"
    assert case.preserve(artifact(b"they wrote this", media_type="text/plain", name="chat.txt")).ref == "AB/2"
    assert case.record(Kind.INCIDENT, {"what_happened": "words"}).seq == 6
    case.close()


def test_with_a_clear_no_every_picture_is_kept(case):
    assert case.preserve(artifact(), Exhibit(sensitivity=Sensitivity.INTIMATE)).ref == "AB/1"


def test_a_new_case_that_does_not_say_counts_as_not_sure(tmp_path):
    case = Casefile.create(tmp_path / "v", PASSPHRASE, clock(), Person(initials="AB"), cost=CHEAP)
    assert case.case().under18 is Under18.UNSURE
    case.close()


def test_a_picture_found_out_to_be_intimate_later_is_held_not_lost(tmp_path):
    case = new_case(tmp_path, under18=Under18.UNSURE)
    case.preserve(artifact(b"picture bytes"), ORDINARY)
    case.amend(case.find("AB/1"), {"sensitivity": "intimate"})
    assert case.find("AB/1").held
    with pytest.raises(NotAllowed):
        case.withdraw(case.find("AB/1"), "please")
    assert content_of(case, "AB/1") == b"picture bytes"
    case.close()


def test_changing_the_answer_holds_what_nobody_called_ordinary(case):
    case.preserve(artifact(), ORDINARY)
    case.preserve(artifact())
    case.preserve(artifact(b"words", media_type="text/plain"))
    case.amend(case.case_subject(), {"under18": "unsure"})
    assert [case.find(ref).held for ref in ("AB/1", "AB/2", "AB/3")] == [False, True, False]


WORDS = (
    (b"From: a@x.example\r\nSubject: hi\r\n\r\nwords\r\n", "message/rfc822", "m.eml"),
    (b"time,who,what\n1,a,hello\n", "text/csv", "chat.csv"),
    (b"<p>hello</p>\n", "text/html", "chat.html"),
    (b'{"messages": []}\n', "application/json", "chat.json"),
)


@pytest.mark.parametrize(("content", "media_type", "name"), WORDS)
def test_words_that_were_kept_are_never_held_whatever_is_written_about_them(tmp_path, content, media_type, name):
    with closing(new_case(tmp_path, under18=Under18.UNSURE)) as case:
        case.preserve(artifact(content, media_type=media_type, name=name))
        case.amend(case.find("AB/1"), {"title": "the chat"})
        case.amend(case.find("AB/1"), {"sensitivity": "intimate"})
        case.amend(case.case_subject(), {"under18": "yes"})
        assert not case.find("AB/1").held


@pytest.mark.parametrize(
    "content",
    [b"data:image/png;base64," + b"iVBORw0KGgoAAAANSUhEUgAA" * 40, bytes(range(256)) * 12, b"\x89PNG\r\n\x1a\n"],
)
def test_a_picture_that_came_as_text_is_held_like_any_other(case, content):
    case.preserve(artifact(content, media_type="text/plain", name="words.txt"))
    case.amend(case.case_subject(), {"under18": "yes"})
    assert case.find("AB/1").held


def test_no_title_holds_an_exhibit(case):
    case.preserve(artifact())
    case.amend(case.find("AB/1"), {"title": "a chat"})
    assert not case.find("AB/1").held


def test_an_amendment_keeps_the_earlier_version(case):
    entry = case.record(Kind.ACCOUNT, {"platform": "skype", "display_name": "Lucy", "notes": "x"})
    case.amend(case.subject(entry.id), {"persistent_id": "live:.cid.1a2b3c4d5e6f7a8b", "notes": None})
    account = case.subject(entry.id)
    assert account.data == {
        "platform": "skype", "display_name": "Lucy", "persistent_id": "live:.cid.1a2b3c4d5e6f7a8b"
    }  # fmt: skip
    assert [version.action for version in account.entries] == [Action.ADD, Action.AMEND]
    assert account.entries[0].data["notes"] == "x"


def test_a_change_that_changes_nothing_adds_no_entry(case):
    entry = case.record(Kind.ACCOUNT, {"handle": "@x"})
    before = case.vault.head
    for fields in ({"handle": "@x"}, {}):
        with pytest.raises(WrongUse):
            case.amend(case.subject(entry.id), fields)
    with pytest.raises(WrongUse):
        case.record(Kind.ACCOUNT, {"handle": None})
    assert case.vault.head == before


def test_subjects_are_found_by_reference_id_or_its_beginning(case):
    case.preserve(artifact())
    entry = case.record(Kind.ACCOUNT, {"handle": "@x"})
    assert case.find("ab/1") == case.find("AB/1") == case.find("AB/01")
    assert case.find(entry.id).id == case.find(entry.id[:8].upper()).id == entry.id
    for nothing in ("AB/2", "zz", "", "0", "ffffffff", "AB/0", "../../etc", "%"):
        with pytest.raises(WrongUse):
            case.find(nothing)


def test_an_id_that_begins_like_two_is_not_guessed(case):
    first = {}
    while True:
        entry = case.record(Kind.INCIDENT, {"what_happened": "x"})
        if entry.id[:4] in first:
            break
        first[entry.id[:4]] = entry
        if len(first) > 2000:
            pytest.fail("random ids never meet")
    with pytest.raises(WrongUse, match="More than one"):
        case.find(entry.id[:4])


def test_references_between_entries_are_kept_as_whole_ids(case):
    account = case.record(Kind.ACCOUNT, {"handle": "@x"})
    kept = case.preserve(artifact(), Exhibit(accounts=(account.id[:8],)))
    incident = case.record(Kind.INCIDENT, {"accounts": [account.id[:8]], "exhibits": ["ab/1"]})
    assert incident.data == {"accounts": [account.id], "exhibits": [kept.id]}
    assert case.find("AB/1").data["accounts"] == [account.id]
    assert case.record(Kind.TAKEDOWN, {"url": "u", "proof": "ab/1"}).data == {"url": "u", "proof": kept.id}
    assert case.record(Kind.TAKEDOWN, {"url": "u", "proof": ""}).data["proof"] == ""
    with pytest.raises(WrongUse):
        case.record(Kind.INCIDENT, {"accounts": ["AB/1"]})


def test_a_capture_that_is_refused_leaves_no_object(case):
    before = files_in(case.vault.path)
    with pytest.raises(WrongUse):
        case.preserve(artifact(), Exhibit(accounts=("ffffffff",)))
    assert files_in(case.vault.path).keys() == before.keys()


def test_a_receipt_vouches_for_everything_before_it_and_is_recorded(case):
    case.record(Kind.INCIDENT, {"what_happened": "x"})
    head = case.vault.head
    given = case.receipt()
    assert parse_receipt(given.code).entries == head.entries
    assert parse_receipt(given.code).matches(head.link)
    anchor = next(case.subjects(Kind.ANCHOR))
    assert anchor.first.seq == head.entries + 1
    assert anchor.data == {"entries": head.entries, "head": head.link, "receipt": given.code}


def test_lists_are_newest_first_and_come_in_pages(case):
    for number in range(5):
        case.record(Kind.INCIDENT, {"what_happened": str(number)})
    words = [subject.data["what_happened"] for subject in case.subjects(Kind.INCIDENT)]
    assert words == ["4", "3", "2", "1", "0"]
    page = [subject.data["what_happened"] for subject in case.subjects(Kind.INCIDENT, limit=2, offset=2)]
    assert page == ["2", "1"]
    assert case.count(Kind.INCIDENT) == 5


def test_the_window_records_its_session_before_its_first_entry_and_nothing_when_it_only_reads(tmp_path):
    case = new_case(tmp_path, window=True)
    entries = case.vault.head.entries
    case.close()
    reading = Casefile.open(case.vault.path, PASSPHRASE, clock(), window=True)
    assert list(reading.subjects())
    reading.close()
    writing = Casefile.open(case.vault.path, PASSPHRASE, clock(), window=True)
    assert writing.vault.head.entries == entries
    writing.record(Kind.INCIDENT, {"what_happened": "x"})
    writing.record(Kind.INCIDENT, {"what_happened": "y"})
    writing.close()
    after = Casefile.open(case.vault.path, PASSPHRASE, clock())
    kinds = [entry.kind for _row, entry in after.vault.entries(after=entries)]
    assert kinds == [Kind.SESSION, Kind.INCIDENT, Kind.INCIDENT, Kind.SESSION]
    assert set(next(after.subjects(Kind.SESSION)).data) == {"opened_at", "closed_at"}
    after.close()


def test_a_possible_loss_is_recorded_by_the_command_line_too(case):
    case.close()
    older = (case.vault.path / "log.db").read_bytes()
    again = Casefile.open(case.vault.path, PASSPHRASE, clock())
    again.record(Kind.INCIDENT, {"what_happened": "lost"})
    lost = again.vault.head
    again.close()
    (case.vault.path / "log.db").write_bytes(older)
    rolled_back = Casefile.open(case.vault.path, PASSPHRASE, clock())
    rolled_back.record(Kind.INCIDENT, {"what_happened": "new"})
    session = next(rolled_back.subjects(Kind.SESSION))
    assert (session.data["lost_entries"], session.data["lost_link"]) == (lost.entries, lost.link)
    rolled_back.close()


def test_a_closed_case_keeps_nothing_more(case):
    case.close()
    for attempt in (lambda: case.record(Kind.INCIDENT, {"notes": "x"}), lambda: case.preserve(artifact())):
        with pytest.raises(VaultError):
            attempt()


def test_the_case_its_people_and_its_receipts_stay(case):
    case.receipt()
    for kind in (Kind.CASE, Kind.PERSON, Kind.ANCHOR, Kind.VAULT):
        with pytest.raises(WrongUse, match="stays"):
            case.withdraw(next(case.subjects(kind)), "please")


def test_nothing_new_is_made_inside_a_vault(case, tmp_path):
    inside = case.vault.path / "objects" / "other.holdfast"
    before = files_in(case.vault.path)
    with pytest.raises(WrongUse, match="inside a vault"):
        Casefile.create(inside, PASSPHRASE, clock(), Person(initials="AB"), cost=CHEAP)
    for place in (case.vault.path / "out", inside):
        with pytest.raises(WrongUse, match="inside a vault"):
            export(case, place)
    assert files_in(case.vault.path) == before


def test_what_is_answered_about_under_18s_while_a_picture_is_stored_counts_for_that_picture(case):
    answers = iter(["yes"])

    def meanwhile(_done: int) -> None:
        for answer in answers:
            case.amend(case.case_subject(), {"under18": answer})

    with pytest.raises(RefusedForSafety):
        case.preserve(artifact(), progress=meanwhile)
    assert case.count(Kind.EXHIBIT) == 0
    assert list(case.vault.objects.names()) == []
    case.preserve(artifact(), ORDINARY)
