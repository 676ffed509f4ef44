"""How something that was kept came to be as it is: what each entry changed, from what to what."""

from dataclasses import dataclass

from app.subjects import Subject
from vault.chain import Action, Entry

Value = str | int | bool | list[str] | None


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what stood there before and what stands there after; None where nothing does."""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Version:
    """One entry about a subject, and the fields in which it differs from the one before."""

    entry: Entry
    changes: tuple[Change, ...]


def versions(subject: Subject) -> list[Version]:
    """All entries of a subject, oldest first; a withdrawal changes no field, and says why in its entry."""
    known: dict[str, Value] = {}
    found: list[Version] = []
    for entry in subject.entries:
        changes: list[Change] = []
        if entry.action is not Action.WITHDRAW:
            for field, after in entry.data.items():
                before = known.get(field)
                if before != after:
                    changes.append(Change(field, before, after))
                known[field] = after
        found.append(Version(entry, tuple(changes)))
    return found
