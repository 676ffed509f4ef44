"""What an export will show: the log up to a fixed entry, less what is withheld, and which files go with it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.casefile import Casefile
from app.errors import WrongUse
from app.kinds import Exhibit, Sensitivity
from app.notes import impact_notes
from app.report.disclosure import Disclosure, Impact, Line, NotIncluded, Profile, Reason, exhibit_files
from app.subjects import Subject, fold
from vault.chain import EntryId, Kind, ObjectId, StoredObject, body_hash, receipt_code
from vault.errors import DamagedVault
from vault.vault import Vault

ALWAYS_WITHHELD = Kind.PERSON


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person chose: for whom, whether pictures that are not ordinary go with it, what is withheld,
    whether the notes on the impact go with it.
    """

    profile: Profile = Profile.POLICE
    unsealed: bool = False
    withhold: tuple[EntryId, ...] = ()
    impact: bool = False


def disclose(casefile: Casefile, choice: Choice, progress: Callable[[int, int], None]) -> Disclosure:
    """Fix what is shown at the present head. Every file that will go with it is read once: damage is found here.

    `progress` is told (done, all) in files. Raises WrongUse for a withheld id that is not there, VaultError.
    """
    vault = casefile.vault
    head = vault.head
    withheld = _withheld(casefile, choice)
    lines = tuple(_lines(vault, head.entries, withheld))
    subjects = fold(line.entry for line in lines if line.entry is not None)
    now = casefile.clock.now()
    return Disclosure(
        vault=vault.id,
        entries=head.entries,
        head=head.link,
        fingerprint=vault.identity.fingerprint,
        certificate_sha256=vault.identity.certificate_sha256,
        receipt=receipt_code(head.entries, head.link),
        exported_at=now,
        zone=casefile.clock.zone(now),
        app=casefile.clock.app,
        profile=choice.profile,
        initials=casefile.author().initials,
        lines=lines,
        subjects=subjects,
        not_included=_not_included(vault, subjects.values(), choice, progress),
        impact=tuple(_impact(casefile)) if choice.impact else (),
    )


def _impact(casefile: Casefile) -> Iterator[Impact]:
    for note in impact_notes(casefile):
        yield Impact(note.impact.value if note.impact else "", note.text, note.at)


def _withheld(casefile: Casefile, choice: Choice) -> set[EntryId]:
    for subject_id in choice.withhold:
        if casefile.subject(subject_id).kind is Kind.VAULT:
            raise WrongUse("The first entry names the key and cannot be withheld.", next="Withhold something else.")
    return {*choice.withhold, *(person.id for person in casefile.subjects(ALWAYS_WITHHELD))}


def _lines(vault: Vault, entries: int, withheld: set[EntryId]) -> Iterator[Line]:
    for row, entry in vault.entries():
        if row.seq > entries:
            return
        shown = None if entry.id in withheld else entry
        yield Line(row.seq, row.id, body_hash(row.body), row.link, shown)


def _not_included(
    vault: Vault, subjects: Iterable[Subject], choice: Choice, progress: Callable[[int, int], None]
) -> dict[ObjectId, NotIncluded]:
    exhibits = [subject for subject in subjects if subject.kind is Kind.EXHIBIT]
    found: dict[ObjectId, NotIncluded] = {}
    for done, exhibit in enumerate(exhibits):
        progress(done, len(exhibits))
        carried_by = {stored.id: entry.seq for entry in exhibit.entries for stored in entry.objects}
        for stored, name in exhibit_files(exhibit):
            reason = _reason(vault, exhibit, stored, choice)
            if reason is not None:
                found[stored.id] = NotIncluded(stored, carried_by[stored.id], name, reason)
    progress(len(exhibits), len(exhibits))
    return found


def _reason(vault: Vault, exhibit: Subject, stored: StoredObject, choice: Choice) -> Reason | None:
    record = exhibit.record
    ordinary = isinstance(record, Exhibit) and record.sensitivity is Sensitivity.ORDINARY
    if exhibit.withdrawn:
        return Reason.WITHDRAWN
    if exhibit.held:
        return Reason.HELD
    if not _readable(vault, stored):
        return Reason.DAMAGED
    return None if ordinary or choice.unsealed else Reason.LEFT_OUT


def _readable(vault: Vault, stored: StoredObject) -> bool:
    try:
        for _chunk in vault.objects.read(stored):
            pass
    except DamagedVault:
        return False
    return True
