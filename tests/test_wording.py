"""Words for people: nobody is blamed, nothing is promised that nobody can keep, and no wrong number is given."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from readme_help import section

ROOT = Path(__file__).parent.parent
PACKAGES = ("app", "capture", "ui", "vault")
DOCUMENTS = ("README.md", "CHANGELOG.md", "SECURITY.md", "resources/how-to-verify.txt", "resources/verify.html")

FORBIDDEN = {
    "blames": r"you should(?:n['’]t| not| never)? have|indiscretion|\bmistakes\b|your mistake|heat of the moment"
    r"|consider before (?:sharing|sending)|think before you|\bstupid|\bsilly\b|\bcareless|\bfoolish|\bprovoke"
    r"|let yourself|\bashamed\b",
    "uses the abuser’s word": r"porn",
    "promises": r"tamper[- ]?(?:proof|evident)|admissib|\banonymous|(?:deleted?|gone|erased?) for ?ever|untraceable"
    r"|military[- ]grade|unbreakable|\bguarantee|completely (?:safe|secure)|100 ?% (?:safe|secure)|court[- ]proof"
    r"|will be (?:convicted|arrested|removed within)",
    "assumes who it was or is": r"\b(?:he|she|his|her|hers|him|himself|herself)\b|(?:boy|girl)friend|husband|\bwife\b"
    r"|ex-partner",
    "shouts": r"[a-z]!(?:\s|$|[”\"'])|\b(?:WARNING|DANGER|ATTENTION|URGENT|NEVER|MUST)\b",
    "gives the number that was replaced": r"0845",
    "was copied from a page": r"&(?:#\d+|quot|nbsp|rsquo);|getty images|image copyright|advert(?:isement)?s?\b",
    "names one force for all": r"wiltshire|metropolitan police|scotland yard",
}
FITTING = re.compile(r"Revenge Porn Helpline|revengepornhelpline\.org\.uk|“Anonymous”|^Anonymous$")
"""The name of a helpline, and what stands on boards in place of a name."""


def mark_of(text: str) -> list[str]:
    """What is wrong with a text."""
    rest = FITTING.sub("", text)
    found = {name: re.search(pattern, rest, _flags(name)) for name, pattern in FORBIDDEN.items()}
    return [f"{name}: “{match[0]}”" for name, match in found.items() if match]


def _flags(name: str) -> re.RegexFlag:
    return re.RegexFlag(0) if name == "shouts" else re.IGNORECASE


def strings_of(path: Path) -> Iterator[tuple[str, str]]:
    """Every text in a file of the program, with where it stands. Docstrings only where people see them: of errors."""
    tree = ast.parse(path.read_text("utf-8"))
    unseen = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            is_error = isinstance(node, ast.ClassDef) and path.name == "errors.py"
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and not is_error:
                unseen.add(id(first.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unseen:
            yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value


def texts_in(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every text of a resource, but for the patterns of links: nobody sees those."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in {"hosts", "rules", "paths"}:
                yield from texts_in(inner, f"{path}/{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner, path)


def spoken() -> Iterator[tuple[str, str]]:
    """Everything somebody can come to read."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield from strings_of(path)
    for path in sorted((ROOT / "resources").glob("*.json")):
        yield from texts_in(json.loads(path.read_text("utf-8")), path.name)
    for name in DOCUMENTS:
        for number, line in enumerate((ROOT / name).read_text("utf-8").splitlines(), 1):
            yield f"{name}:{number}", line
    for line in section().splitlines():
        yield "holdfast-cli --help", line


SPOKEN = list(spoken())


@pytest.mark.parametrize("name", list(FORBIDDEN))
def test_no_text_blames_promises_assumes_shouts_or_gives_a_wrong_number(name):
    found = [f"{place}: {mark}" for place, text in SPOKEN for mark in mark_of(text) if mark.startswith(f"{name}:")]
    assert found == []


def test_whom_to_turn_to_about_under_18s_and_what_to_do_stands_in_the_file_for_legal_review_alone():
    advice = re.compile(
        r"\bIWF\b|iwf\.org|\bCEOP\b|Blackmailers often|on 101\b|do not copy (?:them|it|that)", re.IGNORECASE
    )
    places = {place.split(":")[0] for place, text in SPOKEN if advice.search(text)}
    assert "under18.json/held/next" in places
    assert [place for place in places if place.endswith(".py")] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("You shouldn’t have taken the pictures.", "blames"),
        ("past indiscretions", "blames"),
        ("Mistakes can be made in the heat of the moment", "blames"),
        ("Always consider before sharing", "blames"),
        ("victims of revenge porn", "uses the abuser’s word"),
        ("This report is admissible.", "promises"),
        ("You stay anonymous.", "promises"),
        ("It is deleted forever.", "promises"),
        ("a tamper-proof record", "promises"),
        ("Your ex-partner will not see it.", "assumes who it was or is"),
        ("She can write it down.", "assumes who it was or is"),
        ("Stop right now!", "shouts"),
        ("Ring 0845 6000 459", "gives the number that was replaced"),
        ("don&#39;t suffer", "was copied from a page"),
        ("Ring Wiltshire Police", "names one force for all"),
    ],
)
def test_such_a_text_would_be_found(text, name):
    assert any(mark.startswith(f"{name}:") for mark in mark_of(text))


@pytest.mark.parametrize(
    "text", ["The Revenge Porn Helpline: 0345 6000 459", "mostly “Anonymous”", "A tripcode has !."]
)
def test_a_name_that_has_to_be_said_is_no_fault(text):
    assert mark_of(text) == []


def test_texts_of_every_door_are_looked_at():
    said = "\n".join(text for _place, text in SPOKEN)
    for words in (
        "What happened is not your fault.",
        "May have a typing mistake: look again.",
        "Could anybody in the intimate pictures be under 18",
        "Revenge Porn Helpline",
        "Skype ID",
        "Usage: holdfast-cli",
        "You did nothing wrong.",
    ):
        assert words in said, words
