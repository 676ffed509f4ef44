"""A package that this very version made has its tables made again from the record and compared."""

import time
import tracemalloc
from pathlib import Path

import pytest
from package_maker import Log, Package, good_package

from app.package.verify import Code, NoticeCode, Outcome, verify
from app.report.disclosure import Line, NotIncluded, Reason
from app.report.tables import make_tables
from app.subjects import fold
from vault.chain import Digest, Entry, EntryId, Link, ObjectId

OWN = "package-maker 1.0"


@pytest.fixture
def package() -> Package:
    """A package whose tables are those that this program makes of its record."""
    made = good_package()
    lines = []
    for chain, record in zip(made.lines_of("data/chain.txt"), made.lines_of("data/record.jsonl"), strict=True):
        seq, entry_id, body, link = chain.decode().split(" ")
        entry = None if record.startswith(b'{"withheld"') else Entry.from_bytes(record)
        lines.append(Line(int(seq), EntryId(entry_id), Digest(body), Link(link), entry))
    subjects = fold(line.entry for line in lines if line.entry is not None)
    objects = {stored.id: stored for subject in subjects.values() for stored in subject.objects}
    not_included = {}
    for row in made.lines_of("data/tables/not-included.csv")[1:]:
        object_id, seq, file, _, _, reason = row.decode().split(",")
        stored = objects[ObjectId(object_id)]
        not_included[stored.id] = NotIncluded(stored, int(seq), file, Reason(reason))
    for name, content in make_tables(lines, subjects, not_included).items():
        made.files[f"data/tables/{name}"] = content
    made.resign()
    return made


def test_tables_that_agree_with_the_record_are_intact(package: Package, tmp_path: Path) -> None:
    verdict = verify(package.unpack(tmp_path), own_app=OWN)
    assert verdict.problems == ()
    assert NoticeCode.TABLES_NOT_COMPARED not in {notice.code for notice in verdict.notices}


@pytest.mark.parametrize("table", "exhibits incidents accounts payments takedowns contacts continuity withheld".split())
def test_a_table_that_says_something_else_than_the_record_is_found(
    package: Package, tmp_path: Path, table: str
) -> None:
    package.files[f"data/tables/{table}.csv"] += b"one more row\n"
    package.resign()
    (problem,) = verify(package.unpack(tmp_path), own_app=OWN).problems
    assert (problem.code, problem.path) == (Code.RECORD_MISMATCH, f"data/tables/{table}.csv")


def test_tables_of_another_version_are_said_to_be_unchecked(package: Package, tmp_path: Path) -> None:
    verdict = verify(package.unpack(tmp_path), own_app="package-maker 2.0")
    assert verdict.outcome is Outcome.INTACT
    assert NoticeCode.TABLES_NOT_COMPARED in {notice.code for notice in verdict.notices}


def test_a_subject_amended_thousands_of_times_is_checked_in_time(tmp_path: Path) -> None:
    made = good_package()
    account = made.log[5]
    made.log += [
        account | {"seq": seq, "action": "amend", "data": {f"f{seq}_{part}": "x" for part in range(4)}}
        for seq in range(16, 12_016)
    ]
    made.write_chain()
    made.write_record()
    made.write_head()
    made.resign()
    folder = made.unpack(tmp_path)
    began = time.perf_counter()
    assert {problem.code for problem in verify(folder, own_app=OWN).problems} == {Code.RECORD_MISMATCH}
    assert time.perf_counter() - began < 10


def test_words_that_every_file_of_an_exhibit_repeats_do_not_fill_the_memory(package: Package, tmp_path: Path) -> None:
    """A table as large as the words times the files would have gigabytes; the package has less than a megabyte."""
    exhibit = next(entry for entry in package.log if entry["data"].get("ref") == "AB/5")
    log = Log(package, 9)
    log.write("exhibit", {"title": "a" * 900_000}, entry_id=exhibit["id"], action="amend")
    stored = [log.stored(b"", "a.png") for _ in range(3_000)]
    log.write("exhibit", {}, tuple(stored), entry_id=exhibit["id"], action="amend")
    package.left_out |= {one["id"]: "left-out" for one in stored}
    package.rewrite()
    path = tmp_path / "package.zip"
    path.write_bytes(package.zipped(8))
    tracemalloc.start()
    began = time.perf_counter()
    verdict = verify(path, own_app=OWN)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.perf_counter() - began < 10
    assert {(problem.code, problem.path) for problem in verdict.problems} >= {
        (Code.RECORD_MISMATCH, "data/tables/exhibits.csv")
    }
    assert most < 100_000_000
