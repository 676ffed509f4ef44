"""Timeline: what happened, in order of time, whatever kind it is; or what is ahead; with the sums beside it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from app.kinds import Exhibit
from app.plaintext import visible_sentence
from ui import theme
from ui.case_reading import views
from ui.desk import Desk
from ui.event_words import day_of, how_sure, kind_of_time, next_words, time_of
from ui.pages.page import Page
from ui.places import PLACE_OF, Way
from ui.rows import exhibit_marks, short_words
from ui.sums import SumsCard, sums_line
from ui.widgets.flow import flow_of
from ui.widgets.list_detail import ListDetail
from ui.widgets.row_list import Row, RowList, RowModel
from ui.widgets.search_field import SearchField
from ui.widgets.text import Button, Look, Text
from ui.words import kind_words
from vault.chain import EntryId, Kind

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from app.case_views import Sums
    from app.casefile import Casefile
    from app.timeline import Event
    from vault.timing import Place as Position


_LEAST = 120
"""So high is the list at least, in sp."""


class TimelinePage(Page):
    """One list over all kinds, read page by page as somebody scrolls."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            self.tr("Timeline"), self.tr("Everything in order of time. Press Return, or click, to open what it is.")
        )
        self._desk = desk
        self._after: Position | None = None
        self._kinds: dict[EntryId, Kind] = {}
        self._past, self._ahead = self._pair(self.tr("What happened"), self.tr("What is ahead"))
        self._oldest, self._newest = self._pair(self.tr("Oldest first"), self.tr("Newest first"))
        self._more = Button(self.tr("Sums and counts"))
        self._more.setCheckable(True)
        self._line = Text("", Look.MUTED)
        self._empty = Text("", Look.MUTED)
        for widget in (self._line, self._empty):
            widget.hide()
        self._search = SearchField(self.tr("Search the timeline"))
        self._search.changed.connect(self._from_the_beginning)
        QShortcut(QKeySequence.StandardKey.Find, self, self._begin_to_search)
        self._model = RowModel(self._fetch, self)
        self._list = RowList(self._model, self.tr("Timeline"))
        self._list.taken.connect(self._take)
        self._sums = SumsCard()
        which, order = flow_of(self._past, self._ahead, gap=6), flow_of(self._oldest, self._newest, gap=6)
        bar = flow_of(which, order, self._more, gap=20)
        side = _Side(bar, self._search, self._line, self._empty, self._list)
        QShortcut(
            QKeySequence(Qt.Key.Key_Escape), side, self._forget, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self._both = ListDetail(side, self._sums, self.tr("Back to the timeline"))
        self._more.toggled.connect(self._show_more)
        self._both.back.connect(lambda: self._more.setChecked(False))
        self.add(self._both, gap=8)
        self.column.setStretchFactor(self._both, 1)

    def enter(self, way: Way) -> None:
        """Read it; what is ahead, where that is asked for."""
        if way.ahead:
            self._ahead.setChecked(True)
        self.refresh()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read again what was read."""
        self._model.restart(self._model.rowCount())
        self._desk.ask(lambda casefile: views().sums(casefile), self._show_sums)

    def _pair(self, one: str, other: str) -> tuple[Button, Button]:
        group = QButtonGroup(self)
        buttons = Button(one), Button(other)
        for button in buttons:
            button.setCheckable(True)
            group.addButton(button)
            button.toggled.connect(self._turned)
        buttons[0].blockSignals(True)
        buttons[0].setChecked(True)
        buttons[0].blockSignals(False)
        return buttons

    def _turned(self, on: bool) -> None:
        if on:
            self._from_the_beginning()

    def _from_the_beginning(self) -> None:
        self._model.restart()
        self._list.scrollToTop()

    def _begin_to_search(self) -> None:
        self._both.show_list()
        self._search.setFocus()
        self._search.selectAll()

    def _forget(self) -> None:
        """Show all of it again."""
        if self._search.wanted():
            self._search.forget()
            self._from_the_beginning()
        else:
            self._list.setFocus()

    def _fetch(self, limit: int, offset: int) -> None:
        zone, round_ = self._desk.zone, self._model.round
        now = self._desk.computer.clock().astimezone(zone)
        after = self._after if offset else None
        ahead, newest, words = self._ahead.isChecked(), self._newest.isChecked(), self._search.wanted()

        def page(casefile: "Casefile") -> "tuple[list[Row], dict[EntryId, Kind], Position | None]":
            found = views().timeline(casefile, limit, after, ahead=ahead, newest_first=newest, words=words)
            rows = [event_row(event, zone, now, ahead=ahead) for event in found.events]
            return rows, {event.subject.id: event.subject.kind for event in found.events}, found.after

        def arrived(answer: "tuple[list[Row], dict[EntryId, Kind], Position | None]") -> None:
            if round_ == self._model.round:
                rows, kinds, self._after = answer
                self._kinds |= kinds
                self._model.add(round_, rows, complete=self._after is None)
                self._say_empty(ahead=ahead)

        self._desk.ask(page, arrived)

    def _show_more(self, on: bool) -> None:
        self._both.show_detail(shown=on)
        self._line.setHidden(on or not self._line.text())

    def _say_empty(self, *, ahead: bool) -> None:
        nothing = self._model.rowCount() == 0
        if self._search.wanted():
            self._empty.say(self.tr("Nothing here fits these words. Escape shows everything again."))
        elif ahead:
            self._empty.say(self.tr("Nothing with a date is ahead."))
        else:
            self._empty.say(self.tr("Nothing is written down or captured yet."))
        self._empty.setVisible(nothing)

    def _take(self, subject: EntryId) -> None:
        place = PLACE_OF.get(self._kinds[subject])
        if place is not None:
            self.go.emit(Way(place, subject=subject))

    def _show_sums(self, sums: "Sums") -> None:
        self._sums.show_sums(sums)
        line = sums_line(sums.money)
        self._line.say(line)
        self._line.setVisible(bool(line) and not self._more.isChecked())


class _Side(QWidget):
    """These one below the other, as high as all of them need at this width: the page scrolls where that is much."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(10))
        for widget in widgets:
            self._column.addWidget(widget)
        self._column.setStretchFactor(widgets[-1], 1)
        widgets[-1].setMinimumHeight(theme.px(_LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._take_room()

    def event(self, event: QEvent) -> bool:
        """Something in it was shown, hidden or said anew: that may need another height."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._take_room()
        return done

    def _take_room(self) -> None:
        self.setMinimumHeight(max(0, self._column.minimumHeightForWidth(self.width())))


def event_row(event: "Event", zone: "tzinfo", now: "datetime", *, ahead: bool) -> Row:
    """An event as a row: what kind of time it is, of what, and how surely that time is known."""
    subject = event.subject
    record = subject.record
    marks = exhibit_marks(subject) if isinstance(record, Exhibit) else ()
    parts = [how_sure(event, zone), next_words(event, now) if ahead else ""]
    if isinstance(record, Exhibit):
        parts += [visible_sentence(record.platform), visible_sentence(record.place)]
    kind, time = kind_words(subject.kind), kind_of_time(event)
    return Row(
        id=subject.id,
        headline=kind if (subject.kind, event.field) == (Kind.INCIDENT, "when") else f"{kind} · {time}",
        title=short_words(subject),
        marks=marks,
        detail=" · ".join(part for part in parts if part),
        time=time_of(event, zone),
        day=day_of(event),
        icon=subject.kind,
    )
