"""Caches: made anew they equal what grew; nothing of what was withdrawn or amended away stays in their pages."""

from contextlib import closing, suppress

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaults import PASSPHRASE, STAMP, add_exhibit, add_incident, new_vault

from vault.chain import Action, EntryId, Kind, ObjectId, StoredObject
from vault.drafts import Draft, new_entry_id
from vault.errors import NotAllowed, VaultError
from vault.search import Wanted
from vault.vault import Vault

INDEXES = ("cache_word", "cache_part")


@pytest.fixture
def vault(tmp_path):
    made = new_vault(tmp_path)
    yield made
    made.close()


def database(vault: Vault) -> apsw.Connection:
    """The open log.db, seen from behind."""
    return vault.log._db


def caches_in(vault: Vault) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every cache, the full-text indexes as the words and parts that they lead from."""
    db = database(vault)
    tables = [str(name) for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    caches = [name for name in tables if name.startswith("cache_") and not name.startswith(INDEXES)]
    rows = {name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr) for name in caches}
    for index in INDEXES:
        db.execute(f"INSERT INTO {index}({index}) VALUES('integrity-check')")
        db.execute(f"CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, {index}, instance)")
        rows[index] = sorted(db.execute("SELECT term, doc FROM temp.terms"), key=repr)
        db.execute("DROP TABLE temp.terms")
    return rows


def test_the_caches_are_the_tables_that_the_format_names_so(vault):
    assert set(caches_in(vault)) == {
        "cache_subject",
        "cache_object",
        "cache_shape",
        "cache_time",
        "cache_text",
        "cache_facet",
        *INDEXES,
    }


_TEXT = st.one_of(st.text(max_size=20), st.sampled_from(["pay me", "Pay Me", "2026-11-20", "José", "北京", ""]))
_VALUE = st.one_of(_TEXT, st.lists(_TEXT, max_size=3), st.integers(0, 9), st.booleans(), st.just("a subject"))
_DATA = st.dictionaries(st.sampled_from(["notes", "platform", "sensitivity", "accounts", "when"]), _VALUE, max_size=4)
_KINDS = st.sampled_from([Kind.INCIDENT, Kind.ACCOUNT, Kind.EXHIBIT])
_STEPS = st.lists(st.tuples(st.sampled_from(list(Action)), _KINDS, st.integers(0, 99), _DATA), max_size=25)


@settings(max_examples=30, deadline=None)
@given(_STEPS)
def test_caches_made_anew_equal_those_that_grew(tmp_path_factory, steps):
    with closing(new_vault(tmp_path_factory.mktemp("random"))) as vault:
        added: list[tuple[EntryId, Kind]] = []
        for number, step in enumerate(steps):
            draft = _draft(number, step, added)
            with suppress(NotAllowed):  # nothing follows a withdrawal
                vault.append([draft], STAMP)
        grown = caches_in(vault)
        vault.log.rebuild()
        assert caches_in(vault) == grown


def _draft(number: int, step: tuple, added: list[tuple[EntryId, Kind]]) -> Draft:
    action, kind, choice, data = step
    fields = {name: _filled(value, added, choice) for name, value in data.items()}
    if action is Action.ADD or not added:
        added.append((new_entry_id(), kind))
        fields |= {"ref": f"AB/{len(added)}"} if kind is Kind.EXHIBIT else {}
        return Draft(Action.ADD, kind, added[-1][0], fields, _objects(kind, number))
    subject, kind_then = added[choice % len(added)]
    if action is Action.WITHDRAW:
        return Draft(action, kind_then, subject, {"why": "x"})
    return Draft(action, kind_then, subject, fields | {"notes": None}, _objects(kind_then, number))


def _filled(value: object, added: list[tuple[EntryId, Kind]], choice: int) -> object:
    return added[choice % len(added)][0] if value == "a subject" and added else value


def _objects(kind: Kind, number: int) -> tuple[StoredObject, ...]:
    if kind is not Kind.EXHIBIT or number % 2:
        return ()
    return (StoredObject(ObjectId(f"{number:032x}"), "ab" * 32, 3, "text/plain", f"name {number}.txt"),)


def test_many_subjects_come_and_go_and_the_caches_still_equal_new_ones(vault):
    for start in range(0, 400, 50):
        drafts = [
            Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), {"what_happened": f"word{number} and more of it"})
            for number in range(start, start + 50)
        ]
        vault.append(drafts, STAMP)
        changes = [Draft(Action.AMEND, Kind.INCIDENT, each.id, {"what_happened": "other"}) for each in drafts[::3]]
        vault.append(changes, STAMP)
        vault.append([Draft(Action.WITHDRAW, Kind.INCIDENT, each.id, {"why": "x"}) for each in drafts[::7]], STAMP)
    grown = caches_in(vault)
    vault.log.rebuild()
    assert caches_in(vault) == grown


def test_a_log_of_an_older_version_gets_its_caches_at_opening(vault):
    entry = add_incident(vault, "still found")
    db = database(vault)
    for table in ("cache_text", "cache_word", "cache_part", "cache_facet", "cache_time", "cache_subject"):
        db.execute(f"DROP TABLE {table}")
    db.execute("CREATE TABLE cache_subject(id TEXT PRIMARY KEY, kind TEXT)")
    db.execute("UPDATE meta SET value = '1' WHERE name = 'cache_version'")
    vault.close()
    opened = Vault.open(vault.path, PASSPHRASE)
    assert opened.log.find(Wanted(text="still"), 10) == [(entry.seq, entry.id)]
    opened.close()


def test_a_damaged_entry_does_not_keep_the_others_from_being_listed(vault):
    damaged, whole = add_incident(vault, "damaged"), add_incident(vault, "whole")
    database(vault).execute("UPDATE entry SET body = x'00' WHERE seq = ?", (damaged.seq,))
    vault.log.rebuild()
    assert vault.log.subjects(Kind.INCIDENT) == [whole.id]
    assert vault.log.find(Wanted(text="whole"), 10) == [(whole.seq, whole.id)]


def test_an_entry_that_could_not_be_appended_leaves_no_words(vault):
    add_exhibit(vault, b"one", "AB/1")
    before = caches_in(vault)
    twice = {"ref": "AB/1", "title": "unheard"}
    with pytest.raises(VaultError):
        vault.append([Draft(Action.ADD, Kind.EXHIBIT, new_entry_id(), twice)], STAMP)
    assert caches_in(vault) == before


# -- what was withdrawn ---------------------------------------------------------------------------------------------

SECRET = "Qxzvojk"
"""Letters in an order that no other word here has."""


def pages_of_caches(vault: Vault) -> list[bytes]:
    """Every decrypted page of the log that belongs to a cache, to the drafts or to nothing (free pages)."""
    db = database(vault)
    whole = db.serialize("main")
    assert whole.startswith(b"SQLite format 3\0")
    size = int.from_bytes(whole[16:18], "big")
    kept = {
        int(str(page))
        for (page,) in db.execute(
            "SELECT pageno FROM dbstat WHERE name NOT LIKE 'cache\\_%' ESCAPE '\\'"
            " AND name NOT LIKE 'sqlite\\_autoindex\\_cache\\_%' ESCAPE '\\'"
            " AND name NOT IN ('draft', 'sqlite_autoindex_draft_1')"
        )
    }
    pages = [whole[start : start + size] for start in range(0, len(whole), size)]
    return [page for number, page in enumerate(pages, start=1) if number not in kept]


def pages_with(vault: Vault, word: str) -> int:
    """In how many pages of the caches stand four letters in a row of a word, or one of the terms that lead to it."""
    runs = [word.lower()[start : start + 4].encode() for start in range(len(word) - 3)]
    parts = {word.lower()[start : start + 3] for start in range(len(word) - 2)}
    terms = {term for index in INDEXES for term, _doc in caches_in(vault)[index]}
    found = sum(any(run in page.lower() for run in runs) for page in pages_of_caches(vault))
    return found + len(terms & (parts | {word.lower()}))


def crowd(vault: Vault, count: int) -> None:
    drafts = [
        Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), {"what_happened": f"ordinary words number {number} " * 20})
        for number in range(count)
    ]
    vault.append(drafts, STAMP)


@pytest.mark.parametrize("others", [0, 300])
def test_no_page_of_an_index_keeps_a_word_that_was_withdrawn(vault, others):
    crowd(vault, others)
    long = " ".join(f"{SECRET}{number}" for number in range(2_000))  # reaches over many pages of its own
    data = {"title": f"it says {SECRET}", "notes": long, "platform": SECRET, "ref": "AB/1"}
    subject = new_entry_id()
    vault.append([Draft(Action.ADD, Kind.EXHIBIT, subject, data)], STAMP)
    crowd(vault, others)
    assert pages_with(vault, SECRET) > 5
    vault.append([Draft(Action.WITHDRAW, Kind.EXHIBIT, subject, {"why": "mistaken"})], STAMP)
    assert pages_with(vault, SECRET) == 0
    assert pages_with(vault, "mistaken") == 0


@pytest.mark.parametrize("others", [0, 300])
def test_no_page_of_an_index_keeps_a_word_that_was_amended_away(vault, others):
    crowd(vault, others)
    entry = add_incident(vault, f"it says {SECRET} twice, {SECRET}")
    assert pages_with(vault, SECRET) > 2
    vault.append([Draft(Action.AMEND, Kind.INCIDENT, entry.id, {"what_happened": "other words"})], STAMP)
    assert pages_with(vault, SECRET) == 0


def test_many_withdrawals_at_once_leave_no_word(vault):
    drafts = [
        Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), {"what_happened": f"{SECRET}{number} was here"})
        for number in range(200)
    ]
    vault.append(drafts, STAMP)
    crowd(vault, 50)
    vault.append([Draft(Action.WITHDRAW, Kind.INCIDENT, each.id, {"why": "x"}) for each in drafts], STAMP)
    assert pages_with(vault, SECRET) == 0
    assert len(vault.log.find(Wanted(text="ordinary"), 100)) == 50


def test_what_was_typed_about_something_that_is_withdrawn_goes_with_it(vault):
    entry, other = add_incident(vault, "words"), add_incident(vault, "others")
    vault.log.set_draft(f"form:incident:{entry.id}", f'{{"what_happened":"{SECRET}"}}')
    for name in (f"form:incident:{other.id}", "form:incident:new"):
        vault.log.set_draft(name, "{}")
    assert pages_with(vault, SECRET) > 0
    vault.append([Draft(Action.WITHDRAW, Kind.INCIDENT, entry.id, {"why": "x"})], STAMP)
    assert vault.log.draft(f"form:incident:{entry.id}") is None
    assert pages_with(vault, SECRET) == 0
    assert vault.log.draft(f"form:incident:{other.id}") == vault.log.draft("form:incident:new") == "{}"
