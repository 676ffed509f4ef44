"""Evidence: everything that was captured or added, covered, with what is known about the one that is chosen."""

from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kinds import Exhibit
from app.listing import listed
from app.overview import is_unsorted
from app.subjects import Subject
from ui import theme
from ui.desk import Desk
from ui.editor import Editor
from ui.pages.page import Page
from ui.places import Place, Way
from ui.rows import exhibit_marks, row_for
from ui.widgets.card import Card
from ui.widgets.cover import Cover
from ui.widgets.flow import Flow
from ui.widgets.list_detail import ListDetail
from ui.widgets.row_list import Row, RowList, RowModel
from ui.widgets.search_field import SearchField
from ui.widgets.text import Button, Look, Pill, Text
from ui.widgets.tick_box import TickBox
from ui.words import in_groups, method_words, moment_of, moment_words, size_words
from vault.chain import EntryId, Kind

if TYPE_CHECKING:
    from app.casefile import Casefile


class EvidencePage(Page):
    """The list of exhibits and one of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(self.tr("Evidence"))
        self._desk = desk
        self._model = RowModel(self._fetch, self)
        self._list = RowList(self._model, self.tr("Evidence"))
        self._list.chosen.connect(self._open)
        self._detail = ExhibitDetail(desk)
        self._detail.editor.kept.connect(lambda _subject: self._list.setFocus())
        self._unsorted = TickBox(self.tr("Only what is not sorted"))
        self._unsorted.toggled.connect(lambda _checked: self.refresh())
        capture = Button(self.tr("Capture now"), Look.PRIMARY)
        capture.clicked.connect(lambda: self.go.emit(Way(Place.CAPTURE)))
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        bar = QWidget()
        flow = Flow(bar, 16)
        flow.addWidget(capture)
        flow.addWidget(self._unsorted)
        column.addWidget(bar)
        self._search = SearchField(self.tr("Search: {0}").format(self.tr("Evidence")))
        self._search.changed.connect(self.refresh)
        self._before: int | None = None
        column.addWidget(self._search)
        self._empty = Text(
            self.tr("There is nothing here yet. What you capture or add stands here, covered."), Look.MUTED
        )
        column.addWidget(self._empty)
        column.addWidget(self._list, 1)
        self._both = ListDetail(listed, self._detail, self.tr("Back to the list"))
        self.add(self._both, gap=8)
        self.column.setStretchFactor(self._both, 1)
        self._empty.hide()

    def enter(self, way: Way) -> None:
        """Show the list, and perhaps one exhibit with the cursor in its first question."""
        self._unsorted.setChecked(way.only_unsorted)
        self.refresh()
        self._list.setFocus()
        if way.subject is not None:
            self._open(way.subject)
            self._detail.editor.form.begin()

    def refresh(self) -> None:
        """Read the list again."""
        self._model.restart()

    def _open(self, subject: EntryId) -> None:
        self._detail.open(subject)
        self._list.mark(subject)
        self._both.show_detail(shown=True)

    def _fetch(self, limit: int, offset: int) -> None:
        unsorted, zone, round_ = self._unsorted.isChecked(), self._desk.zone, self._model.round

        text, before = self._search.wanted(), self._before if offset else None

        def page(casefile: "Casefile") -> tuple[list[Row], int | None]:
            found = listed(casefile, Kind.EXHIBIT, text, limit, before)
            rows = [row_for(subject, zone) for subject in found.subjects if not unsorted or is_unsorted(subject)]
            return rows, found.before

        self._desk.ask(page, lambda answer: self._add(round_, *answer))

    def _add(self, round_: int, rows: list[Row], before: int | None) -> None:
        if round_ == self._model.round:
            self._before = before
        complete = before is None
        self._model.add(round_, rows, complete=complete)
        self._empty.setVisible(complete and self._model.rowCount() == 0)
        shown = self._detail.editor.subject
        if shown is not None:
            self._list.mark(shown.id)


class ExhibitDetail(Card):
    """One exhibit: its cover, how it came in, its questions."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._zone: tzinfo = desk.zone
        self.setAccessibleName(self.tr("One piece of evidence"))
        self._ref = Text("", Look.HEADING)
        self.add(self._ref)
        self._came_in = Text("", Look.MUTED)
        self.add(self._came_in)
        self._pills = QWidget()
        self._flow = Flow(self._pills, 8)
        self.add(self._pills)
        self.add(Cover(self.tr("covered"), 112))
        self.add(Text(self.tr("Hash of the file (SHA-256)"), Look.LABEL), gap=2)
        self._file = Text("", Look.CODE, copyable=True)
        self._file.setAccessibleDescription(self.tr("The hash of the file (SHA-256)"))
        self.add(self._file)
        self.editor = Editor(desk, Kind.EXHIBIT)
        self.editor.loaded.connect(self._show)
        self.add(self.editor, gap=6)

    def open(self, subject: EntryId) -> None:
        """Show an exhibit."""
        self.editor.open(subject)

    def _show(self, subject: Subject | None) -> None:
        if subject is None:
            return
        self._ref.say(subject.ref)
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for mark in exhibit_marks(subject):
            self._flow.addWidget(Pill(mark.words, amber=mark.amber))
        record = subject.record
        if not isinstance(record, Exhibit):
            return
        moment = moment_of(record.captured_at)
        when = moment_words(moment, self._zone, seconds=True) if moment else ""
        size = size_words(sum(stored.size for stored in subject.objects)) if subject.objects else ""
        self._came_in.say(" · ".join(part for part in (method_words(record.method), when, size) if part))
        self._file.say("\n".join(in_groups(stored.sha256) for stored in subject.objects))
