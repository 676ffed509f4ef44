"""A reader written from vault/FORMAT.md alone reads every vault that the program writes, byte for byte the same."""

import ast
import os
import shutil
from pathlib import Path

import independent_chain
import independent_reader
import pytest
from cases import artifact, new_case
from hypothesis import given, settings
from hypothesis import strategies as st
from independent_chain import Refused, receipt
from independent_reader import ReadVault
from vaults import CHEAP, PASSPHRASE, STAMP, add_exhibit, add_incident, files_in, new_vault

from app.kinds import Exhibit, Sensitivity
from vault.chain import Action, Kind, Malformed, canonical, parse_line, receipt_code
from vault.check import check
from vault.drafts import Draft, new_entry_id, row_of
from vault.recovery import words_of
from vault.rekey import rekey
from vault.stream import CHUNK
from vault.vault import Vault

PACKAGES = {"app", "capture", "resources", "ui", "vault"}
UNICODE = 'Ünïcode „x“ \u2028\u2029 \x7f \u200f نص 漢字 😀 \t\n "\\ \x01\x1f\ufffe'


@pytest.fixture
def vault(tmp_path):
    made = new_vault(tmp_path)
    yield made
    made.close()


def agree(vault: Vault, **secret: str) -> ReadVault:
    """Close a vault, read it with the other reader, and require that both say the same of every byte."""
    rows = list(vault.log.rows())
    named = [stored for row in rows for stored in row.entry.objects if not vault.log.objects()[stored.id]]
    contents = {stored.id: b"".join(bytes(chunk) for chunk in vault.objects.read(stored)) for stored in named}
    head, fingerprint, generation = vault.head, vault.identity.fingerprint, vault.generation
    vault.close()
    before = files_in(vault.path)
    found = ReadVault(vault.path, **(secret or {"passphrase": PASSPHRASE}))
    assert files_in(vault.path) == before
    assert found.bodies == [row.body for row in rows]
    assert found.links[1:] == [row.link for row in rows]
    assert [canonical(entry) for entry in found.entries] == found.bodies
    assert found.head == (head.entries, head.link)
    assert (found.fingerprint, found.generation, found.id) == (fingerprint, generation, vault.id)
    assert found.objects == contents
    assert receipt(*found.head) == receipt_code(head.entries, head.link)
    return found


def test_the_reader_imports_nothing_of_the_program():
    for module in (independent_reader, independent_chain):
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] in PACKAGES]


def test_it_reads_a_new_vault(vault):
    assert len(agree(vault).entries) == 1


def test_it_reads_what_was_amended_and_withdrawn(vault):
    first, _stored = add_exhibit(vault, b"one", "AB/1")
    second, stored = add_exhibit(vault, b"two", "AB/2")
    incident = add_incident(vault, UNICODE)
    vault.append(
        [
            Draft(Action.AMEND, Kind.EXHIBIT, second, {"title": UNICODE, "url": None, "accounts": ["a", UNICODE, ""]}),
            Draft(Action.AMEND, Kind.INCIDENT, incident.id, {"yes": True, "count": -(2**53) + 1, "none": []}),
            Draft(Action.WITHDRAW, Kind.EXHIBIT, first, {"why": "taken twice"}),
        ],
        STAMP,
    )
    assert list(agree(vault).objects) == [stored.id]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK + 7])
def test_it_reads_objects_of_every_shape(vault, size):
    _subject, stored = add_exhibit(vault, os.urandom(size))
    assert len(agree(vault).objects[stored.id]) == size


def test_it_reads_a_case_as_the_program_keeps_one(tmp_path):
    case = new_case(tmp_path)
    try:
        case.preserve(artifact(b"picture", name="Bild \ufffd.png"), Exhibit(sensitivity=Sensitivity.INTIMATE))
        case.withdraw(case.find("AB/1"), "taken twice")
        case.preserve(artifact(b"another"), Exhibit(title=UNICODE))
        case.receipt()
        agree(case.vault)
    finally:
        case.close()


def test_it_opens_with_recovery_words_and_after_a_new_passphrase(vault):
    _subject, stored = add_exhibit(vault, b"content")
    words = " ".join(words_of(vault.set_recovery_words()))
    path = vault.path
    assert agree(vault, words=f" {words.upper()}\n").objects == {stored.id: b"content"}
    again = Vault.open(path, PASSPHRASE)
    renewed = again.set_passphrase("café naïve", cost=CHEAP)
    agree(again, passphrase="cafe\u0301 nai\u0308ve")
    for refused in ({"passphrase": PASSPHRASE}, {"words": words}):
        with pytest.raises(Refused):
            ReadVault(path, **refused)
    assert renewed is not None
    assert ReadVault(path, words=" ".join(words_of(renewed))).generation == 3


def test_it_reads_a_vault_under_a_new_key(vault):
    _subject, stored = add_exhibit(vault, os.urandom(CHUNK + 1))
    add_incident(vault)
    done = rekey(vault, "new passphrase", cost=CHEAP)
    assert done.words is not None
    words = " ".join(words_of(done.words))
    assert set(agree(done.vault, passphrase="new passphrase").objects) == {stored.id}
    assert len(ReadVault(vault.path, words=words).entries) == 3


def test_it_reads_by_the_second_copy_of_the_key_slots_where_the_first_was_damaged(vault):
    vault.close()
    for name in ("slots.json", "slots.bak.json"):
        path = vault.path / name
        whole = path.read_bytes()
        for place in range(0, len(whole), 7):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            assert len(ReadVault(vault.path, PASSPHRASE).entries) == 1
        path.unlink()
        ReadVault(vault.path, PASSPHRASE)
        path.write_bytes(whole)


def test_it_finds_what_the_program_would_find(vault, tmp_path):
    _subject, stored = add_exhibit(vault, b"content")
    vault.close()

    def refused(change) -> str:
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(vault.path, copy)
        change(copy)
        with pytest.raises(Refused) as found:
            ReadVault(copy, PASSPHRASE)
        return found.value.error

    name = f"objects/{stored.id[:2]}/{stored.id}"
    older = (vault.path / "log.db").read_bytes()
    again = Vault.open(vault.path, PASSPHRASE)
    add_incident(again)
    again.close()
    assert refused(lambda copy: (copy / name).write_bytes(b"HFOBJ")) == "BrokenObject"
    assert refused(lambda copy: (copy / "head").write_bytes(b"x" * 114)) == "DamagedVault"
    assert refused(lambda copy: (copy / "log.db").write_bytes(older)) == "DamagedVault"
    for damaged in ("slots.json", "slots.bak.json"):
        (vault.path / damaged).write_bytes(b"{}")
    assert refused(lambda copy: None) == "DamagedVault"


def test_a_log_that_breaks_a_rule_between_entries_is_told_by_both(vault):
    subject, _stored = add_exhibit(vault, b"one")
    held, _stored = add_exhibit(vault, b"two", "AB/2")
    vault.append([Draft(Action.AMEND, Kind.EXHIBIT, held, {"held": "yes"})], STAMP)
    vault.close()
    add, amend, withdraw, exhibit, incident = Action.ADD, Action.AMEND, Action.WITHDRAW, Kind.EXHIBIT, Kind.INCIDENT
    for draft in (
        Draft(add, Kind.VAULT, new_entry_id(), {}),
        Draft(add, exhibit, subject, {}),
        Draft(amend, exhibit, new_entry_id(), {}),
        Draft(amend, incident, subject, {}),
        Draft(amend, exhibit, subject, {"ref": "AB/3"}),
        Draft(add, exhibit, new_entry_id(), {"ref": "AB/1"}),
        Draft(add, exhibit, new_entry_id(), {"ref": "AB/01"}),
        Draft(add, exhibit, new_entry_id(), {"ref": ["AB/4"]}),
        Draft(withdraw, exhibit, held, {"why": "x"}),
    ):
        forged = Vault.open(Path(shutil.copytree(vault.path, vault.path.with_name("forged"))), PASSPHRASE)
        row, _entry = row_of(forged.head, draft, STAMP)
        # The caches of the log would refuse some of this; somebody who forges a log writes none.
        forged.log._db.execute("INSERT INTO entry VALUES(?, ?, ?, ?)", (row.seq, row.id, row.body, row.link))
        faults = [fault.where for fault in check(forged).faults]
        forged.close()
        assert f"entry {row.seq}" in faults, draft
        with pytest.raises(Refused) as refused:
            ReadVault(forged.path, PASSPHRASE)
        assert refused.value.error == "DamagedVault"
        shutil.rmtree(forged.path)


def test_a_copy_may_lack_the_files_of_what_is_held(vault):
    held, stored = add_exhibit(vault, b"two", "AB/2")
    vault.append([Draft(Action.AMEND, Kind.EXHIBIT, held, {"held": "yes"})], STAMP)
    vault.objects.path(stored.id).unlink()
    assert check(vault).faults == []
    vault.close()
    assert ReadVault(vault.path, PASSPHRASE).objects == {}


TEXTS = st.text(max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abAZ_\u00e9") | TEXTS, inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,4}", fullmatch=True), JSON, max_size=4))
def test_both_readers_have_one_idea_of_what_is_canonical(value):
    try:
        line = canonical(value)
    except (Malformed, ValueError):
        return
    try:
        assert independent_chain.parse_line(line) == parse_line(line)
    except (Malformed, Refused):
        for reads in (parse_line, independent_chain.parse_line):
            with pytest.raises((Malformed, Refused)):
                reads(line)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.binary(max_size=40),
    st.sampled_from([b'{"a":1,"b":["x\\n"]}', b'{"a":{"b":null}}', b'{"a":"\\u001f\xc3\xa9"}']),
    st.data(),
)
def test_both_readers_refuse_the_same_changed_lines(noise, line, data):
    place = data.draw(st.integers(0, len(line)))
    drop = data.draw(st.integers(0, 3))
    changed = line[:place] + noise[: data.draw(st.integers(0, 3))] + line[place + drop :]
    verdicts = []
    for reads in (parse_line, independent_chain.parse_line):
        try:
            verdicts.append(reads(changed))
        except (Malformed, Refused):
            verdicts.append(None)
    assert verdicts[0] == verdicts[1]
