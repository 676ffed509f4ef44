"""backup and check on the command line: what they say, their JSON, their exit status, and what they never do."""

import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from command_line import CommandLine, is_harmless, new_case
from vaults import CHEAP

from app.casefile import Casefile
from app.copies import last_backup, opened_copy, unsaved_since_backup
from app.kinds import Kind
from vault.backup import backup
from vault.disk import Disk
from vault.errors import DamagedVault
from vault.keys import DATABASE
from vault.vault import Vault


@pytest.fixture
def case(tmp_path: Path) -> CommandLine:
    return new_case(tmp_path)


@pytest.fixture
def copy(case: CommandLine) -> Path:
    return case.folder / "copy.holdfast"


def add(case: CommandLine, content: bytes = b"some evidence\n" * 50, *options: str) -> str:
    file = case.folder / "evidence.txt"
    file.write_bytes(content)
    return str(case("add", file, "--json", *options).json["ref"])


def stored_in(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "objects").rglob("*") if path.is_file())


def damage(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def damage_entry(case: CommandLine, seq: int) -> None:
    """Change one byte of the log so that exactly the page with this entry cannot be read."""
    log = case.vault / "log.db"
    whole = log.read_bytes()
    passphrase = case.secret.read_text(encoding="utf-8").rstrip("\n")
    for page in range(1, len(whole) // 4096):
        damage(log, page * 4096 + 2000)
        with suppress(DamagedVault):
            opened = Vault.open(case.vault, passphrase)
            lost = {lost.seq for lost in opened.damage.lost} if opened.damage is not None else set()
            opened.close()
            if seq in lost and 1 not in lost:
                return
        log.write_bytes(whole)
    raise AssertionError("no page holds this entry alone")


def test_a_backup_says_what_it_did_and_opens_with_the_same_passphrase(case: CommandLine, copy: Path) -> None:
    ref = add(case)
    done = case("backup", copy)
    assert (done.status, done.err) == (0, "")
    assert "4 entries, 1 stored file copied and read back" in done.out
    assert is_harmless(done.out)
    again = case("backup", copy, "--json").json
    assert (again["entries"], again["copied"], again["removed"], again["damaged"], again["held"]) == (4, 0, 0, [], [])
    assert again["backup"] == str(copy)
    out = case.folder / "out.txt"
    assert case.raw("extract", copy, ref, out, "--passphrase-file", case.secret).status == 0
    assert out.read_bytes() == b"some evidence\n" * 50


def test_a_withdrawal_is_carried_on_and_older_copies_are_spoken_of(case: CommandLine, copy: Path) -> None:
    ref = add(case)
    case("backup", copy)
    case("withdraw", ref, "--why", "a mistake")
    done = case("backup", copy)
    assert done.status == 0
    assert "withdrawn: 1 stored file" in done.out
    assert "still hold its file" in done.err
    assert stored_in(copy) == []


def test_a_place_that_holds_something_else_is_refused_in_three_sentences(case: CommandLine, copy: Path) -> None:
    add(case)
    (case.folder / "photos").mkdir()
    (case.folder / "photos" / "a.jpg").write_bytes(b"a")
    for place in (case.vault, case.vault / "objects" / "b", case.folder / "photos", case.folder / "none" / "b"):
        refused = case("backup", place)
        assert (refused.status, refused.out, len(refused.sentences)) == (2, "", 3), refused.err
    assert (case.folder / "photos" / "a.jpg").read_bytes() == b"a"


def test_a_copy_that_went_on_is_told_by_backup_and_by_check(case: CommandLine, copy: Path) -> None:
    add(case)
    case("backup", copy)
    assert case("check", "--against", copy, "--json").json["against"] == {
        "standing": "equal", "common": 4, "entries": 4, "others": 4, "withdrawn": 0, "notes": 0,
    }  # fmt: skip
    case("record", "incident", "what_happened=only here")
    ahead = case("check", "--against", copy)
    assert ahead.status == 0
    assert "brings the copy up to date" in ahead.out
    case.raw("record", copy, "incident", "what_happened=only there", "--passphrase-file", case.secret)
    apart = case("check", "--against", copy)
    assert apart.status == 1
    assert "Since entry 4 both went on separately" in apart.out
    refused = case("backup", copy)
    assert (refused.status, refused.out, len(refused.sentences)) == (1, "", 3)
    assert "went on separately" in refused.err


def test_a_vault_put_back_to_an_older_day_is_behind_its_copy(case: CommandLine, copy: Path) -> None:
    add(case)
    shutil.copytree(case.vault, case.folder / "older")
    case("record", "incident", "what_happened=later")
    case("backup", copy)
    shutil.rmtree(case.vault)
    (case.folder / "older").rename(case.vault)
    found = case("check", "--against", copy, "--json")
    assert (found.status, found.json["against"]["standing"]) == (1, "behind")  # type: ignore[index]
    refused = case("backup", copy)
    assert refused.status == 1
    assert "ahead" in refused.err


def test_comparing_changes_neither_and_another_vault_or_the_same_one_is_told(case: CommandLine, copy: Path) -> None:
    case("backup", copy)
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    assert case("check", "--against", copy).status == 0
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before
    assert case("check", "--against", case.vault).status == 2
    (case.folder / "other").mkdir()
    other = new_case(case.folder / "other")
    found = case("check", "--against", other.vault, "--json")
    assert (found.status, found.json["against"]["standing"]) == (1, "another")  # type: ignore[index]


def test_the_passphrase_of_a_copy_is_asked_for_only_where_the_vaults_does_not_open_it(
    case: CommandLine, copy: Path
) -> None:
    case("backup", copy)
    old = case.folder / "old"
    old.write_bytes(case.secret.read_bytes())
    case.secret.write_text("quite another one", encoding="utf-8")
    arguments = ("--new-passphrase-file", case.secret, "--passphrase-file", old)
    assert case.raw("passphrase", case.vault, *arguments).status == 0
    assert case("check", "--against", copy).status == 0
    newer = case.folder / "newer"
    newer.write_text("one more", encoding="utf-8")
    assert case("rekey", "--new-passphrase-file", newer).status == 0
    case.secret.write_bytes(newer.read_bytes())
    assert "Passphrase of the copy" in case("check", "--against", copy).err
    assert case("check", "--against", copy, "--against-passphrase-file", old).status == 0
    assert case("check", "--against", copy, "--against-passphrase-file", newer).status == 3


def test_a_damaged_file_is_named_with_what_can_still_be_read(case: CommandLine, copy: Path) -> None:
    ref = add(case)
    (stored,) = stored_in(case.vault)
    damage(stored, 200)
    found = case("check")
    assert found.status == 1
    assert f"Damaged: {ref}: A stored file is damaged (chunk 1). Still there: its words can be read." in found.out
    assert case("check", "--json").json["faults"] == [
        {"where": ref, "what": "A stored file is damaged (chunk 1).", "readable": "its words can be read"}
    ]
    done = case("backup", copy)
    assert done.status == 1
    assert f"Damaged in the vault, and not whole in this backup: {ref}." in done.err
    assert case("list").status == 0


def test_a_damaged_log_is_listed_and_shown_around_the_damage_and_nothing_is_added(
    case: CommandLine, copy: Path
) -> None:
    for number in range(30):
        case("record", "incident", f"what_happened=number {number} " + "x" * 900)
    case("backup", copy)
    damage_entry(case, 20)
    listed = case("list", "--json")
    assert listed.status == 0
    assert "cannot be read" in listed.err
    shown = {line["seq"] for line in listed.lines}
    assert {3, 4, 33} <= shown
    assert 20 not in shown
    found = case("check", "--json")
    assert found.status == 1
    assert {"log", "entry 20"} <= {fault["where"] for fault in found.json["faults"]}  # type: ignore[union-attr]
    for command in (("record", "incident", "what_happened=new"), ("receipt",), ("add", case.secret)):
        refused = case(*command)
        assert (refused.status, refused.out) == (1, "")
        assert "nothing is added" in refused.err
    refused = case("backup", copy)
    assert refused.status == 1
    assert "would lose them" in refused.err
    assert case.raw("check", copy, "--passphrase-file", case.secret).status == 0


def test_what_a_lost_entry_may_have_held_stays_in_a_damaged_vault(case: CommandLine) -> None:
    picture = case.folder / "a.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n picture")
    kept, held = (str(case("add", picture, "--json").json["ref"]) for _ in range(2))
    for _ in range(6):
        case("record", "incident", "what_happened=" + "x" * 900)
    case("amend", held, "title=" + "x" * 3000)
    seq = case("show", held, "--history", "--json").json["history"][-1]["seq"]  # type: ignore[index]
    for _ in range(6):
        case("record", "incident", "what_happened=" + "x" * 900)
    damage_entry(case, seq)
    refused = case("extract", held, case.folder / "out.png")
    assert refused.status == 4
    assert "held" in refused.err
    assert not (case.folder / "out.png").exists()
    assert case("extract", kept, case.folder / "kept.png").status == 0


def test_held_exhibits_are_backed_up_in_words_alone(case: CommandLine, copy: Path) -> None:
    picture = case.folder / "a.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n picture")
    ref = str(case("add", picture, "--json").json["ref"])
    case("case", "under18=yes")
    done = case("backup", copy, "--json")
    assert (done.status, done.json["held"], done.json["copied"]) == (0, [ref], 0)
    assert "only their words" in done.err
    assert stored_in(copy) == []
    checked = case.raw("check", copy, "--passphrase-file", case.secret, "--json")
    assert (checked.status, checked.json["faults"]) == (0, [])


def test_what_was_copied_before_it_was_held_is_said_to_be_there(case: CommandLine, copy: Path) -> None:
    picture = case.folder / "a.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n picture")
    ref = str(case("add", picture, "--json").json["ref"])
    case("backup", copy)
    held = case("case", "under18=yes")
    assert "the last backup (2026-11-20)" in held.err
    assert "never leave" not in held.err
    done = case("backup", copy)
    assert f"Held since an earlier backup: {ref}" in done.err
    assert "only their words" not in done.err
    assert len(stored_in(copy)) == 1
    told = case("backup", copy, "--json").json
    assert (told["held"], told["held_there"]) == ([], [ref])


def test_a_copy_that_still_holds_what_was_withdrawn_is_said_to(case: CommandLine, copy: Path) -> None:
    ref = add(case)
    case("backup", copy)
    withdrawn = case("withdraw", ref, "--why", "a mistake")
    assert withdrawn.status == 0
    assert "this vault knows of the last backup (2026-11-20)" in withdrawn.err
    assert "still hold its file" in withdrawn.err
    assert "police may prefer the original" in withdrawn.err
    compared = case("check", "--against", copy)
    assert "nothing that is not here" not in compared.out
    assert "still holds what was withdrawn here: 1 stored file" in compared.out
    assert case("check", "--against", copy, "--json").json["against"]["withdrawn"] == 1  # type: ignore[index]
    case("backup", copy)
    assert "still holds" not in case("check", "--against", copy).out


def test_words_that_are_withdrawn_have_no_original_that_the_police_may_prefer(case: CommandLine) -> None:
    written = str(case("record", "incident", "what_happened=x", "--json").json["id"])
    assert case("withdraw", written, "--why", "a mistake").err == ""


def test_a_withdrawn_file_that_the_disk_does_not_let_go_is_told(case: CommandLine) -> None:
    ref = add(case)
    (stored,) = stored_in(case.vault)
    stored.unlink()
    stored.mkdir()  # what unlink removes from nowhere, not even for the administrator
    answer = case("withdraw", ref, "--why", "a mistake")
    assert answer.status == 5
    assert "1 of 1 still there" in answer.err


def test_every_file_of_a_backup_is_read_again_on_request_and_a_damaged_one_is_mended(
    case: CommandLine, copy: Path
) -> None:
    ref = add(case)
    case("backup", copy)
    (stored,) = stored_in(copy)
    damage(stored, 200)
    done = case("backup", copy, "--verify-all")
    assert done.status == 0
    assert "Read again because it was there already: 1 stored file." in done.out
    assert f"damaged in this backup, and is copied anew: {ref}" in done.err
    assert case.raw("check", copy, "--passphrase-file", case.secret).status == 0
    assert case("backup", copy, "--json").json["mended"] == []


def test_ctrl_c_says_what_is_left_of_a_backup_and_the_same_command_goes_on_with_it(
    case: CommandLine, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopping(Disk):
        """Somebody presses Ctrl-C when the copy of the log is to get its name."""

        def rename(self, source: Path, target: Path) -> None:
            if target.name == "log.db":
                raise KeyboardInterrupt
            super().rename(source, target)

    add(case)
    with monkeypatch.context() as patched:
        patched.setattr("vault.backup.Disk", Stopping)
        stopped = case("backup", copy)
    assert (stopped.status, stopped.out, len(stopped.sentences)) == (130, "", 3)
    assert "tmp-backup-copy.holdfast" in stopped.err
    assert (case.folder / "tmp-backup-copy.holdfast").is_dir()
    assert case("backup", copy).status == 0
    assert not (case.folder / "tmp-backup-copy.holdfast").exists()
    add(case)
    with monkeypatch.context() as patched:
        patched.setattr("vault.backup.Disk", Stopping)
        stopped = case("backup", copy)
    assert stopped.status == 130
    assert "The copy there opens" in stopped.err
    assert case.raw("check", copy, "--passphrase-file", case.secret).status == 0


def test_a_stick_without_room_for_what_is_new_is_told_of_before_anything_is_written(
    case: CommandLine, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(case)
    case("backup", copy)
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: (10**9, 10**9 - 5000, 5000))
    refused = case("backup", copy)
    assert (refused.status, refused.out, len(refused.sentences)) == (5, "", 3)
    assert "Free some room there, or use a larger disk or stick" in refused.err
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: (10**9, 10**9 - 3_000_000, 3_000_000))
    assert case("backup", copy).status == 0


def test_the_last_way_in_is_not_told_to_be_an_entry(case: CommandLine) -> None:
    slot = str(case("slots", "--json").json["id"])
    refused = case("slots", "--remove", slot)
    assert (refused.status, refused.out) == (2, "")
    assert "new passphrase" in refused.err
    assert "entry" not in refused.err


def test_a_backup_into_a_synced_folder_needs_a_word(case: CommandLine) -> None:
    cloud = case.folder / "Dropbox"
    (cloud / ".dropbox.cache").mkdir(parents=True)
    refused = case("backup", cloud / "copy.holdfast")
    assert (refused.status, len(refused.sentences)) == (4, 3)
    assert case("backup", cloud / "copy.holdfast", "--anyway").status == 0


def test_what_is_in_no_backup_yet_is_known_to_the_window(case: CommandLine, copy: Path) -> None:
    passphrase = case.secret.read_text(encoding="utf-8").rstrip("\n")
    clock = case.program.clock
    casefile = Casefile.open(case.vault, passphrase, clock, window=True)
    newest = unsaved_since_backup(casefile)
    assert newest is not None
    assert newest.kind is Kind.CASE
    assert last_backup(casefile) is None
    backup(casefile.vault, copy, now=clock.now())
    assert unsaved_since_backup(casefile) is None
    assert last_backup(casefile) == clock.now()
    casefile.begin_session()
    assert unsaved_since_backup(casefile) is None
    kept = casefile.record(Kind.INCIDENT, {"what_happened": "new"})
    assert unsaved_since_backup(casefile) == kept
    casefile.close()


def test_a_window_on_a_vault_that_is_only_read_writes_no_session(case: CommandLine, copy: Path) -> None:
    passphrase = case.secret.read_text(encoding="utf-8").rstrip("\n")
    case("backup", copy)
    casefile = Casefile.open(case.vault, passphrase, case.program.clock)
    with opened_copy(casefile, copy, passphrase, lambda: "") as other:
        looking = Casefile(other, case.program.clock, window=True)
        looking.begin_session()
        looking.close()
    casefile.close()
    assert case("check", "--against", copy, "--json").json["against"]["standing"] == "equal"  # type: ignore[index]


def test_the_keys_of_a_vault_and_its_copy_are_the_same_until_it_gets_a_new_one(case: CommandLine, copy: Path) -> None:
    passphrase = case.secret.read_text(encoding="utf-8").rstrip("\n")
    vault = Vault.open(case.vault, passphrase)
    backup(vault, copy)
    vault.set_passphrase("new", cost=CHEAP)
    with_copy = Vault.open(copy, passphrase, reading=True)
    assert with_copy.keys.key(DATABASE) == vault.keys.key(DATABASE)
    with_copy.close()
    vault.close()
