"""A new key forgets nothing: files that no entry names, a possible loss, and whoever comes in at the wrong moment."""

import os
import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from copies import NEW, PowerCut, damage
from vaults import CHEAP, PASSPHRASE, STAMP, add_exhibit, add_incident, files_in, read

from vault.chain import Action, Kind
from vault.check import check
from vault.disk import Disk
from vault.drafts import Draft
from vault.errors import DamagedFiles, DiskFull, NotReopened, VaultBusy
from vault.lock import VaultLock
from vault.opening import FindingKind
from vault.rekey import ORPHANS, Leaving, rekey
from vault.vault import Vault

NOW = datetime(2026, 11, 20, 10, 15, tzinfo=UTC)


def rolled_back(vault: Vault, content: bytes = b"picture") -> tuple[Vault, bytes]:
    """A vault whose log was put back to before an exhibit, opened; and the log that holds it."""
    vault.close()
    older = (vault.path / "log.db").read_bytes()
    again = Vault.open(vault.path, PASSPHRASE)
    add_exhibit(again, content)
    again.close()
    newer = (vault.path / "log.db").read_bytes()
    (vault.path / "log.db").write_bytes(older)
    return Vault.open(vault.path, PASSPHRASE), newer


def test_a_file_that_no_entry_names_goes_along_under_the_new_key(vault):
    opened, _newer = rolled_back(vault, b"the only copy")
    (name,) = [path.name for path in (vault.path / "orphans").iterdir()]
    before = (vault.path / "orphans" / name).read_bytes()
    with closing(rekey(opened, NEW, cost=CHEAP).vault) as renewed:
        path = vault.path / "orphans" / name
        assert path.read_bytes() != before
        assert b"".join(map(bytes, renewed.objects.read_unnamed(name))) == b"the only copy"
        assert set(renewed.objects.names()) == set()


def test_a_file_that_no_entry_names_and_nobody_can_read_keeps_the_old_vault_beside(vault):
    opened, _newer = rolled_back(vault)
    (path,) = (vault.path / "orphans").iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    damaged = path.read_bytes()
    before = files_in(vault.path)
    with pytest.raises(DamagedFiles) as refused:
        rekey(opened, NEW, cost=CHEAP)
    assert refused.value.names == (ORPHANS,)
    assert files_in(vault.path) == before
    done = rekey(opened, NEW, cost=CHEAP, leaving=Leaving(frozenset({ORPHANS}), STAMP))
    done.vault.close()
    assert done.left == (ORPHANS,)
    assert done.kept is not None
    assert (done.kept / "orphans" / path.name).read_bytes() == damaged


def test_a_possible_loss_is_found_again_under_the_new_key(vault):
    opened, _newer = rolled_back(vault)
    (lost,) = [finding.lost for finding in opened.findings if finding.lost is not None]
    done = rekey(opened, NEW, cost=CHEAP)
    with closing(done.vault) as renewed:
        assert [finding.lost for finding in renewed.findings if finding.lost is not None] == [lost]
        assert [fault.where for fault in check(renewed).faults] == ["head"]


def test_a_head_that_was_taken_away_is_still_missing_under_the_new_key(vault):
    vault.close()
    (vault.path / "head").unlink()
    with closing(rekey(Vault.open(vault.path, PASSPHRASE), NEW, cost=CHEAP).vault) as renewed:
        assert FindingKind.HEAD_UNREADABLE in {finding.kind for finding in renewed.findings}
        add_incident(renewed)
        assert check(renewed).faults == []


def test_a_file_that_was_set_aside_comes_back_with_the_entry_that_names_it(vault):
    opened, newer = rolled_back(vault, b"picture")
    opened.close()
    (vault.path / "log.db").write_bytes(newer)
    reader = Vault.open(vault.path, PASSPHRASE, reading=True)
    (stored,) = [stored for _row, entry in reader.entries() for stored in entry.objects]
    assert read(reader, stored) == b"picture"
    assert check(reader).faults == []
    reader.close()
    with closing(Vault.open(vault.path, PASSPHRASE)) as again:
        assert again.findings == ()
        assert check(again).faults == []
        assert list((vault.path / "orphans").iterdir()) == []
        assert set(again.objects.names()) == {stored.id}


def test_a_file_that_was_set_aside_and_is_withdrawn_then_goes(vault):
    vault.close()
    older = (vault.path / "log.db").read_bytes()
    again = Vault.open(vault.path, PASSPHRASE)
    subject, stored = add_exhibit(again, b"picture")
    again.append([Draft(Action.WITHDRAW, Kind.EXHIBIT, subject, {"why": "x"})], STAMP)
    again.close()
    newer = (vault.path / "log.db").read_bytes()
    (vault.path / "log.db").write_bytes(older)
    aside = vault.path / "orphans" / stored.id
    aside.write_bytes(b"what an unfinished unlink left")
    Vault.open(vault.path, PASSPHRASE).close()
    assert aside.exists()
    (vault.path / "log.db").write_bytes(newer)
    Vault.open(vault.path, PASSPHRASE).close()
    assert not aside.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows renames no folder in which a file is open")
def test_nobody_else_opens_either_form_while_one_takes_the_place_of_the_other(vault):
    refused: list[VaultBusy] = []

    class Watching(Disk):
        def exchange(self, one, other):
            for _before_and_after in range(2):
                for folder in (one, other):
                    with pytest.raises(VaultBusy) as busy:
                        VaultLock(folder / "lock", NOW, Disk())
                    refused.append(busy.value)
                if len(refused) == 2:
                    done = super().exchange(one, other)
            return done

    with closing(rekey(vault, NEW, cost=CHEAP, disk=Watching()).vault) as renewed:
        assert len(refused) == 4
        with pytest.raises(VaultBusy):
            Vault.open(renewed.path, NEW)
    Vault.open(renewed.path, NEW).close()


def test_a_lock_that_was_asked_for_just_before_another_form_took_its_place_is_not_taken_for_the_new_ones(vault):
    class Late(Disk):
        def open_lock(self, path):
            file = super().open_lock(path)
            if path == vault.path / "lock" and not late:
                late.append(True)
                vault.close()
                rekeyed.append(rekey(Vault.open(vault.path, PASSPHRASE), NEW, cost=CHEAP).vault)
            return file

    late: list[bool] = []
    rekeyed: list[Vault] = []
    with pytest.raises(VaultBusy):
        VaultLock(vault.path / "lock", NOW, Late())
    rekeyed[0].close()


def test_new_words_are_handed_out_with_the_error_where_the_new_form_does_not_open(vault, monkeypatch):
    class Failing(Disk):
        def sync_folder(self, path):
            if (vault.path / "slots.json").read_bytes() != before and path == vault.path:
                raise OSError(5, "no")
            return super().sync_folder(path)

    before = (vault.path / "slots.json").read_bytes()
    with pytest.raises(NotReopened) as told:
        rekey(vault, NEW, cost=CHEAP, disk=Failing())
    assert told.value.words is not None
    assert bytes(told.value.words).hex() not in repr(told.value) + str(told.value.args)
    Vault.open(vault.path, NEW).close()
    Vault.open_with_words(vault.path, told.value.words).close()


def test_where_there_is_no_room_to_open_the_new_form_the_disk_is_told_as_full_and_the_vault_stays(vault, monkeypatch):
    class Full(Disk):
        def sync_folder(self, path):
            raise OSError(28, "no room")

    open_with_key = Vault.open_with_key
    monkeypatch.setattr(Vault, "open_with_key", lambda path, key, disk: open_with_key(path, key, disk=Full()))
    add_incident(vault)
    with pytest.raises(DiskFull):
        rekey(vault, NEW, cost=CHEAP)
    monkeypatch.undo()
    add_incident(vault)
    assert list(vault.path.parent.iterdir()) == [vault.path]
    vault.close()
    Vault.open(vault.path, PASSPHRASE).close()


def test_another_copy_that_is_opened_meanwhile_takes_nothing_away_from_a_new_key(vault, memory):
    _subject, stored = add_exhibit(vault, b"content" * 50_000)
    copy = _copy_of(vault, memory)
    opened: list[str] = []

    def meanwhile(done: int, everything: int) -> None:
        for part, begun in (("written", done > everything / 4), ("read back", done > everything * 3 / 4)):
            if begun and part not in opened:
                opened.append(part)
                with closing(Vault.open(copy, PASSPHRASE)) as other, pytest.raises(VaultBusy, match="Another copy"):
                    rekey(other, NEW, cost=CHEAP)

    with closing(rekey(vault, NEW, cost=CHEAP, progress=meanwhile).vault) as renewed:
        assert opened == ["written", "read back"]
        assert read(renewed, stored) == b"content" * 50_000
    with closing(Vault.open(copy, PASSPHRASE)) as other:
        rekey(other, NEW, cost=CHEAP).vault.close()
    assert sorted(path.name for path in memory.iterdir()) == [vault.path.name, copy.name]


def test_an_old_vault_that_is_to_stay_is_left_alone_by_another_copy_that_is_opened_after_an_interruption(vault, memory):
    class Cut(Disk):
        def rename(self, source, target):
            if target.name.endswith("-old-key.holdfast"):
                raise PowerCut
            super().rename(source, target)

    _subject, stored = add_exhibit(vault, b"content" * 100)
    copy = _copy_of(vault, memory)
    damage(vault.objects.path(stored.id), 200)
    spoiled = vault.objects.path(stored.id).read_bytes()
    with pytest.raises(PowerCut):
        rekey(vault, NEW, cost=CHEAP, disk=Cut(), leaving=Leaving(frozenset({"AB/1"}), STAMP))
    vault.close()
    with closing(Vault.open(copy, PASSPHRASE)) as other:
        assert other.findings == ()
    Vault.open(vault.path, NEW).close()
    with closing(Vault.open(memory / "case-old-key.holdfast", PASSPHRASE)) as old:
        assert old.objects.path(stored.id).read_bytes() == spoiled


def _copy_of(vault: Vault, memory: Path) -> Path:
    copy = memory / "copy of the case.holdfast"
    shutil.copytree(vault.path, copy)
    return copy
