"""Chromium and Firefox find in the packages of tests/vectors/packages/ exactly what stands beside them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from page import Page
from page_checks import BROWSERS, codes

FOLDER = Path(__file__).parent / "vectors" / "packages"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
SEVERAL = sorted(name for name, case in EXPECTED.items() if len(case["packages"]) > 1)


@pytest.fixture(scope="module", params=BROWSERS.values(), ids=BROWSERS)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with request.param(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_package_by_itself_gets_the_codes_that_the_specification_gives_it(page: Page, name: str) -> None:
    case = EXPECTED[name]
    page.fill(fingerprint=case["fingerprint"] or "", receipts="\n".join(case["receipts"]))
    for package in case["packages"]:
        result = page.check_zip(FOLDER / package)
        assert (codes(result), result["verdict"]) == (set(case["page_codes"]), case["page_verdict"])


@pytest.mark.parametrize("name", SEVERAL)
def test_packages_given_together_get_the_codes_of_a_full_reader(page: Page, name: str) -> None:
    case = EXPECTED[name]
    page.fill(fingerprint=case["fingerprint"] or "", receipts="\n".join(case["receipts"]))
    results = page.check_zips(*(FOLDER / package for package in case["packages"]))
    assert [(codes(one), one["verdict"]) for one in results] == [(set(case["codes"]), case["verdict"])] * len(results)
    assert {other for one in results for other in one["continues"]} == set(case["continues"])


def test_there_are_packages_that_are_given_together() -> None:
    assert len(SEVERAL) >= 2
