"""The house rules that a machine can see: imports go down the street, every file is a small room."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("app", "capture", "resources", "ui", "vault")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
ALL = SOURCES + sorted((ROOT / "tests").rglob("*.py"))
MAY_CATCH_EVERYTHING = {"ui/worker.py", "ui/crash.py", "ui/__main__.py", "app/__main__.py"}
LAZY = "app/lazy.py"
FORBIDDEN_WORDS = ("admissible", "tamper-proof", "untraceable", "military-grade")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def test_the_import_contracts_hold():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", ALL, ids=name)
def test_every_file_says_in_its_first_line_what_it_is_for_and_stays_a_room(path):
    docstring = ast.get_docstring(tree(path))
    assert docstring, "no first line"
    assert docstring.splitlines()[0].rstrip().endswith((".", "!", ":", ";", ",")) or len(docstring.splitlines()) > 1
    assert len(path.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_imports_stand_at_the_top_and_nobody_catches_everything(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and name(path) != LAZY:
            inner = [child for child in ast.walk(node) if isinstance(child, ast.Import | ast.ImportFrom)]
            assert not inner, f"{node.name} imports inside"
            assert (node.end_lineno or 0) - node.lineno <= 60, f"{node.name} does not fit on a screen"
        if isinstance(node, ast.ExceptHandler) and name(path) not in MAY_CATCH_EVERYTHING:
            caught = node.type.id if isinstance(node.type, ast.Name) else ""
            raised_again = any(isinstance(child, ast.Raise) and child.exc is None for child in ast.walk(node))
            assert node.type is not None, "catches everything"
            assert caught != "Exception", "catches everything"
            assert caught != "BaseException" or raised_again, "swallows everything"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_words_for_people_promise_nothing_that_nobody_can_keep(path):
    text = path.read_text("utf-8").lower()
    assert not [word for word in FORBIDDEN_WORDS if word in text]


def test_only_the_window_knows_qt():
    for path in SOURCES:
        if not name(path).startswith("ui/"):
            assert "PySide6" not in path.read_text("utf-8"), name(path)
