"""What two readers say of several packages given together: the page and the command line, and where they differ."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar
from unittest.mock import patch

from page import Page
from page_sets import Given

from app.errors import WrongUse
from app.package.verify import plain_words, shelf, verify_each

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")
Said = dict[str, dict[str, object]]
"""What a reader says of each package, by its name."""

BOTH_SAY = {"no-outside-anchor", "clock-backwards", "earlier-not-checked", "sealed-not-checked"}
"""The notices that both readers can make."""
WITH_PATH = {"file-changed", "file-missing", "file-extra", "forked", "timestamp-invalid"}
"""The problems whose path says which file it is."""
TOKENS = {"untrusted": "not-checked", "verified": "not-checked"}
"""What the page says of a token that only the command line judges to its end."""
_PRAISED = re.compile(
    r"(\w+)\.zip continues (\w+)\.zip, nothing was changed in between\.|(\w+)\.zip and (\w+)\.zip hold the same "
)


class AtOnce(Generic[Piece, Answer]):
    """In place of processes: the work is done here, and the answers come in a random order."""

    def __init__(self, chance: random.Random, work: Callable[[Piece], Answer], _count: int) -> None:
        self._work, self._chance = work, chance

    def answers(self, pieces: Sequence[Piece]) -> Iterator[tuple[int, Answer | None]]:
        for index in self._chance.sample(range(len(pieces)), len(pieces)):
            yield index, self._work(pieces[index])

    def close(self) -> None:
        """There is nothing to end."""


def differences(page: Page, given: Given, folder: Path) -> list[str]:
    """Where page and command line differ on a set, whose packages are written into the folder for as long."""
    paths = [folder / f"{name}.zip" for name in given.zips]
    for path in paths:
        path.write_bytes(given.zips[path.stem])
    try:
        ours, praised, mistyped = command_line(given, paths)
        theirs, praised_there, mistyped_there = page_says(page, given, paths)
    finally:
        for path in paths:
            path.unlink()
    found = [
        f"{name}: {what} is {theirs[name][what]} in the page, {ours[name][what]} on the command line"
        for name in ours
        for what in ours[name]
        if ours[name][what] != theirs[name][what]
    ]
    if mistyped != mistyped_there:
        found.append(f"mistyped are {mistyped_there} in the page, {mistyped} on the command line")
    same = {pair for pair in praised_there if pair[1] not in ours[pair[0]]["continues"]}
    holding = {name for name in ours if ours[name]["verdict"] == "intact"}
    if not praised_there - same <= praised or not {name for pair in same for name in pair} <= holding:
        found.append(f"praised are {praised_there} in the page, {praised} on the command line")
    if not {later for later, _ in praised} <= {later for later, _ in praised_there}:
        found.append(f"praised are no more than {praised_there} in the page, {praised} on the command line")
    return found


def command_line(given: Given, paths: Sequence[Path]) -> tuple[Said, set[tuple[str, str]], list[str]]:
    """What it says of each package, the continuities that it praises, and what it calls mistyped."""
    mistyped = [code for code in given.receipts if not _reads(receipts=(code,))]
    fingerprint = given.fingerprint or None
    if fingerprint is not None and not _reads(fingerprint=fingerprint):
        mistyped.append(fingerprint)
        fingerprint = None
    receipts = tuple(code for code in given.receipts if code not in mistyped)
    with patch.object(shelf, "Processes", partial(AtOnce, random.Random(str(given)))):
        verdicts = list(verify_each(paths, fingerprint=fingerprint, receipts=receipts))
    praised = {
        (Path(one.package).stem, Path(other).stem)
        for one in verdicts
        for other in one.continues
        if f"It continues {other}: nothing was changed in between." in plain_words(one)
    }
    return {Path(one.package).stem: _told(one.as_json()) for one in verdicts}, praised, mistyped


def _reads(*, fingerprint: str | None = None, receipts: tuple[str, ...] = ()) -> bool:
    try:
        list(verify_each((), fingerprint=fingerprint, receipts=receipts))
    except WrongUse:
        return False
    return True


def page_says(page: Page, given: Given, paths: Sequence[Path]) -> tuple[Said, set[tuple[str, str]], list[str]]:
    page.fill(fingerprint=given.fingerprint, receipts=given.between.join(given.receipts))
    results = page.check_zips(*paths)
    told = {Path(str(one["package"])).stem: _told(one) for one in results}
    found = (_PRAISED.search(text) for text in page.texts("#continuity li"))
    praised = {(match[1] or match[3], match[2] or match[4]) for match in found if match}
    states = [one["state"] for one in results[0]["receipts"]]
    mistyped = [code for code, state in zip(given.receipts, states, strict=True) if state == "mistyped"]
    if any("fingerprint" in text and "This says nothing about the report" in text for text in page.texts("#typed li")):
        mistyped.append(given.fingerprint)
    return told, praised, mistyped


def _told(result: Mapping) -> dict[str, object]:
    """The part of a result that both readers owe."""
    problems = [one for one in result["problems"] if one["code"] != "pdf-signature"]
    return {
        "verdict": result["verdict"],
        "problems": {(one["code"], one["path"] if one["code"] in WITH_PATH else "") for one in problems},
        "notices": {one["code"] for one in result["notices"]} & BOTH_SAY,
        "receipts": [
            (one["entries"] and float(one["entries"]), one["state"])
            for one in result["receipts"]
            if one["state"] != "mistyped"
        ],
        "continues": {Path(name).stem for name in result["continues"]},
        "fingerprint": result["fingerprint"],
        "sealed": result["sealed"],
        "timestamp": TOKENS.get(result["timestamp"], result["timestamp"]),
        **{what: result[what] for what in ("entries", "disclosed", "withheld", "exhibits", "head")},
    }
