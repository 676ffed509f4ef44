"""Several packages of one vault: the longer one continues the shorter one, or they are two histories (`forked`).

A link of the chain stands for everything before it, so that two packages are compared by single links.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.package.verify.bag import CHAIN
from app.package.verify.verdict import Code, Findings, NoticeCode, Problem, Verdict
from app.report.disclosure import Line
from vault.chain import Link, VaultId

_NEIGHBOURS = 64
"""Shorter packages of its vault that a package is compared with, the longest ones: a shelf of thousands stays light."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a package says of itself, believed by nobody yet."""

    vault: VaultId
    entries: int
    since: int = 0


@dataclass(frozen=True, slots=True)
class Files:
    """Files in exhibits/ that concern two packages at once, each by its path with its SHA-256."""

    since: int = 0
    """The number of entries of the package that this one follows."""
    earlier: Mapping[str, str] = field(default_factory=dict)
    """What this one says that the package before has."""
    here: Mapping[str, str] | None = None
    """What this one has, where another one may follow it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a chain that holds stands: its vault, number of entries and head, and its links at some earlier entries."""

    vault: VaultId
    entries: int
    head: Link
    links: Mapping[int, Link]
    files: Files


def shorter(ends: Sequence[int], entries: int) -> tuple[int, ...]:
    """Of the numbers of entries at which packages end, sorted, those that one of so many entries is compared with."""
    before = bisect_left(ends, entries)
    return tuple(ends[max(0, before - _NEIGHBOURS) : before])


def standing_of(vault: VaultId, lines: Sequence[Line], others: Sequence[int], files: Files) -> Standing:
    """Where this chain stands, with its links where the packages end that are shorter."""
    links = {number: lines[number - 1].link for number in sorted(others) if 0 < number < len(lines)}
    return Standing(vault, len(lines), lines[-1].link, links, files)


def compare(group: Sequence[tuple[Verdict, Standing]]) -> list[Verdict]:
    """The verdicts on packages of one vault, with what each continues, and `forked` where two are no single history."""
    ends: dict[int, dict[Link, list[int]]] = {}
    for index, (_, standing) in enumerate(group):
        ends.setdefault(standing.entries, {}).setdefault(standing.head, []).append(index)
    apart: dict[int, int] = {}
    continues: dict[int, list[int]] = {}
    for index, (_, standing) in enumerate(group):
        for number, link in {**standing.links, standing.entries: standing.head}.items():
            for head, others in ends.get(number, {}).items():
                if head != link:
                    apart.setdefault(index, others[0])
                    for other in others:
                        apart.setdefault(other, index)
                elif number < standing.entries:
                    # From the shortest to the longest: the last one stays.
                    continues[index] = others
    told = [(_with_earlier(verdict, standing, group), standing) for verdict, standing in group]
    return [_told(index, told, apart, continues.get(index, [])) for index in range(len(told))]


def _with_earlier(verdict: Verdict, follows: Standing, group: Sequence[tuple[Verdict, Standing]]) -> Verdict:
    """The verdict with what came of looking up the files that are in the package before, where that one is given."""
    if not follows.files.earlier:
        return verdict
    since = follows.files.since
    link = follows.links.get(since)
    before = [
        standing.files.here
        for _, standing in group
        if (standing.entries, standing.head) == (since, link) and standing.files.here is not None
    ]
    if not before:
        return verdict
    found = Findings()
    for path, sha256 in follows.files.earlier.items():
        if all(files.get(path) != sha256 for files in before):
            detail = f"The package of {since} entries, which is said to have this file, does not have it."
            found.problem(Code.RECORD_MISMATCH, path, detail)
    notices = tuple(notice for notice in verdict.notices if notice.code is not NoticeCode.EARLIER_NOT_CHECKED)
    return replace(verdict, problems=(*verdict.problems, *found.problems), notices=notices)


def _holds(verdict: Verdict) -> bool:
    """Whether a package holds by itself; a receipt beyond it may yet be found in another one."""
    return all(problem.code is Code.RECEIPT_BEYOND for problem in verdict.problems)


def _told(
    index: int, group: Sequence[tuple[Verdict, Standing]], apart: Mapping[int, int], continues: Sequence[int]
) -> Verdict:
    doubtful = [other for other in continues if other in apart or not _holds(group[other][0])]
    verdict = replace(
        group[index][0],
        continues=tuple(group[other][0].package for other in continues),
        doubtful=tuple(group[other][0].package for other in doubtful),
    )
    if index not in apart:
        return verdict
    other = group[apart[index]][0].package
    detail = (
        f"{other} shows another history of the same vault: either the vault was copied and both copies were written in,"
        " or one of the two was changed or made anew."
    )
    return replace(verdict, problems=(*verdict.problems, Problem(Code.FORKED, CHAIN, detail)))
