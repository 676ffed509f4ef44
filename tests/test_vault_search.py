"""Searching: whatever was written is found by its words and their parts, newest first, whatever is typed."""

import dataclasses
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vaults import STAMP, add_exhibit, add_incident, new_vault

from vault.chain import Action, EntryId, Kind
from vault.drafts import Draft, new_entry_id
from vault.folding import folded, pieces_of
from vault.search import Wanted
from vault.vault import Vault

SLOW_START = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    made = new_vault(tmp_path_factory.mktemp("search"))
    yield made
    made.close()


@pytest.fixture
def vault(tmp_path):
    made = new_vault(tmp_path)
    yield made
    made.close()


def find(vault: Vault, text: str = "", limit: int = 1000, **wanted: object) -> list[EntryId]:
    return [entry_id for _seq, entry_id in vault.log.find(Wanted(text=text, **wanted), limit)]


def amend(vault: Vault, subject: EntryId, **data: object) -> None:
    vault.append([Draft(Action.AMEND, Kind.INCIDENT, subject, data)], STAMP)


def withdraw(vault: Vault, subject: EntryId, kind: Kind = Kind.INCIDENT) -> None:
    vault.append([Draft(Action.WITHDRAW, kind, subject, {"why": "mistaken"})], STAMP)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Her handle is KimmyStar99", "kimmy"),
        ("Her handle is KimmyStar99", "star"),
        ("Skype ID live:.cid.1a2b3c4d5e6f7a8b", "live:.cid.1a2b"),
        ("Skype ID live:.cid.1a2b3c4d5e6f7a8b", "5E6F"),
        ("pay £1,300.50 by friday", "£1,300.50"),
        ("pay £1,300.50 by friday", "300"),
        ("pay €5 now", "€5"),
        ("see https://www.example.org/a/b?user=kim&x=1#top", "example.org/a/b?user=kim"),
        ("see https://www.example.org/a/b?user=kim&x=1#top", "https://"),
        ("José Ñandú wrote", "jose nandu"),
        ("他叫王小明，住在北京", "王小明"),
        ("他叫王小明，住在北京", "北京"),
        ("他叫王小明，住在北京", "明"),
        ("ขอเงินด้วย", "เงิน"),
        ("Привет, Алёна", "алена"),
        ("أرسل المال", "المال"),
        ("김민수가 말했다", "민수"),
        ("he sent ❤️ and 😈", "😈"),
        ("he sent ❤️ and 😈", "❤"),
        ("It’s “over”", "it's over"),
        ("mail kim_star@example.org", "kim_star@"),
        ("C++ and 100% sure", "c++ 100%"),
        ("GB29 NWBK 6016 1331", "nwbk 1331"),
        ("a short one to you", "yo"),
        ("sentence. Then? more", "?"),
    ],
)
def test_it_is_found(shared, written, typed):
    assert add_incident(shared, written).id in find(shared, typed)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("pay me today", "pay tomorrow"),
        ("qqabcxbcdq", "qabcd"),  # both parts stand there, the whole does not
        ("one two", "onetwo"),
        ("xylophone", "lo"),
        ("pay", "paypal"),
        ("我住北海，在南京", "北京"),
    ],
)
def test_what_was_not_written_is_not_found(vault, written, typed):
    add_incident(vault, written)
    assert find(vault, typed) == []


@SLOW_START
@given(st.text(min_size=3, max_size=60), st.integers(0, 57), st.integers(3, 60))
def test_any_three_characters_in_a_row_of_anything_written_are_found(shared, written, start, length):
    entry = add_incident(shared, written)
    for piece in pieces_of(written[start : start + length]):
        if len(piece) >= 3:
            assert entry.id in find(shared, piece, limit=100_000)


_HOSTILE = st.text(alphabet=st.sampled_from("\"*^:(){}+-'\\,;%_?$@[]|&!<>=~`#/ \0\n\ud800aN京é"), max_size=40)
_OPERATORS = st.lists(
    st.sampled_from(
        ["AND", "OR", "NOT", "NEAR(", "NEAR/2", "text:", "{text}:", "rank", '"', "''", "--", "a*", "^b", ")"]
    )
).map(" ".join)


@SLOW_START
@given(st.one_of(_HOSTILE, _OPERATORS, st.text(alphabet=st.characters())))
def test_no_text_is_an_error(shared, typed):
    found = find(shared, typed)
    assert len(found) == len(set(found))


def test_very_long_texts_are_no_error_and_are_found_by_all_of_their_first_words(vault):
    words = " ".join(f"word{number}" for number in range(20_000))
    entry = add_incident(vault, words)
    assert find(vault, words) == [entry.id]
    assert find(vault, "x" * 500_000) == []
    assert find(vault, "word1 " + "word2" * 100_000) == []


_LETTERS = st.text(alphabet="abA ", min_size=1, max_size=30)


@settings(max_examples=25, deadline=None)
@given(st.lists(_LETTERS, min_size=1, max_size=12), st.lists(_LETTERS, min_size=5, max_size=15))
def test_the_index_finds_what_reading_everything_would_find(tmp_path_factory, texts, questions):
    vault = new_vault(tmp_path_factory.mktemp("oracle"))
    drafts = [Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), {"what_happened": text}) for text in texts]
    entries = vault.append(drafts, STAMP)
    for question in questions:
        pieces = [piece for piece in pieces_of(question) if len(piece) >= 3]
        holds = [
            entry.id
            for entry, text in zip(entries, texts, strict=True)
            if all(piece in folded(text) for piece in pieces)
        ]
        assert find(vault, " ".join(pieces), kind=Kind.INCIDENT) == holds[::-1]
    vault.close()


def test_every_value_the_reference_and_the_name_of_the_file_are_found(vault):
    exhibit, _stored = add_exhibit(vault, b"content", "AB/3")
    account = new_entry_id()
    data = {"handle": "kimmy", "tags": ["blue door", "red door"], "entries": 4711, "flag": True}
    vault.append([Draft(Action.ADD, Kind.ACCOUNT, account, data)], STAMP)
    assert find(vault, "AB/3") == find(vault, "a.txt") == [exhibit]
    assert find(vault, "blue") == find(vault, "red kimmy") == find(vault, "4711") == [account]


def test_an_id_that_leads_to_something_else_is_no_word_and_one_that_leads_nowhere_is(vault):
    account, unknown = new_entry_id(), "feedbeef" * 4
    vault.append([Draft(Action.ADD, Kind.ACCOUNT, account, {"handle": "kim"})], STAMP)
    data = {"accounts": [account], "transaction": unknown}
    incident = vault.append([Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), data)], STAMP)[0].id
    assert find(vault, account) == []
    assert find(vault, unknown) == [incident]
    assert find(vault, names=account) == [incident]


def test_something_is_found_by_its_words_of_today(vault):
    entry = add_incident(vault, "first wording")
    amend(vault, entry.id, what_happened="second version", notes="added")
    assert find(vault, "wording") == []
    assert find(vault, "second added") == [entry.id]
    amend(vault, entry.id, notes=None)
    assert find(vault, "added") == []
    assert find(vault, "version") == [entry.id]


def test_what_was_withdrawn_is_listed_but_found_by_no_word_of_it(vault):
    data = {"what_happened": "embarrassing", "platform": "skype", "sensitivity": "intimate"}
    entry = vault.append([Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), data)], STAMP)[0]
    withdraw(vault, entry.id)
    assert find(vault, kind=Kind.INCIDENT) == find(vault, withdrawn=True) == [entry.id]
    for gone in (find(vault, "embarrassing"), find(vault, "mistaken"), find(vault, platform="skype"),
                 find(vault, sensitivity="intimate"), find(vault, kind=Kind.INCIDENT, withdrawn=False)):  # fmt: skip
        assert gone == []
    assert entry.id in find(vault, since=date(2026, 11, 20), until=date(2026, 11, 20))


def test_an_exhibit_that_nobody_sorted_is_not_said(vault):
    exhibit, _stored = add_exhibit(vault, b"content")
    add_incident(vault)
    assert find(vault, sensitivity="not_said") == [exhibit]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2019-05-06", date(2019, 5, 6)),
        ("2019-05-06 23:59", date(2019, 5, 6)),
        ("2019-05-06T23:59:58+09:00", date(2019, 5, 6)),
        ("2019-05-06T23:59:58.123Z", date(2019, 5, 7)),  # the stamp's zone is an hour east
        ("  2019-05-06 10:00 Z ", date(2019, 5, 6)),
    ],
)
def test_something_is_found_by_the_days_written_in_it(vault, written, day):
    east = dataclasses.replace(STAMP, zone="Europe/Berlin +01:00")
    draft = Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), {"when": written})
    entry = vault.append([draft], east)[0]
    assert find(vault, since=day, until=day) == [entry.id]


@pytest.mark.parametrize("written", ["2019-02-30", "2019-05-06 25:00Z", "on 2019-05-06", "2019-05", "0000-01-01"])
def test_what_is_no_day_is_a_word_like_others(vault, written):
    entry = add_incident(vault, written)
    assert find(vault, until=date(2020, 1, 1)) == []
    assert find(vault, written.split()[-1]) == [entry.id]


def test_the_day_of_an_entry_is_the_one_of_whoever_wrote_it(vault):
    late = dataclasses.replace(STAMP, at="2026-11-20T23:30:00.000Z", zone="Asia/Tokyo +09:00")
    entry = vault.append([Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), {"notes": "x"})], late)[0]
    assert find(vault, since=date(2026, 11, 21)) == [entry.id]


_PLATFORMS = ["", "skype", "Image board", "image_board"]
_WORDS = ["", "kim", "pay", "kim pay", "ay", "nowhere"]
_DAYS = [None, date(2019, 1, 1), date(2020, 6, 1), date(2026, 11, 20)]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory) -> tuple[Vault, list[dict[str, object]]]:
    """Sixty subjects of every mixture, and what each is."""
    vault = new_vault(tmp_path_factory.mktemp("mixed"))
    account = new_entry_id()
    vault.append([Draft(Action.ADD, Kind.ACCOUNT, account, {"handle": "nobody"})], STAMP)
    kinds = [Kind.INCIDENT, Kind.PAYMENT, Kind.TAKEDOWN]
    known: list[dict[str, object]] = []
    for number in range(60):
        is_one = {
            "id": new_entry_id(), "kind": kinds[number % 3], "notes": _WORDS[number % 5],
            "platform": _PLATFORMS[number % 4], "sensitivity": ["", "ordinary", "intimate"][number % 7 % 3],
            "account": account if number % 6 < 2 else "", "when": str(_DAYS[1 + number % 11 % 2]),
        }  # fmt: skip
        data = {name: value for name, value in is_one.items() if value and name not in {"id", "kind"}}
        vault.append([Draft(Action.ADD, is_one["kind"], is_one["id"], data)], STAMP)
        if number % 13 == 5:
            withdraw(vault, is_one["id"], is_one["kind"])
        known.append(is_one | {"withdrawn": number % 13 == 5})
    yield vault, known[::-1]
    vault.close()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_filters_hold_together_and_pages_join_without_a_gap(mixed, data):
    vault, known = mixed
    account = known[-1]["account"]
    wanted = Wanted(
        text=data.draw(st.sampled_from(_WORDS)),
        kind=data.draw(st.sampled_from([Kind.INCIDENT, Kind.PAYMENT, Kind.TAKEDOWN])),
        names=data.draw(st.sampled_from([None, account])),
        platform=data.draw(st.sampled_from(_PLATFORMS)),
        sensitivity=data.draw(st.sampled_from(["", "ordinary", "intimate"])),
        since=data.draw(st.sampled_from(_DAYS)),
        until=data.draw(st.sampled_from(_DAYS)),
        withdrawn=data.draw(st.sampled_from([None, True, False])),
    )
    size = data.draw(st.sampled_from([1, 7, 100]))
    pages, before = [], None
    while page := vault.log.find(wanted, size, before):
        pages += page
        before = page[-1][0]
    assert [found for _seq, found in pages] == [is_one["id"] for is_one in known if _holds(wanted, is_one)]


def _holds(wanted: Wanted, is_one: dict[str, object]) -> bool:
    if is_one["kind"] is not wanted.kind or wanted.withdrawn not in {None, is_one["withdrawn"]}:
        return False
    days = [date(2026, 11, 20)]
    if not is_one["withdrawn"]:
        days.append(date.fromisoformat(str(is_one["when"])))
    if (wanted.since or wanted.until) and not any(
        (wanted.since or date.min) <= day <= (wanted.until or date.max) for day in days
    ):
        return False
    if is_one["withdrawn"]:
        return not (wanted.text or wanted.names or wanted.platform or wanted.sensitivity)
    words = f"{is_one['notes']} {is_one['platform']}".lower()
    pieces = wanted.text.split()
    return (
        all(piece in words if len(piece) > 2 else f" {piece}" in f" {words}" for piece in pieces)
        and wanted.names in {None, is_one["account"]}
        and (not wanted.platform or _same(wanted.platform, str(is_one["platform"])))
        and wanted.sensitivity in {"", is_one["sensitivity"]}
    )


def _same(one: str, other: str) -> bool:
    return one.lower().replace("_", " ") == other.lower().replace("_", " ")
