"""What goes wrong on the command line is told in three sentences, has its exit status and leaves nothing behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import Answer, CommandLine, is_harmless, new_case


@pytest.fixture
def case(tmp_path: Path) -> CommandLine:
    return new_case(tmp_path)


def refused(answer: Answer, status: int, *words: str) -> None:
    """Three sentences on standard error, nothing on standard output, the exit status."""
    assert answer.status == status, answer.err
    assert answer.out == ""
    assert len(answer.sentences) == 3, answer.err
    assert "Traceback" not in answer.err
    assert is_harmless(answer.err)
    for word in words:
        assert word in answer.err


def with_exhibit(case: CommandLine, content: bytes = b"some evidence\n" * 50) -> str:
    file = case.folder / "evidence.txt"
    file.write_bytes(content)
    return str(case("add", file, "--json").json["ref"])


def test_a_wrong_passphrase_is_status_3_and_says_what_to_check(case: CommandLine) -> None:
    before = case.left_in_vault()
    wrong = case.folder / "wrong"
    wrong.write_text("not this one", encoding="utf-8")
    refused(case.raw("list", case.vault, "--passphrase-file", wrong), 3, "capital letters")
    assert "not this one" not in case.raw("list", case.vault, "--passphrase-file", wrong).err
    assert case.left_in_vault() == before


@pytest.mark.parametrize(
    ("content", "opens"),
    [("{}", True), ("{}\n", True), ("{}\r\n", True), ("{}\n\n", False), ("\n{}", False), ("{} ", False), ("", False)],
)
def test_one_line_end_and_nothing_else_is_no_part_of_the_passphrase(
    case: CommandLine, content: str, opens: bool
) -> None:
    passphrase = case.secret.read_text(encoding="utf-8").rstrip("\n")
    file = case.folder / "typed"
    file.write_bytes(content.replace("{}", passphrase).encode())
    assert case.raw("list", case.vault, "--passphrase-file", file).status == (0 if opens else 3)
    assert case.raw("list", case.vault, "--passphrase-file", "-", stdin=file.read_bytes()).status == (0 if opens else 3)


def test_a_passphrase_file_that_cannot_be_a_passphrase_is_told_kindly(case: CommandLine) -> None:
    file = case.folder / "bad"
    file.write_bytes(b"caf\xe9")
    refused(case.raw("list", case.vault, "--passphrase-file", file), 2, "UTF-8")
    file.write_bytes(b"x" * 100_000)
    refused(case.raw("list", case.vault, "--passphrase-file", file), 2, "too long")
    for nothing in (case.folder / "missing", case.folder):
        refused(case.raw("list", case.vault, "--passphrase-file", nothing), 2, "could not be read")


def test_an_empty_passphrase_makes_no_vault(tmp_path: Path) -> None:
    line = CommandLine(tmp_path)
    line.secret.write_bytes(b"\n")
    refused(line("create", "--initials", "AB"), 2, "passphrase")
    assert list(tmp_path.iterdir()) == [line.secret]


def test_what_is_not_a_vault_is_said_so_and_left_alone(case: CommandLine) -> None:
    folder = case.folder / "photos"
    folder.mkdir()
    (folder / "a.txt").write_text("x", encoding="utf-8")
    for place in (folder, folder / "a.txt"):
        refused(case.raw("list", place, "--passphrase-file", case.secret), 2, "not a Holdfast vault")
    refused(case.raw("list", case.folder / "missing", "--passphrase-file", case.secret), 2, "no folder of this name")
    assert [path.name for path in folder.iterdir()] == ["a.txt"]


def test_a_vault_of_a_newer_version_is_not_touched(case: CommandLine) -> None:
    for name in ("slots.json", "slots.bak.json"):
        path = case.vault / name
        path.write_bytes(path.read_bytes().replace(b"holdfast-vault/1", b"holdfast-vault/2"))
    before = case.left_in_vault()
    refused(case("list"), 2, "newer version", "not touched")
    assert case.left_in_vault() == before


def test_a_vault_that_is_open_elsewhere_is_said_so(case: CommandLine) -> None:
    before = case.left_in_vault()
    holder = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC; from vault.disk import Disk; "
        "from vault.lock import VaultLock; lock = VaultLock(Path(sys.argv[1]), datetime.now(UTC), Disk()); "
        "print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, case.vault / "lock"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"held\n"
        refused(case("record", "account", "handle=x"), 2, "already open", "Close it there first.")
        other.stdin.close()
    assert case.left_in_vault() == before
    assert case("list").status == 0


def test_every_damaged_part_of_the_log_is_found_and_named(case: CommandLine) -> None:
    with_exhibit(case)
    log = case.vault / "log.db"
    sound = log.read_bytes()
    for place in range(100, len(sound), len(sound) // 11):
        log.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
        found = case("check", "--json")
        if "made anew from the entries" in found.out:
            # A list, which is no loss; everything is as it was then.
            assert (found.status, found.json["faults"]) == (0, [])
            continue
        assert found.status == 1, place
        assert found.json["faults"]
        assert "Damaged" in case("check").out
        assert case("show", "AB/1").status in {0, 1}
    log.write_bytes(sound)
    assert case("check").status == 0


def test_a_log_that_is_no_log_is_told_by_every_command(case: CommandLine) -> None:
    (case.vault / "log.db").write_bytes(os.urandom(20_000))
    refused(case("list"), 1, "damaged", "copy of the whole folder")
    assert case("check").status == 1


def test_a_damaged_file_in_the_vault_is_named_and_never_extracted(case: CommandLine) -> None:
    ref = with_exhibit(case)
    (stored,) = case.objects()
    content = bytearray(stored.read_bytes())
    content[len(content) // 2] ^= 1
    stored.write_bytes(content)
    out = case.folder / "out.txt"
    refused(case("extract", ref, out), 1, ref, "damaged")
    found = case("check", "--json")
    assert found.status == 1
    assert [fault["where"] for fault in found.json["faults"]] == [ref]
    stored.unlink()
    missing = case("extract", ref, out)
    assert (missing.status, missing.out, len(missing.sentences)) == (1, "", 4)
    assert missing.sentences[0] == "Note: Stored files are missing: 1. A check names them."
    assert f"{ref}: A stored file is missing." in missing.err
    assert sorted(path.name for path in case.folder.iterdir()) == ["case.holdfast", "evidence.txt", "passphrase"]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(case: CommandLine) -> None:
    fifo, folder, missing = (case.folder / name for name in ("fifo", "folder", "missing"))
    os.mkfifo(fifo)
    folder.mkdir()
    good = [case.folder / "one.txt", case.folder / "two.txt"]
    for file in good:
        file.write_text("words", encoding="utf-8")
    answer = case("add", fifo, good[0], folder, missing, good[1], "--json")
    assert answer.status == 2
    assert [line["ref"] for line in answer.lines] == ["AB/1", "AB/2"]
    assert len(answer.sentences) == 9
    for name in (fifo, folder, missing):
        assert f"{name}: " in answer.err
    assert len(case.objects()) == 2
    assert case("check").status == 0


def test_an_empty_file_is_kept_with_a_warning(case: CommandLine) -> None:
    empty = case.folder / "empty.txt"
    empty.touch()
    answer = case("add", empty, "--json")
    assert answer.status == 0
    assert answer.json["ref"] == "AB/1"
    assert "empty" in answer.err
    out = case.folder / "out"
    assert case("extract", "AB/1", out).status == 0
    assert out.read_bytes() == b""


@pytest.mark.parametrize(
    "raw",
    [
        b"tab\tline\nfeed\x1b[2J\x07.txt",
        "turned\u202egpj.txt".encode(),
        b"caf\xe9-\xff\xfe.txt",
        b"\xc2\x9b31mred.txt",
        b"-rf",
        b"=cmd|' -C calc'!A1.csv",
        b"x" * 251 + b".txt",
        "é".encode() * 127,
    ],
)
def test_a_file_with_any_name_the_disk_allows_is_kept_and_its_name_shown_harmlessly(
    case: CommandLine, raw: bytes
) -> None:
    file = Path(os.fsdecode(os.fsencode(case.folder) + b"/" + raw))
    file.write_text("words", encoding="utf-8")
    answer = case("add", file)
    assert answer.status == 0, answer.err
    assert is_harmless(answer.out + answer.err)
    shown = case("show", "AB/1").out + case("list").out + case("show", "AB/1", "--json").out
    assert is_harmless(shown)
    out = case.folder / "out"
    assert case("extract", "AB/1", out).status == 0
    assert out.read_text(encoding="utf-8") == "words"


def test_a_name_longer_than_the_disk_allows_is_told(case: CommandLine) -> None:
    answer = case("add", case.folder / ("x" * 300))
    refused(answer, 2, "too long")


def test_something_that_stands_in_the_way_is_never_overwritten(case: CommandLine) -> None:
    ref = with_exhibit(case)
    out = case.folder / "out"
    link = case.folder / "link"
    out.write_text("mine", encoding="utf-8")
    link.symlink_to(case.folder / "nowhere")
    for place in (out, link, case.folder, case.folder / "missing" / "out"):
        refused(case("extract", ref, place), 2)
        refused(case("export", place, "--for", "police"), 2)
    refused(case.raw("create", out, "--initials", "AB", "--passphrase-file", case.secret), 2, "not touched")
    refused(case.raw("create", case.vault, "--initials", "AB", "--passphrase-file", case.secret), 2)
    assert out.read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in case.folder.iterdir()) == [
        "case.holdfast", "evidence.txt", "link", "out", "passphrase",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ("record", "account"),
        ("record", "account", "nonsense=1"),
        ("record", "account", "handle"),
        ("record", "account", "platform=myspace"),
        ("record", "account", "handle=a", "handle=b"),
        ("record", "account", "handle=caf\udce9"),
        ("record", "account", "notes=" + "x" * 1_100_000),
        ("record", "exhibit", "title=x"),
        ("record", "incident", "exhibits=AB/99"),
        ("record", "incident", "accounts=zz"),
        ("amend", "AB/99", "title=x"),
        ("amend", "", "title=x"),
        ("withdraw", "AB/99", "--why", "x"),
        ("show", "AB/99"),
        ("show", "../../etc/passwd"),
        ("extract", "AB/99", "out"),
        ("person", "initials=a b"),
        ("person", "initials=ÄÖ"),
        ("case", "under18=maybe"),
        ("screen", "--area", "1,2,3"),
        ("screen", "--area", "0,0,1,1", "--monitor", "1"),
        ("screen", "--delay", "-1"),
        ("add",),
        ("add", "a", "--sensitivity", "harmless"),
        ("export", "out"),
        ("export", "out", "--for", "everybody"),
        ("export", "out", "--for", "police", "--withhold", "AB/99"),
        ("list", "--kind", "secret"),
        ("list", "--no-such-option"),
        ("check", "more"),
    ],
)
def test_wrong_use_is_status_2_and_changes_nothing(case: CommandLine, arguments: tuple[str, ...]) -> None:
    before = case.left_in_vault()
    refused(case(*arguments), 2)
    assert case.left_in_vault() == before
    assert sorted(path.name for path in case.folder.iterdir()) == ["case.holdfast", "passphrase"]


def test_an_unknown_command_and_a_bare_call_are_wrong_use_too(case: CommandLine) -> None:
    refused(case.raw("destroy-everything"), 2, "--help")
    bare = case.raw()
    assert bare.status == 2
    assert "Commands:" in bare.err


def test_what_was_typed_for_another_command_is_never_repeated_in_an_error(case: CommandLine) -> None:
    case("record", "account", "handle=very_private_name", "notes=secret words")
    for answer in (case("show", "abcd"), case("amend", "AB/9", "title=x"), case("record", "account", "handle")):
        assert "very_private_name" not in answer.err
        assert "secret words" not in answer.err


def test_a_mistake_of_the_program_itself_is_told_without_content(
    case: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise KeyError("a name from the evidence")

    monkeypatch.setattr("app.commands.reading.line", broken)
    answer = case("list")
    refused(answer, 2, "KeyError", "mistake of its own")
    assert "a name from the evidence" not in answer.err
    assert case("check").status == 0


def test_ctrl_c_while_waiting_keeps_nothing_and_is_status_130(
    case: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    before = case.left_in_vault()
    monkeypatch.setattr("app.commands.capturing.ScreenSource.capture", interrupted)
    refused(case("screen", "--delay", "3"), 130, "Stopped")
    assert case.waited == [3]
    assert case.left_in_vault() == before
    assert case("list").status == 0
