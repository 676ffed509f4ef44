"""What was kept, as rows of a list and as words in a sentence."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QCoreApplication

from app.kinds import Account, Case, Contact, Exhibit, Incident, Payment, Person, Sensitivity, Takedown
from app.plaintext import visible, visible_sentence
from app.subjects import Subject
from ui.widgets.row_list import Mark, Row
from ui.words import choice_words, day_words, kind_words, moment_of, role_words, time_words
from vault.chain import Kind


def row_for(subject: Subject, zone: tzinfo, own: Kind, following: str = "") -> Row:
    """A subject as a row, in a list of the kind `own`; one of another kind says what it is.

    `following`: what is next of it, in words.
    """
    record = subject.record
    kept_at = moment_of(record.captured_at if isinstance(record, Exhibit) and record.captured_at else subject.first.at)
    day = day_words(kept_at, zone) if kept_at else ""
    time = time_words(kept_at, zone) if kept_at else ""
    if isinstance(record, Exhibit):
        place = " · ".join(visible_sentence(part) for part in (record.platform, record.place) if part)
        title = visible_sentence(record.title) or _tr("Not described yet")
        return Row(subject.id, subject.ref, title, exhibit_marks(subject), place, time, day, covered=True)
    headline, title, detail = _words(record)
    what = kind_words(subject.kind) if subject.kind is not own else ""
    marks = _withdrawn(subject) or _state(record)
    return Row(subject.id, headline, title, marks, _joined(what, following, detail), time, day)


def exhibit_marks(exhibit: Subject) -> tuple[Mark, ...]:
    """Whether an exhibit is sorted, held, withdrawn."""
    record = exhibit.record
    if exhibit.withdrawn:
        return _withdrawn(exhibit)
    if exhibit.held:
        return (Mark(_tr("held · could show somebody under 18"), amber=True),)
    sensitivity = record.sensitivity if isinstance(record, Exhibit) else None
    if sensitivity is Sensitivity.ORDINARY:
        return (Mark(_tr("ordinary")),)
    if sensitivity is Sensitivity.INTIMATE:
        return (Mark(_tr("intimate"), amber=True),)
    return (Mark(_tr("not sorted · treated as intimate"), amber=True),)


def short_words(subject: Subject) -> str:
    """A subject in a few words, to choose it or to speak of it."""
    record = subject.record
    if isinstance(record, Exhibit):
        return " · ".join(part for part in (subject.ref, visible_sentence(record.title)) if part)
    headline, title, _detail = _words(record)
    return " · ".join(part for part in (headline, title) if part)


def options(subjects: Sequence[Subject]) -> list[tuple[str, str]]:
    """What can be chosen: ids and words, without what was withdrawn."""
    return [(subject.id, short_words(subject)) for subject in subjects if not subject.withdrawn]


def _words(record: object) -> tuple[str, str, str]:
    """Headline, title and detail of something that was written down."""
    if isinstance(record, Account):
        names = [visible(name) for name in (record.display_name, record.handle) if name]
        where = choice_words(record.platform) if record.platform else ""
        known = visible(record.persistent_id) if record.persistent_id else _tr("ID not known yet")
        return (
            names[0] if names else where or _tr("An account"),
            " · ".join(names[1:]) or where,
            _joined(where if names[1:] else "", known),
        )
    if isinstance(record, Payment):
        amount = visible(f"{record.amount} {record.currency}".strip()) or _tr("An amount")
        ways = [choice_words(word) for word in (record.status, record.kind) if word is not None]
        return amount, " · ".join(ways), _joined(visible_sentence(record.recipient), visible(record.reference))
    if isinstance(record, Incident):
        kind = choice_words(record.kind) if record.kind else _tr("Something that happened")
        return (
            kind,
            visible_sentence(record.what_happened or record.exact_words),
            _joined(visible_sentence(record.when), visible_sentence(record.platform)),
        )
    return _more_words(record)


def _more_words(record: object) -> tuple[str, str, str]:
    if isinstance(record, Takedown):
        return (
            visible_sentence(record.recipient) or _tr("A request for removal"),
            visible(record.url),
            visible(record.reference),
        )
    if isinstance(record, Contact):
        kind = choice_words(record.kind) if record.kind else ""
        name = visible_sentence(record.organisation)
        return (
            name or kind or _tr("Somebody who was told"),
            visible_sentence(record.outcome or record.what_was_said or record.person),
            _joined(kind if name else "", visible(record.reference)),
        )
    if isinstance(record, Person):
        role = role_words(record.role) if record.role else ""
        return visible(record.initials), visible_sentence(record.name), role
    if isinstance(record, Case):
        return kind_words(Kind.CASE), visible_sentence(record.title), ""
    return "", "", ""


def _state(record: object) -> tuple[Mark, ...]:
    """How a request for removal stands."""
    if isinstance(record, Takedown) and record.state is not None:
        return (Mark(choice_words(record.state)),)
    return ()


def _withdrawn(subject: Subject) -> tuple[Mark, ...]:
    return (Mark(_tr("withdrawn"), amber=True),) if subject.withdrawn else ()


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _tr(text: str) -> str:
    return QCoreApplication.translate("rows", text)
