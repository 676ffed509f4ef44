"""A disclosure as the sections read it: references resolved, fields as cells, times in words."""

from collections.abc import Iterable
from enum import StrEnum

from app.kinds import KINDS, FieldSpec, Form
from app.report.content import Cell, Code, Foreign, Said, Wording, code, foreign, said
from app.report.disclosure import Disclosure
from app.report.labels import choice, label
from app.report.moments import Moment, both_times, local_time, read_moment
from app.subjects import Subject
from vault.chain import Action, Entry, Kind, parse_moment

_SENTENCES = (Form.TEXT, Form.EXACT_WORDS)

Row = tuple[str, Cell]


class View:
    """What the sections need to know of a disclosure."""

    def __init__(self, shown: Disclosure) -> None:
        """Look at a disclosure."""
        self.shown = shown
        self._by_name: dict[str, Subject] = {}
        for subject in shown.subjects.values():
            self._by_name[subject.id] = subject
            if subject.ref:
                self._by_name[subject.ref] = subject

    def current(self, kind: Kind) -> list[Subject]:
        """The shown subjects of a kind that were not withdrawn."""
        return [subject for subject in self.shown.of_kind(kind) if not subject.withdrawn]

    def withdrawn(self) -> list[Subject]:
        """The shown subjects of every kind that were withdrawn."""
        return [subject for subject in self.shown.subjects.values() if subject.withdrawn]

    def find(self, reference: str) -> Subject | None:
        """The shown subject that an id or an exhibit's reference names."""
        return self._by_name.get(reference)

    def refers(self, reference: str) -> Wording:
        """How a reference to another subject is written: by its short name where it is shown."""
        subject = self.find(reference)
        if subject is None:
            return (Foreign(reference, identifier=True), Said(" (not shown in this report)", muted=True))
        return short_name(subject)

    def value(self, spec: FieldSpec, value: str | int | bool | list[str] | None, zone: str) -> Cell:
        """The value of a field as it stands in an entry of that zone."""
        if isinstance(value, list):
            return tuple(self._item(spec, item) for item in value)
        if not isinstance(value, str):
            return (said("removed", muted=True),) if value is None else (said(str(value)),)
        if spec.ask.refers_to:
            return (self.refers(value),)
        if spec.choices is not None:
            return (_choice(spec.choices, value),)
        if spec.form is Form.MOMENT:
            return (moment_words(value, zone),)
        return (foreign(value, identifier=_is_code(spec), words=spec.form in _SENTENCES),)

    def _item(self, spec: FieldSpec, item: str) -> Wording:
        if spec.choices is not None:
            return _choice(spec.choices, item)
        return self.refers(item) if spec.ask.refers_to else foreign(item)

    def rows(self, subject: Subject, fields: Iterable[str]) -> list[Row]:
        """The fields of a subject that hold something, as labels and values."""
        rows: list[Row] = []
        for name in fields:
            value = subject.data.get(name)
            if value not in ("", None, []):
                spec = KINDS[subject.kind].spec(name)
                rows.append((label(subject.kind, name), self.value(spec, value, subject.first.zone)))
        return rows

    def unknown_rows(self, subject: Subject) -> list[Row]:
        """Fields that this version has no name for."""
        known = {spec.name for spec in KINDS[subject.kind].specs()}
        return [
            ("Other field", ((Foreign(name, identifier=True), Said(": "), Foreign(_plain(value))),))
            for name, value in subject.data.items()
            if name not in known
        ]

    def changes(self, entry: Entry) -> Cell:
        """What an entry did to its subject, in words."""
        if entry.action is Action.WITHDRAW:
            return ((Said("withdrawn: "), Foreign(_plain(entry.data.get("why", "")), words=True)),)
        files = len(entry.objects)
        lines: list[Wording] = []
        if entry.action is Action.ADD:
            lines.append(said("recorded" + (f", with {files} file{'s' * (files != 1)}" if files else "")))
            return tuple(lines)
        if files:
            lines.append(said(f"{files} file{'s' * (files != 1)} added"))
        known = {spec.name: spec for spec in KINDS[entry.kind].specs()}
        for name, value in entry.data.items():
            spec = known.get(name)
            if spec is None:
                lines.append((Foreign(name, identifier=True), Said(": "), Foreign(_plain(value))))
                continue
            cell = self.value(spec, value, entry.zone) or (said("nothing"),)
            lines.append((Said(f"{label(entry.kind, name)}: "), *cell[0]))
            lines.extend(cell[1:])
        return tuple(lines)


def short_name(subject: Subject) -> Wording:
    """A few words by which a reader finds a subject in the report."""
    if subject.ref:
        return (Code(subject.ref),)
    names = {
        Kind.ACCOUNT: ("persistent_id", "handle", "profile_url", "display_name"),
        Kind.PAYMENT: ("reference", "transaction", "recipient"),
    }.get(subject.kind, ())
    named = next((text for name in names if isinstance(text := subject.data.get(name), str) and text), "")
    entry = Said(f"entry {subject.first.seq}", muted=bool(named))
    return (Foreign(named, identifier=True), Said(" ", muted=True), entry) if named else (entry,)


def recorded(entry: Entry) -> Wording:
    """When and by whom an entry was written."""
    return said(f"{recorded_at(entry)}, by {entry.by.initials}")


def recorded_at(entry: Entry) -> str:
    """The time of an entry, local and UTC."""
    return both_times(parse_moment(entry.at), entry.zone)


def moment_words(text: str, zone: str) -> Wording:
    """A time that somebody typed or the program kept: in words where it is exact, else as it was written."""
    moment = read_moment(text, zone)
    if moment is None or not moment.exact:
        return foreign(text)
    return said(both_times(moment.at, zone, moment.precision))


def when_in_short(moment: Moment, text: str, zone: str) -> Wording:
    """The same for a narrow column."""
    return said(local_time(moment.at, zone, moment.precision)) if moment.exact else foreign(text)


def joined(wordings: Iterable[Wording], separator: str = ", ") -> Wording:
    """Wordings one after the other."""
    parts: list[Said | Code | Foreign] = []
    for wording in wordings:
        parts.extend((Said(separator), *wording) if parts else wording)
    return tuple(parts)


def digest(hexadecimal: str) -> Wording:
    """A hash."""
    return code(hexadecimal)


def counted(count: int, one: str, many: str = "") -> str:
    """`1 file`, `2 files`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _is_code(spec: FieldSpec) -> bool:
    return spec.form in {Form.IDENTIFIER, Form.LINK}


def _choice(choices: type[StrEnum], value: str) -> Wording:
    known = {member.value: member for member in choices}
    return said(choice(known[value])) if value in known else foreign(value)


def _plain(value: str | int | bool | list[str] | None) -> str:
    return "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
