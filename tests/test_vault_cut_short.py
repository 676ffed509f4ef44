"""A new vault whose making was cut short leaves nothing for ever, and takes nothing of anybody's along."""

import shutil
from contextlib import closing

import pytest
from copies import Dying, PowerCut
from vaults import CHEAP, PASSPHRASE, STAMP, add_exhibit, new_vault

from vault.disk import Disk
from vault.vault import Vault

DRAFT = "tmp-00112233aabbccdd.holdfast"


def killed(path, steps: int) -> None:
    with pytest.raises(PowerCut):
        Vault.create(path, PASSPHRASE, STAMP, cost=CHEAP, disk=Dying(steps))


@pytest.mark.parametrize("steps", [1, 2, 4, 8, 12, 16])
def test_a_vault_that_was_killed_in_the_making_goes_when_another_is_made_or_opened(memory, steps):
    killed(memory / "case.holdfast", steps)
    assert [path.name[:4] for path in memory.iterdir()] == ["tmp-"]
    new_vault(memory).close()
    killed(memory / "other.holdfast", steps)
    assert len(list(memory.iterdir())) == 2
    Vault.open(memory / "case.holdfast", PASSPHRASE).close()
    assert [path.name for path in memory.iterdir()] == ["case.holdfast"]


def test_a_vault_that_somebody_is_making_just_now_stays(memory):
    class Slow(Disk):
        def rename(self, source, target):
            if source.name.endswith(".holdfast"):
                new_vault(memory, "quick.holdfast").close()
            super().rename(source, target)

    with closing(Vault.create(memory / "slow.holdfast", PASSPHRASE, STAMP, cost=CHEAP, disk=Slow())) as slow:
        assert slow.head.entries == 1
    assert sorted(path.name for path in memory.iterdir()) == ["quick.holdfast", "slow.holdfast"]


def test_what_holds_anything_or_is_open_stays_whatever_its_name(memory):
    with closing(new_vault(memory, "full.holdfast")) as full:
        add_exhibit(full, b"picture")
    full.path.rename(memory / DRAFT)
    foreign = memory / DRAFT.replace("00", "11")
    shutil.copytree(memory / DRAFT, foreign)
    shutil.rmtree(foreign / "objects")
    (foreign / "letter.txt").write_text("mine")
    (memory / "tmp-letters.holdfast").mkdir()
    new_vault(memory, "new.holdfast").close()
    assert len(list(memory.iterdir())) == 4
    assert (foreign / "letter.txt").read_text() == "mine"
    with closing(Vault.open(memory / DRAFT, PASSPHRASE)) as again:
        assert len(list(again.objects.names())) == 1
