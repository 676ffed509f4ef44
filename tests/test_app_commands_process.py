"""The program holdfast-cli itself: what a shell, a terminal, a full disk and a closed window see of it."""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from command_line import PASSPHRASE, CommandLine, is_harmless, new_case
from terminal import Terminal
from xvfb import wait_until

CLI = Path(sys.executable).with_name("holdfast-cli")
MIB = 1024 * 1024


@pytest.fixture
def case(tmp_path: Path) -> CommandLine:
    return new_case(tmp_path)


def started(arguments: Sequence[str | Path], **options: object) -> "subprocess.Popen[str]":
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("DISPLAY", "WAYLAND"))}
    return subprocess.Popen(
        [CLI, *arguments],
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=options.pop("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def ended(program: "subprocess.Popen[str]") -> tuple[int, str, str]:
    out, err = program.communicate(timeout=120)
    assert "Traceback" not in err
    return program.returncode, out or "", err


def ran(*arguments: str | Path, **options: object) -> tuple[int, str, str]:
    return ended(started(arguments, **options))


def at_a_terminal(passphrase: str, *arguments: str | Path) -> tuple[int, str]:
    """Run at a terminal of its own, answering the question for the passphrase; exit status and all that was seen."""
    with Terminal(*arguments, program=(str(CLI),)) as terminal:
        terminal.answer("Passphrase: ", passphrase)
        return terminal.ended(), terminal.seen


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("tmp-*"))


def test_at_a_terminal_the_passphrase_is_asked_twice_and_never_shown(tmp_path: Path) -> None:
    vault = tmp_path / "case.holdfast"
    words = tmp_path / "words"
    options = ("--initials", "AB", "--recovery-words-file", words)
    with Terminal("create", vault, *options, program=(str(CLI),)) as terminal:
        terminal.answer("New passphrase: ", PASSPHRASE)
        terminal.answer("again: ", PASSPHRASE)
        assert terminal.ended() == 0
    assert PASSPHRASE not in terminal.seen
    assert "The vault is ready" in terminal.seen
    slots = json.loads((vault / "slots.json").read_bytes())
    assert all(slot["kdf"]["m_kib"] >= 65_536 for slot in slots["slots"] if slot["type"] == "passphrase")
    status, seen = at_a_terminal("something else", "list", vault)
    assert status == 3
    assert "something else" not in seen
    assert at_a_terminal(PASSPHRASE, "list", vault)[0] == 0


def test_how_far_it_is_shows_at_a_terminal_alone(case: CommandLine) -> None:
    status, seen = at_a_terminal(PASSPHRASE, "check", case.vault)
    assert status == 0
    assert "Checking" in seen
    assert "100%" in seen
    status, _out, err = ran("check", case.vault, "--passphrase-file", case.secret)
    assert (status, err) == (0, "")


def test_without_a_terminal_nobody_waits_for_an_answer(case: CommandLine) -> None:
    status, out, err = ran("list", case.vault, start_new_session=True)
    assert (status, out) == (2, "")
    assert "--passphrase-file" in err


def test_the_exit_status_tells_a_script_what_happened(case: CommandLine) -> None:
    secret = ("--passphrase-file", case.secret)
    wrong = case.folder / "wrong"
    wrong.write_text("x", encoding="utf-8")
    picture = case.folder / "p.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert ran("add", case.vault, picture, *secret)[0] == 0
    assert ran("list", case.vault, "--passphrase-file", wrong)[0] == 3
    assert ran("screen", case.vault, *secret)[0] == 2
    assert ran("case", case.vault, "under18=unsure", *secret)[0] == 0
    assert ran("add", case.vault, picture, *secret)[0] == 4
    (stored,) = case.objects()
    stored.write_bytes(stored.read_bytes()[:-1])
    status, out, _err = ran("check", case.vault, "--json", *secret)
    assert status == 1
    assert json.loads(out)["faults"][0]["where"] == "AB/1"
    assert ran("verify", picture)[0] == 2


def test_a_reader_that_goes_away_is_no_reason_to_complain(case: CommandLine) -> None:
    for number in range(40):
        case("record", "account", f"notes={'x' * 4000}{number}")
    reading, writing = os.pipe()
    program = started(("list", case.vault, "--json", "--passphrase-file", case.secret), stdout=writing)
    os.close(writing)
    assert os.read(reading, 10)
    os.close(reading)
    status, _out, err = ended(program)
    assert (status, err) == (141, "")


def test_output_that_cannot_be_written_is_status_5(case: CommandLine) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        status, _out, err = ran("list", case.vault, "--passphrase-file", case.secret, stdout=full)
    assert status == 5
    assert len(err.splitlines()) == 3


def half_written(folder: Path) -> list[int]:
    """The sizes of the files that are being written, in bytes."""
    with os.scandir(folder) as found:
        drafts = [entry for entry in found if entry.name.startswith("tmp-")]
    sizes = []
    for draft in drafts:
        with suppress(FileNotFoundError):
            sizes.append(draft.stat().st_size)
    return sizes


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interruption_in_the_middle_of_a_large_file_leaves_nothing_half_written(
    case: CommandLine, ending: signal.Signals
) -> None:
    large = case.folder / "large.mkv"
    with large.open("wb") as file:
        file.truncate(4096 * MIB)
    small = case.folder / "small.txt"
    small.write_text("words", encoding="utf-8")
    program = started(("add", case.vault, small, large, "--passphrase-file", case.secret))
    wait_until(lambda: any(size > MIB for size in half_written(case.vault / "objects")))
    program.send_signal(ending)
    status, out, err = ended(program)
    assert status == 130
    assert out.startswith("AB/1  Saved")
    assert out.count("\n") == 1
    assert "Stopped" in err
    assert names_in(case.vault) == []
    assert len(case.objects()) == 1
    assert case("check", "--json").json == {"entries": 4, "objects": 1, "faults": [], "notes": []}


def no_file_above(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_where_no_more_can_be_written_the_rest_stays_whole(case: CommandLine) -> None:
    large, small = case.folder / "large.bin", case.folder / "small.txt"
    large.write_bytes(os.urandom(3 * MIB))
    small.write_text("words", encoding="utf-8")
    secret = ("--passphrase-file", case.secret)
    status, out, err = ran("add", case.vault, large, small, *secret, preexec_fn=lambda: no_file_above(MIB))
    assert status == 5
    assert "takes no file as large" in err
    assert out.count("\n") == 1
    assert case("extract", "AB/1", case.folder / "back.txt").status == 0
    assert case("add", large).status == 0
    before = sorted(case.folder.iterdir())
    for command in (("extract", case.vault, "AB/2", case.folder / "x"), ("export", case.vault, case.folder / "x")):
        options = ("--for", "police", "--unsealed") if command[0] == "export" else ()
        status, out, err = ran(*command, *options, *secret, preexec_fn=lambda: no_file_above(MIB))
        assert (status, out) == (5, ""), err
        assert len(err.splitlines()) == 3
        assert sorted(case.folder.iterdir()) == before
    assert case("check").status == 0


def test_a_full_disk_is_status_5_and_takes_nothing_that_was_kept(case: CommandLine) -> None:
    """On a real small disk, in a mount namespace of its own."""
    disk = case.folder / "disk"
    disk.mkdir()
    (case.folder / "large.bin").write_bytes(os.urandom(3 * MIB))
    (case.folder / "small.txt").write_text("words", encoding="utf-8")
    script = """
        mount -t tmpfs -o size=2m small disk && cp -r case.holdfast disk/ && cd disk || exit 99
        run() { "$CLI" "$@" --passphrase-file ../passphrase; }
        run add case.holdfast ../small.txt > /dev/null || exit 98
        run add case.holdfast ../large.bin > ../out 2> ../err; echo $? > ../status
        head -c 3000000 /dev/zero > fill 2> /dev/null
        run add case.holdfast ../large.bin > /dev/null 2>&1; echo $? >> ../status
        run create other.holdfast --initials AB > /dev/null 2>&1; echo $? >> ../status
        rm fill
        find . -name 'tmp-*' > ../left; find case.holdfast/objects -type f | wc -l > ../count; ls > ../names
        run check case.holdfast > /dev/null || exit 97
    """
    subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], cwd=case.folder, env=os.environ | {"CLI": str(CLI)}, check=True
    )
    assert (case.folder / "status").read_text(encoding="utf-8").split() == ["5", "5", "5"]
    assert (case.folder / "out").read_text(encoding="utf-8") == ""
    assert len((case.folder / "err").read_text(encoding="utf-8").splitlines()) == 3
    assert (case.folder / "left").read_text(encoding="utf-8") == ""
    assert (case.folder / "count").read_text(encoding="utf-8").strip() == "1"
    assert (case.folder / "names").read_text(encoding="utf-8").split() == ["case.holdfast"]


def test_bytes_that_are_no_letters_are_refused_before_anything_is_opened(case: CommandLine) -> None:
    for arguments in (
        ("record", case.vault, "account", b"handle=caf\xe9"),
        ("list", os.fsencode(case.folder) + b"/\xff.holdfast"),
        ("withdraw", case.vault, "AB/1", "--why", b"\xff"),
    ):
        status, out, err = ran(*arguments, start_new_session=True)
        assert (status, out) == (2, "")
        assert "UTF-8" in err
        assert is_harmless(err)
