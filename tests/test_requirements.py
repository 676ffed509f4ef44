"""The table of requirements is honest: all are there, each test it names exists, and what is missing is said."""

import ast
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "tests" / "requirements.md"
NUMBERS = range(1, 131)
MOST_OUT_OF_SCOPE = 10
NOTHING = "–"
LATER, OUT = "later: ", "out of scope because "
_TEST = re.compile(r"`(tests/(test_\w+\.py))::(test_\w+)`")
_PATH = re.compile(r"`([\w./-]+)`")


@dataclass(frozen=True)
class Row:
    """One requirement, as the table tells it."""

    number: int
    words: str
    status: str
    where: str
    tests: str

    @property
    def is_met(self) -> bool:
        return self.status == "met"


def rows() -> list[Row]:
    """Every row of the table, in its order."""
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if re.match(r"\| *[0-9]", line)]
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    assert {len(row) for row in cells} == {5}
    return [Row(int(number), *rest) for number, *rest in cells]


ROWS = rows()
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.number))


@cache
def functions_of(path: str) -> dict[str, ast.FunctionDef]:
    """The tests of a file, by name."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {
        node.name: node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def claims_something(test: ast.FunctionDef) -> bool:
    """Whether a test asserts anything, or expects an error."""
    for node in ast.walk(test):
        if isinstance(node, ast.Assert) or (isinstance(node, ast.Attribute) and node.attr == "raises"):
            return True
    return False


def may_be_skipped() -> str:
    return (ROOT / "tests" / "allowed_skips.txt").read_text("utf-8")


def test_every_requirement_stands_there_once_and_in_order():
    assert [row.number for row in ROWS] == list(NUMBERS)


@each_row
def test_a_requirement_is_met_or_later_or_out_of_scope_with_words(row):
    assert 5 <= len(row.words) <= 90
    assert row.is_met or any(
        row.status.startswith(begin) and len(row.status) > len(begin) + 10 for begin in (LATER, OUT)
    )


@each_row
def test_what_is_met_names_tests_that_are_there_and_where_it_is_met(row):
    named = _TEST.findall(row.tests)
    if not row.is_met:
        assert row.tests == NOTHING
        return
    assert named
    assert _TEST.sub("", row.tests).strip(", ") == ""
    for path, _file, name in named:
        test = functions_of(path).get(name)
        assert test is not None, f"{path} has no {name}"
        assert claims_something(test), f"{name} asserts nothing"
    assert any(f"{file}::{name}:" not in may_be_skipped() for _path, file, name in named), "every test may be skipped"
    assert row.where != NOTHING


@each_row
def test_every_module_and_resource_that_is_named_is_there(row):
    assert row.where == NOTHING or _PATH.sub("", row.where).strip(", ") == ""
    for path in _PATH.findall(row.where):
        assert (ROOT / path).is_file(), path


def test_few_are_out_of_scope_and_the_rest_is_counted(capsys):
    counted = Counter("met" if row.is_met else row.status.split(":")[0].split(" because")[0] for row in ROWS)
    with capsys.disabled():
        print("\nrequirements:", ", ".join(f"{count} {status}" for status, count in counted.most_common()))
    assert counted["out of scope"] <= MOST_OUT_OF_SCOPE
    assert sum(counted.values()) == len(NUMBERS)
