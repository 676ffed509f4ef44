"""Words for times as people know them (exact, about, between, without a date), and for what is ahead."""

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.kinds import Precision, TakedownState
from app.plaintext import visible_sentence
from ui.marking import QT_TRANSLATE_NOOP
from ui.words import time_words
from vault.chain import Kind
from vault.moments import Moment, read_moment
from vault.moments import Precision as Written

if TYPE_CHECKING:
    from app.timeline import Event

_MONTH = len("2026-11")
_GONE = frozenset({TakedownState.REMOVED.value, TakedownState.SITE_GONE.value})

_KINDS_OF_TIME = {
    "act_at": QT_TRANSLATE_NOOP("event", "Done"),
    "discovered_at": QT_TRANSLATE_NOOP("event", "Found"),
    "captured_at": QT_TRANSLATE_NOOP("event", "Captured"),
    "when": QT_TRANSLATE_NOOP("event", "Happened"),
    "told_at": QT_TRANSLATE_NOOP("event", "Somebody told you"),
    "discovered": QT_TRANSLATE_NOOP("event", "You found out"),
    "seen_at": QT_TRANSLATE_NOOP("event", "Seen like this"),
    "action_at": QT_TRANSLATE_NOOP("event", "You looked after it"),
    "demanded_at": QT_TRANSLATE_NOOP("event", "Demanded"),
    "paid_at": QT_TRANSLATE_NOOP("event", "Paid"),
    "cancel_attempted_at": QT_TRANSLATE_NOOP("event", "Cancelling tried"),
    "collected_when": QT_TRANSLATE_NOOP("event", "Collected"),
    "sent_at": QT_TRANSLATE_NOOP("event", "Removal asked for"),
    "response_at": QT_TRANSLATE_NOOP("event", "They answered"),
    "removed_at": QT_TRANSLATE_NOOP("event", "Gone"),
    "reappeared_at": QT_TRANSLATE_NOOP("event", "Came back"),
    "threat_deadline": QT_TRANSLATE_NOOP("event", "The deadline they set"),
    "deadline": QT_TRANSLATE_NOOP("event", "Deadline"),
    "next_action_at": QT_TRANSLATE_NOOP("event", "What comes next"),
}
_THEIRS = frozenset({(Kind.PAYMENT, "deadline"), (Kind.INCIDENT, "threat_deadline")})


def kind_of_time(event: "Event") -> str:
    """What kind of time it is, at the beginning of a line."""
    if event.subject.kind is Kind.CONTACT and event.field == "when":
        return _tr("Told")
    if (event.subject.kind, event.field) in _THEIRS:
        return _tr("The deadline they set")
    known = _KINDS_OF_TIME.get(event.field)
    return _tr(known) if known else visible_sentence(event.words)


def day_of(event: "Event") -> str:
    """The heading under which it stands: its day, its month where no day is known, or that it has no date."""
    if event.moment is None:
        return _tr("Without a date")
    if _is_month(event):
        return QLocale().toString(_date(event.moment.at.date()), "MMMM yyyy")
    return QLocale().toString(_date(event.moment.at.date()), "d MMMM yyyy")


def time_of(event: "Event", zone: tzinfo) -> str:
    """The hour on its day, where one is known: `14:05`, `about 14:05`. `zone`: of this computer."""
    if event.moment is None or not event.moment.exact or event.precision is Precision.BETWEEN:
        return ""
    clock = _clock(event.moment, zone)
    if event.precision is Precision.ABOUT:
        return _tr("about {0}").format(clock) if clock else _tr("about then")
    if event.precision is Precision.UNKNOWN:
        return _tr("perhaps {0}").format(clock) if clock else _tr("perhaps then")
    return clock


def how_sure(event: "Event", zone: tzinfo) -> str:
    """What is known of a time that is no day and hour: `between … and …`, a month, the words as they were written."""
    moment = event.moment
    if moment is not None and event.precision is Precision.BETWEEN:
        until = read_moment(event.until, event.zone)
        end = _at(until, zone) if until is not None and until.exact else visible_sentence(event.until)
        start = _at(moment, zone) if moment.exact else visible_sentence(event.text)
        return _tr("between {0} and {1}").format(start, end or _tr("a later time"))
    if _is_month(event):
        return _tr("some time in this month")
    return visible_sentence(event.text) if moment is None or not moment.exact else ""


def _at(moment: Moment, zone: tzinfo) -> str:
    day = QLocale().toString(_date(moment.at.date()), "d MMMM yyyy")
    return ", ".join(part for part in (day, _clock(moment, zone)) if part)


def _clock(moment: Moment, zone: tzinfo) -> str:
    """The hour in the zone it was read in, which is named where the clocks here show another one."""
    if moment.precision not in {Written.MINUTE, Written.SECOND}:
        return ""
    clock = time_words(moment.at, moment.at.tzinfo or zone)
    elsewhere = moment.at.utcoffset() != moment.at.astimezone(zone).utcoffset()
    return f"{clock} ({moment.at.tzinfo})" if elsewhere else clock


def next_words(event: "Event | None", now: datetime) -> str:
    """What is next of a subject and when, calmly; empty where nothing is. `now`: aware, in this computer's zone."""
    if event is None or event.moment is None or event.subject.withdrawn:
        return ""
    if event.field == "deadline" and event.subject.data.get("state") in _GONE:
        return ""
    day = event.moment.at.astimezone(now.tzinfo).date()
    away = (day - now.date()).days
    short = QLocale().toString(_date(day), "d MMM yyyy")
    if event.field == "next_action_at":
        what = visible_sentence(str(event.subject.data.get("next_action") or "")) or _tr("Look again")
        past = _tr("{0}: it was for {1}, and can still be done").format(what, short)
    else:
        what = kind_of_time(event)
        past = _tr("{0} was {1}").format(what, short)
    near = {0: _tr("{0}: today").format(what), 1: _tr("{0}: tomorrow").format(what)}
    return past if away < 0 else near.get(away, f"{what}: {short}")


def group_of(event: "Event | None", now: datetime) -> str:
    """Under which heading it stands in a list in the order of what is next."""
    if event is None or event.moment is None:
        return _tr("Nothing planned")
    away = (event.moment.at.astimezone(now.tzinfo).date() - now.date()).days
    if away < 0:
        return _tr("The day has come")
    return _tr("Today") if away == 0 else _tr("Coming up")


def _is_month(event: "Event") -> bool:
    return len(event.text.strip()) == _MONTH


def _date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _tr(text: str) -> str:
    return QCoreApplication.translate("event", text)
