"""An export: strangers' tools accept it, it shows what was chosen and no more, and it is made whole or not at all."""

import csv
import hashlib
import io
import json
import resource
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cases import ORDINARY, artifact, clock, new_case
from vaults import PASSPHRASE

from app.casefile import Casefile
from app.errors import WrongUse
from app.kinds import Case, Exhibit, Under18
from app.package.export import Choice, Exported, Stage, export
from app.package.verify import Outcome, verify
from vault.chain import Entry, Kind
from vault.errors import DiskFull

PICTURE = b"\x89PNG\r\n\x1a\n" + b"the untouched bytes" * 100


@pytest.fixture
def case(tmp_path):
    made = new_case(tmp_path)
    made.preserve(artifact(PICTURE), Exhibit(title="Profile", sensitivity=ORDINARY.sensitivity))
    made.preserve(artifact(b"not sorted yet"))
    made.preserve(artifact(b"withdrawn"), ORDINARY)
    made.withdraw(made.find("AB/3"), "wrong window")
    account = made.record(Kind.ACCOUNT, {"platform": "skype", "persistent_id": "live:.cid.1a2b3c4d5e6f7a8b"})
    made.record(Kind.PAYMENT, {"status": "demanded", "amount": "300", "currency": "GBP", "account": account.id})
    yield made
    made.close()


def unpacked(made: Exported, folder: Path) -> Path:
    with zipfile.ZipFile(made.package) as archive:
        archive.extractall(folder)
    (bag,) = folder.iterdir()
    return bag


def run(*command: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True)


def table(bag: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((bag / "data" / "tables" / f"{name}.csv").read_text("utf-8-sig"))))


def test_strangers_tools_accept_the_package(case, tmp_path):
    made = export(case, tmp_path / "out")
    bag = unpacked(made, tmp_path / "unpacked")
    text = (bag / "HOW-TO-VERIFY.txt").read_text()
    linux = text.split("LINUX")[1].split("3. MACOS")[0]
    commands = [line.strip() for line in linux.splitlines() if line.startswith("    ")]
    assert len(commands) == 5
    answers = [
        subprocess.run(["bash", "-c", command], cwd=bag, capture_output=True, text=True, check=True)
        for command in commands
    ]
    assert answers[0].stdout == "Verified OK\n"
    assert all(line.endswith(": OK") for answer in answers[1:3] for line in answer.stdout.splitlines())
    assert answers[3].stdout.split()[0] == made.fingerprint
    beside_the_lists = set(answers[4].stdout.split())
    assert beside_the_lists == {"tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig"}
    listed = {line.split(": OK")[0] for answer in answers[1:3] for line in answer.stdout.splitlines()}
    there = {path.relative_to(bag).as_posix() for path in bag.rglob("*") if path.is_file()}
    assert there - listed == {"tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig"}
    bagit = subprocess.run(
        [Path(sys.executable).parent / "bagit.py", "--validate", bag], capture_output=True, text=True, check=False
    )
    assert bagit.returncode == 0, bagit.stderr


def test_a_pdf_viewer_finds_the_signature_valid_over_the_total_document(case, tmp_path):
    made = export(case, tmp_path / "out")
    said = run("pdfsig", made.report).stdout
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    run("qpdf", "--check", made.report)
    bag = unpacked(made, tmp_path / "unpacked")
    assert (bag / "data" / "report.pdf").read_bytes() == made.report.read_bytes()


def test_our_own_check_says_intact_with_fingerprint_and_receipt(case, tmp_path):
    receipt = case.receipt()
    made = export(case, tmp_path / "out")
    for package in (made.package, unpacked(made, tmp_path / "unpacked")):
        verdict = verify(package, fingerprint=made.fingerprint, receipts=[receipt.code], own_app=case.clock.app)
        assert (verdict.outcome, verdict.problems) == (Outcome.INTACT, ())
        assert "tables-not-compared" not in [notice.code for notice in verdict.notices]


def test_only_ordinary_exhibits_go_with_it_and_the_others_are_listed_with_their_reason(case, tmp_path):
    made = export(case, tmp_path / "out")
    bag = unpacked(made, tmp_path / "unpacked")
    assert [path.name for path in (bag / "data" / "exhibits").iterdir()] == ["AB-0001.png"]
    assert (bag / "data" / "exhibits" / "AB-0001.png").read_bytes() == PICTURE
    absent = {row["file"]: row["reason"] for row in table(bag, "not-included")}
    assert absent == {"AB-0002.png": "left-out", "AB-0003.png": "withdrawn"}
    assert {item.file for item in made.left_out} == {"AB-0002.png", "AB-0003.png"}


def test_unsealed_everything_goes_with_it_but_what_is_withdrawn_or_held(case, tmp_path):
    case.preserve(artifact(b"held"))
    case.amend(case.find("AB/4"), {"title": "x"})
    held = new_case_with_a_held_exhibit(tmp_path / "held")
    made = export(case, tmp_path / "out", Choice(unsealed=True))
    bag = unpacked(made, tmp_path / "unpacked")
    assert {path.name for path in (bag / "data" / "exhibits").iterdir()} == {
        "AB-0001.png",
        "AB-0002.png",
        "AB-0004.png",
    }
    assert {row["file"]: row["reason"] for row in table(bag, "not-included")} == {"AB-0003.png": "withdrawn"}
    other = export(held, tmp_path / "held-out", Choice(unsealed=True))
    assert [(item.file, item.reason.value) for item in other.left_out] == [("AB-0001.png", "held")]
    held.close()


def new_case_with_a_held_exhibit(folder: Path) -> Casefile:
    folder.mkdir()
    held = new_case(folder, under18=Under18.UNSURE)
    held.preserve(artifact(b"held"), ORDINARY)
    held.amend(held.find("AB/1"), {"sensitivity": "intimate"})
    return held


def test_a_damaged_file_is_left_out_said_so_and_the_rest_is_handed_over(case, tmp_path):
    path = case.vault.objects.path(case.find("AB/1").objects[0].id)
    path.write_bytes(path.read_bytes()[:-1])
    made = export(case, tmp_path / "out")
    bag = unpacked(made, tmp_path / "unpacked")
    assert {row["file"]: row["reason"] for row in table(bag, "not-included")}["AB-0001.png"] == "damaged"
    assert verify(made.package).outcome is Outcome.INTACT


def test_names_and_contacts_of_people_never_leave(case, tmp_path):
    case.amend(next(case.subjects(Kind.PERSON)), {"safe_contact": "ring-my-sister-0777"})
    made = export(case, tmp_path / "out")
    bag = unpacked(made, tmp_path / "unpacked")
    for path in bag.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"Ann Bee" not in content
            assert b"ring-my-sister" not in content
    text = run("pdftotext", made.report, "-").stdout
    assert "Ann Bee" not in text
    assert "ring-my-sister" not in text


def test_a_withheld_subject_shows_only_that_it_is_there(case, tmp_path):
    secret = case.record(Kind.INCIDENT, {"what_happened": "withhold-these-words"})
    case.amend(case.subject(secret.id), {"place": "also-withheld"})
    made = export(case, tmp_path / "out", Choice(withhold=(secret.id,)))
    bag = unpacked(made, tmp_path / "unpacked")
    assert not [
        path
        for path in bag.rglob("*")
        if path.is_file() and b"withh" in path.read_bytes() and b"-these-words" in path.read_bytes()
    ]
    withheld = [row["seq"] for row in table(bag, "withheld")]
    assert {"2", str(secret.seq), str(secret.seq + 1)} == set(withheld)
    assert verify(made.package).outcome is Outcome.INTACT
    assert made.withheld == 3


def test_the_first_entry_cannot_be_withheld(case, tmp_path):
    _row, first = next(case.vault.entries())
    with pytest.raises(WrongUse):
        export(case, tmp_path / "out", Choice(withhold=(first.id,)))
    assert not (tmp_path / "out").exists()


def test_what_was_handed_over_is_recorded_right_behind_it_and_the_next_package_shows_it(case, tmp_path):
    first = export(case, tmp_path / "first")
    noted = next(case.subjects(Kind.EXPORT))
    assert noted.first.seq == first.entries + 1
    for line in noted.data["files"]:
        digest, size, name = line.split(" ", 2)
        content = (first.folder / name).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (digest, int(size))
    second = export(case, tmp_path / "second")
    record = (unpacked(second, tmp_path / "unpacked") / "data" / "record.jsonl").read_bytes().splitlines()
    assert Entry.from_bytes(record[first.entries]).data == noted.data


def test_the_window_s_session_stands_before_the_export_it_makes(tmp_path):
    new_case(tmp_path).close()
    case = Casefile.open(tmp_path / "case.holdfast", PASSPHRASE, clock(), window=True)
    made = export(case, tmp_path / "out")
    kinds = [entry.kind for _row, entry in case.vault.entries(after=made.entries - 1)]
    assert kinds == [Kind.SESSION, Kind.EXPORT]
    case.close()


def test_an_export_never_overwrites(case, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("x")
    before = case.vault.head
    with pytest.raises(WrongUse):
        export(case, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]
    assert case.vault.head == before


@pytest.mark.parametrize("stage", list(Stage))
def test_an_export_that_is_stopped_leaves_nothing_behind(case, tmp_path, stage):
    class Stopped(Exception):
        """Somebody pressed Cancel."""

    def stop(at: Stage, _done: int, _all: int) -> None:
        if at is stage:
            raise Stopped

    before = case.vault.head
    with pytest.raises(Stopped):
        export(case, tmp_path / "out", progress=stop)
    assert {path.name for path in tmp_path.iterdir()} == {"case.holdfast"}
    assert case.vault.head == before


def test_an_export_that_does_not_fit_leaves_nothing_behind_and_is_not_recorded(case, tmp_path):
    case.preserve(artifact(bytes(3_000_000)), ORDINARY)
    before = case.vault.head
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
    try:
        with pytest.raises(DiskFull):
            export(case, tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)
    assert {path.name for path in tmp_path.iterdir()} == {"case.holdfast"}
    assert case.vault.head == before


def test_the_zip_is_made_the_same_way_whatever_is_in_it(case, tmp_path):
    made = export(case, tmp_path / "out")
    with zipfile.ZipFile(made.package) as archive:
        infos = archive.infolist()
    names = [info.filename for info in infos]
    assert names == sorted(names)
    assert {name.split("/")[0] for name in names} == {made.package.stem}
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}
    assert {info.flag_bits for info in infos} == {0}


def test_head_json_says_what_the_package_holds(case, tmp_path):
    made = export(case, tmp_path / "out")
    head = json.loads((unpacked(made, tmp_path / "unpacked") / "data" / "head.json").read_bytes())
    assert head["entries"] == made.entries == head["disclosed"] + head["withheld"]
    assert head["exhibits"] == 2
    assert (head["format"], head["profile"], head["since"]) == ("holdfast-package/1", "police", 0)
    assert (head["timestamp"], head["sealed"]) == ("none", [])
    assert head["app"] == case.clock.app


def test_an_empty_case_can_be_handed_over(tmp_path):
    case = new_case(tmp_path)
    made = export(case, tmp_path / "out")
    assert made.verdict.outcome is Outcome.INTACT
    assert case.case() == Case(title="Case AB", under18=Under18.NO)
    case.close()
    shutil.rmtree(made.folder)


def test_what_a_killed_export_left_in_plain_is_removed_at_the_next_opening(case, tmp_path):
    case.close()
    command = [sys.executable, "-c", KILLED, case.vault.path, tmp_path / "out", PASSPHRASE]
    killed = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, check=False)
    assert killed.returncode == -9, killed.stderr
    (left,) = tmp_path.glob("tmp-*")
    assert list(left.iterdir())
    Casefile.open(case.vault.path, PASSPHRASE, clock()).close()
    assert {path.name for path in tmp_path.iterdir()} == {"case.holdfast"}


KILLED = """
import os, pathlib, sys
from cases import clock
from app.casefile import Casefile
from app.package.export import Stage, export

def kill(stage, done, everything):
    if stage is Stage.CHECKING:
        os.kill(os.getpid(), 9)

case = Casefile.open(pathlib.Path(sys.argv[1]), sys.argv[3], clock())
export(case, pathlib.Path(sys.argv[2]), progress=kill)
"""


def test_the_certificate_that_a_pdf_viewer_shows_is_the_one_the_instructions_print(case, tmp_path):
    made = export(case, tmp_path / "out")
    bag = unpacked(made, tmp_path / "unpacked")
    section = (bag / "HOW-TO-VERIFY.txt").read_text().split("6. THE PDF")[1].split("7. A TIMESTAMP")[0]
    (command,) = [line.strip() for line in section.splitlines() if line.startswith("    ")]
    printed = run("bash", "-c", command, cwd=bag).stdout.split()[0]
    assert printed == case.vault.identity.certificate_sha256
    assert printed[:8] in run("pdftotext", made.report, "-").stdout.replace(" ", "").replace("\n", "")
