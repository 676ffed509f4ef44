"""A shelf of packages is checked in processes: what one of them does to its process never stops the others."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from package_maker import KNOWN_EXHIBIT, good_package
from shelf_work import DyingExaminer, LostExaminer, reverse

from app.package.verify import Outcome, verify_each
from app.package.verify.processes import Processes

PEAK = """
import re, sys
from pathlib import Path
from app.package.verify import verify

(problem,) = verify(sys.argv[1]).problems
print(problem.code.value, *re.findall(r"VmHWM:\\s+([0-9]+) kB", Path("/proc/self/status").read_text()))
"""


@pytest.fixture(autouse=True)
def bare_processes(monkeypatch):
    """A process starts without what started this one: pytest, which the program never brings."""
    monkeypatch.delattr(sys.modules["__main__"], "__file__", raising=False)
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)


@pytest.fixture
def processes():
    made: list[Processes[str, str]] = []

    def make(count: int) -> Processes[str, str]:
        made.append(Processes(reverse, count))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.mark.parametrize("count", [1, 2])
def test_every_piece_is_done_whatever_becomes_of_the_others(processes, count, capfd):
    pieces = ["ab", "kill", "cd", "exit", "memory", "unforeseen", "ef"]
    answers = dict(processes(count).answers(pieces))
    assert [answers[index] for index in range(len(pieces))] == ["ba", None, "dc", None, None, None, "fe"]
    assert capfd.readouterr() == ("", "")


def test_a_piece_whose_process_was_ended_by_accident_is_done_again(processes, tmp_path):
    assert dict(processes(1).answers([f"once {tmp_path / 'marker'}"]))[0] is not None


def test_several_pieces_are_done_at_the_same_time(processes, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert dict(processes(2).answers([f"say {tmp_path / 'pipe'}", f"hear {tmp_path / 'pipe'}"])) == {
        0: "say",
        1: "hear",
    }


def test_answers_come_as_they_are_found_and_further_pieces_may_follow(processes):
    made = processes(1)
    answers = made.answers(["ab", "cd"])
    assert next(answers) == (0, "ba")
    assert list(answers) == [(1, "dc")]
    assert list(made.answers(["ef"])) == [(0, "fe")]


def test_processes_end_with_the_one_that_asked(processes):
    made = processes(2)
    next(made.answers(["ab", "cd", "ef"]))
    children = [worker.process.pid for worker in (*made._idle, *made._busy)]
    made.close()
    for child in children:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)


def shelf(folder: Path) -> list[Path]:
    """Good packages of several vaults, and everything that is none."""
    paths = []
    for seed in (1, 5, 6):
        paths.append(folder / f"good-{seed}.zip")
        paths[-1].write_bytes(good_package(seed).zipped())
    (folder / "changed.zip").write_bytes(good_package(7).zipped().replace(b"A report", b"a report"))
    (folder / "nothing.zip").write_bytes(b"")
    (folder / "folder").mkdir()
    return [
        paths[0],
        folder / "changed.zip",
        folder / "nothing.zip",
        paths[1],
        folder / "folder",
        folder / "gone",
        paths[2],
    ]


@pytest.mark.parametrize("jobs", [1, 3])
def test_bad_packages_never_stop_the_rest(tmp_path, jobs):
    paths = shelf(tmp_path)
    told = {verdict.package: verdict.outcome for verdict in verify_each(paths, jobs=jobs)}
    i, f, u = Outcome.INTACT, Outcome.FAILED, Outcome.UNREADABLE
    assert [told[str(path)] for path in paths] == [i, f, u, i, u, u, i]


def test_a_process_that_is_killed_while_it_checks_costs_one_package_at_most(tmp_path):
    paths = shelf(tmp_path) * 3
    verdicts = verify_each(paths, jobs=1)
    told = [next(verdicts)]
    for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
            os.kill(int(child), signal.SIGKILL)
    told += verdicts
    assert len(told) == len(paths)
    assert sum(verdict.outcome is Outcome.INTACT for verdict in told) == 9


def test_a_folder_of_folders_without_end_is_told_as_that_and_not_as_a_process_that_died(tmp_path):
    """They are too deep, and too many, for whoever would walk through all of them first."""
    deep = [tmp_path / "deep"]
    while len(deep) < 1200:
        deep.append(deep[-1] / "d")
    for folder in deep:
        folder.mkdir()
    paths = [deep[0], tmp_path / "good.zip"]
    paths[1].write_bytes(good_package().zipped())
    told = {verdict.package: verdict for verdict in verify_each(paths)}
    # Whoever clears up after the tests would not find its way through all of them.
    for folder in reversed(deep):
        folder.rmdir()
    assert told[str(paths[1])].outcome is Outcome.INTACT
    assert "folders in folders" in told[str(paths[0])].problems[0].detail


def test_a_verdict_comes_before_the_others_are_checked(tmp_path):
    paths = [tmp_path / "first.zip", *[tmp_path / "rest.zip"] * 100]
    paths[0].write_bytes(good_package().zipped())
    paths[1].write_bytes(good_package(5).zipped())
    verdicts = verify_each(paths)
    assert next(verdicts).package == str(paths[0])
    paths[1].unlink()
    assert Outcome.UNREADABLE in {verdict.outcome for verdict in verdicts}


def test_a_process_hears_nothing_of_ctrl_c_from_its_first_moment(processes):
    """It would say so on the terminal, in words of its own, while it is still starting."""
    assert dict(processes(1).answers(["deaf?"])) == {0: "True"}
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_a_large_file_is_read_in_little_memory(tmp_path):
    folder = good_package().unpack(tmp_path)
    os.truncate(folder / KNOWN_EXHIBIT, 300 << 20)
    said = subprocess.run(
        [sys.executable, "-c", PEAK, folder],
        capture_output=True, text=True, check=True, env={"PYTHONPATH": str(Path(__file__).parents[1])},
    ).stdout.split()  # fmt: skip
    assert said[0] == "file-changed"
    assert int(said[1]) < 150_000


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("examiner", [DyingExaminer, LostExaminer])
def test_a_package_that_takes_its_process_away_is_unreadable_and_the_rest_are_checked(
    tmp_path, monkeypatch, jobs, examiner
):
    """Whatever a library does to a process over one of them: the one is named, once, and no other is lost."""
    monkeypatch.setattr("app.package.verify.shelf._Examiner", examiner)
    paths = shelf(tmp_path)
    verdicts = list(verify_each(paths, jobs=jobs))
    told = {verdict.package: verdict.outcome for verdict in verdicts}
    i, f, u = Outcome.INTACT, Outcome.FAILED, Outcome.UNREADABLE
    assert [told[str(path)] for path in paths] == [i, f, u, u, u, u, i]
    assert len(verdicts) == len(paths)
    (dead,) = (verdict for verdict in verdicts if verdict.package == str(paths[3]))
    assert "sudden end, twice" in dead.problems[0].detail
