"""From the command line a package is handed over that says what it holds, and any package can be checked."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import segno
from command_line import PASSPHRASE, Answer, CommandLine, new_case

PICTURE = b"\x89PNG\r\n\x1a\n" + b"pixels" * 200


@pytest.fixture
def case(tmp_path: Path) -> CommandLine:
    made = new_case(tmp_path, "--name", "Anna Berg")
    for name in ("ordinary.png", "private.png"):
        (tmp_path / name).write_bytes(PICTURE + name.encode())
    made("add", tmp_path / "ordinary.png", "--sensitivity", "ordinary")
    made("add", tmp_path / "private.png", "--sensitivity", "intimate")
    made("record", "account", "platform=skype", "persistent_id=live:.cid.1a2b3c4d5e6f7a8b")
    return made


def exported(case: CommandLine, *options: str | Path) -> Answer:
    return case("export", case.folder / "out", "--for", "police", *options)


def package(case: CommandLine) -> Path:
    (found,) = (case.folder / "out").glob("*.zip")
    return found


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def test_an_export_says_where_things_are_what_was_left_out_and_what_to_compare(case: CommandLine) -> None:
    made = exported(case)
    assert made.status == 0, made.err
    assert str(package(case)) in made.out
    assert "Verified: yes" in made.out
    (left_out,) = (line for line in made.out.splitlines() if line.startswith("Left out"))
    assert "AB-0002.png" in left_out
    assert "AB-0001.png" not in left_out
    assert "--unsealed" in left_out
    fingerprint = json.loads(members(package(case))["data/head.json"])["fingerprint"]
    assert fingerprint[:4] + " " + fingerprint[4:8] in made.out
    assert "data/exhibits/AB-0002.png" not in members(package(case))


def test_what_was_left_out_is_taken_in_when_somebody_asks_for_it(case: CommandLine) -> None:
    told = exported(case, "--unsealed", "--json").json
    assert told["left_out"] == []
    assert told["verdict"] == "intact"
    assert Path(str(told["package"])) == package(case)
    assert members(package(case))["data/exhibits/AB-0002.png"] == PICTURE + b"private.png"


def test_the_code_of_a_gift_card_is_shown_in_full_and_that_is_said_while_it_can_be_spent(case: CommandLine) -> None:
    card = ("kind=gift_card", "gift_brand=steam", "gift_code=AAAA1-BBBB2-CCCC3")
    kept = case("record", "payment", *card).out.strip()
    case("record", "payment", *card[:2], "gift_code=DDDD4-EEEE5-FFFF6", "redeemed=yes")
    made = exported(case)
    (said,) = (line for line in made.err.splitlines() if "gift card" in line)
    assert kept[:8] in said
    assert "whoever reads it can spend what is left" in said
    inside = members(package(case))
    assert b"AAAA1-BBBB2-CCCC3" in b"".join(content for name, content in inside.items() if name.endswith(".csv"))
    again = case("export", case.folder / "again", "--for", "police", "--withhold", kept[:8])
    assert (again.status, "gift card" in again.err) == (0, False)
    (other,) = (case.folder / "again").glob("*.zip")
    assert not [name for name, content in members(other).items() if b"AAAA1" in content]


def test_what_is_withheld_is_not_in_the_package_and_names_never_are(case: CommandLine) -> None:
    assert exported(case, "--withhold", "ab/2", "--unsealed", "--json").json["withheld"] == 2
    content = b"".join(members(package(case)).values())
    assert PICTURE + b"private.png" not in content
    assert b"Anna Berg" not in content
    assert PICTURE + b"ordinary.png" in content


def test_an_export_and_a_receipt_are_recorded(case: CommandLine) -> None:
    given = case("receipt", "--json").json
    assert exported(case).status == 0
    assert case("list", "--kind", "export", "--json").json["seq"] == int(str(given["entries"])) + 2
    assert case("list", "--kind", "anchor", "--json").json["data"] == {
        name: given[name] for name in ("entries", "head", "receipt")
    }


def test_a_receipt_says_what_it_is_for(case: CommandLine) -> None:
    told = case("receipt")
    assert told.status == 0
    assert told.err == ""
    assert "Receipt code: 6-" in told.out
    assert "first 6 entries" in told.out
    assert "changed, dropped or remade" in told.out


def test_a_receipt_is_shown_in_groups_and_as_a_square_that_holds_all_of_it(case: CommandLine) -> None:
    told = case("receipt").out
    anchor = case("list", "--kind", "anchor", "--json").json["data"]
    assert isinstance(anchor, dict)
    code = re.search(r"Receipt code: (6(?:-[0-9A-Z]{4}){7})\n", told)
    assert code is not None
    assert code[1] == anchor["receipt"]
    (words,) = re.findall(r"Fingerprint:  ([0-9a-f ]+)\n", told)
    vault = json.loads((case.vault / "slots.json").read_bytes())["vault"]
    text = f"holdfast {vault} 6 {anchor['head']} {words.replace(' ', '')}"
    square = segno.make(text, error="m", micro=False, boost_error=False)
    shown = [line for line in told.splitlines() if line and not line.strip(" █▀▄")]
    halves = [[letter in half for letter in line] for line in shown for half in ("█▀", "█▄")]
    wanted = [[bool(module) for module in row] for row in square.matrix_iter(scale=1, border=4)]
    assert halves[: len(wanted)] == wanted
    assert max(map(len, shown)) < 80


def test_where_a_terminal_cannot_show_the_square_it_says_where_else_it_is(case: CommandLine) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "app", "receipt", case.vault, "--passphrase-file", "-"],
        input=PASSPHRASE.encode() + b"\n", capture_output=True, check=True, env={"PYTHONIOENCODING": "ascii"},
    ).stdout  # fmt: skip
    assert told.isascii()
    assert b"a report has it too" in told


def test_a_package_and_its_unpacked_folder_are_verified_without_vault_or_passphrase(case: CommandLine) -> None:
    receipt = str(case("receipt", "--json").json["receipt"])
    fingerprint = str(exported(case, "--json").json["fingerprint"])
    zipped = package(case)
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(case.folder / "unpacked")
    (folder,) = (case.folder / "unpacked").iterdir()
    shutil.rmtree(case.vault)
    spoken = " ".join(fingerprint[start : start + 4] for start in range(0, 64, 4)).upper()
    checked = case.raw("verify", zipped, folder, "--fingerprint", spoken, "--receipt", receipt.lower(), "--json")
    assert checked.status == 0
    assert [line["package"] for line in checked.lines] == [str(zipped), str(folder)]
    for line in checked.lines:
        assert set(line) == {
            "package", "verdict", "problems", "notices", "entries", "disclosed", "withheld", "exhibits", "sealed",
            "head", "fingerprint", "timestamp", "receipts", "timestamps", "continues",
        }  # fmt: skip
        assert (line["verdict"], line["problems"]) == ("intact", [])
        codes = [notice["code"] for notice in line["notices"]]
        assert "no-outside-anchor" not in codes
        assert "tables-not-compared" not in codes
    assert "Intact" in case.raw("verify", zipped).out


def test_of_several_packages_a_failed_one_is_worse_news_than_an_unreadable_one(case: CommandLine) -> None:
    exported(case)
    intact = package(case)
    unreadable, failed = case.folder / "note.zip", case.folder / "failed.zip"
    unreadable.write_bytes(b"no zip")
    with zipfile.ZipFile(intact) as source, zipfile.ZipFile(failed, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part, content + b" " if part.filename.endswith("report.html") else content)
    assert case.raw("verify", intact, unreadable).status == 2
    assert case.raw("verify", unreadable, failed, intact).status == 1
    assert case.raw("verify", failed, unreadable, intact).status == 1
    assert case.raw("verify", case.folder / "missing").status == 2
    (problem,) = case.raw("verify", failed, "--json").json["problems"]
    assert problem["code"] == "file-changed"
    assert problem["path"] == "data/report.html"


def test_another_fingerprint_fails_and_a_mistyped_one_is_no_verdict(case: CommandLine) -> None:
    exported(case)
    assert case.raw("verify", package(case), "--fingerprint", "ab" * 32).status == 1
    for mistyped in (("--fingerprint", "abc"), ("--receipt", "6-7KQ4-M2XP")):
        answer = case.raw("verify", package(case), *mistyped)
        assert answer.status == 2
        assert answer.out == ""
        assert len(answer.sentences) == 3


def test_a_damaged_exhibit_is_left_out_of_an_export_and_named(case: CommandLine) -> None:
    for stored in case.objects():
        stored.write_bytes(stored.read_bytes()[:-1])
    made = exported(case)
    assert made.status == 0
    assert "Left out, because they are damaged in the vault" in made.out
