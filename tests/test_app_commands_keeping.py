"""The ways into a vault without a terminal: passphrases, recovery words in files and on sheets, slots, a new key."""

import errno
import re
import stat
import subprocess
from pathlib import Path

import pytest
from command_line import PASSPHRASE, Answer, CommandLine, new_case

from vault.disk import Disk
from vault.recovery import parse_words, words_of
from vault.vault import Vault

NEW = "ein neuer Satz mit sechs Wörtern"
WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow"


@pytest.fixture
def case(tmp_path: Path) -> CommandLine:
    line = new_case(tmp_path, "--recovery-words-file", tmp_path / "words")
    line.stick.mkdir()
    (tmp_path / "new").write_text(f"{NEW}\n", encoding="utf-8")
    return line


@pytest.fixture
def plain(tmp_path: Path) -> CommandLine:
    """A vault without recovery words."""
    line = new_case(tmp_path)
    (tmp_path / "new").write_text(f"{NEW}\n", encoding="utf-8")
    return line


def new_file(case: CommandLine) -> tuple[str, Path]:
    return "--new-passphrase-file", case.folder / "new"


def opens(case: CommandLine, passphrase: str) -> bool:
    return case.raw("list", case.vault, "--passphrase-file", "-", stdin=passphrase).status == 0


def recovered(case: CommandLine, words: str, *options: str | Path) -> Answer:
    arguments = ("recover", case.vault, "--recovery-words-file", "-", *new_file(case), *options)
    return case.raw(*arguments, stdin=words)


def slot_types(case: CommandLine, passphrase: str = PASSPHRASE) -> list[object]:
    listed = case.raw("slots", case.vault, "--json", "--passphrase-file", "-", stdin=passphrase)
    return [line["type"] for line in listed.lines]


def test_recovery_words_go_to_a_new_file_of_its_owner_alone_and_open_the_vault(case: CommandLine) -> None:
    file = case.folder / "words"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    Vault.open_with_words(case.vault, parse_words(file.read_text("ascii"))).close()


def test_without_a_place_for_them_no_words_are_made_and_that_is_said(tmp_path: Path) -> None:
    line = CommandLine(tmp_path)
    line.secret.write_text(PASSPHRASE, encoding="utf-8")
    made = line("create", "--initials", "AB", "--json")
    assert made.json["recovery_words"] is False
    assert "nobody can open this vault" in made.err
    assert slot_types(line) == ["passphrase"]


def test_an_easy_passphrase_is_taken_with_a_hint(tmp_path: Path) -> None:
    line = CommandLine(tmp_path)
    line.secret.write_text("AB2026", encoding="utf-8")
    made = line("create", "--initials", "AB")
    assert made.status == 0
    assert "could guess this" in made.err
    assert "AB2026" not in made.out + made.err


@pytest.mark.parametrize("option", ["--recovery-words-file", "--recovery-sheet"])
def test_nothing_is_overwritten_and_nothing_is_made_where_the_words_have_no_place(tmp_path: Path, option: str) -> None:
    line = CommandLine(tmp_path)
    line.secret.write_text(PASSPHRASE, encoding="utf-8")
    line.stick.mkdir()
    taken = line.stick / "taken"
    taken.write_text("mine", encoding="utf-8")
    for place in (taken, line.stick, line.stick / "missing" / "words"):
        assert line("create", "--initials", "AB", option, place).status == 2
    assert taken.read_text(encoding="utf-8") == "mine"
    assert not line.vault.exists()


def test_a_new_passphrase_shuts_out_the_old_one_and_the_old_words(case: CommandLine) -> None:
    old = (case.folder / "words").read_text("ascii")
    changed = case("passphrase", *new_file(case), "--recovery-words-file", case.folder / "words-2")
    assert changed.status == 0, changed.err
    assert "still open with the old passphrase" in changed.out
    assert opens(case, NEW)
    assert not opens(case, PASSPHRASE)
    assert recovered(case, old).status == 3
    assert (case.folder / "words-2").read_text("ascii") != old
    assert slot_types(case, NEW) == ["passphrase", "recovery"]


def test_without_a_place_for_new_words_a_new_passphrase_ends_the_old_ones_and_says_so(case: CommandLine) -> None:
    changed = case("passphrase", *new_file(case), "--json")
    assert changed.json["recovery_words"] is False
    assert "no recovery words" in changed.err
    assert slot_types(case, NEW) == ["passphrase"]


@pytest.mark.parametrize("content", ["", "\n", WORDS, f"1. {WORDS.replace(' ', ', ')}"])
def test_a_new_passphrase_is_anything_but_nothing_and_but_recovery_words(case: CommandLine, content: str) -> None:
    before = case.left_in_vault()
    (case.folder / "new").write_text(content, encoding="utf-8")
    for command in ("passphrase", "rekey"):
        refused = case(command, *new_file(case))
        assert refused.status == 2
        assert "sausage" not in refused.err
    assert case.left_in_vault() == before


def test_words_set_a_new_passphrase_and_are_used_up(case: CommandLine) -> None:
    case("record", "account", "handle=someone")
    old = (case.folder / "words").read_text("ascii")
    done = recovered(case, old.upper(), "--new-recovery-words-file", case.folder / "words-2", "--json")
    assert done.status == 0, done.err
    assert done.json["recovery_words"] is True
    assert opens(case, NEW)
    assert not opens(case, PASSPHRASE)
    assert recovered(case, old).status == 3
    assert recovered(case, (case.folder / "words-2").read_text("ascii")).status == 0


def test_a_mistyped_word_is_named_and_changes_nothing(case: CommandLine) -> None:
    before = case.left_in_vault()
    words = (case.folder / "words").read_text("ascii").split()
    wrong = recovered(case, " ".join([*words[:6], "qqzx", *words[7:]]))
    assert wrong.status == 2
    assert "Word 7, “qqzx”" in wrong.err
    assert recovered(case, " ".join(words[:11])).status == 2
    assert recovered(case, WORDS).status == 3
    assert case.left_in_vault() == before


def test_words_given_as_the_passphrase_are_answered_with_the_way_that_takes_them(case: CommandLine) -> None:
    words = (case.folder / "words").read_text("ascii")
    answer, other = (case.raw("list", case.vault, "--passphrase-file", "-", stdin=text) for text in (words, WORDS))
    assert answer.status == 2
    assert "recover" in answer.err
    # Words of theirs may be words that are said each time: "you", "like". What is said does not depend on theirs.
    assert answer == other
    assert "sausage" not in other.err


def test_standard_input_gives_one_secret(case: CommandLine) -> None:
    before = case.left_in_vault()
    for command in (
        ("passphrase", case.vault, "--passphrase-file", "-", "--new-passphrase-file", "-"),
        ("recover", case.vault, "--recovery-words-file", "-", "--new-passphrase-file", "-"),
    ):
        assert case.raw(*command, stdin=PASSPHRASE).status == 2
    assert case.left_in_vault() == before


def test_slots_are_listed_without_keys_and_the_last_one_stays(case: CommandLine) -> None:
    listed = case("slots")
    first, second = (line.split("  ")[0] for line in listed.out.splitlines())
    keys = re.findall(r'"(?:salt|nonce|wrapped)":"([0-9a-f]+)"', (case.vault / "slots.json").read_text("ascii"))
    assert len(keys) == 6
    assert not any(key in listed.out + case("slots", "--json").out for key in keys)
    assert case("slots", "--remove", "zz").status == 2
    assert case("slots", "--remove", second[:8]).out.split()[0] == first
    assert slot_types(case) == ["passphrase"]
    last = case("slots", "--remove", first)
    assert last.status == 2
    assert "last" in last.err
    assert opens(case, PASSPHRASE)


def test_a_vault_with_words_alone_says_so_and_opens_with_them(case: CommandLine) -> None:
    passphrase_slot = case("slots").out.split()[0]
    removed = case("slots", "--remove", passphrase_slot)
    assert removed.status == 0
    assert "only the recovery words" in removed.err
    assert not opens(case, PASSPHRASE)
    assert recovered(case, (case.folder / "words").read_text("ascii")).status == 0
    assert opens(case, NEW)


def test_a_new_key_encrypts_everything_anew_and_says_what_it_cannot_reach(case: CommandLine) -> None:
    evidence = case.folder / "evidence.txt"
    evidence.write_bytes(b"words of evidence")
    case("add", evidence)
    before, fingerprint = case.left_in_vault(), case("receipt", "--json").json["fingerprint"]
    old = (case.folder / "words").read_text("ascii")
    done = case("rekey", *new_file(case), "--recovery-words-file", case.folder / "words-2")
    assert done.status == 0, done.err
    for words in ("still open with the old passphrase", "new backup", "could still sign"):
        assert words in done.out
    assert opens(case, NEW)
    assert not opens(case, PASSPHRASE)
    assert recovered(case, old).status == 3
    after = case.left_in_vault()
    assert {name for name in before if after.get(name) == before[name]} == set()
    case.secret.write_text(NEW, encoding="utf-8")
    assert case("check").status == 0
    assert case("extract", "AB/1", case.folder / "out").status == 0
    assert (case.folder / "out").read_bytes() == b"words of evidence"
    assert case("receipt", "--json").json["fingerprint"] == fingerprint
    assert [path.name for path in case.folder.iterdir() if "rekey" in path.name] == []


def test_an_old_vault_that_the_disk_does_not_let_go_is_told_until_it_is_gone(
    case: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_disk: Disk, _path: Path) -> None:
        raise OSError(errno.EIO, "worn out")

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "overwrite", refused)
        done = case("rekey", *new_file(case), "--recovery-words-file", case.folder / "words-2")
        assert done.status == 0
        assert done.err.count("under its old key still stands beside it") == 1
        case.secret.write_text(NEW, encoding="utf-8")
        assert "under its old key still stands beside it" in case("list").err
    (old,) = (path for path in case.folder.iterdir() if "rekey" in path.name)
    Vault.open(old, PASSPHRASE, reading=True).close()
    assert case("list").err == ""
    assert not old.exists()


def test_a_new_key_leaves_a_damaged_file_behind_only_by_its_name_and_keeps_the_old_vault(case: CommandLine) -> None:
    for name in ("one", "two"):
        (case.folder / name).write_text(f"words of evidence {name}")
        assert case("add", case.folder / name).status == 0
    case.objects()[0].write_bytes(b"damaged")
    damaged = case("check", "--json").json["faults"]
    assert isinstance(damaged, list)
    ref = damaged[0]["where"]
    before = case.left_in_vault()
    refused = case("rekey", *new_file(case))
    assert (refused.status, refused.out) == (1, "")
    assert ref in refused.err
    assert f"--leave-damaged {ref}" in refused.err
    assert case.left_in_vault() == before
    done = case("rekey", *new_file(case), "--leave-damaged", str(ref).lower(), "--json")
    assert done.status == 0, done.err
    assert done.json["left"] == [ref]
    kept = Path(str(done.json["kept"]))
    assert kept.name in done.err
    assert opens(case, NEW)
    case.secret.write_text(NEW, encoding="utf-8")
    assert case("check").status == 1
    assert case("list", "--kind", "session", "--json").lines[-1]["data"]["left_behind"]
    Vault.open(kept, PASSPHRASE).close()


def test_a_sheet_goes_to_a_stick_and_holds_the_words(case: CommandLine) -> None:
    sheet = case.stick / "sheet.pdf"
    made = case("passphrase", *new_file(case), "--recovery-sheet", sheet)
    assert made.status == 0, made.err
    assert "printer" in made.err
    text = subprocess.run(["pdftotext", "-layout", sheet, "-"], capture_output=True, check=True, text=True).stdout
    numbered = {int(number): word for number, word in re.findall(r"\b(\d{1,2})\s+([a-z]+)\b", text)}
    words = " ".join(numbered[number] for number in range(1, 13))
    assert recovered(case, words).status == 0


def test_a_sheet_is_refused_anywhere_else_before_anything_is_changed(case: CommandLine) -> None:
    before = case.left_in_vault()
    for command in ("passphrase", "rekey"):
        refused = case(command, *new_file(case), "--recovery-sheet", case.folder / "sheet.pdf")
        assert refused.status == 4
        assert "stick" in refused.err
    assert case.left_in_vault() == before
    assert not (case.folder / "sheet.pdf").exists()


def test_words_that_could_not_be_written_open_nothing(case: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.commands.recovery.write_all", full)
    words = case.folder / "words-2"
    failed = case("passphrase", *new_file(case), "--recovery-words-file", words)
    assert failed.status == 5
    assert "no recovery words" in failed.err
    assert not words.exists()
    assert slot_types(case, NEW) == ["passphrase"]


def test_a_vault_is_not_destroyed_by_any_wrong_attempt(plain: CommandLine) -> None:
    before = plain.left_in_vault()
    for _attempt in range(20):
        assert plain.raw("list", plain.vault, "--passphrase-file", "-", stdin="wrong").status == 3
        assert recovered(plain, " ".join(words_of(parse_words(WORDS)))).status == 3
    assert plain.left_in_vault() == before
