"""A shelf of packages: each is checked in a process of its own making, and what they say together is compared.

A verdict is given as soon as nothing that is still to come can change it: another package of the same vault, or one
that may reach a receipt.
"""

from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.package.verify.checking import Asked, Checked, check_package, glance_at
from app.package.verify.folder import Folder
from app.package.verify.histories import Glance, compare, shorter
from app.package.verify.outside import check_receipts
from app.package.verify.processes import Processes, limited
from app.package.verify.verdict import Code, Findings, Problem, ReceiptState, Verdict
from vault.chain import Malformed, VaultId

_STOPPED = "It cannot be read: the check of it came to a sudden end, twice."
_SECONDS, _OCTETS_A_SECOND = 120, 1_000_000
"""Of processor time that a package may take, a hundred times what one does: no shelf waits for one for ever."""
_CHANGED = "It cannot be read: it was changed while it was checked."


@dataclass(frozen=True, slots=True)
class _Look:
    """Glance at a package, or check it beside others of its vault that end at these numbers of entries."""

    package: str
    others: tuple[int, ...] | None = None
    is_followed: bool = False


@dataclass(frozen=True, slots=True)
class _Examiner:
    """What a process does with a package; it carries what somebody brought along into that process."""

    asked: Asked

    def __call__(self, look: _Look) -> Glance | Checked | None:
        """A Glance, None where there is nothing to see, or what the check found."""
        with limited(_SECONDS + _size(Path(look.package)) / _OCTETS_A_SECOND):
            if look.others is None:
                return glance_at(look.package)
            return check_package(look.package, self.asked, look.others, is_followed=look.is_followed)


def _size(path: Path) -> int:
    """Bytes of a zip, or of the files in a folder that can be a package; 0 where that cannot be seen."""
    try:
        if not path.is_dir():
            return path.stat().st_size if path.is_file() else 0
        return Folder(path).weight
    except (Malformed, OSError, ValueError):
        return 0


def check_shelf(paths: Sequence[Path | str], asked: Asked, jobs: int) -> Generator[Verdict, None, None]:
    """The verdicts as they are found. A single package is checked in this very process."""
    if len(paths) == 1:
        yield check_package(paths[0], asked).verdict
        return
    names = [str(path) for path in paths]

    def checks(wanted: Mapping[int, tuple[int, ...]]) -> Iterator[tuple[int, Checked]]:
        indexes = list(wanted)
        looks = [_Look(names[index], wanted[index], shelf.is_followed(index)) for index in indexes]
        for place, checked in processes.answers(looks):
            index = indexes[place]
            yield index, checked if isinstance(checked, Checked) else _stopped(names[index], asked)

    with closing(Processes(_Examiner(asked), min(jobs, len(names)))) as processes:
        glances = processes.answers([_Look(name) for name in names])
        shelf = _Shelf({index: glance for index, glance in glances if isinstance(glance, Glance)})
        for index, checked in checks({index: shelf.others(index) for index in range(len(names))}):
            yield from shelf.add(index, checked)
        for index, checked in checks(shelf.again()):
            shelf.put(index, checked)
    yield from shelf.rest()


def _stopped(package: str, asked: Asked) -> Checked:
    receipts = check_receipts(asked.receipts, None, Findings())
    return Checked(Verdict(package, (Problem(Code.MALFORMED, "", _STOPPED),), (), receipts=receipts))


@dataclass(slots=True)
class _Shelf:
    """What was found so far, and what is held back until the last package that can change it was checked."""

    seen: Mapping[int, Glance]
    _missing: Counter[VaultId] = field(init=False)
    _ends: dict[VaultId, list[int]] = field(init=False)
    _followed: set[tuple[VaultId, int]] = field(init=False)
    """The vault and the number of entries of packages that others say they follow."""
    _groups: defaultdict[VaultId, dict[int, Checked]] = field(init=False)
    _again: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """What must be looked at once more, and beside which ends: not every package was what it seemed at a glance."""
    _found: set[str] = field(default_factory=set)
    """The receipts that some package has in its chain."""
    _beyond: list[Verdict] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._missing = Counter(glance.vault for glance in self.seen.values())
        self._groups = defaultdict(dict)
        self._followed = {(glance.vault, glance.since) for glance in self.seen.values()}
        ends: defaultdict[VaultId, set[int]] = defaultdict(set)
        for glance in self.seen.values():
            ends[glance.vault].add(glance.entries)
        self._ends = {vault: sorted(numbers) for vault, numbers in ends.items()}

    def others(self, index: int) -> tuple[int, ...]:
        """Where the packages end that say that they are of the same vault as this one, and are a little shorter."""
        if index not in self.seen:
            return ()
        glance = self.seen[index]
        numbers = shorter(self._ends[glance.vault], glance.entries)
        return numbers if glance.since in numbers else (glance.since, *numbers)

    def is_followed(self, index: int) -> bool:
        """Whether a package seems to say that it follows this one; one that is looked at again may be followed."""
        glance = self.seen.get(index)
        return index in self._again or (glance is not None and (glance.vault, glance.entries) in self._followed)

    def add(self, index: int, checked: Checked) -> Iterator[Verdict]:
        """Take what was found in a package; the verdicts that are final now."""
        if index not in self.seen:
            yield from self._settle(_without_standing(checked))
            return
        vault = self.seen[index].vault
        self._groups[vault][index] = checked
        self._missing[vault] -= 1
        if not self._missing[vault]:
            again = _to_look_at_again(self._groups[vault])
            self._again |= again
            if not again:
                yield from self._compare(vault)

    def again(self) -> dict[int, tuple[int, ...]]:
        """The packages that must be checked once more, beside those that were found to be what they seem."""
        return dict(self._again)

    def put(self, index: int, checked: Checked) -> None:
        """Take what was found when a package was checked once more."""
        self._groups[self.seen[index].vault][index] = checked

    def rest(self) -> Iterator[Verdict]:
        """The verdicts that waited for a second look, or for a package that has a receipt; all were checked now."""
        for vault in list(self._groups):
            yield from self._compare(vault)
        for verdict in self._beyond:
            yield replace(verdict, problems=tuple(_without_found(verdict, self._found)))

    def _compare(self, vault: VaultId) -> Iterator[Verdict]:
        group = [
            checked if checked.standing is None or checked.standing.vault == vault else Checked(_changed(checked))
            for checked in self._groups.pop(vault).values()
        ]
        standing = [(checked.verdict, checked.standing) for checked in group if checked.standing is not None]
        for verdict in (*(checked.verdict for checked in group if checked.standing is None), *compare(standing)):
            yield from self._settle(verdict)

    def _settle(self, verdict: Verdict) -> Iterator[Verdict]:
        """Hold a verdict back where another package may still have its receipt."""
        self._found |= {receipt.code for receipt in verdict.receipts if receipt.state is ReceiptState.IN_THE_CHAIN}
        if any(receipt.state is ReceiptState.BEYOND for receipt in verdict.receipts):
            self._beyond.append(verdict)
        else:
            yield verdict


def _to_look_at_again(group: Mapping[int, Checked]) -> dict[int, tuple[int, ...]]:
    """Those that were not compared with the longest shorter ones whose chain holds: others only said that they are.

    And those in which another one's files are looked up, though they seemed to end elsewhere.
    """
    standings = {index: checked.standing for index, checked in group.items() if checked.standing is not None}
    followed = {standing.files.since for standing in standings.values() if standing.files.earlier}
    ends = sorted({standing.entries for standing in standings.values()})
    wanted = {index: shorter(ends, standing.entries) for index, standing in standings.items()}
    return {
        index: (standings[index].files.since, *numbers)
        for index, numbers in wanted.items()
        if not standings[index].links.keys() >= set(numbers)
        or (standings[index].entries in followed and standings[index].files.here is None)
    }


def _without_standing(checked: Checked) -> Verdict:
    """Of a package that showed nothing at a glance: it cannot have a chain now, or it is another package."""
    return checked.verdict if checked.standing is None else _changed(checked)


def _changed(checked: Checked) -> Verdict:
    problem = Problem(Code.MALFORMED, "", _CHANGED)
    return replace(checked.verdict, problems=(*checked.verdict.problems, problem))


def _without_found(verdict: Verdict, found: set[str]) -> Iterator[Problem]:
    """The problems, but for those of receipts that another package has; each receipt has its own, in order.

    The last one may stand for all receipts that there was no room for.
    """
    is_found = [receipt.code in found for receipt in verdict.receipts if receipt.state is ReceiptState.BEYOND]
    told = sum(problem.code is Code.RECEIPT_BEYOND for problem in verdict.problems)
    place = 0
    for problem in verdict.problems:
        if problem.code is Code.RECEIPT_BEYOND:
            place += 1
            if all(is_found[place - 1 : place if place < told else None]):
                continue
        yield problem
