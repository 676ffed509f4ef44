"""A test that is skipped without a listed reason fails the run; one that is listed does not."""

import shutil
import subprocess
import sys
from pathlib import Path

SKIPPED = "def test_{name}():\n    pytest.skip('{reason}')\n"


def outcome(folder: Path, **sources: str) -> tuple[int, str]:
    """Run a suite that has our hooks and one allowed skip: its exit status and what was said."""
    shutil.copy(Path(__file__).with_name("skips.py"), folder)
    (folder / "pytest.ini").write_text("[pytest]\n")
    (folder / "conftest.py").write_text("from skips import pytest_make_collect_report, pytest_runtest_makereport\n")
    (folder / "allowed_skips.txt").write_text("# why\ntest_it.py::test_listed: no * here\n")
    for name, source in sources.items():
        (folder / f"{name}.py").write_text(f"import pytest\n{source}")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--continue-on-collection-errors", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout


def test_a_skip_that_is_not_listed_with_its_reason_fails_the_run(tmp_path):
    status, out = outcome(
        tmp_path,
        test_it=SKIPPED.format(name="other", reason="no screen here")
        + SKIPPED.format(name="listed", reason="another reason")
        + "@pytest.mark.skipif(True, reason='never')\ndef test_marked(): pass\n",
        test_whole="pytest.skip('all of it', allow_module_level=True)\n",
        test_missing="pytest.importorskip('no_such_module')\n",
    )
    assert status == 1
    assert "2 failed, 3 errors" in out
    for said in (
        "test_it.py::test_other: no screen here",
        "test_it.py::test_listed: another reason",
        "test_it.py::test_marked: never",
        "test_whole.py: all of it",
        "test_missing.py: could not import 'no_such_module'",
    ):
        assert said in out


def test_a_listed_skip_and_an_expected_failure_pass(tmp_path):
    status, out = outcome(
        tmp_path,
        test_it=SKIPPED.format(name="listed", reason="no screen here")
        + "@pytest.mark.xfail(reason='known')\ndef test_wrong(): assert False\ndef test_right(): pass\n",
    )
    assert status == 0
    assert "1 passed, 1 skipped, 1 xfailed" in out
