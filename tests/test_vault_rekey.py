"""Ways into a vault: recovery words, a new passphrase, a new key; and destroying it."""

import os
import shutil
import subprocess
import sys
from contextlib import closing, suppress

import pytest
from copies import Dying, PowerCut, Quick
from hypothesis import given
from hypothesis import strategies as st
from vaults import CHEAP, PASSPHRASE, STAMP, add_exhibit, add_incident, files_in, new_vault, read

from vault.chain import Action, Kind
from vault.check import check
from vault.destruction import destroy
from vault.disk import Disk
from vault.drafts import Draft
from vault.errors import DamagedVault, NotAllowed, NotAVault, WrongPassphrase, WrongWords
from vault.opening import FindingKind
from vault.recovery import (
    MistypedWords,
    RecoverySecret,
    holds_recovery_words,
    new_recovery_secret,
    parse_words,
    suggested_passphrase,
    words_of,
)
from vault.rekey import rekey
from vault.slots import SlotType
from vault.swap import draft_of, exchange
from vault.vault import Vault

SECRETS = st.binary(min_size=16, max_size=16).map(RecoverySecret)
NEW = "another passphrase"


@pytest.fixture
def vault(tmp_path):
    made = new_vault(tmp_path)
    yield made
    made.close()


@given(SECRETS)
def test_twelve_words_read_back_however_they_are_typed(secret):
    words = words_of(secret)
    assert len(words) == 12
    for text in (" ".join(words), "  ".join(words).upper(), "\n".join(words) + "\n"):
        assert parse_words(text) == secret


def test_the_words_are_those_of_bip_39():
    # A test vector of BIP-39: entropy 7f7f… and its words.
    expected = "legal winner thank year wave sausage worth useful legal winner thank yellow"
    assert " ".join(words_of(RecoverySecret(b"\x7f" * 16))) == expected


@given(SECRETS, st.integers(0, 11))
def test_a_mistyped_word_is_named(secret, place):
    words = list(words_of(secret))
    words[place] = "qqzx"
    with pytest.raises(MistypedWords, match=f"Word {place + 1}, “qqzx”"):
        parse_words(" ".join(words))


def test_what_is_near_a_word_is_asked_about():
    words = list(words_of(RecoverySecret(b"\x7f" * 16)))
    words[4] = "wavee"
    with pytest.raises(MistypedWords, match="Did you mean “wave”"):
        parse_words(" ".join(words))


@pytest.mark.parametrize("change", [lambda w: w[:11], lambda w: [*w, w[0]], lambda w: w[::-1], lambda _w: []])
def test_missing_and_exchanged_words_are_noticed(change):
    words = list(words_of(RecoverySecret(bytes(range(16)))))
    with pytest.raises(MistypedWords):
        parse_words(" ".join(change(words)))


@given(st.text(max_size=300))
def test_any_text_is_read_as_words_or_refused(text):
    with suppress(MistypedWords):
        assert len(parse_words(text)) == 16


@given(SECRETS, st.text("abc .,-", max_size=10))
def test_recovery_words_are_recognised_wherever_somebody_pastes_them(secret, around):
    assert holds_recovery_words(f"{around} {', '.join(words_of(secret))}. {around}")


def test_ordinary_sentences_are_not_taken_for_recovery_words():
    text = (
        "Between 14 and 20 November somebody using the Skype ID below threatened to send a recording to my family "
        "unless 300 pounds was paid. They said that they have all my friends and will post it tonight."
    )
    assert not holds_recovery_words(text)


def test_a_suggested_passphrase_is_six_words_and_never_the_same():
    first, second = suggested_passphrase(), suggested_passphrase()
    assert len(first.split()) == len(second.split()) == 6
    assert first != second


def test_recovery_words_open_the_vault_and_set_a_new_passphrase(vault):
    _subject, stored = add_exhibit(vault, b"content")
    words = vault.set_recovery_words()
    vault.close()
    recovered = Vault.open_with_words(vault.path, words)
    assert read(recovered, stored) == b"content"
    renewed = recovered.set_passphrase(NEW, cost=CHEAP)
    recovered.close()
    for refused in (
        lambda: Vault.open(vault.path, PASSPHRASE),
        lambda: Vault.open(vault.path, " ".join(words_of(words))),
    ):
        with pytest.raises(WrongPassphrase):
            refused()
    with pytest.raises(WrongWords):
        Vault.open_with_words(vault.path, words)
    Vault.open_with_words(vault.path, renewed).close()
    Vault.open(vault.path, NEW).close()


def test_words_of_another_vault_are_refused_and_change_nothing(vault, tmp_path):
    vault.set_recovery_words()
    vault.close()
    before = files_in(vault.path)
    with pytest.raises(WrongWords):
        Vault.open_with_words(vault.path, new_recovery_secret())
    assert files_in(vault.path) == before


def test_a_new_passphrase_without_words_leaves_no_recovery_slot(vault):
    vault.set_recovery_words()
    assert vault.set_passphrase(NEW, cost=CHEAP, words=False) is None
    assert [slot.type for slot in vault.slots] == [SlotType.PASSPHRASE]


def test_one_way_in_can_be_closed_and_the_last_one_stays(vault):
    words = vault.set_recovery_words()
    passphrase_slot = next(slot for slot in vault.slots if slot.type is SlotType.PASSPHRASE)
    with pytest.raises(NotAllowed):
        vault.remove_slot("00" * 16)
    vault.remove_slot(passphrase_slot.id)
    with pytest.raises(NotAllowed, match="last"):
        vault.remove_slot(vault.slots[0].id)
    vault.close()
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.path, PASSPHRASE)
    Vault.open_with_words(vault.path, words).close()


def test_old_slots_put_back_are_told(vault):
    older = (vault.path / "slots.json").read_bytes()
    vault.set_passphrase(NEW, cost=CHEAP)
    vault.close()
    for name in ("slots.json", "slots.bak.json"):
        (vault.path / name).write_bytes(older)
    again = Vault.open(vault.path, PASSPHRASE)
    assert [finding.kind for finding in again.findings] == [FindingKind.OLDER_SLOTS]
    again.close()


def test_an_older_second_copy_of_the_slots_is_brought_up_to_date(vault):
    older = (vault.path / "slots.bak.json").read_bytes()
    vault.set_passphrase(NEW, cost=CHEAP)
    vault.close()
    (vault.path / "slots.bak.json").write_bytes(older)
    Vault.open(vault.path, NEW).close()
    (vault.path / "slots.json").unlink()
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.path, PASSPHRASE)
    Vault.open(vault.path, NEW).close()


def test_rekey_keeps_every_entry_and_file_and_changes_every_encrypted_byte(vault):
    content = os.urandom(700_000)
    _subject, stored = add_exhibit(vault, content)
    gone, _stored = add_exhibit(vault, b"withdrawn", "AB/2")
    vault.append([Draft(Action.WITHDRAW, Kind.EXHIBIT, gone, {"why": "x"})], STAMP)
    vault.log.set_draft("form", "typed and not kept")
    vault.set_recovery_words()
    rows, before = list(vault.log.rows()), files_in(vault.path)
    identity = vault.identity.private_bytes
    done = rekey(vault, NEW, cost=CHEAP)
    assert list(done.vault.log.rows()) == rows
    assert done.vault.identity.private_bytes == identity
    assert done.vault.log.draft("form") == "typed and not kept"
    assert read(done.vault, stored) == content
    assert check(done.vault).faults == []
    add_incident(done.vault, "goes on")
    done.vault.close()
    after = files_in(vault.path)
    assert after.keys() == before.keys()
    assert not [name for name in before if before[name] == after[name] and before[name]]
    with pytest.raises(WrongPassphrase):
        Vault.open(vault.path, PASSPHRASE)
    Vault.open(vault.path, NEW).close()
    Vault.open_with_words(vault.path, done.words).close()
    assert [path.name for path in vault.path.parent.iterdir()] == [vault.path.name]


def test_old_key_material_does_not_open_a_rekeyed_vault(vault, tmp_path):
    add_incident(vault)
    vault.close()
    shutil.copytree(vault.path, tmp_path / "copy.holdfast")
    rekey(Vault.open(vault.path, PASSPHRASE), NEW, cost=CHEAP).vault.close()
    for name in ("slots.json", "slots.bak.json"):
        shutil.copy(tmp_path / "copy.holdfast" / name, vault.path / name)
    with pytest.raises(DamagedVault):
        Vault.open(vault.path, PASSPHRASE)
    Vault.open(tmp_path / "copy.holdfast", PASSPHRASE).close()


def test_rekey_refuses_to_lose_a_damaged_file_and_leaves_the_old_vault_whole(vault):
    _one, stored = add_exhibit(vault, b"one")
    vault.objects.path(stored.id).write_bytes(b"damaged")
    before = files_in(vault.path)
    with pytest.raises(DamagedVault):
        rekey(vault, NEW, cost=CHEAP)
    assert files_in(vault.path) == before
    assert [path.name for path in vault.path.parent.iterdir()] == [vault.path.name]
    vault.close()
    Vault.open(vault.path, PASSPHRASE).close()


def test_a_rekey_that_is_stopped_leaves_the_old_vault_whole(vault):
    add_exhibit(vault, b"one")

    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    before = files_in(vault.path)
    with pytest.raises(KeyboardInterrupt):
        rekey(vault, NEW, cost=CHEAP, progress=stop)
    assert files_in(vault.path) == before
    assert [path.name for path in vault.path.parent.iterdir()] == [vault.path.name]


KILLED = """
import os, sys, pathlib
from vault import rekey as room
from vault.disk import Disk
from vault.keys import KdfCost
from vault.vault import Vault

class Deadly(Disk):
    left = int(sys.argv[3])
    def __getattribute__(self, name):
        if name in {"create", "sync", "rename", "remove", "make_folder", "sync_folder"}:
            type(self).left -= 1
            if type(self).left < 0:
                os.kill(os.getpid(), 9)
        return super().__getattribute__(name)

vault = Vault.open(pathlib.Path(sys.argv[1]), sys.argv[2])
room.rekey(vault, "another passphrase", cost=KdfCost(64, 1, 1), disk=Deadly())
print("done")
"""


def test_killed_at_any_step_of_a_rekey_the_vault_opens_whole_with_one_of_the_two_passphrases(tmp_path):
    origin = new_vault(tmp_path, "origin.holdfast")
    _subject, stored = add_exhibit(origin, b"content")
    head = origin.head
    origin.close()
    opened_by_old = opened_by_new = 0
    for steps in range(0, 80, 3):
        folder = tmp_path / f"{steps}"
        folder.mkdir()
        path = folder / "case.holdfast"
        shutil.copytree(origin.path, path)
        ended = subprocess.run(
            [sys.executable, "-c", KILLED, path, PASSPHRASE, str(steps)], capture_output=True, check=False
        )
        try:
            vault = Vault.open(path, PASSPHRASE)
            opened_by_old += 1
        except WrongPassphrase:
            vault = Vault.open(path, NEW)
            opened_by_new += 1
        assert vault.head == head
        assert read(vault, stored) == b"content"
        assert check(vault).faults == []
        vault.close()
        assert [left.name for left in folder.iterdir()] == [path.name]
        if ended.returncode == 0:
            break
        assert ended.returncode == -9, ended.stderr
    assert opened_by_old > 3
    assert opened_by_new >= 1


@pytest.mark.parametrize("steps", range(0, 30, 2))
def test_an_old_form_whose_destroying_was_interrupted_is_gone_after_the_next_opening_and_hinders_no_new_key(
    vault, steps
):
    class OneByOne(Quick):
        def exchange(self, one, other):
            return False

    add_exhibit(vault, b"content")
    vault.close()
    aside = vault.path.with_name(f"{vault.path.name}.before-rekey")
    shutil.copytree(vault.path, aside)
    with suppress(PowerCut):
        destroy(aside, Dying(steps))
    with closing(Vault.open(vault.path, PASSPHRASE)) as again:
        again.set_passphrase(PASSPHRASE, cost=CHEAP)
    with closing(Vault.open(vault.path, PASSPHRASE)) as again:
        assert [path.name for path in vault.path.parent.iterdir()] == [vault.path.name]
        rekey(again, NEW, cost=CHEAP, disk=OneByOne()).vault.close()
    Vault.open(vault.path, NEW).close()


def test_an_exchange_that_was_interrupted_without_a_name_is_mended_at_opening(vault):
    vault.close()
    vault.path.rename(vault.path.with_name(vault.path.name + ".before-rekey"))
    Vault.open(vault.path, PASSPHRASE).close()


def test_two_folders_change_places(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_text(name)
    exchange(tmp_path / "one", tmp_path / "two", Disk())
    assert (tmp_path / "two" / "one").read_text() == "one"
    assert (tmp_path / "one" / "two").read_text() == "two"


def test_the_draft_of_a_rekey_never_removes_itself(vault, tmp_path):
    vault.close()
    draft = draft_of(vault.path, vault.id)
    vault.path.rename(draft)
    Vault.open(draft, PASSPHRASE).close()
    assert draft.is_dir()


def test_destroying_takes_the_key_slots_first_and_leaves_nothing(vault):
    add_exhibit(vault, b"content")
    vault.close()

    removed: list[str] = []

    class Watching(Disk):
        def remove(self, path):
            if path.name.startswith("slots"):
                assert set(path.read_bytes()) == {0}
            removed.append(path.name)
            super().remove(path)

    destroy(vault.path, Watching())
    assert set(removed[:2]) == {"slots.json", "slots.bak.json"}
    assert not vault.path.exists()
    with pytest.raises(NotAVault):
        Vault.open(vault.path, PASSPHRASE)


def test_a_rekey_tells_how_many_bytes_of_all_are_written_and_read_back(vault):
    add_exhibit(vault, bytes(3_000_000))
    add_exhibit(vault, b"one", "AB/2")
    told: list[tuple[int, int]] = []
    made = rekey(vault, NEW, cost=CHEAP, progress=lambda done, total: told.append((done, total)))
    made.vault.close()
    assert {total for _done, total in told} == {2 * 3_000_003}
    assert [done for done, _total in told] == sorted(done for done, _total in told)
    assert told[-1][0] == 2 * 3_000_003
    assert any(0 < done < 3_000_000 for done, _total in told)


def test_the_passphrase_is_known_again_in_the_session_that_changed_the_ways_in(vault):
    secret = vault.set_recovery_words()
    assert vault.slot_file.unlock(PASSPHRASE) == vault.slot_file.unlock(secret)
    vault.set_passphrase(NEW, cost=CHEAP)
    vault.slot_file.unlock(NEW)
    with pytest.raises(WrongPassphrase):
        vault.slot_file.unlock(PASSPHRASE)
