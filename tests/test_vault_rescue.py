"""A damaged vault opens for reading what is whole, page by page; nothing in it is changed."""

import io
import random
import shutil
import struct
import tempfile
from pathlib import Path

import pytest
from copies import (
    PAGE,
    add_incidents,
    damage,
    pages_of,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vaults import CHEAP, PASSPHRASE, STAMP, add_exhibit, add_incident, files_in, new_vault, read

from vault import pages
from vault.chain import Action, Kind
from vault.check import check
from vault.drafts import Draft
from vault.errors import DamagedVault, ReadOnlyDamaged, ReadOnlyVault, WrongPassphrase
from vault.keys import DATABASE
from vault.opening import FindingKind
from vault.pages import rows_on_pages
from vault.search import Wanted
from vault.vault import Vault


def closed_and_damaged(vault: Vault, part: str, which: int, kind: str = "leaf") -> dict[str, bytes]:
    """Close the vault and change a byte in the middle of one page of a part of its log; its files then."""
    page = pages_of(vault, part, kind)[which]
    vault.close()
    damage(vault.path / "log.db", page * PAGE + PAGE // 2)
    return files_in(vault.path)


def files_but_the_lock(path: Path) -> dict[str, bytes]:
    return {name: content for name, content in files_in(path).items() if name != "lock"}


def test_entries_behind_a_damaged_page_are_read_found_and_listed_and_nothing_is_changed(vault):
    _subject, stored = add_exhibit(vault, b"content")
    add_incidents(vault, 100)
    before = closed_and_damaged(vault, "entry", 5)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert [finding.kind for finding in opened.findings] == [FindingKind.DAMAGED_LOG]
    assert opened.damage is not None
    lost = {lost.seq for lost in opened.damage.lost}
    assert 1 <= len(lost) <= 10
    assert {row.seq for row in opened.log.rows()} == set(range(1, 103)) - lost
    assert opened.head.entries == 102
    assert read(opened, stored) == b"content"
    assert opened.log.with_ref("AB/1") is not None
    assert len(opened.log.find(Wanted(text="needle99"), 10)) == 1
    with pytest.raises(DamagedVault, match="cannot be read"):
        list(opened.entries())
    opened.close()
    assert {name: content for name, content in before.items() if name != "lock"} == files_but_the_lock(vault.path)


def test_a_damaged_page_that_leads_to_entries_takes_none_of_them_along(vault):
    _subject, stored = add_exhibit(vault, b"content")
    add_incidents(vault, 300)
    rows = list(vault.log.rows())
    assert pages_of(vault, "entry", "internal")
    closed_and_damaged(vault, "entry", 0, "internal")
    opened = Vault.open(vault.path, PASSPHRASE)
    assert opened.damage is not None
    assert opened.damage.lost == ()
    assert list(opened.log.rows()) == rows
    assert read(opened, stored) == b"content"
    assert [fault.where for fault in check(opened).faults] == ["log"]
    opened.close()


def test_a_damaged_first_page_takes_no_entry_along(vault):
    add_incidents(vault, 20, 5000)
    rows = list(vault.log.rows())
    head = vault.head
    vault.close()
    damage(vault.path / "log.db", 3000)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert (list(opened.log.rows()), opened.head) == (rows, head)
    assert len(opened.log.find(Wanted(text="needle7"), 10)) == 1
    with pytest.raises(DamagedVault):
        _ = opened.identity
    opened.close()


def test_entries_that_overflow_are_lost_alone(vault):
    add_incidents(vault, 3, 100)
    add_incidents(vault, 1, 60_000)
    add_incidents(vault, 3, 100)
    page = pages_of(vault, "entry", "overflow")[4]
    vault.close()
    damage(vault.path / "log.db", page * PAGE + 100)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert opened.damage is not None
    assert [lost.seq for lost in opened.damage.lost] == [5]
    assert [row.seq for row in opened.log.rows()] == [1, 2, 3, 4, 6, 7, 8]
    opened.close()


@given(st.lists(st.integers(0, 30_000), max_size=8), st.integers(0, 1_000_000))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_is_found_on_its_pages_and_random_bytes_are_no_row(memory, sizes, start):
    folder = Path(tempfile.mkdtemp(dir=memory))
    vault = new_vault(folder)
    for size in sizes:
        add_incident(vault, "x" * size)
    key, path = vault.keys.key(DATABASE), vault.path / "log.db"
    assert sorted(rows_on_pages(path, key), key=lambda row: row.seq) == list(vault.log.rows())
    vault.close()
    whole = path.read_bytes()
    path.write_bytes(random.Random(start).randbytes(len(whole)))
    assert list(rows_on_pages(path, key)) == []
    path.write_bytes(whole[start % len(whole) :])
    assert all(row.entry.seq == row.seq for row in rows_on_pages(path, key))


@given(st.binary(max_size=PAGE - 32), st.integers(0, 20))
@settings(deadline=None)
def test_whatever_stands_on_a_page_is_a_row_or_none(content, cells):
    page = bytes([13, 0, 0]) + struct.pack(">H", cells) + content
    assert all(row.entry.seq == row.seq for row in pages._rows(page.ljust(PAGE - 32, b"\0"), io.BytesIO(), bytes(32)))


def test_what_cannot_be_read_is_known_by_its_subject(vault):
    subject, _stored = add_exhibit(vault, b"content")
    add_incidents(vault, 50)
    amended = vault.append([Draft(Action.AMEND, Kind.EXHIBIT, subject, {"title": "x" * 3000})], STAMP)[0]
    add_incidents(vault, 50)
    closed_and_damaged(vault, "entry", next(
        index for index, page in enumerate(pages_of(vault, "entry")) if _holds(vault, page, amended.seq)
    ))  # fmt: skip
    opened = Vault.open(vault.path, PASSPHRASE)
    assert opened.damage is not None
    assert opened.damage.touches(subject)
    assert opened.damage.may_touch(Kind.EXHIBIT)
    assert not opened.damage.may_touch(Kind.CASE)
    faults = [fault for fault in check(opened).faults if fault.where == "AB/1"]
    assert len(faults) == 1
    assert f"entry {amended.seq}" in faults[0].what
    opened.close()


def _holds(vault: Vault, page: int, seq: int) -> bool:
    """Whether an entry cannot be read once a page is damaged."""
    copy = vault.path.with_name("probe.holdfast")
    shutil.copytree(vault.path, copy)
    damage(copy / "log.db", page * PAGE + PAGE // 2)
    opened = Vault.open(copy, PASSPHRASE)
    found = opened.damage is not None and seq in {lost.seq for lost in opened.damage.lost}
    opened.close()
    shutil.rmtree(copy)
    return found


def test_the_end_of_a_log_that_cannot_be_read_is_told(vault):
    add_incidents(vault, 100)
    closed_and_damaged(vault, "entry", -1)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert opened.damage is not None
    assert max(lost.seq for lost in opened.damage.lost) == 101
    faults = check(opened).faults
    assert "entry 101" in {fault.where for fault in faults}
    opened.close()


def test_a_damaged_signing_key_takes_nothing_else_along(vault):
    add_incident(vault, "needle")
    closed_and_damaged(vault, "identity", 0)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert len(list(opened.entries())) == 2
    with pytest.raises(DamagedVault, match="key"):
        _ = opened.identity
    assert [fault.where for fault in check(opened).faults] == ["log"]
    opened.close()


@pytest.mark.parametrize("part", ["meta", "draft", "note"])
def test_where_no_entry_is_damaged_all_are_read(vault, part):
    _subject, stored = add_exhibit(vault, b"content")
    add_incidents(vault, 30)
    closed_and_damaged(vault, part, -1)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert opened.damage is not None
    assert opened.damage.lost == ()
    assert len(list(opened.entries())) == 32
    assert len(opened.log.find(Wanted(text="needle7"), 10)) == 1
    assert len(opened.log.find(Wanted(kind=Kind.INCIDENT), 100)) == 30
    assert read(opened, stored) == b"content"
    opened.close()


LISTS = ["cache_subject", "cache_text", "cache_object", "cache_part_data", "cache_word_data", "entry_of_subject"]


@pytest.mark.parametrize("part", LISTS)
def test_a_damaged_list_is_made_anew_from_the_entries_and_the_vault_goes_on(vault, part):
    _subject, stored = add_exhibit(vault, b"content")
    add_incidents(vault, 30)
    vault.log.set_draft("form", "typed")
    rows, identity = list(vault.log.rows()), vault.identity.private_bytes
    closed_and_damaged(vault, part, -1)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert not opened.read_only
    assert [finding.kind for finding in opened.findings] == [FindingKind.LISTS_MENDED]
    report = check(opened)
    assert (report.faults, len(report.notes)) == ([], 1)
    assert (list(opened.log.rows()), opened.identity.private_bytes) == (rows, identity)
    assert opened.log.draft("form") == "typed"
    assert len(opened.log.find(Wanted(text="needle7"), 10)) == 1
    assert read(opened, stored) == b"content"
    add_incident(opened, "and it goes on")
    opened.close()
    again = Vault.open(vault.path, PASSPHRASE)
    assert again.findings == ()
    assert not list(vault.path.glob("tmp-*"))
    again.close()


def test_a_list_on_a_medium_that_is_only_read_is_made_anew_in_memory(vault):
    add_incidents(vault, 30)
    before = closed_and_damaged(vault, "cache_subject", -1)
    opened = Vault.open(vault.path, PASSPHRASE, reading=True)
    assert opened.damage is not None
    assert opened.log.count(Kind.INCIDENT) == 30
    opened.close()
    assert files_in(vault.path) == before


def test_a_list_that_is_found_damaged_while_something_is_kept_keeps_nothing_from_being_kept(vault):
    _subject, stored = add_exhibit(vault, b"content")
    # Above the size up to which every page is read at opening.
    add_incidents(vault, 40, 60_000)
    pages = [*pages_of(vault, "cache_part_data"), *pages_of(vault, "cache_facet")]
    vault.close()
    path = vault.path / "log.db"
    assert path.stat().st_size > 4 * 1024 * 1024
    content = bytearray(path.read_bytes())
    for page in pages:
        content[page * PAGE + PAGE // 2] ^= 1
    path.write_bytes(content)
    opened = Vault.open(vault.path, PASSPHRASE)
    assert opened.findings == ()
    added = add_incident(opened, "what they wrote tonight")
    assert [finding.kind for finding in opened.findings] == [FindingKind.LISTS_MENDED]
    assert [found for _seq, found in opened.log.find(Wanted(text="wrote tonight"), 10)] == [added.id]
    assert opened.log.highest_number("AB") == 1
    assert check(opened).faults == []
    assert read(opened, stored) == b"content"
    opened.close()


def test_where_the_log_is_shorter_than_it_was_its_lists_are_not_made_anew(vault):
    add_incidents(vault, 30)
    vault.close()
    older = (vault.path / "log.db").read_bytes()
    again = Vault.open(vault.path, PASSPHRASE)
    add_incident(again)
    page = pages_of(again, "cache_subject")[-1]
    again.close()
    (vault.path / "log.db").write_bytes(older)
    damage(vault.path / "log.db", page * PAGE + PAGE // 2)
    before = (vault.path / "log.db").read_bytes()
    opened = Vault.open(vault.path, PASSPHRASE)
    assert opened.read_only
    opened.close()
    assert (vault.path / "log.db").read_bytes() == before


def test_nothing_is_added_to_a_damaged_vault_and_it_says_why(vault):
    add_incidents(vault, 30)
    before = closed_and_damaged(vault, "entry", 2)
    opened = Vault.open(vault.path, PASSPHRASE)
    for attempt in (
        lambda: add_incident(opened),
        lambda: add_exhibit(opened, b"content"),
        lambda: opened.set_passphrase("new", cost=CHEAP),
        lambda: opened.log.set_draft("form", "typed"),
    ):
        with pytest.raises(ReadOnlyVault):
            attempt()
    with pytest.raises(ReadOnlyDamaged, match="damaged"):
        add_incident(opened)
    opened.close()
    assert {name: content for name, content in before.items() if name != "lock"} == files_but_the_lock(vault.path)


def test_a_vault_without_its_files_opens_and_says_how_many_are_missing(vault):
    _one, first = add_exhibit(vault, b"one", "AB/1")
    _two, second = add_exhibit(vault, b"two", "AB/2")
    vault.objects.path(first.id).unlink()
    vault.close()
    opened = Vault.open(vault.path, PASSPHRASE)
    assert [finding.kind for finding in opened.findings] == [FindingKind.MISSING_FILES]
    assert "1" in opened.findings[0].words
    assert read(opened, second) == b"two"
    add_incident(opened, "and it goes on")
    opened.close()


def test_every_byte_of_a_log_that_is_changed_is_told(vault):
    add_exhibit(vault, b"content")
    add_incidents(vault, 3, 50)
    vault.close()
    path = vault.path / "log.db"
    whole = path.read_bytes()
    unnoticed = []
    for at in range(7, len(whole), 811):
        damage(path, at)
        try:
            opened = Vault.open(vault.path, PASSPHRASE)
            if check(opened).faults == [] and opened.findings == ():
                unnoticed.append(at)
            opened.close()
        except DamagedVault:
            pass
        path.write_bytes(whole)
    # The first 16 bytes are a salt that is not used under a raw key; free pages hold nothing.
    assert [at for at in unnoticed if at >= 16] == []


def test_a_wrong_passphrase_is_no_damage(vault):
    closed_and_damaged(vault, "entry", 0)
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.path, "wrong")
