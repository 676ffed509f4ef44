"""Evidence: everything that was captured or added, covered, with what is known about the one that is chosen."""

from datetime import tzinfo

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.kinds import Exhibit, Sensitivity
from app.report.visible import in_fours
from app.subjects import Subject
from ui.desk import Desk
from ui.editor import Editor
from ui.pages.page import Page
from ui.places import Place, Way
from ui.rows import exhibit_marks
from ui.subject_list import SubjectList
from ui.under18 import HeldAdvice, HoldExhibit
from ui.widgets.card import Card
from ui.widgets.cover import Cover
from ui.widgets.flow import Flow, flow_of
from ui.widgets.list_detail import ListDetail, below
from ui.widgets.shut import shut
from ui.widgets.text import Button, Look, Pill, Text
from ui.words import method_words, moment_of, moment_words, size_words
from vault.chain import EntryId, Kind


class EvidencePage(Page):
    """The list of exhibits and one of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(self.tr("Evidence"))
        empty = self.tr("There is nothing here yet. What you capture or add stands here, covered.")
        self._list = SubjectList(desk, Kind.EXHIBIT, empty)
        self._list.chosen.connect(self._open)
        self._list.elsewhere.connect(self.go)
        self._detail = ExhibitDetail(desk)
        self._detail.editor.kept.connect(lambda _subject: self._list.begin())
        capture = Button(self.tr("Capture now"), Look.PRIMARY)
        capture.clicked.connect(lambda: self.go.emit(Way(Place.CAPTURE)))
        shut(desk.why_not, capture)
        self._both = ListDetail(below(flow_of(capture), self._list), self._detail, self.tr("Back to the list"))
        self.add(self._both, gap=8)
        self.column.setStretchFactor(self._both, 1)
        QShortcut(QKeySequence.StandardKey.Find, self, self._search)

    def enter(self, way: Way) -> None:
        """Show the list, and perhaps one exhibit with the cursor in its first question."""
        if way.only_unsorted:
            self._both.show_list()
            self._list.narrow_to(Sensitivity.NOT_SAID)
        else:
            self.refresh()
        self._list.begin()
        if way.subject is not None:
            self._detail.open(way.subject, way.field)
            self._list.mark(way.subject)
            self._both.show_detail(shown=True)
            self._detail.editor.form.begin()

    def refresh(self) -> None:
        """Read the list again."""
        self._list.refresh()

    def _search(self) -> None:
        self._both.show_list()
        self._list.search()

    def _open(self, subject: EntryId) -> None:
        self._detail.open(subject)
        self._list.mark(subject)
        self._both.show_detail(shown=True)


class ExhibitDetail(Card):
    """One exhibit: its cover, how it came in, its questions."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lead_to = ""
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
        self._held = HeldAdvice()
        self.add(self._held)
        self.editor = Editor(desk, Kind.EXHIBIT)
        self.editor.loaded.connect(self._show)
        self.add(self.editor, gap=6)
        self._hold = Button(self.tr("Hold this exhibit…"), Look.QUIET)
        self._hold.setToolTip(self.tr("For a picture that could show somebody under 18"))
        self._holding = HoldExhibit()
        self._hold.clicked.connect(self._holding.begin)
        self._holding.confirmed.connect(self._hold_now)
        shut(desk.why_not, self._hold)
        self.add(flow_of(self._hold))
        self.add(self._holding)

    def open(self, subject: EntryId, field: str = "") -> None:
        """Show an exhibit; `field`: the question to begin with."""
        self._lead_to = field
        self.editor.open(subject)

    def _hold_now(self) -> None:
        exhibit = self.editor.subject
        if exhibit is None:
            return
        self._holding.hide()

        def held(subject: EntryId) -> None:
            self.open(subject)
            self._held.setFocus()

        self._desk.keep(lambda casefile, _task: casefile.hold(exhibit).id, held)

    def _show(self, subject: Subject | None) -> None:
        if subject is None:
            return
        self._ref.say(subject.ref)
        self._held.setVisible(subject.held)
        self._holding.hide()
        self._hold.setVisible(not subject.held and not subject.withdrawn)
        if self._lead_to:
            self.editor.form.lead_to(self._lead_to)
            self._lead_to = ""
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
        self._file.say("\n".join(in_fours(stored.sha256) for stored in subject.objects))
