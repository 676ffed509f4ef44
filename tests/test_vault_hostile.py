"""Whatever bytes stand where a vault's files should be, an error for people comes of it: soon, and in little memory."""

import fcntl
import io
import secrets
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vaults import PASSPHRASE, add_exhibit, add_incident, files_in, new_vault

from app.errors import WrongUse
from app.keeping import require_passphrase
from vault.chain import Entry, Malformed, MistypedReceipt, canonical, parse_line, parse_receipt
from vault.check import check
from vault.disk import Disk
from vault.errors import NewerFormat, VaultBusy, VaultError, WrongPassphrase
from vault.head import Head, read_head, write_head
from vault.lock import VaultLock
from vault.log import Log
from vault.recovery import MistypedWords, holds_recovery_words, parse_words
from vault.slots import parse_slots
from vault.stream import BrokenObject, decrypt, encrypt, measure
from vault.vault import Vault

CPU_S, MEMORY_BYTES = 3.0, 96 * 1024 * 1024
"""What one input may cost: processor time, which other programs do not lengthen, and memory."""

short = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
long = settings(short, max_examples=300)
KEY = bytes(range(32))
OBJECT_ID = "0f" * 16


@contextmanager
def bounded(*errors: type[Exception]) -> Iterator[None]:
    """Whatever happens inside ends soon, in little memory, with nothing or with one of these errors."""
    tracemalloc.start()
    try:
        with soon(*errors):
            yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MEMORY_BYTES


@contextmanager
def soon(*errors: type[Exception]) -> Iterator[None]:
    """The same, but for memory: to watch that takes long."""
    begun = time.process_time()
    with suppress(*errors):
        yield
    assert time.process_time() - begun < CPU_S


def changed(content: bytes) -> st.SearchStrategy[bytes]:
    """The content with a piece overwritten, put in, cut out or repeated."""
    places = st.integers(0, len(content))
    pieces = st.binary(max_size=40) | st.sampled_from(
        [b"\0" * 64, b'"', b"\\u0000", b"[[[[", b"9" * 400, b"-0", b"\xff"]
    )

    def change(way: str, one: int, other: int, piece: bytes) -> bytes:
        start, end = min(one, other), max(one, other)
        match way:
            case "overwrite":
                return content[:start] + piece + content[start + len(piece) :]
            case "insert":
                return content[:start] + piece + content[start:]
            case "cut":
                return content[:start] + content[end:]
            case "repeat":
                return content[:end] + content[start:]
            case _:
                return content[:end]

    return st.builds(change, st.sampled_from(["overwrite", "insert", "cut", "repeat", "end"]), places, places, pieces)


def slots_file(tmp: Path) -> bytes:
    vault = new_vault(tmp, f"{secrets.token_hex(4)}.holdfast")
    vault.set_recovery_words()
    vault.close()
    return (vault.path / "slots.json").read_bytes()


ENTRY = canonical(
    {
        "action": "add",
        "app": "holdfast 0.1.0",
        "at": "2026-11-20T10:15:30.123Z",
        "by": {"initials": "AB", "role": "self"},
        "clock": {"boot": "ab" * 16, "source": "system", "uptime_ms": 5},
        "data": {"accounts": ["a", "b"], "held": True, "ref": "AB/1", "text": 'Ünïcode "\\ \n'},
        "id": "0f" * 16,
        "kind": "exhibit",
        "objects": [{"id": "1f" * 16, "media_type": "image/png", "name": "a", "sha256": "ab" * 32, "size": 1}],
        "salt": "cd" * 32,
        "seq": 2,
        "v": 1,
        "zone": "Europe/London +00:00",
    }
)
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=10) | st.just("0f" * 16)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "a", "salt"]), inner)
)


@long
@given(st.binary(max_size=300) | changed(ENTRY))
def test_a_line_of_a_log_is_an_entry_or_malformed(line):
    with bounded(Malformed):
        assert Entry.from_bytes(line).to_bytes() == line


@long
@given(st.sampled_from(sorted(parse_line(ENTRY))), VALUES, st.booleans())
def test_a_member_with_another_value_is_taken_as_it_is_or_malformed(name, value, inner):
    members = parse_line(ENTRY)
    below = members[name]
    if inner and isinstance(below, dict):
        below[sorted(below)[0]] = value
    else:
        members[name] = value
    with bounded(Malformed):
        line = canonical(members)
        assert Entry.from_bytes(line).to_bytes() == line


@long
@given(st.text(max_size=300) | st.text("0123456789ABCOILU- \t\u0661\ud800", max_size=60))
def test_a_text_is_a_receipt_or_mistyped(text):
    with bounded(MistypedReceipt):
        assert parse_receipt(text).entries > 0


@long
@given(st.text(max_size=200) | st.lists(st.sampled_from(["zoo", "abandon", "wrong", "zooo", "\ud800"])).map(" ".join))
def test_a_text_is_recovery_words_or_mistyped(text):
    with bounded(MistypedWords):
        holds_recovery_words(text)
        assert len(parse_words(text)) == 16


@pytest.mark.parametrize("text", ["abandon " * 125_000, "x" * 1_000_000, "qqzx " * 200_000, " " * 1_000_000])
def test_a_million_letters_are_soon_found_to_be_no_recovery_words(text):
    with soon(MistypedWords):
        assert not holds_recovery_words(text)
        parse_words(text)


def test_a_key_slot_file_is_read_or_refused(tmp_path):
    whole = slots_file(tmp_path)

    @long
    @given(st.binary(max_size=300) | changed(whole))
    def refused(content: bytes) -> None:
        with bounded(Malformed, NewerFormat):
            assert all(slot.cost is None or slot.cost.acceptable for slot in parse_slots(content).slots)

    refused()


def test_a_head_file_is_read_or_refused(tmp_path):
    head = Head(7, "ab" * 32)
    write_head(tmp_path, KEY, head, Disk())
    whole = (tmp_path / "head").read_bytes()

    @short
    @given(st.binary(max_size=300) | changed(whole))
    def refused(content: bytes) -> None:
        (tmp_path / "head").write_bytes(content)
        with bounded(VaultError):
            assert read_head(tmp_path, KEY) == head

    refused()


@short
@given(st.binary(max_size=300) | changed(b"HFOBJ\0\0\1" + bytes(100)))
def test_an_object_file_is_opened_or_broken(content):
    with bounded(BrokenObject):
        measure(decrypt(KEY, OBJECT_ID, io.BytesIO(content)))
        raise AssertionError("nobody sealed this")


@short
@given(st.data())
def test_a_changed_object_file_gives_its_content_or_is_broken(data):
    sink = io.BytesIO()
    written = encrypt(KEY, OBJECT_ID, io.BytesIO(b"content " * 20), sink, lambda _done: None)
    content = data.draw(changed(sink.getvalue()))
    with bounded(BrokenObject):
        assert measure(decrypt(KEY, OBJECT_ID, io.BytesIO(content))) == written
        assert content == sink.getvalue()


@short
@given(st.binary(max_size=80) | st.text("0123456789-T:+Z.", max_size=40).map(lambda note: bytes(16) + note.encode()))
def test_whatever_stands_in_the_lock_a_second_program_is_told_that_the_vault_is_open(tmp_path, note):
    path = tmp_path / "lock"
    path.write_bytes(note)
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with bounded(), pytest.raises(VaultBusy, match="already open"):
            VaultLock(path, datetime.now(UTC), Disk())


def test_whatever_stands_in_the_log_it_is_a_log_or_an_error_for_people(tmp_path):
    path = tmp_path / "log.db"
    Log(path, KEY, create=True).close()
    whole = path.read_bytes()

    @short
    @given(
        st.binary(max_size=300)
        | st.binary(min_size=100, max_size=100).map(lambda start: start + whole[100:])
        | changed(whole)
    )
    def refused(content: bytes) -> None:
        path.write_bytes(content)
        with bounded(VaultError):
            log = Log(path, KEY)
            try:
                assert log.last() is None
            finally:
                log.close()

    refused()


def test_whatever_stands_in_one_file_of_a_vault_it_opens_with_what_was_written_or_not_at_all(tmp_path):
    vault = new_vault(tmp_path)
    add_incident(vault, "something")
    add_exhibit(vault, b"content")
    rows = list(vault.log.rows())
    vault.close()
    files = files_in(vault.path)

    @short
    @given(st.sampled_from(sorted(files)), st.data())
    def opened(name: str, data: st.DataObject) -> None:
        for each, content in files.items():
            (vault.path / each).write_bytes(content)
        (vault.path / name).write_bytes(data.draw(st.binary(max_size=200) | changed(files[name])))
        with bounded(VaultError):
            again = Vault.open(vault.path, PASSPHRASE)
            try:
                assert all(row in rows for row in again.log.rows())
                check(again)
            finally:
                again.close()

    opened()


ROOMS = ("slots.json", "slots.bak.json", "head", "lock", "log.db", "object", "orphan", "log.db-journal")
LIMITED = """
import resource, sys, pathlib
from vault.check import check
from vault.errors import VaultError
from vault.vault import Vault
resource.setrlimit(resource.RLIMIT_AS, (700 << 20, 700 << 20))
try:
    vault = Vault.open(pathlib.Path(sys.argv[1]), sys.argv[2])
    report = check(vault)
    print("opened", vault.damage is not None or bool(report.faults or report.notes or vault.findings))
    vault.close()
except VaultError as error:
    print("refused", type(error).__name__)
"""


@pytest.mark.parametrize("room", ROOMS)
def test_a_file_of_a_gigabyte_where_a_small_one_should_be_takes_neither_memory_nor_patience(tmp_path, room):
    vault = new_vault(tmp_path)
    _subject, stored = add_exhibit(vault, b"content")
    vault.close()
    names = {"object": f"objects/{stored.id[:2]}/{stored.id}", "orphan": "orphans/" + "ab" * 16}
    path = vault.path / names.get(room, room)
    with path.open("ab") as file:
        file.truncate(1 << 30)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, vault.path, PASSPHRASE],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = done.stdout.split()
    # SQLite reads neither pages that the log does not count nor a journal without a beginning.
    harmless = room in {"slots.json", "slots.bak.json", "lock", "orphan", "log.db", "log.db-journal"}
    assert told == ["opened", "False"] if harmless else told[0] == "refused" or told[1] == "True"


def test_half_a_letter_is_no_passphrase(tmp_path):
    vault = new_vault(tmp_path)
    vault.close()
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.path, PASSPHRASE + "\udce9")
    with pytest.raises(WrongUse):
        require_passphrase("caf\udce9")
    require_passphrase("👩\u200d👩\u200d👧 \u3000 café")
