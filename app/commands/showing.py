"""A subject at the terminal: as one JSON object, as one line, as labelled fields, as a history."""

from collections.abc import Iterator, Sequence

from app.casefile import Casefile
from app.errors import WrongUse
from app.kinds import KINDS, FieldSpec
from app.plaintext import visible, visible_sentence
from app.report.tables import why_withdrawn
from app.subjects import Subject
from vault.chain import Action, Entry, EntryId, Kind, StoredObject

_LINE_FIELDS = 4
_LINE_LENGTH = 60
Value = str | int | bool | list[str] | None


def state(subject: Subject) -> dict[str, object]:
    """The current state of a subject, as `list --json` prints it (README.md)."""
    return {
        "id": subject.id,
        "ref": subject.ref,
        "kind": subject.kind.value,
        "seq": subject.first.seq,
        "at": subject.first.at,
        "withdrawn": subject.withdrawn,
        "data": dict(subject.data),
    }


def files(objects: Sequence[StoredObject]) -> list[dict[str, object]]:
    """The files of an exhibit or of one of its entries, for JSON."""
    return [
        {
            "id": stored.id,
            "name": stored.name,
            "media_type": stored.media_type,
            "size": stored.size,
            "sha256": stored.sha256,
        }
        for stored in objects
    ]


def changes(subject: Subject) -> list[dict[str, object]]:
    """All entries of a subject, oldest first, for JSON."""
    return [
        {
            "seq": entry.seq,
            "at": entry.at,
            "by": entry.by.initials,
            "role": entry.by.role.value,
            "action": entry.action.value,
            "data": dict(entry.data),
            "files": files(entry.objects),
        }
        for entry in subject.entries
    ]


def line(subject: Subject) -> str:
    """A subject on one line: reference or the beginning of its id, kind, when it was added, what it is about."""
    marks = "".join(f"({mark}) " for mark, holds in (("withdrawn", subject.withdrawn), ("held", subject.held)) if holds)
    name = subject.ref or subject.id[:8]
    return f"{name:<9} {subject.kind.value:<9} {_moment(subject.first.at)}  {marks}{summary(subject)}"


def summary(subject: Subject) -> str:
    """What a subject is about, in a few of its own words, harmless to a terminal."""
    specs = KINDS[subject.kind].specs()
    asked = [spec for spec in specs if not spec.ask.kept_by_program] or list(specs)
    values = (subject.data.get(spec.name) for spec in asked if spec.ask.refers_to is None)
    texts = (", ".join(value) if isinstance(value, list) else str(value) for value in values if value is not None)
    words = [_short(text) for text in texts if text][:_LINE_FIELDS]
    return " · ".join([*words, *(_short(stored.name) for stored in subject.objects[:1])])


def described(casefile: Casefile, subject: Subject) -> Iterator[str]:
    """The lines of a subject: what it is, its fields with their labels, its files."""
    first = subject.first
    yield f"{subject.ref or subject.kind.value}  {subject.id}  entry {first.seq}, {_moment(first.at)} UTC"
    if subject.withdrawn:
        yield f"Withdrawn {_moment(subject.last.at)} UTC: {visible_sentence(why_withdrawn(subject))}"
    yield from _fields(casefile, subject.kind, dict(subject.data))
    for stored in subject.objects:
        yield _file(stored)


def history(casefile: Casefile, subject: Subject) -> Iterator[str]:
    """What changed, when and by whom, oldest first."""
    for entry in subject.entries:
        by = f"{entry.by.initials} ({entry.by.role.value})"
        yield f"Entry {entry.seq}, {_moment(entry.at)} UTC, {_what_was_done(entry)} by {by}"
        if entry.action is Action.WITHDRAW:
            yield f"  Why: {visible_sentence(str(entry.data.get('why', '')))}"
        else:
            yield from _fields(casefile, subject.kind, dict(entry.data))
        for stored in entry.objects:
            yield _file(stored)


def _what_was_done(entry: Entry) -> str:
    return {Action.ADD: "added", Action.AMEND: "changed", Action.WITHDRAW: "withdrawn"}[entry.action]


def _fields(casefile: Casefile, kind: Kind, data: dict[str, Value]) -> Iterator[str]:
    specs = {spec.name: spec for spec in KINDS[kind].specs()}
    for name in [*(name for name in specs if name in data), *(name for name in data if name not in specs)]:
        spec = specs.get(name)
        label = f"{spec.ask.label} ({name})" if spec else f"({visible(name)})"
        yield from _labelled(f"  {label}: ", _texts(casefile, spec, data[name]))


def _texts(casefile: Casefile, spec: FieldSpec | None, value: Value) -> list[str]:
    if value is None:
        return ["(removed)"]
    if spec is not None and spec.ask.refers_to is not None:
        return [_named(casefile, item) for item in (value if isinstance(value, list) else [str(value)])]
    if isinstance(value, list):
        return [visible_sentence(item) for item in value]
    return visible(str(value), words=True).split("\n")


def _labelled(label: str, texts: list[str]) -> Iterator[str]:
    """The further lines of a text stand under its first: none can pass for a field of its own."""
    for place, text in enumerate(texts):
        yield f"{label if place == 0 else ' ' * len(label)}{text}"


def _named(casefile: Casefile, subject_id: str) -> str:
    try:
        subject = casefile.subject(EntryId(subject_id))
    except WrongUse:
        return visible(subject_id)
    return subject.ref or f"{subject.id[:8]} ({summary(subject)})"


def _file(stored: StoredObject) -> str:
    return f"  File: {visible(stored.name)}, {visible(stored.media_type)}, {stored.size} bytes, SHA-256 {stored.sha256}"


def _short(text: str) -> str:
    return visible_sentence(text if len(text) <= _LINE_LENGTH else f"{text[: _LINE_LENGTH - 1]}…")


def _moment(at: str) -> str:
    return f"{at[:10]} {at[11:19]}"
