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
from app.package.verify.histories import Glance, compare
from app.package.verify.outside import check_receipts
from app.package.verify.processes import Processes
from app.package.verify.verdict import Code, Findings, Problem, ReceiptState, Verdict
from vault.chain import VaultId

_STOPPED = "It cannot be read: the check of it came to a sudden end, twice."


@dataclass(frozen=True, slots=True)
class _Look:
    """Glance at a package, or check it beside others of its vault that end at these numbers of entries."""

    package: str
    others: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class _Examiner:
    """What a process does with a package; it carries what somebody brought along into that process."""

    asked: Asked

    def __call__(self, look: _Look) -> Glance | Checked | None:
        """A Glance, None where there is nothing to see, or what the check found."""
        return glance_at(look.package) if look.others is None else check_package(look.package, self.asked, look.others)


def check_shelf(paths: Sequence[Path | str], asked: Asked, jobs: int) -> Generator[Verdict, None, None]:
    """The verdicts as they are found. A single package is checked in this very process."""
    if len(paths) == 1:
        yield check_package(paths[0], asked).verdict
        return
    names = [str(path) for path in paths]
    with closing(Processes(_Examiner(asked), min(jobs, len(names)))) as processes:
        glances = processes.answers([_Look(name) for name in names])
        shelf = _Shelf({index: glance for index, glance in glances if isinstance(glance, Glance)})
        looks = [_Look(name, shelf.others(index)) for index, name in enumerate(names)]
        for index, checked in processes.answers(looks):
            known = checked if isinstance(checked, Checked) else _stopped(names[index], asked)
            yield from shelf.add(index, known)
    yield from shelf.rest()


def _stopped(package: str, asked: Asked) -> Checked:
    receipts = check_receipts(asked.receipts, None, Findings())
    return Checked(Verdict(package, (Problem(Code.MALFORMED, "", _STOPPED),), (), receipts=receipts))


@dataclass(slots=True)
class _Shelf:
    """What was found so far, and what is held back until the last package that can change it was checked."""

    seen: Mapping[int, Glance]
    _missing: Counter[VaultId] = field(init=False)
    _ends: defaultdict[VaultId, set[int]] = field(init=False)
    _groups: defaultdict[VaultId, list[Checked]] = field(init=False)
    _reached: set[int] = field(default_factory=set)
    _beyond: list[Verdict] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._missing = Counter(glance.vault for glance in self.seen.values())
        self._groups = defaultdict(list)
        self._ends = defaultdict(set)
        for glance in self.seen.values():
            self._ends[glance.vault].add(glance.entries)

    def others(self, index: int) -> frozenset[int]:
        """Where the packages end that say that they are of the same vault as this one."""
        return frozenset(self._ends[self.seen[index].vault]) if index in self.seen else frozenset()

    def add(self, index: int, checked: Checked) -> Iterator[Verdict]:
        """Take what was found in a package; the verdicts that are final now."""
        self._reached |= {
            receipt.entries
            for receipt in checked.verdict.receipts
            if receipt.state in {ReceiptState.IN_THE_CHAIN, ReceiptState.MISMATCH}
        }
        if index not in self.seen:
            yield from self._settle(checked.verdict)
            return
        vault = self.seen[index].vault
        self._groups[vault].append(checked)
        self._missing[vault] -= 1
        if not self._missing[vault]:
            for verdict in _compared(self._groups.pop(vault)):
                yield from self._settle(verdict)

    def rest(self) -> Iterator[Verdict]:
        """The verdicts that waited for a package that reaches a receipt; all were checked now."""
        for verdict in self._beyond:
            yield replace(verdict, problems=tuple(_without_reached(verdict, self._reached)))

    def _settle(self, verdict: Verdict) -> Iterator[Verdict]:
        """Hold a verdict back where another package may still reach its receipt."""
        if any(receipt.state is ReceiptState.BEYOND for receipt in verdict.receipts):
            self._beyond.append(verdict)
        else:
            yield verdict


def _compared(group: Sequence[Checked]) -> Iterator[Verdict]:
    """Those whose chain does not hold stand by themselves."""
    yield from (checked.verdict for checked in group if checked.standing is None)
    yield from compare([(checked.verdict, checked.standing) for checked in group if checked.standing is not None])


def _without_reached(verdict: Verdict, reached: set[int]) -> Iterator[Problem]:
    """The problems, but for those of receipts that another package reaches; each receipt has its own, in order."""
    beyond = (receipt for receipt in verdict.receipts if receipt.state is ReceiptState.BEYOND)
    for problem in verdict.problems:
        if problem.code is not Code.RECEIPT_BEYOND or next(beyond).entries not in reached:
            yield problem
