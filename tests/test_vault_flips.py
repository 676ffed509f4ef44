"""A changed byte in a vault is told with the thing it hit, or does no harm; `make prove` does it to every byte."""

from prove.flips import HARMLESS, prove


def test_a_changed_byte_is_told_with_the_thing_it_hit_or_does_no_harm(tmp_path):
    proof = prove(tmp_path, seed=3, count=400)
    assert proof.losses == []
    kinds = {name.split("/")[0] for name in proof.told}
    assert kinds == {"head", "log.db", "objects"}
    assert {name.split("/")[0] for name in proof.harmless} == set(HARMLESS)
    assert proof.told["log.db"] > 100
    assert proof.told.total() + proof.harmless.total() == 400
