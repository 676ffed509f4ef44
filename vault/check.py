"""The check of a whole vault: every page, entry, link and object; it never stops at the first fault."""

import re
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from vault.chain import (
    Action,
    Entry,
    EntryId,
    Kind,
    Malformed,
    ObjectId,
    StoredObject,
    body_hash,
    first_link,
    next_link,
)
from vault.comparison import Comparison, compare
from vault.errors import DamagedVault, VaultError
from vault.foreign import foreign_in
from vault.head import read_head
from vault.keys import HEAD
from vault.old_form import left_behind
from vault.opening import FindingKind, contradicts
from vault.rescue import Lost, walk
from vault.slots import faults_of_slots
from vault.vault import Vault

CheckProgress = Callable[[int, int], None]
"""Told (done, all) in entries and objects; it may raise to stop."""

_LISTED = 20
"""Parts of one damage that are named one by one; of more, the number is told."""

_REFERENCE = re.compile(r"[A-Z]{2,4}/[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something damaged: where (`entry 7`, `AB/3`, `log`, `head`), what, and what of it can still be read."""

    where: str
    what: str
    readable: str = ""


@dataclass(slots=True)
class CheckReport:
    """What a check read and what it found."""

    entries: int = 0
    objects: int = 0
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What is odd but harmless."""
    against: Comparison | None = None
    """How the vault stands to the copy that it was compared with."""


@dataclass(slots=True)
class _Subject:
    """What a check remembers of a subject; `name` is an exhibit's reference or its first entry."""

    name: str
    kind: Kind
    last: Action
    held: bool = False
    files: list[StoredObject] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    """Of a session: the files that were left behind when the vault got a new key."""


def check(
    vault: Vault, progress: CheckProgress = lambda _done, _all: None, against: Vault | None = None
) -> CheckReport:
    """Read everything again, and perhaps compare with another copy, which is open. Nothing is changed."""
    report = CheckReport()
    pages = vault.damage.pages if vault.damage is not None else tuple(vault.log.damage())
    report.faults += [Fault("log", damage) for damage in pages]
    subjects: dict[EntryId, _Subject] = {}
    total = vault.head.entries + _many_objects(vault)
    for entry in _chain(vault, report, subjects):
        progress(report.entries, total)
        _remember(entry, subjects)
    read = report.entries
    left = {name for subject in subjects.values() for name in subject.left}
    for subject in subjects.values():
        if subject.files:
            _check_files(vault, subject, left, report, lambda: progress(read + report.objects, total))
    _look_around(vault, subjects, report)
    _check_head(vault, report)
    report.notes += [
        f"{name}: {words} The other copy opens the vault, and the next opening to write mends this one."
        for name, words in faults_of_slots(vault.path, vault.slot_file, vault.keys.vault_key)
    ]
    foreign = [str(path.relative_to(vault.path)) for path in foreign_in(vault.path)]
    if foreign:
        named = ", ".join(foreign[:_LISTED]) + (f" and {len(foreign) - _LISTED} more" if len(foreign) > _LISTED else "")
        report.notes.append(f"Not the vault's own, harmless, and left alone: {named}.")
    if against is not None:
        report.against = compare(vault, against)
    return report


def _many_objects(vault: Vault) -> int:
    with suppress(VaultError):
        return len(vault.log.objects())
    return 0


def _chain(vault: Vault, report: CheckReport, subjects: dict[EntryId, _Subject]) -> Iterator[Entry]:
    link, expected = first_link(vault.id), 1
    known = {lost.seq: lost for lost in vault.damage.lost} if vault.damage is not None else {}
    refs: set[str] = set()
    end = max(vault.head.entries, max(known, default=0))
    for row in walk(vault.log, end):
        where = f"entry {row.seq}"
        report.entries += 1
        if row.seq != expected:
            report.faults += _lost(range(expected, row.seq), known, subjects)
        elif next_link(link, row.seq, row.id, body_hash(row.body)) != row.link:
            report.faults.append(Fault(where, "its link does not follow from the one before"))
        link, expected = row.link, row.seq + 1
        try:
            entry = row.entry
        except Malformed as error:
            report.faults.append(Fault(where, f"it is damaged: {error}", "all other entries can be read"))
            continue
        report.faults += [Fault(where, words) for words in _breaches(entry, row.seq, row.id, subjects, refs)]
        if row.seq == 1 and not _names_the_key(vault, entry):
            report.faults.append(Fault(where, "it names another key than the vault's"))
        yield entry
    report.faults += _lost(range(expected, end + 1), known, subjects)


def _lost(numbers: range, known: dict[int, Lost], subjects: dict[EntryId, _Subject]) -> Iterator[Fault]:
    """Entries in a row that cannot be read: by the exhibit that they are about, where that is known."""
    if not numbers:
        return
    if len(numbers) > _LISTED:
        yield Fault(f"entries {numbers[0]} to {numbers[-1]}", "they cannot be read", "all others can be read")
        return
    for seq in numbers:
        lost = known.get(seq)
        subject = subjects.get(lost.subject) if lost is not None and lost.subject is not None else None
        if subject is not None:
            yield Fault(subject.name, f"entry {seq} about it cannot be read", "what was written before can be read")
        elif lost is not None and lost.ref:
            yield Fault(lost.ref, f"entry {seq}, which added it, cannot be read", "its files are kept")
        else:
            yield Fault(f"entry {seq}", "it cannot be read", "all others can be read")


def _breaches(entry: Entry, seq: int, subject: EntryId, subjects: dict[EntryId, _Subject], refs: set[str]) -> list[str]:
    found: list[str] = []
    before = subjects.get(entry.id)
    if (entry.seq, entry.id) != (seq, subject):
        found.append("it stands in another entry's place")
    if (entry.kind is Kind.VAULT) != (seq == 1):
        found.append("only the first entry is the vault's own")
    if (before is None) != (entry.action is Action.ADD):
        found.append("it is not added once and then changed")
    elif before is not None and (before.kind is not entry.kind or before.last is Action.WITHDRAW):
        found.append("it changes what cannot be changed")
    elif before is not None and before.held and entry.action is Action.WITHDRAW:
        found.append("it takes back what is held")
    if entry.kind is Kind.EXHIBIT and "ref" in entry.data:
        found += _breaches_of_reference(entry, refs)
    return found


def _breaches_of_reference(entry: Entry, refs: set[str]) -> list[str]:
    ref = entry.data["ref"]
    if entry.action is not Action.ADD:
        return ["it changes the reference of an exhibit"]
    if not isinstance(ref, str) or not _REFERENCE.fullmatch(ref):
        return ["its reference does not have its form"]
    if ref in refs:
        return [f"its reference, {ref}, belongs to another exhibit"]
    refs.add(ref)
    return []


def _names_the_key(vault: Vault, entry: Entry) -> bool:
    try:
        return entry.data.get("fingerprint") == vault.identity.fingerprint
    except DamagedVault:
        return True  # that the key is damaged was told with its page


def _remember(entry: Entry, subjects: dict[EntryId, _Subject]) -> None:
    ref = entry.data.get("ref")
    name = ref if isinstance(ref, str) and entry.kind is Kind.EXHIBIT else f"entry {entry.seq}"
    subject = subjects.setdefault(entry.id, _Subject(name, entry.kind, entry.action))
    subject.last = entry.action
    subject.held = subject.held or entry.data.get("held") == "yes"
    subject.files += entry.objects
    subject.left |= left_behind(entry)


def _check_files(
    vault: Vault, subject: _Subject, left: Container[str], report: CheckReport, step: Callable[[], None]
) -> None:
    """Read the files of an exhibit; a damaged one is told with how many others can be read."""
    if subject.last is Action.WITHDRAW:
        return
    damaged: list[tuple[int, str]] = []
    left_out = 0
    for number, item in enumerate(subject.files, start=1):
        report.objects += 1
        if not vault.objects.holds(item.id) and (subject.held or item.id in left):
            if subject.held:
                left_out += 1
            else:
                damaged.append((number, "It was damaged, and left behind when this vault got a new key."))
            continue
        try:
            vault.objects.require_whole(item)
        except DamagedVault as error:
            damaged.append((number, error.what))
        step()
    if left_out:
        report.notes.append(f"{subject.name} is held, and its files are not in this copy: {left_out}.")
    whole = len(subject.files) - len(damaged) - left_out
    readable = "its words" + (f" and {whole} other file{'s' if whole > 1 else ''}" if whole else "") + " can be read"
    for number, what in damaged:
        which = f"file {number} of {len(subject.files)}: " if len(subject.files) > 1 else ""
        report.faults.append(Fault(subject.name, which + what, readable))


def _look_around(vault: Vault, subjects: dict[EntryId, _Subject], report: CheckReport) -> None:
    """Files that two entries name, that no entry names, and that should be gone."""
    named: dict[ObjectId, _Subject] = {}
    for subject in subjects.values():
        for item in subject.files:
            if item.id in named:
                report.faults.append(Fault(subject.name, f"a file of it is also a file of {named[item.id].name}"))
            named[item.id] = subject
    there = list(vault.objects.names())
    unnamed = sum(name not in named for name in there)
    gone = sum(name in named and named[name].last is Action.WITHDRAW for name in there)
    if unnamed and vault.damage is not None and vault.damage.lost:
        report.notes.append(f"Stored files that may belong to entries that cannot be read: {unnamed}.")
    elif unnamed:
        report.notes.append(f"Stored files that no entry names: {unnamed}.")
    if gone:
        report.notes.append(f"Withdrawn files that are still stored: {gone}.")
    told = {FindingKind.ORPHANS, FindingKind.OLDER_SLOTS, FindingKind.LISTS_MENDED}
    report.notes += [finding.words for finding in vault.findings if finding.kind in told]


def _check_head(vault: Vault, report: CheckReport) -> None:
    lost = [finding for finding in vault.findings if finding.lost is not None]
    report.faults += [Fault("head", finding.words, "all entries that are there can be read") for finding in lost]
    try:
        head = read_head(vault.path, vault.keys.key(HEAD))
        if head is None:
            report.faults.append(
                Fault("head", "The file “head” is missing.", "every entry can be read; the next one makes it anew")
            )
        elif not lost and vault.damage is None and contradicts(vault.log, head):
            report.faults.append(Fault("head", "It does not agree with the log.", "every entry can be read"))
    except VaultError as error:
        report.faults.append(Fault("head", error.what, "every entry can be read; the next one makes it anew"))
