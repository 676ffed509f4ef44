"""The command that checks packages: many at once, from a list, with the roots of timestamp services."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from alter_tokens import stamped
from command_line import CommandLine
from package_maker import good_package
from test_app_verify_histories import changed_at, until
from token_maker import good_token, service


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def zipped(folder: Path, name: str, seed: int = 1) -> Path:
    path = folder / f"{name}.zip"
    path.write_bytes(good_package(seed).zipped())
    return path


def test_packages_are_checked_by_several_processes_and_each_has_its_line(line: CommandLine, tmp_path: Path) -> None:
    paths = [zipped(tmp_path, f"package-{seed}", seed) for seed in range(1, 8)]
    (tmp_path / "none.zip").write_bytes(b"none")
    answer = line.raw("verify", *paths, tmp_path / "none.zip", "--jobs", "3", "--json")
    assert answer.status == 2
    told = {str(found["package"]): found["verdict"] for found in answer.lines}
    assert told == {**{str(path): "intact" for path in paths}, str(tmp_path / "none.zip"): "unreadable"}


def test_a_list_of_packages_is_read_from_a_file_or_from_another_program(line: CommandLine, tmp_path: Path) -> None:
    paths = [zipped(tmp_path, "one"), zipped(tmp_path, "two", 5)]
    listed = tmp_path / "list.txt"
    listed.write_text(f"{paths[0]}\r\n\n{paths[1]}\n")
    for found in (line.raw("verify", "--from", listed, "--json"),
                  line.raw("verify", "--from", "-", "--json", stdin=listed.read_bytes())):  # fmt: skip
        assert {one["package"] for one in found.lines} == {str(path) for path in paths}
        assert found.status == 0


@pytest.mark.parametrize("form", ["./{}", "{}/", "sub//{}", "sub/./{}"])
def test_each_answer_bears_the_name_that_was_given_sign_by_sign(
    line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """`find` says ./a.zip, a shell folder/: whoever put the question looks for the answer under that name."""
    package = good_package()
    for folder in (tmp_path, tmp_path / "sub"):
        package.unpack(folder)
    monkeypatch.chdir(tmp_path)
    given = form.format(package.folder)
    listed = f"{given}\nnone/./at/all\n".encode()
    for answer in (line.raw("verify", given, "--json"), line.raw("verify", "--from", "-", "--json", stdin=listed)):
        assert given in {one["package"] for one in answer.lines if one["verdict"] == "intact"}
    assert "none/./at/all" in {one["package"] for one in answer.lines}


def test_no_name_at_all_is_not_the_folder_that_one_happens_to_be_in(
    line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable that is empty in a script."""
    monkeypatch.chdir(good_package().unpack(tmp_path))
    assert line.raw("verify", ".", "--json").json["verdict"] == "intact"
    assert line.raw("verify", "", "--json").json["verdict"] == "unreadable"


def test_a_list_that_is_not_there_and_no_package_at_all_are_told(line: CommandLine, tmp_path: Path) -> None:
    for answer in (line.raw("verify"), line.raw("verify", "--from", tmp_path / "missing")):
        assert (answer.status, answer.out, len(answer.sentences)) == (2, "", 3)


def test_two_histories_of_one_vault_fail(line: CommandLine, tmp_path: Path) -> None:
    zipped(tmp_path, "one")
    (tmp_path / "other.zip").write_bytes(changed_at(7, 12).zipped())
    answer = line.raw("verify", tmp_path / "one.zip", tmp_path / "other.zip", "--json")
    assert answer.status == 1
    assert [[problem["code"] for problem in found["problems"]] for found in answer.lines] == [["forked"], ["forked"]]


def test_a_package_that_continues_another_says_so(line: CommandLine, tmp_path: Path) -> None:
    zipped(tmp_path, "later")
    (tmp_path / "earlier.zip").write_bytes(until(12).zipped())
    answer = line.raw("verify", tmp_path / "later.zip", tmp_path / "earlier.zip")
    assert answer.status == 0
    assert f"It continues {tmp_path / 'earlier.zip'}: nothing was changed in between." in answer.out


def test_the_root_of_a_timestamp_service_is_given_as_a_file(line: CommandLine, tmp_path: Path) -> None:
    package = good_package()
    stamped(good_token)(package)
    (tmp_path / "stamped.zip").write_bytes(package.zipped())
    (tmp_path / "root.pem").write_bytes(service().root_pem)
    assert line.raw("verify", tmp_path / "stamped.zip", "--json").json["timestamp"] == "untrusted"
    answer = line.raw("verify", tmp_path / "stamped.zip", "--tsa-root", tmp_path / "root.pem", "--json")
    assert (answer.status, answer.json["timestamp"]) == (0, "verified")
    wrong = line.raw("verify", tmp_path / "stamped.zip", "--tsa-root", tmp_path / "stamped.zip")
    assert (wrong.status, wrong.out, len(wrong.sentences)) == (2, "", 3)


@pytest.mark.parametrize("jobs", ["0", "-1", "65", "many"])
def test_a_number_of_processes_that_makes_no_sense_is_refused(line: CommandLine, tmp_path: Path, jobs: str) -> None:
    assert line.raw("verify", zipped(tmp_path, "one"), "--jobs", jobs).status == 2


def test_ten_thousand_packages_from_another_program_each_have_their_line(line: CommandLine, tmp_path: Path) -> None:
    good = [zipped(tmp_path, "one"), zipped(tmp_path, "two", 5)]
    missing = [tmp_path / f"{number}.zip" for number in range(10_000)]
    listed = "".join(f"{path}\n" for path in (*missing[:5_000], *good, *missing[5_000:])).encode()
    answer = line.raw("verify", "--from", "-", "--jobs", "2", "--json", stdin=listed)
    told = {str(found["package"]): found["verdict"] for found in answer.lines}
    assert len(answer.lines) == len(told) == 10_002
    assert {told[str(path)] for path in good} == {"intact"}
    assert {told[str(path)] for path in missing} == {"unreadable"}
    assert answer.status == 2


def test_the_installed_program_checks_in_processes_and_stops_cleanly(tmp_path: Path) -> None:
    """Ctrl-C in a terminal reaches every process of the program."""
    paths = [zipped(tmp_path, "first", 5), *[zipped(tmp_path, "rest")] * 200]
    program = [sys.executable, "-m", "app", "verify", *paths, "--jobs", "2", "--json"]
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        assert running.stdout is not None
        assert json.loads(running.stdout.readline())["verdict"] == "intact"
        os.killpg(running.pid, signal.SIGINT)
        _, told = running.communicate(timeout=30)
    assert running.returncode == 130
    assert len(told.splitlines()) == 3
    assert "Traceback" not in told
