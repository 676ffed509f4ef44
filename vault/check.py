"""The check of a whole vault: every page, entry, link and object; it never stops at the first fault."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from vault.chain import Action, Entry, EntryId, Kind, Malformed, StoredObject, body_hash, first_link, next_link
from vault.errors import DamagedVault
from vault.vault import Vault

CheckProgress = Callable[[int, int], None]
"""Told (done, all) in entries and objects; it may raise to stop."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something damaged: where (`entry 7`, `AB/3`, `log`) and what."""

    where: str
    what: str


@dataclass(slots=True)
class CheckReport:
    """What a check read and what it found."""

    entries: int = 0
    objects: int = 0
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What is odd but harmless."""


def check(vault: Vault, progress: CheckProgress = lambda _done, _all: None) -> CheckReport:
    """Read everything again."""
    report = CheckReport()
    report.faults += [Fault("log", damage) for damage in vault.log.damage()]
    objects = vault.log.objects()
    total = vault.head.entries + len(objects)
    refs: dict[EntryId, str] = {}
    stored: list[tuple[str, StoredObject]] = []
    for entry in _chain(vault, report):
        progress(report.entries, total)
        ref = entry.data.get("ref")
        if isinstance(ref, str):
            refs[entry.id] = ref
        stored += [(refs.get(entry.id, f"entry {entry.seq}"), item) for item in entry.objects]
    for where, item in stored:
        if not objects.get(item.id, False):
            _check_object(vault, where, item, report)
        progress(report.entries + report.objects, total)
    report.notes += [finding.words for finding in vault.findings if finding.lost is None]
    report.faults += [Fault("head", finding.words) for finding in vault.findings if finding.lost is not None]
    return report


def _chain(vault: Vault, report: CheckReport) -> Iterator[Entry]:
    link = first_link(vault.id)
    last_action: dict[EntryId, tuple[Kind, Action]] = {}
    try:
        for row in vault.log.rows():
            where = f"entry {row.seq}"
            report.entries += 1
            if row.seq != report.entries:
                report.faults.append(Fault(where, "entries before it are missing"))
                report.entries = row.seq
            expected = next_link(link, row.seq, row.id, body_hash(row.body))
            if expected != row.link:
                report.faults.append(Fault(where, "its link does not follow from the one before"))
            link = row.link
            try:
                entry = row.entry
            except Malformed as error:
                report.faults.append(Fault(where, f"it is damaged: {error}"))
                continue
            report.faults += [Fault(where, words) for words in _breaches(entry, row.seq, row.id, last_action)]
            last_action[entry.id] = (entry.kind, entry.action)
            if row.seq == 1 and entry.data.get("fingerprint") != vault.identity.fingerprint:
                report.faults.append(Fault(where, "it names another key than the vault's"))
            yield entry
    except DamagedVault as error:
        report.faults.append(Fault("log", error.what))


def _breaches(entry: Entry, seq: int, subject: EntryId, last: dict[EntryId, tuple[Kind, Action]]) -> list[str]:
    found: list[str] = []
    before = last.get(entry.id)
    if (entry.seq, entry.id) != (seq, subject):
        found.append("it stands in another entry's place")
    if (entry.kind is Kind.VAULT) != (seq == 1):
        found.append("only the first entry is the vault's own")
    if (before is None) != (entry.action is Action.ADD):
        found.append("it is not added once and then changed")
    elif before is not None and (before[0] is not entry.kind or before[1] is Action.WITHDRAW):
        found.append("it changes what cannot be changed")
    return found


def _check_object(vault: Vault, where: str, item: StoredObject, report: CheckReport) -> None:
    report.objects += 1
    try:
        for _chunk in vault.objects.read(item):
            pass
    except DamagedVault as error:
        report.faults.append(Fault(where, error.what))
