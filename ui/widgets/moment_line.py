"""A time as somebody knows it: any words are kept, two buttons write the usual ones, a line says how it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt, QTime
from PySide6.QtWidgets import QLineEdit

from app.kinds import Precision as Known
from ui.widgets.text import Button
from ui.widgets.understood_line import UnderstoodLine
from ui.words import day_typed
from vault.moments import Moment, Precision, read_moment

EXAMPLE = "2026-11-20 14:05"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a time depends on beside its own words: the clock, the zone as entries write it, how exactly it is known."""

    now: Callable[[], datetime]
    zone: Callable[[], str]
    precision: Callable[[], str]


class MomentLine(UnderstoodLine):
    """One line for a time."""

    def __init__(self, circumstances: Circumstances, on_change: Callable[[], None]) -> None:
        super().__init__(QLineEdit(), on_change)
        self._circumstances = circumstances
        self._edit.setProperty("code", "true")
        self._edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._edit.setPlaceholderText(EXAMPLE)
        self._today, self._now = Button(self.tr("Today")), Button(self.tr("Now"))
        self._today.clicked.connect(lambda: self._write("%Y-%m-%d"))
        self._now.clicked.connect(lambda: self._write("%Y-%m-%d %H:%M"))
        for button in (self._today, self._now):
            self._row.addWidget(button)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802
        super().setAccessibleName(name)
        for button in (self._today, self._now):
            button.setAccessibleName(f"{button.text()}: {name}")

    def read_again(self) -> None:
        """Say once more how it is understood; the buttons are there as long as nothing is written."""
        super().read_again()
        for button in (self._today, self._now):
            button.setVisible(not self._edit.text().strip() and not self._edit.isReadOnly())

    def _words_for(self, text: str) -> str:
        return understood(text, self._circumstances.zone(), self._circumstances.precision())

    def _write(self, form: str) -> None:
        # First the focus: the buttons are hidden as soon as something stands in the line.
        self._edit.setFocus()
        self.fill(self._circumstances.now().strftime(form))


def understood(text: str, zone: str, precision: str = "") -> str:
    """How a time is understood, in words. `zone` as in entries, `precision` as app.kinds.Precision names it."""
    moment = read_moment(text, zone)
    if moment is None:
        day = day_typed(text)
        kept = _tr("Not understood as a date; it is kept as you write it.")
        return f"{kept} {_tr('Understood would be {0}.').format(day.isoformat())}" if day else kept
    words = {
        Known.ABOUT.value: _tr("About {0}"),
        Known.BETWEEN.value: _tr("From {0}"),
        Known.UNKNOWN.value: _tr("Perhaps {0}; you do not know it"),
    }.get(precision, "{0}").format(_words(moment))
    only_a_part = not moment.exact and moment.precision is not Precision.MONTH
    return _tr("{0}. The rest is kept as you write it.").format(words) if only_a_part else words


def _words(moment: Moment) -> str:
    at, locale = moment.at, QLocale()
    date = QDate(at.year, at.month, at.day)
    if moment.precision is Precision.MONTH:
        return _tr("{0}, no day").format(locale.toString(date, "MMMM yyyy"))
    day = locale.toString(date, "d MMMM yyyy")
    if moment.precision is Precision.DAY:
        return _tr("{0}, no time of day").format(day) if moment.exact else day
    seconds = moment.precision is Precision.SECOND
    time = locale.toString(QTime(at.hour, at.minute, at.second), "HH:mm:ss" if seconds else "HH:mm")
    return _tr("{0}, {1} in {2}").format(day, time, moment.at.tzinfo)


def _tr(text: str) -> str:
    return QCoreApplication.translate("MomentLine", text)
