"""Every place of the vault that makes sense of bytes or texts has a property test: none is forgotten."""

import ast
import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cases import new_case
from copies import PAGE, add_incidents, damage, pages_of
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st
from test_vault_hostile import KEY, bounded, changed, long, short
from vaults import PASSPHRASE, add_exhibit, add_incident, new_vault

from app.casefile import Casefile
from app.drafts import read_draft
from vault import caches
from vault.backup_record import BackupRecord, parse_record
from vault.chain import Link, VaultId, parse_moment
from vault.check import check
from vault.errors import DamagedVault, VaultError
from vault.head import Head, head_file, read_head
from vault.identity import Identity
from vault.keys import HEAD, seal
from vault.log import Log, Row
from vault.moments import read_moment, zone_of
from vault.opening import FindingKind
from vault.slot_record import since
from vault.vault import Vault

ROOT = Path(__file__).parent.parent
READS = {
    "loads", "unpack_from", "unpack", "fromhex", "fromisoformat", "load_der_private_key", "load_der_x509_certificate",
    "unseal", "decrypt_into", "verify_tag", "to_entropy", "int", "float", "decode",
}  # fmt: skip
"""Whoever calls one of these makes sense of something that was written elsewhere."""

ONE_FILE = "test_whatever_stands_in_one_file_of_a_vault_it_opens_with_what_was_written_or_not_at_all"
SQLITE_GIVES_INTEGERS = "no test: a column that SQLite holds to integers"
PARSERS = {
    "backup_record.parse_record": "test_any_text_is_a_record_of_backups_or_none",
    "caches._day": "test_any_text_is_a_moment_or_none",
    "caches._written_day": "test_any_text_is_a_moment_or_none",
    "chain/canonical._integer": "test_a_line_of_a_log_is_an_entry_or_malformed",
    "chain/canonical.parse_line": "test_a_line_of_a_log_is_an_entry_or_malformed",
    "chain/entry.parse_moment": "test_a_member_with_another_value_is_taken_as_it_is_or_malformed",
    "chain/receipt._digits": "test_any_link_at_the_end_of_a_log_is_one_or_the_log_is_damaged",
    "chain/receipt.parse_receipt": "test_a_text_is_a_receipt_or_mistyped",
    "head.read_head": "test_whatever_was_sealed_as_a_head_is_one_or_damaged",
    "identity.load": "test_any_bytes_are_the_signing_key_or_damaged",
    "lists.counts": SQLITE_GIVES_INTEGERS,
    "lists.find": SQLITE_GIVES_INTEGERS,
    "lock._since": "test_whatever_stands_in_the_lock_a_second_program_is_told_that_the_vault_is_open",
    "log.generation": "test_any_text_is_a_count_of_the_ways_in_or_none",
    "log.subjects_by_number": SQLITE_GIVES_INTEGERS,
    "moments.read_moment": "test_any_text_is_a_moment_or_none",
    "moments.timezone_of": "test_any_text_is_a_moment_or_none",
    "pages._opened": "test_every_row_is_found_on_its_pages_and_random_bytes_are_no_row",
    "pages._payload": "test_whatever_stands_on_a_page_is_a_row_or_none",
    "pages._row": "test_whatever_stands_on_a_page_is_a_row_or_none",
    "pages._rows": "test_whatever_stands_on_a_page_is_a_row_or_none",
    "recovery.parse_words": "test_a_text_is_recovery_words_or_mistyped",
    "search.statement": SQLITE_GIVES_INTEGERS,
    "slot_record._noted": "test_any_text_is_a_record_of_slots_or_none",
    "slots._generation_of_newer": ONE_FILE,
    "slots._hex": "test_a_key_slot_file_is_read_or_refused",
    "slots._require_known_format": "test_a_key_slot_file_is_read_or_refused",
    "slots.unwrap": ONE_FILE,
    "stream._decrypt_block": "test_a_changed_object_file_gives_its_content_or_is_broken",
    "timing.page": SQLITE_GIVES_INTEGERS,
}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["at", "entries", "link", "marks", "x"]), inner)
    ),
)
TEXTS = (
    st.text(max_size=200)
    | JSON.map(json.dumps)
    | st.sampled_from(
        ["[" * 100_000, '{"entries":' + "9" * 5000 + "}", '"\\ud800"', '{"marks": {"a": 1}}', "null", "NaN"]
    )
)


def calls(function: ast.FunctionDef) -> set[str]:
    named = [call.func for call in ast.walk(function) if isinstance(call, ast.Call)]
    return {each.id if isinstance(each, ast.Name) else getattr(each, "attr", "") for each in named}


def parsers() -> set[str]:
    found = set()
    for path in (ROOT / "vault").rglob("*.py"):
        room = path.relative_to(ROOT / "vault").with_suffix("").as_posix()
        functions = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)]
        found |= {f"{room}.{function.name}" for function in functions if calls(function) & READS}
    return found


def test_every_parser_of_the_vault_has_its_property_test():
    assert parsers() == set(PARSERS)
    text = "".join(path.read_text("utf-8") for path in (ROOT / "tests").glob("test_vault_*.py"))
    missing = {test for test in PARSERS.values() if test != SQLITE_GIVES_INTEGERS and f"def {test}(" not in text}
    assert missing == set()


@long
@given(TEXTS)
def test_any_text_is_a_record_of_backups_or_none(text):
    with bounded():
        record = parse_record(text)
        assert isinstance(record, BackupRecord)
        assert all(isinstance(mark, str) for mark in record.marks)
        if record.at:
            parse_moment(record.at)
        assert record.head is None or 0 < record.head.entries < 2**53


def test_any_text_is_a_record_of_slots_or_none(vault):
    vault.set_recovery_words()

    @short
    @given(TEXTS | st.dictionaries(st.just(vault.slots[0].id), JSON).map(json.dumps))
    def read(text: str) -> None:
        if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            return
        vault.log.set_meta("slots", text)
        with bounded():
            assert all(moment.tzinfo is UTC for moment in since(vault).values())

    read()


def test_any_text_is_a_count_of_the_ways_in_or_none(memory):
    with closing(Log(memory / "log.db", KEY, create=True)) as log:

        @short
        @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.integers().map(str))
        def read(text: str) -> None:
            log.set_meta("generation", text)
            with bounded():
                known = log.generation()
                assert known is None or 0 <= known < 10**15

        read()


@long
@given(
    st.text(max_size=40) | st.text("0123456789-:T.Z+ ", max_size=40),
    st.text(max_size=20)
    | st.text("0123456789+-:", max_size=8)
    | st.sampled_from(["../../etc/passwd +00:00", "x +99:99"]),
)
def test_any_text_is_a_moment_or_none(text, zone):
    with bounded():
        zone_of(zone)
        read_moment(text, zone)
        caches._written_day(text, zone)
        caches._day(datetime.max.replace(tzinfo=UTC), zone)
        caches._day(datetime.min.replace(tzinfo=UTC), zone)


def test_whatever_was_sealed_as_a_head_is_one_or_damaged(memory):
    whole = f"{7:020d} {'ab' * 32}\n".encode()

    @long
    @given(st.binary(max_size=120) | changed(whole) | st.just(whole.replace(b"0" * 19, b"9" * 19)))
    def read(plain: bytes) -> None:
        nonce, sealed = seal(KEY, plain, b"")
        (memory / "head").write_bytes(nonce + sealed)
        with bounded(DamagedVault):
            found = read_head(memory, KEY)
            assert found is not None
            assert 0 <= found.entries < 10**20

    read()
    (memory / "head").write_bytes(head_file(KEY, Head(7, "ab" * 32)))
    assert read_head(memory, KEY) == Head(7, "ab" * 32)


def private_bytes(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


OWN = Identity.create(VaultId("ab" * 16))
OTHERS = [
    Identity.create(VaultId("ab" * 16)).private_bytes,
    private_bytes(ec.generate_private_key(ec.SECP384R1())),
    private_bytes(rsa.generate_private_key(65537, 2048)),
]


@long
@given(
    changed(OWN.private_bytes) | st.just(OWN.private_bytes) | st.sampled_from(OTHERS) | st.binary(max_size=200),
    changed(OWN.certificate_bytes) | st.just(OWN.certificate_bytes) | st.binary(max_size=200),
)
def test_any_bytes_are_the_signing_key_or_damaged(key, certificate):
    with bounded(DamagedVault):
        found = Identity.load(key, certificate)
        assert found.public_bytes == OWN.public_bytes
        found.sign(b"content")


@pytest.mark.parametrize("link", ["", "x" * 64, "ab" * 31, "AB" * 32, "٣" * 64])
def test_any_link_at_the_end_of_a_log_is_one_or_the_log_is_damaged(memory, link):
    vault = new_vault(memory)
    add_incident(vault)
    row = vault.log.last()
    assert row is not None
    with closing(Log(memory / "log.db", KEY, create=True)) as log:
        log.append([(Row(row.seq, row.id, row.body, link), row.entry)])  # type: ignore[arg-type]
        with pytest.raises(DamagedVault):
            log.last()
    vault.close()


def test_hostile_texts_in_every_meta_value_stop_no_opening(memory):
    vault = new_vault(memory)
    add_exhibit(vault, b"content")
    for text in ("[" * 50_000, "null", "\x1b[2J", "9" * 5000):
        for name in ("backup", "slots", "generation", "cache_version", "keep_old_form"):
            vault.log.set_meta(name, text)
        vault.close()
        with bounded(VaultError):
            vault = Vault.open(vault.path, PASSPHRASE)
            assert check(vault).faults == []
    vault.close()


def test_any_text_is_what_somebody_typed_or_nothing(memory):
    casefile = new_case(memory)

    @short
    @given(TEXTS)
    def read(text: str) -> None:
        if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            return
        casefile.vault.log.set_draft("form", text)
        with bounded():
            assert all(isinstance(field, str) for field in read_draft(casefile, "form"))

    read()
    casefile.close()


@pytest.mark.parametrize("name", ["precious", "tmp-precious", "tmp-" + "ab" * 8 + "x", ".", "..", "", "\0"])
def test_a_vault_that_somebody_else_made_removes_no_folder_of_this_computer(memory, name):
    casefile = new_case(memory)
    precious = memory / "outside" / (name.strip("\0") or "x")
    precious.mkdir(parents=True, exist_ok=True)
    (precious / "letter").write_text("mine")
    casefile.vault.log.set_meta("unfinished_export", str(memory / "outside" / name))
    casefile.close()
    Casefile.open(casefile.vault.path, PASSPHRASE, casefile.clock).close()
    assert (precious / "letter").read_text() == "mine"


@pytest.mark.parametrize("part", ["", "entry"], ids=["a whole log", "a damaged log"])
def test_a_head_that_counts_more_entries_than_there_could_be_is_soon_told(vault, part):
    add_incidents(vault, 30)
    page = pages_of(vault, part)[-1] if part else 0
    (vault.path / "head").write_bytes(head_file(vault.keys.key(HEAD), Head(10**20 - 1, Link("ab" * 32))))
    vault.close()
    if part:
        damage(vault.path / "log.db", page * PAGE + PAGE // 2)
    with bounded():
        opened = Vault.open(vault.path, PASSPHRASE)
        kinds = {finding.kind for finding in opened.findings}
        assert kinds == {FindingKind.DAMAGED_LOG if part else FindingKind.POSSIBLE_LOSS}
        assert check(opened).faults
    opened.close()
