"""A new key for a damaged vault: by name only, recorded, and the only damaged copy stays; foreign files go along."""

import errno
import os
import shutil
from contextlib import suppress

import pytest
from copies import NEW, PAGE, content_of, damage, hold, pages_of
from vaults import CHEAP, PASSPHRASE, STAMP, add_exhibit, add_incident, files_in, read

from vault.backup import backup
from vault.chain import Kind
from vault.check import check
from vault.disk import Disk
from vault.errors import BackupRefused, DamagedFiles, DamagedVault, NotRekeyed, ReadOnlyVault, WrongPassphrase
from vault.rekey import LOG, Leaving, Rekeyed, rekey
from vault.swap import exchange
from vault.vault import Vault


def spoil(vault: Vault, *refs: str) -> dict[str, bytes]:
    """Exhibits of which the only file is damaged, and one that is whole; the damaged files as they are."""
    spoiled: dict[str, bytes] = {}
    for ref in refs:
        _subject, stored = add_exhibit(vault, f"content of {ref}".encode(), ref)
        path = vault.objects.path(stored.id)
        path.write_bytes(path.read_bytes()[:-1])
        spoiled[stored.id] = path.read_bytes()
    return spoiled


def left(vault: Vault, *names: str) -> Rekeyed:
    return rekey(vault, NEW, cost=CHEAP, leaving=Leaving(frozenset(names), STAMP))


def names_beside(vault: Vault) -> list[str]:
    return sorted(path.name for path in vault.path.parent.iterdir())


def test_everything_that_is_damaged_is_named_before_anything_is_changed(vault):
    spoil(vault, "AB/1", "AB/2")
    add_exhibit(vault, b"whole", "AB/3")
    before = files_in(vault.path)
    for attempt in (lambda: rekey(vault, NEW, cost=CHEAP), lambda: left(vault, "AB/1", "AB/3")):
        with pytest.raises(DamagedFiles) as refused:
            attempt()
        assert refused.value.names == ("AB/1", "AB/2")
        assert files_in(vault.path) == before
        assert names_beside(vault) == [vault.path.name]
    add_incident(vault, "and it is still open")


def test_what_was_named_stays_behind_is_recorded_and_the_old_vault_stays_whole_beside(vault):
    spoiled = spoil(vault, "AB/1")
    _subject, whole = add_exhibit(vault, b"whole", "AB/2")
    rows = list(vault.log.rows())
    done = left(vault, "AB/1")
    assert done.left == ("AB/1",)
    assert list(done.vault.log.rows())[:-1] == rows
    last = list(done.vault.entries())[-1][1]
    assert (last.kind, last.data["left_behind"]) == (Kind.SESSION, list(spoiled))
    assert "AB/1" in str(last.data["found"])
    assert read(done.vault, whole) == b"whole"
    (fault,) = check(done.vault).faults
    assert fault.where == "AB/1"
    assert "left behind" in fault.what
    done.vault.close()
    assert names_beside(vault) == ["case-old-key.holdfast", "case.holdfast"]
    assert done.kept == vault.path.with_name("case-old-key.holdfast")
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.path, PASSPHRASE)
    old = Vault.open(done.kept, PASSPHRASE)
    assert list(old.log.rows()) == rows
    assert {name: old.objects.path(name).read_bytes() for name in spoiled} == spoiled
    old.close()


def test_what_stayed_behind_once_needs_no_second_word_and_the_next_old_form_goes(vault):
    spoil(vault, "AB/1")
    done = left(vault, "AB/1")
    again = rekey(done.vault, "a third passphrase", cost=CHEAP)
    again.vault.close()
    assert again.left == ()
    assert names_beside(vault) == ["case-old-key.holdfast", "case.holdfast"]
    Vault.open(vault.path, "a third passphrase").close()


def test_a_second_old_vault_takes_a_name_of_its_own(vault):
    spoil(vault, "AB/1")
    first = left(vault, "AB/1")
    spoil(first.vault, "AB/2")
    second = left(first.vault, "AB/2")
    second.vault.close()
    assert names_beside(vault) == ["case-old-key-2.holdfast", "case-old-key.holdfast", "case.holdfast"]


def test_an_old_vault_that_is_to_stay_outlives_an_interruption_right_after_the_exchange(vault, memory):
    spoiled = spoil(vault, "AB/1")
    copy = memory / "copy"
    shutil.copytree(vault.path, copy)
    done = left(vault, "AB/1")
    done.vault.close()
    for place in (f"tmp-rekey-{vault.id}.holdfast", "case.holdfast.before-rekey"):
        shutil.rmtree(done.kept)
        shutil.copytree(copy, memory / place)
        Vault.open(vault.path, NEW).close()
        assert not (memory / place).exists()
        old = Vault.open(done.kept, PASSPHRASE)
        assert {name: old.objects.path(name).read_bytes() for name in spoiled} == spoiled
        old.close()


def test_a_log_that_is_damaged_where_no_entry_is_lost_can_be_given_a_new_key_by_name(vault):
    vault.log.set_draft("form", "typed " * 2000)
    add_incident(vault)
    page = pages_of(vault, "draft", "overflow")[0]
    vault.close()
    damage(vault.path / "log.db", page * PAGE + 100)
    opened = Vault.open(vault.path, PASSPHRASE)
    rows = list(opened.log.rows())
    with pytest.raises(DamagedFiles) as refused:
        rekey(opened, NEW, cost=CHEAP)
    assert refused.value.names == (LOG,)
    done = left(opened, LOG)
    assert not done.vault.read_only
    assert list(done.vault.log.rows())[:-1] == rows
    assert check(done.vault).faults == []
    done.vault.close()
    assert "case-old-key.holdfast" in names_beside(vault)


def test_a_vault_of_which_entries_are_lost_gets_no_new_key_whatever_is_named(vault):
    for number in range(60):
        add_incident(vault, f"{number} " + "x" * 400)
    page = pages_of(vault, "entry")[3]
    vault.close()
    damage(vault.path / "log.db", page * PAGE + 100)
    before = {name: content for name, content in files_in(vault.path).items() if name != "lock"}
    opened = Vault.open(vault.path, PASSPHRASE)
    with pytest.raises(DamagedVault, match="for good"):
        left(opened, LOG)
    opened.close()
    assert {name: content for name, content in files_in(vault.path).items() if name != "lock"} == before


def test_a_vault_that_is_open_for_reading_alone_gets_no_new_key(vault):
    vault.close()
    reader = Vault.open(vault.path, PASSPHRASE, reading=True)
    with pytest.raises(ReadOnlyVault):
        rekey(reader, NEW, cost=CHEAP)
    reader.close()


def test_what_somebody_put_into_the_folder_goes_along_to_the_new_form(vault):
    add_exhibit(vault, b"content")
    (vault.path / "letter.txt").write_text("mine")
    (vault.path / "objects" / "zz").mkdir()
    (vault.path / "objects" / "zz" / "also mine.txt").write_text("mine too")
    (vault.path / "objects" / ".DS_Store").write_bytes(b"\0")
    done = rekey(vault, NEW, cost=CHEAP)
    done.vault.close()
    assert (vault.path / "letter.txt").read_text() == "mine"
    assert (vault.path / "objects" / "zz" / "also mine.txt").read_text() == "mine too"
    assert names_beside(vault) == ["case.holdfast"]


class Refusing(Disk):
    """A disk on which the nth rename or exchange fails, done or not."""

    def __init__(self, number: int, *, done: bool, exchanges: bool) -> None:
        super().__init__()
        self.left, self.done, self.exchanges = number, done, exchanges

    def rename(self, source, target):
        self._maybe(lambda: Disk.rename(self, source, target), source)

    def exchange(self, one, other):
        if not self.exchanges:
            return False
        return bool(self._maybe(lambda: Disk.exchange(self, one, other), one))

    def _maybe(self, act, source):
        if source.is_dir():
            self.left -= 1
        if self.left == 0 and source.is_dir():
            self.left = -1
            if self.done:
                act()
            raise OSError(errno.EIO, "no")
        return act()


@pytest.mark.parametrize("done", [False, True], ids=["not done", "done all the same"])
@pytest.mark.parametrize(("exchanges", "number"), [(True, 1), (False, 1), (False, 2), (False, 3)])
def test_an_exchange_that_fails_gives_each_folder_its_own_name_again(memory, exchanges, number, done):
    for name in ("new", "path"):
        (memory / name).mkdir()
        (memory / name / name).write_text(name)
    with suppress(Exception):
        exchange(memory / "new", memory / "path", Refusing(number, done=done, exchanges=exchanges))
    assert sorted(path.name for path in memory.iterdir()) == ["new", "path"]
    assert (memory / "path" / "path").exists()
    assert (memory / "new" / "new").exists()


def test_a_new_key_that_cannot_take_its_place_says_so_and_the_old_vault_opens(vault):
    _subject, stored = add_exhibit(vault, b"content")
    with pytest.raises(NotRekeyed) as told:
        rekey(vault, NEW, cost=CHEAP, disk=Refusing(1, done=False, exchanges=True))
    assert "Nothing is lost" in told.value.safe
    again = Vault.open(vault.path, PASSPHRASE)
    assert read(again, stored) == b"content"
    again.close()
    assert names_beside(vault) == ["case.holdfast"]


def test_a_backup_that_holds_what_the_vault_lost_is_not_replaced_after_a_new_key(vault, memory):
    _subject, stored = add_exhibit(vault, os.urandom(1000), "AB/1")
    content = read(vault, stored)
    (memory / "stick").mkdir()
    dest = memory / "stick" / "copy.holdfast"
    backup(vault, dest)
    vault.objects.path(stored.id).write_bytes(b"damaged")
    done = left(vault, "AB/1")
    before = files_in(dest)
    with pytest.raises(BackupRefused, match="AB/1"):
        backup(done.vault, dest)
    assert {name: inside for name, inside in files_in(dest).items() if name != "lock"} == {
        name: inside for name, inside in before.items() if name != "lock"
    }
    assert [path.name for path in dest.parent.iterdir()] == [dest.name]
    assert backup(done.vault, dest.with_name("new.holdfast")).damaged == ("AB/1",)
    done.vault.close()
    restored = Vault.open(dest, PASSPHRASE)
    assert read(restored, stored) == content
    restored.close()


def test_a_backup_with_the_files_of_what_was_held_later_is_replaced_only_where_the_vault_has_them(vault, memory):
    subject, stored = add_exhibit(vault, b"held later", "AB/1")
    (memory / "stick").mkdir()
    dest = memory / "stick" / "copy.holdfast"
    backup(vault, dest)
    hold(vault, subject)
    renewed = rekey(vault, NEW, cost=CHEAP).vault
    path = renewed.objects.path(stored.id)
    content = path.read_bytes()
    path.unlink()
    with pytest.raises(BackupRefused, match="AB/1"):
        backup(renewed, dest)
    path.write_bytes(content)
    assert backup(renewed, dest).held == ("AB/1",)
    assert content_of(dest, NEW)
    renewed.close()
