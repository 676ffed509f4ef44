"""The measurements tell what they measured: how far apart the rounds were, what fell short, what was left out."""

from bench import importing
from bench.harness import Measured, even_ground, ratios


def test_the_median_is_judged_and_shown_with_how_far_apart_the_rounds_were():
    measured = Measured.median("import", [2.0, 1.0, 9.0, 1.5, 1.2], 1.6, "x")
    assert measured.reached
    assert "1.500 x   pass  (5: 1.000 to 9.000)" in str(measured)


def test_what_misses_its_goal_falls_short_in_words_too():
    assert str(Measured("memory", 41, 40, "MB")).endswith("FALLS SHORT")
    assert not Measured("speed", 0.59, 0.6, "x", at_most=False).reached
    assert Measured("speed", 0.61, 0.6, "x", at_most=False).reached


def test_every_round_compares_a_fresh_pair_with_the_ground_made_even_before_each_of_the_two():
    done: list[str] = []
    times = iter([3.0, 2.0, 8.0, 4.0])

    def timed(who: str) -> float:
        done.append(who)
        return next(times)

    found = ratios(lambda: timed("ours"), lambda: timed("theirs"), 2, before=lambda: done.append("even"))
    assert found == [1.5, 2.0]
    assert done == ["even", "ours", "even", "theirs"] * 2


def test_making_the_ground_even_leaves_nothing_behind(tmp_path):
    even_ground(tmp_path, 3 << 20)
    assert list(tmp_path.iterdir()) == []


def test_a_file_for_which_there_is_no_room_is_left_out_with_the_reason(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(importing, "SPARSE", 1 << 60)
    assert list(importing._sparse(tmp_path)) == []
    assert "not measured" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
