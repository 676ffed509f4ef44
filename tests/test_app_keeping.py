"""An open vault and the ways into it: what an interrupted new key leaves behind opens nothing."""

import errno
import fcntl
import io
import shutil
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cases import ORDINARY, artifact, clock, new_case
from copies import PAGE, damage, pages_of
from vaults import CHEAP, PASSPHRASE

from app.casefile import Casefile
from app.errors import WrongUse
from app.keeping import destroy_vault
from app.kinds import Kind
from app.notes import keep_note
from app.safe_keeping import Renewal, make_backup, renew_key, safety
from vault.chain import utc_text
from vault.disk import Disk
from vault.errors import (
    DamagedFiles,
    DiskFailed,
    NotAllowed,
    NotRekeyed,
    ReadOnlyFull,
    ReadOnlyWays,
    VaultBusy,
    WrongPassphrase,
)
from vault.opening import FindingKind
from vault.recovery import parse_words, words_of
from vault.vault import Vault

NEW = "another passphrase"
NOW = datetime(2026, 11, 20, 10, 15, tzinfo=UTC)


@pytest.fixture
def casefile(tmp_path):
    made = new_case(tmp_path, window=True)
    yield made
    made.close()


def destroyed_until(path: Path, steps: int, monkeypatch) -> None:
    """Destroy a vault, and be interrupted after so many removals."""
    left = [steps]

    def until_cut(act):
        def cut(disk, path):
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
            act(disk, path)

        return cut

    with monkeypatch.context() as patch:
        for name in ("remove", "remove_folder"):
            patch.setattr(Disk, name, until_cut(getattr(Disk, name)))
        destroy_vault(path, NOW)


def test_who_forgot_the_passphrase_of_a_damaged_vault_reads_it_with_the_recovery_words(casefile: Casefile) -> None:
    words = " ".join(words_of(casefile.set_recovery_words()))
    for _time in range(10):
        kept = casefile.record(Kind.INCIDENT, {"what_happened": "x" * 1000})
    path, page = casefile.vault.path, pages_of(casefile.vault, "entry")[1]
    casefile.close()
    with pytest.raises(WrongPassphrase):
        Casefile.open(path, words, clock())
    damage(path / "log.db", page * PAGE + PAGE // 2)
    with closing(Casefile.open_with_words(path, parse_words(words), clock())) as damaged:
        with pytest.raises(ReadOnlyWays, match="damaged") as told:
            damaged.set_passphrase(NEW, cost=CHEAP)
        assert "in its place" in told.value.next
    with closing(Casefile.open(path, words, clock())) as read:
        assert read.vault.read_only
        assert read.subject(kept.id).data["what_happened"] == "x" * 1000
    with pytest.raises(WrongPassphrase):
        Casefile.open(path, words.replace(words.split()[0], words.split()[1], 1), clock())
    Casefile.open(path, PASSPHRASE, clock()).close()


def test_on_a_full_disk_a_new_passphrase_is_refused_with_the_word_that_room_helps(
    casefile: Casefile, monkeypatch
) -> None:
    def full(_vault):
        raise ReadOnlyFull

    monkeypatch.setattr(Vault, "require_writable", full)
    with pytest.raises(ReadOnlyFull) as told:
        casefile.set_passphrase(NEW, cost=CHEAP)
    assert "Free some room" in told.value.next


def test_a_case_goes_on_under_its_new_key(casefile: Casefile) -> None:
    first = casefile.preserve(artifact(b"\x89PNG first"), ORDINARY)
    casefile.rekey(NEW, cost=CHEAP)
    second = casefile.preserve(artifact(b"\x89PNG second"), ORDINARY)
    assert (first.ref, second.ref) == ("AB/1", "AB/2")
    casefile.record(Kind.INCIDENT, {"what_happened": "They wrote again."})
    assert casefile.check().faults == []
    path = casefile.vault.path
    casefile.close()
    reopened = Vault.open(path, NEW)
    assert [entry.data.get("closed_at") is not None for _row, entry in reopened.entries()][-1]
    reopened.close()


def test_what_was_stored_while_the_vault_got_a_new_key_is_never_called_saved_without_its_file(
    casefile: Casefile, monkeypatch
) -> None:
    store = Vault.store

    def overtaken(vault, stream, progress):
        stored = store(vault, stream, progress)
        casefile.rekey(NEW, cost=CHEAP)
        return stored

    with monkeypatch.context() as patch:
        patch.setattr(Vault, "store", overtaken)
        with pytest.raises(WrongUse, match="new key"):
            casefile.preserve(artifact(), ORDINARY)
    assert casefile.count(Kind.EXHIBIT) == 0
    casefile.preserve(artifact(), ORDINARY)
    assert casefile.check().faults == []


def test_the_recovery_words_can_be_dropped_and_made_again(casefile: Casefile) -> None:
    for _time in range(2):
        casefile.set_recovery_words()
        assert len(casefile.slots) == 2
        casefile.drop_recovery_words()
        assert len(casefile.slots) == 1
    with pytest.raises(NotAllowed):
        casefile.remove_slot(casefile.slots[0].id)


def test_a_note_that_is_in_no_backup_is_told_like_everything_else_that_was_kept(casefile: Casefile, tmp_path) -> None:
    (tmp_path / "stick").mkdir()
    assert not safety(casefile).unsaved
    keep_note(casefile, "I could not sleep")
    assert safety(casefile).unsaved
    make_backup(casefile, tmp_path / "stick", lambda _done, _all: None)
    assert not safety(casefile).unsaved
    keep_note(casefile, "nor tonight")
    assert safety(casefile).unsaved


@pytest.mark.parametrize("beginning", ["", "zz", "g" * 32])
def test_a_way_in_is_closed_only_where_it_is_clear_which_one(casefile: Casefile, beginning: str) -> None:
    with pytest.raises(WrongUse):
        casefile.remove_slot(beginning)


def test_the_old_form_that_an_interruption_left_aside_goes_at_the_next_opening(
    casefile: Casefile, tmp_path: Path
) -> None:
    path = casefile.vault.path
    aside = path.with_name(f"{path.name}.before-rekey")
    shutil.copytree(path, aside)
    casefile.rekey(NEW, cost=CHEAP)
    casefile.close()
    Vault.open(path, NEW).close()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [path.name]


def test_another_vault_that_bears_such_a_name_stays(casefile: Casefile, tmp_path: Path) -> None:
    other = new_case(tmp_path / "elsewhere" if (tmp_path / "elsewhere").mkdir() is None else tmp_path)
    other.close()
    path = casefile.vault.path
    aside = path.with_name(f"{path.name}.before-rekey")
    shutil.move(other.vault.path, aside)
    casefile.close()
    Vault.open(path, PASSPHRASE).close()
    Vault.open(aside, PASSPHRASE).close()


def test_recovery_words_typed_as_a_passphrase_keep_nothing_from_whoever_opens_the_vault_next(
    casefile: Casefile,
) -> None:
    path, words = casefile.vault.path, " ".join(words_of(casefile.set_recovery_words()))
    casefile.vault.store(io.BytesIO(b"no entry names this"))
    casefile.close()
    with pytest.raises(WrongPassphrase):
        Casefile.open(path, words, clock())
    with closing(Casefile.open_with_words(path, parse_words(words), clock())) as opened:
        assert [finding.kind for finding in opened.findings] == [FindingKind.ORPHANS]


def test_destroying_takes_along_what_an_interrupted_new_key_left(casefile: Casefile, tmp_path: Path) -> None:
    path, vault = casefile.vault.path, casefile.vault.id
    casefile.close()
    for leftover in (f"{path.name}.before-rekey", f"tmp-rekey-{vault}.holdfast"):
        shutil.copytree(path, path.with_name(leftover))
    destroy_vault(path, NOW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("steps", range(1, 40, 3))
def test_an_interrupted_destroying_leaves_nothing_for_ever_of_what_an_interrupted_new_key_left(
    casefile: Casefile, tmp_path: Path, monkeypatch, steps: int
) -> None:
    path, vault = casefile.vault.path, casefile.vault.id
    casefile.close()
    for leftover in (f"{path.name}.before-rekey", f"tmp-rekey-{vault}.holdfast"):
        shutil.copytree(path, path.with_name(leftover))
    with suppress(KeyboardInterrupt):
        destroyed_until(path, steps, monkeypatch)
    if path.exists():
        destroy_vault(path, NOW)
    assert list(tmp_path.iterdir()) == []


def test_destroying_a_copy_takes_nothing_away_from_the_new_key_that_another_one_is_getting(casefile: Casefile) -> None:
    path = casefile.vault.path
    copy = path.with_name("copy.holdfast")
    shutil.copytree(path, copy)
    told: list[VaultBusy] = []

    def meanwhile(_done: int, _everything: int) -> None:
        if not told:
            with pytest.raises(VaultBusy) as busy:
                destroy_vault(copy, NOW)
            told.append(busy.value)

    casefile.rekey(NEW, cost=CHEAP, progress=meanwhile)
    casefile.close()
    assert len(told) == 1
    Vault.open(path, NEW, reading=True).close()
    Vault.open(copy, PASSPHRASE, reading=True).close()
    destroy_vault(copy, NOW)
    assert not copy.exists()


def test_what_somebody_put_into_what_an_interrupted_new_key_left_is_not_destroyed(casefile: Casefile) -> None:
    path = casefile.vault.path
    older = path.with_name(f"{path.name}.before-rekey")
    casefile.close()
    shutil.copytree(path, older)
    (older / "letter.odt").write_text("mine")
    with pytest.raises(WrongUse, match="letter"):
        destroy_vault(path, NOW)
    Vault.open(path, PASSPHRASE, reading=True).close()


def test_a_vault_is_destroyed_also_where_nothing_can_be_locked(casefile: Casefile, monkeypatch) -> None:
    path = casefile.vault.path
    casefile.close()

    def flock(_file, _operation):
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", flock)
    destroy_vault(path, NOW)
    assert not path.exists()


def test_a_disk_that_lets_nothing_be_destroyed_is_told_in_words(casefile: Casefile, monkeypatch) -> None:
    path = casefile.vault.path
    casefile.close()

    def refused(_disk, _path):
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(Disk, "open_lock", refused)
    with pytest.raises(DiskFailed):
        destroy_vault(path, NOW)
    assert path.exists()


@pytest.mark.parametrize("steps", range(1, 16))
def test_an_interrupted_destroying_can_be_finished(casefile: Casefile, monkeypatch, steps: int) -> None:
    casefile.preserve(artifact(b"\x89PNG first"), ORDINARY)
    path = casefile.vault.path
    casefile.close()
    with suppress(KeyboardInterrupt):
        destroyed_until(path, steps, monkeypatch)
    if path.exists():
        destroy_vault(path, NOW)
    assert not path.exists()


@pytest.mark.parametrize("left", [["objects", "orphans", "head"], ["objects"], []])
def test_what_an_earlier_version_left_of_a_destroyed_vault_can_be_destroyed(
    casefile: Casefile, tmp_path: Path, left: list[str]
) -> None:
    path = casefile.vault.path
    casefile.close()
    for inside in path.iterdir():
        if inside.name not in left:
            shutil.rmtree(inside) if inside.is_dir() else inside.unlink()
    destroy_vault(path, NOW)
    assert not path.exists()


def test_a_folder_that_is_no_vault_is_not_destroyed(tmp_path: Path) -> None:
    for name, inside in (("pictures", "objects"), ("a.holdfast", "letters"), ("empty", "")):
        folder = tmp_path / name
        (folder / inside).mkdir(parents=True)
        with pytest.raises(WrongUse):
            destroy_vault(folder, NOW)
        assert folder.is_dir()


def test_every_way_in_has_the_date_on_which_it_was_made(tmp_path: Path) -> None:
    casefile = new_case(tmp_path)
    path = casefile.vault.path
    began = casefile.vault.log.row(1)
    assert began is not None
    assert [utc_text(at) for at in casefile.slots_since.values()] == [began.entry.at]
    casefile.set_recovery_words()
    words = next(slot for slot in casefile.slots if slot.cost is None)
    passphrase = next(slot for slot in casefile.slots if slot.cost is not None)
    assert utc_text(casefile.slots_since[passphrase.id]) == began.entry.at
    assert casefile.slots_since[words.id] > casefile.slots_since[passphrase.id]
    casefile.close()
    reopened = Casefile.open(path, PASSPHRASE, casefile.clock)
    before = reopened.slots_since
    assert set(before) == {words.id, passphrase.id}
    reopened.rekey(NEW, cost=CHEAP)
    assert set(reopened.slots_since) == {slot.id for slot in reopened.slots}
    assert not set(reopened.slots_since) & set(before)
    reopened.close()


def test_a_note_of_dates_that_cannot_be_read_leaves_the_ways_without_one(casefile: Casefile) -> None:
    casefile.set_recovery_words()
    for noted in ("[]", "{", '{"x": 7}', f'{{"{casefile.slots[0].id}": "yesterday"}}'):
        casefile.vault.log.set_meta("slots", noted)
        assert casefile.slots_since == {}


def test_a_case_whose_new_key_cannot_take_its_place_stays_open_and_usable(casefile: Casefile, monkeypatch) -> None:
    kept = casefile.preserve(artifact(b"\x89PNG first"), ORDINARY)

    def refuse(*_paths: object) -> None:
        raise OSError(5, "no")

    monkeypatch.setattr(Disk, "exchange", refuse)
    with pytest.raises(NotRekeyed) as told:
        casefile.rekey(NEW, cost=CHEAP)
    assert "Nothing is lost" in told.value.safe
    casefile.record(Kind.INCIDENT, {"what_happened": "They wrote again."})
    assert casefile.find(kept.ref).objects
    assert casefile.check().faults == []
    casefile.close()
    Vault.open(casefile.vault.path, PASSPHRASE).close()


def test_somebody_can_leave_behind_what_is_damaged_and_learns_where_the_old_case_stands(casefile: Casefile) -> None:
    first = casefile.preserve(artifact(b"\x89PNG first"), ORDINARY)
    second = casefile.preserve(artifact(b"\x89PNG second"), ORDINARY)
    spoiled = casefile.find(first.ref).objects[0]
    casefile.vault.objects.path(spoiled.id).write_bytes(b"damaged")
    wanted = Renewal(PASSPHRASE, NEW, CHEAP)
    with pytest.raises(DamagedFiles) as refused:
        renew_key(casefile, wanted, lambda _done, _all: None)
    assert refused.value.names == (first.ref,)
    agreed = replace(wanted, leaving=refused.value.names)
    assert renew_key(casefile, agreed, lambda _done, _all: None) == "case-old-key.holdfast"
    assert [fault.where for fault in casefile.check().faults] == [first.ref]
    casefile.record(Kind.INCIDENT, {"what_happened": "They wrote again."})
    assert casefile.find(second.ref).objects
