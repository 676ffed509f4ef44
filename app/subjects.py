"""From entries to subjects: what a screen, a table or a report shows is derived from the log, here."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.kinds import KINDS, Record
from vault.chain import Action, Data, Entry, EntryId, Kind, StoredObject


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject and all of its entries, oldest first: an add, its amendments, perhaps a withdrawal."""

    id: EntryId
    kind: Kind
    entries: tuple[Entry, ...]
    data: Data
    """The current fields: amendments merged over what was added."""
    objects: tuple[StoredObject, ...]
    withdrawn: bool

    @property
    def first(self) -> Entry:
        """The entry that added it."""
        return self.entries[0]

    @property
    def last(self) -> Entry:
        """The newest entry about it."""
        return self.entries[-1]

    @property
    def record(self) -> Record:
        """The current fields, typed."""
        return KINDS[self.kind].from_data(self.data)

    @property
    def ref(self) -> str:
        """The reference of an exhibit (`AB/1`), empty for other kinds."""
        ref = self.data.get("ref")
        return ref if isinstance(ref, str) and self.kind is Kind.EXHIBIT else ""

    @property
    def held(self) -> bool:
        """Whether it was found out later that it may show somebody under 18: its files never leave the vault."""
        return self.data.get("held") == "yes"

    def then(self, entry: Entry) -> "Subject":
        """This subject after one more entry about it."""
        data: dict[str, str | int | bool | list[str] | None] = dict(self.data)
        if entry.action is Action.AMEND:
            data.update(entry.data)
            data = {name: value for name, value in data.items() if value is not None}
        return Subject(
            id=self.id,
            kind=self.kind,
            entries=(*self.entries, entry),
            data=data,
            objects=(*self.objects, *entry.objects),
            withdrawn=self.withdrawn or entry.action is Action.WITHDRAW,
        )


def subject_from(entry: Entry) -> Subject:
    """The subject that an `add` makes."""
    return Subject(entry.id, entry.kind, (entry,), dict(entry.data), entry.objects, withdrawn=False)


def fold(entries: Iterable[Entry]) -> dict[EntryId, Subject]:
    """All subjects of a log, in the order in which they were added."""
    subjects: dict[EntryId, Subject] = {}
    for entry in entries:
        known = subjects.get(entry.id)
        subjects[entry.id] = subject_from(entry) if known is None else known.then(entry)
    return subjects
