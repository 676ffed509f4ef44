"""An open vault understood as a case: preserve, record, amend, withdraw, find."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from app import unfinished
from app.clock import RecordingClock
from app.errors import WrongUse
from app.finding import PAGE, Page, read_page, read_pages, read_subjects
from app.holding import hold, with_holds
from app.keeping import OpenVault, open_vault, require_passphrase
from app.kinds import KINDS, WRITTEN_BY_HAND, Case, Exhibit, Person, Record, Sensitivity, Under18
from app.places import require_outside_vaults
from app.receipt import square_text
from app.recorders import author_for, initials_to_add, valid_initials
from app.references import resolved
from app.room import require_room
from app.session import closing_draft, opening_drafts
from app.subjects import Subject
from app.under18 import require_allowed
from app.writable import require_writable
from capture.artifact import Artifact, Caution
from vault.chain import Action, Author, Data, Entry, EntryId, Kind, Role, StoredObject, receipt_code, utc_text
from vault.check import CheckProgress, CheckReport, check
from vault.drafts import Draft, new_entry_id
from vault.keys import KdfCost
from vault.recovery import RecoverySecret
from vault.search import Wanted
from vault.stream import Progress
from vault.vault import Vault

Fields = Mapping[str, str | int | list[str] | None]
"""Changed fields of a kind, as parse_assignments makes them; None removes a field."""

WITHDRAWABLE = (Kind.EXHIBIT, *WRITTEN_BY_HAND)
"""The kinds of which one can be taken back."""

_ID_START = re.compile(r"[0-9a-f]{4,32}")
_REFERENCE = re.compile(r"([A-Za-z]{2,4})/0*([1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Kept:
    """An exhibit that is Saved: on the disk, read back and re-hashed. SHA-256 in hex, size in bytes."""

    id: EntryId
    ref: str
    seq: int
    sha256: str
    size: int
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class GivenReceipt:
    """A receipt code, and the head and fingerprint that it stands for."""

    code: str
    entries: int
    head: str
    fingerprint: str
    vault: str

    @property
    def square(self) -> str:
        """What its QR code holds."""
        return square_text(self.vault, self.entries, self.head, self.fingerprint)


class Casefile(OpenVault):
    """An open case. Every method raises VaultError where the vault cannot do it; nothing is half done then."""

    def __init__(
        self, vault: Vault, clock: RecordingClock, initials: str | None = None, *, window: bool = False
    ) -> None:
        """`initials`: who records, where several people do. `window`: whether openings are recorded (session)."""
        super().__init__(vault, clock.now)
        self._clock = clock
        self._initials = initials
        self._session: EntryId | None = None
        self._opened_at = utc_text(clock.now())
        self._window = window

    @classmethod
    def create(
        cls,
        path: Path,
        passphrase: str,
        clock: RecordingClock,
        founder: Person,
        case: Case | None = None,
        *,
        cost: KdfCost | None = None,
        window: bool = False,
    ) -> Self:
        """Make a vault for a case, with the person who begins it. `cost` is for tests alone.

        Raises WrongUse for initials or a passphrase that cannot be.
        """
        require_passphrase(passphrase)
        require_outside_vaults(path)
        author = Author(valid_initials(founder.initials), founder.role or Role.SELF)
        person = dict(founder.to_data()) | {"initials": author.initials, "role": author.role.value}
        answers = {"under18": Under18.UNSURE.value} | (case.to_data() if case else {})
        first = [
            Draft(Action.ADD, Kind.PERSON, new_entry_id(), person),
            Draft(Action.ADD, Kind.CASE, new_entry_id(), answers),
        ]
        vault = Vault.create(path, passphrase, clock.stamp(author), first, cost=cost)
        return cls(vault, clock, author.initials, window=window)

    @classmethod
    def open(
        cls,
        path: Path,
        passphrase: str,
        clock: RecordingClock,
        initials: str | None = None,
        *,
        window: bool = False,
        thorough: bool = False,
    ) -> Self:
        """Open a case. Raises VaultError; WrongUse where nobody records under these initials."""
        return cls._understood(open_vault(path, passphrase, thorough=thorough), clock, initials, window=window)

    @classmethod
    def open_with_words(
        cls,
        path: Path,
        words: RecoverySecret,
        clock: RecordingClock,
        initials: str | None = None,
        *,
        window: bool = False,
    ) -> Self:
        """Open a case with its recovery words. Raises WrongWords, and what `open` raises."""
        return cls._understood(Vault.open_with_words(path, words), clock, initials, window=window)

    @classmethod
    def _understood(cls, vault: Vault, clock: RecordingClock, initials: str | None, *, window: bool) -> Self:
        casefile = cls(vault, clock, initials, window=window)
        try:
            unfinished.clear(vault)
            if initials is not None:
                casefile.author()
        except BaseException:
            vault.close()
            raise
        return casefile

    @property
    def clock(self) -> RecordingClock:
        """The clock that stamps its entries."""
        return self._clock

    def close(self) -> None:
        """Lock the case. The end of a session is recorded where its beginning was."""
        with self._turn:
            try:
                if self._session is not None:
                    self._vault.append([closing_draft(self._session, self._clock)], self._clock.stamp(self.author()))
                    self._session = None
            finally:
                self._vault.close()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the log as it is: nobody else appends meanwhile."""
        with self._turn:
            yield

    def begin_session(self) -> None:
        """Record the opening now, where openings are recorded and this one is not yet."""
        with self._turn:
            drafts = self._opening()
            if drafts:
                self._vault.append(drafts, self._clock.stamp(self.author()))
                self._session = drafts[0].id

    # -- what is kept -------------------------------------------------------------------------------------------

    def preserve(
        self, artifact: Artifact, about: Exhibit | None = None, progress: Progress = lambda _done: None
    ) -> Kept:
        """Keep a captured file as a new exhibit; when this returns it is Saved.

        Raises RefusedForSafety (under 18), NoRoom and WrongUse (recovery words) before anything is stored,
        CaptureError where the source fails.
        """
        about = about or Exhibit()
        require_writable(about.to_data() | {"name": artifact.name})
        self._require_allowed(artifact, about.sensitivity)
        require_room(self._vault.path, artifact.size or 0)
        author, vault, under18 = self.author(), self._vault, self.case().under18
        with artifact.open() as stream:
            object_id, measure = vault.store(stream, progress)
        stored = StoredObject(
            object_id, measure.sha256, measure.size, artifact.media_type, artifact.name, artifact.name_hex
        )
        try:
            with self._turn:
                self._require_same_key(vault)
                if self.case().under18 is not under18:
                    self._require_allowed(artifact, about.sensitivity)
                ref = f"{author.initials}/{self._vault.log.highest_number(author.initials) + 1}"
                data = self._resolved(Exhibit, about.to_data()) | _context_of(artifact) | {"ref": ref}
                data.setdefault("sensitivity", Sensitivity.NOT_SAID.value)
                entry = self._append(Draft(Action.ADD, Kind.EXHIBIT, new_entry_id(), data, (stored,)))
        except BaseException:
            self._vault.forget(object_id)
            raise
        return Kept(entry.id, ref, entry.seq, measure.sha256, measure.size, artifact.warnings)

    def require_picture_allowed(self, sensitivity: Sensitivity | None) -> None:
        """Ask before a picture is taken at all. Raises RefusedForSafety."""
        require_allowed(self.case().under18, sensitivity, may_hold_a_picture=True)

    def record(self, kind: Kind, fields: Fields) -> Entry:
        """Write down something new. Raises WrongUse for references that lead nowhere, or where nothing is said."""
        data = {name: value for name, value in fields.items() if value is not None}
        if not data:
            raise WrongUse("There is nothing to keep yet.", next="Fill in at least one field.")
        require_writable(data)
        return self._append(Draft(Action.ADD, kind, new_entry_id(), self._resolved(KINDS[kind], data)))

    def add_person(self, fields: Fields) -> Entry:
        """Add somebody who records. Raises WrongUse where the initials are taken, and where no role is said."""
        initials = initials_to_add(self.subjects(Kind.PERSON), fields)
        # Whoever adds somebody goes on recording: from now on there are several to choose from.
        self._initials = self.author().initials
        return self.record(Kind.PERSON, dict(fields) | {"initials": initials})

    def amend(self, subject: Subject, fields: Fields) -> Entry:
        """Change fields of something that was kept; earlier versions stay. Raises WrongUse where nothing changes."""
        require_writable(fields)
        changes: dict[str, str | int | bool | list[str] | None] = {
            name: value
            for name, value in self._resolved(KINDS[subject.kind], fields).items()
            if subject.data.get(name) != value
        }
        if not changes:
            raise WrongUse("Nothing would change.", next="Change a field first.")
        if subject.kind is Kind.PERSON and "initials" in changes:
            raise WrongUse("Initials stand in references and stay as they are.", next="Add another person instead.")
        draft = Draft(Action.AMEND, subject.kind, subject.id, changes)
        changed = Subject(
            subject.id, subject.kind, subject.entries, {**subject.data, **changes}, subject.objects, subject.withdrawn
        )
        return self._append(*with_holds(draft, changed, self))

    def hold(self, exhibit: Subject) -> Entry:
        """Hold an exhibit in which somebody could be under 18: it is never shown, exported or deleted from then on.

        Raises WrongUse for what cannot be held.
        """
        return self._append(hold(exhibit))

    def withdraw(self, subject: Subject, why: str) -> Entry:
        """Take something back: its words and hash stay in the log, its file is removed.

        Raises WrongUse for what has to stay (the case, people, receipts, exports), NotAllowed when held.
        """
        if subject.kind not in WITHDRAWABLE:
            raise WrongUse(f"This is of the kind {subject.kind.value} and stays.", next="Only what you kept can be.")
        if not why.strip():
            raise WrongUse("Withdrawing needs a reason.", next="Say in a few words why.")
        require_writable({"why": why})
        return self._append(Draft(Action.WITHDRAW, subject.kind, subject.id, {"why": why}))

    def receipt(self) -> GivenReceipt:
        """A receipt code for everything until now; that it was given is recorded right after."""
        with self._turn:
            head = self._vault.head
            code = receipt_code(head.entries, head.link)
            data: Data = {"entries": head.entries, "head": head.link, "receipt": code}
            self._append(Draft(Action.ADD, Kind.ANCHOR, new_entry_id(), data))
            return GivenReceipt(code, head.entries, head.link, self._vault.identity.fingerprint, self._vault.id)

    def note_export(self, data: Data) -> Entry:
        """Record that something was handed over."""
        return self._append(Draft(Action.ADD, Kind.EXPORT, new_entry_id(), data))

    # -- what is there ------------------------------------------------------------------------------------------

    def subjects(self, kind: Kind | None = None, *, limit: int = -1, offset: int = 0) -> Iterator[Subject]:
        """Subjects, newest first, withdrawn ones too: perhaps of one kind, perhaps one page; read as they are taken."""
        if limit >= 0 or offset:
            return read_subjects(self._vault, self._vault.log.subjects(kind, limit=limit, offset=offset))
        return read_pages(self._vault, Wanted(kind=kind))

    def search(self, wanted: Wanted, *, limit: int = PAGE, before: int | None = None) -> Page:
        """A page of what is looked for, newest first. `before`: what the page before this one gave."""
        return read_page(self._vault, wanted, limit, before)

    def found(self, wanted: Wanted, limit: int | None = None) -> Iterator[Subject]:
        """All that is looked for, newest first, at most `limit`; read as it is taken."""
        return read_pages(self._vault, wanted, limit)

    def subject(self, entry_id: EntryId) -> Subject:
        """One subject by its id. Raises WrongUse."""
        found = next(read_subjects(self._vault, [entry_id]), None)
        if found is None:
            raise WrongUse("There is nothing with this id.", next="List what is there.")
        return found

    def find(self, text: str) -> Subject:
        """A subject by reference (`AB/1`), id, or an unambiguous beginning of one. Raises WrongUse."""
        text = text.strip()
        reference = _REFERENCE.fullmatch(text)
        if reference:
            found = self._vault.log.with_ref(f"{reference[1].upper()}/{reference[2]}")
            matches = [found] if found else []
        elif _ID_START.fullmatch(text.lower()):
            matches = self._vault.log.beginning_with(text.lower())
        else:
            matches = []
        if len(matches) == 1:
            return self.subject(matches[0])
        if matches:
            raise WrongUse("More than one id begins like this.", next="Give more of it.")
        raise WrongUse(f"There is nothing called “{text}”.", next="Use a reference like AB/1, or an id from the list.")

    def case(self) -> Case:
        """The case as it stands."""
        record = self.case_subject().record
        return record if isinstance(record, Case) else Case()

    def case_subject(self) -> Subject:
        """The subject that holds the case. Raises WrongUse where a vault holds none."""
        found = next(self.subjects(Kind.CASE), None)
        if found is None:
            raise WrongUse("This vault holds no case.", next="Run a check of the vault.")
        return found

    def count(self, kind: Kind) -> int:
        """How many subjects of a kind are not withdrawn."""
        return self._vault.log.count(kind)

    def author(self) -> Author:
        """Who records now. Raises WrongUse where several could and none was named."""
        return author_for(self.subjects(Kind.PERSON), self._initials)

    def record_as(self, initials: str) -> Author:
        """Let the person with these initials record from now on. Raises WrongUse where nobody has them."""
        author = author_for(self.subjects(Kind.PERSON), initials)
        self._initials = author.initials
        return author

    def check(self, progress: CheckProgress = lambda _done, _all: None, against: Vault | None = None) -> CheckReport:
        """Read every entry, link and object again; perhaps compare with an open copy."""
        return check(self._vault, progress, against)

    # -- how it is written --------------------------------------------------------------------------------------

    def _append(self, *drafts: Draft) -> Entry:
        with self._turn:
            stamp = self._clock.stamp(self.author())
            before = self._opening()
            entries = self._vault.append([*before, *drafts], stamp)
            if before:
                self._session = before[0].id
            return entries[len(before)]

    def _opening(self) -> list[Draft]:
        if self._session is not None or self._vault.read_only:
            return []
        return opening_drafts(self._vault.findings, self._opened_at, window=self._window)

    def _require_same_key(self, vault: Vault) -> None:
        """Let an entry name a file only in the vault that it was stored in: a new key leaves behind what none names."""
        if self._vault is not vault:
            raise WrongUse("The vault got a new key while this file was stored.", next="Keep it once more.")

    def _require_allowed(self, artifact: Artifact, sensitivity: Sensitivity | None) -> None:
        answer = self.case().under18
        if answer is not Under18.NO and sensitivity is not Sensitivity.ORDINARY:
            require_allowed(answer, sensitivity, may_hold_a_picture=artifact.may_hold_a_picture())

    def _resolved(self, kind: type[Record], fields: Data) -> dict[str, str | int | bool | list[str] | None]:
        return resolved(kind, fields, self.find)


def _context_of(artifact: Artifact) -> dict[str, str]:
    return {
        "provenance": artifact.provenance.value,
        "method": artifact.method.value,
        "captured_at": utc_text(artifact.captured_at),
        "device": artifact.context.device,
    }
