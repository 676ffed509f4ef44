"""From entries to subjects: what a screen, a table or a report shows is derived from the log, here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.kinds import KINDS, Record
from vault.chain import Action, Data, Entry, EntryId, Kind, StoredObject

Known = TypeVar("Known", bound=Record)


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

    def record_of(self, kind: type[Known]) -> Known:
        """The current fields of a subject that is known to be of that kind."""
        record = self.record
        if not isinstance(record, kind):
            raise TypeError(f"a {self.kind.value} is no {kind.KIND.value}")
        return record

    @property
    def ref(self) -> str:
        """The reference of an exhibit (`AB/1`), empty for other kinds."""
        ref = self.data.get("ref")
        return ref if isinstance(ref, str) and self.kind is Kind.EXHIBIT else ""

    @property
    def held(self) -> bool:
        """Whether it was found out later that it may show somebody under 18: its files are given to nobody any more."""
        return self.data.get("held") == "yes"


def subject_of(entries: Sequence[Entry]) -> Subject:
    """The subject that these entries speak of, oldest first; the first is its `add`."""
    data: dict[str, str | int | bool | list[str] | None] = dict(entries[0].data)
    objects = list(entries[0].objects)
    for entry in entries[1:]:
        if entry.action is Action.AMEND:
            data.update(entry.data)
        objects += entry.objects
    return Subject(
        id=entries[0].id,
        kind=entries[0].kind,
        entries=tuple(entries),
        data={name: value for name, value in data.items() if value is not None},
        objects=tuple(objects),
        withdrawn=any(entry.action is Action.WITHDRAW for entry in entries),
    )


def fold(entries: Iterable[Entry]) -> dict[EntryId, Subject]:
    """All subjects of a log, in the order in which they were added."""
    by_subject: dict[EntryId, list[Entry]] = {}
    for entry in entries:
        by_subject.setdefault(entry.id, []).append(entry)
    return {subject: subject_of(known) for subject, known in by_subject.items()}
