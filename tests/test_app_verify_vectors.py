"""The packages in tests/vectors/packages/ get exactly the codes that stand beside them, through the command line."""

import json
from pathlib import Path

import pytest
from command_line import CommandLine

FOLDER = Path(__file__).parent / "vectors" / "packages"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
STATUS = {"intact": 0, "failed": 1, "unreadable": 2}
# FORMAT.md, section 7; sealed files are not made yet.
CODES = set(
    "malformed manifest-signature file-changed file-missing file-extra chain-broken head-mismatch record-mismatch "
    "pdf-signature timestamp-invalid fingerprint-mismatch receipt-mismatch receipt-beyond forked".split()
)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_package_gets_the_codes_that_the_specification_gives_it(name: str, tmp_path: Path) -> None:
    case = EXPECTED[name]
    given = [FOLDER / package for package in case["packages"]]
    typed = [] if case["fingerprint"] is None else ["--fingerprint", case["fingerprint"]]
    for receipt in case["receipts"]:
        typed += ["--receipt", receipt]
    if case["tsa_root"] is not None:
        typed += ["--tsa-root", FOLDER / case["tsa_root"]]
    answer = CommandLine(tmp_path).raw("verify", *given, *typed, "--json")
    for line in answer.lines:
        assert sorted({problem["code"] for problem in line["problems"]}) == case["codes"], line
        assert line["verdict"] == case["verdict"]
    assert answer.status == STATUS[case["verdict"]]
    assert {Path(other).name for line in answer.lines for other in line["continues"]} == set(case["continues"])
    if case["tsa_root"] is not None:
        assert [line["timestamp"] for line in answer.lines] == ["verified"]


def test_every_code_has_a_package_and_every_package_is_expected() -> None:
    assert {code for case in EXPECTED.values() for code in case["codes"]} == CODES
    named = {package for case in EXPECTED.values() for package in case["packages"]}
    assert {path.name for path in FOLDER.glob("*.zip")} == named


def test_each_code_stands_alone_somewhere() -> None:
    assert {case["codes"][0] for case in EXPECTED.values() if len(case["codes"]) == 1} == CODES
