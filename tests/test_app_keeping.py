"""An open vault and the ways into it: what an interrupted new key leaves behind opens nothing."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cases import ORDINARY, artifact, new_case
from vaults import CHEAP, PASSPHRASE

from app.casefile import Casefile
from app.errors import WrongUse
from app.keeping import destroy_vault
from app.kinds import Kind
from vault.errors import NotAllowed
from vault.vault import Vault

NEW = "another passphrase"
NOW = datetime(2026, 11, 20, 10, 15, tzinfo=UTC)


@pytest.fixture
def casefile(tmp_path):
    made = new_case(tmp_path, window=True)
    yield made
    made.close()


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


def test_the_recovery_words_can_be_dropped_and_made_again(casefile: Casefile) -> None:
    for _time in range(2):
        casefile.set_recovery_words()
        assert len(casefile.slots) == 2
        casefile.drop_recovery_words()
        assert len(casefile.slots) == 1
    with pytest.raises(NotAllowed):
        casefile.remove_slot(casefile.slots[0].id)


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


def test_destroying_takes_along_what_an_interrupted_new_key_left(casefile: Casefile, tmp_path: Path) -> None:
    path, vault = casefile.vault.path, casefile.vault.id
    casefile.close()
    for leftover in (f"{path.name}.before-rekey", f"tmp-rekey-{vault}.holdfast"):
        shutil.copytree(path, path.with_name(leftover))
    destroy_vault(path, NOW)
    assert list(tmp_path.iterdir()) == []
