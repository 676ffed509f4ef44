"""Whoever reads the verifier need not read the writer: a whole check loads no other room of the project."""

import subprocess
import sys
from pathlib import Path

VECTORS = Path(__file__).parent / "vectors" / "packages"
WHOLE_CHECK = """
import sys
from pathlib import Path
from app.package.verify import read_roots, verify

folder = Path(sys.argv[1])
verdict = verify(folder / "good-timestamp.zip", own_app="package-maker 1.0", receipts=sys.argv[2:],
                 roots=read_roots(folder / "good-timestamp-root.pem"))
assert verdict.timestamp == "verified", verdict
print(*(name for name in sys.modules if name.partition(".")[0] in {"app", "capture", "resources", "ui", "vault"}))
"""
CHAIN_AND_TABLES = {"vault.chain", "app.report.tables"}
WHAT_TABLES_NEED = {"app.kinds", "app.report.disclosure", "app.report.inert", "app.subjects"}
WORDS_OF_KINDS = {"app.under18_words", "resources"}
WORDS_AND_LIBRARIES = {"app.errors", "app.lazy"}


def test_verifier_and_writer_share_the_chain_and_the_maker_of_the_tables_alone() -> None:
    said = subprocess.run(
        [sys.executable, "-c", WHOLE_CHECK, VECTORS],
        capture_output=True, text=True, check=True, env={"PYTHONPATH": str(VECTORS.parents[2])},
    ).stdout.split()  # fmt: skip
    rooms = {name for name in said if not name.startswith("app.package.verify")}
    packages = {"app", "app.package", "app.report", "vault"}
    allowed = CHAIN_AND_TABLES | WHAT_TABLES_NEED | WORDS_OF_KINDS | WORDS_AND_LIBRARIES
    assert {name for name in rooms - packages if ".".join(name.split(".")[:2]) not in allowed
            and ".".join(name.split(".")[:3]) not in allowed} == set()  # fmt: skip
    assert rooms >= CHAIN_AND_TABLES
