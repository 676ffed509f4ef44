"""Things that are written down by hand, one kind to a page: what happened, accounts, money, removals, who was told."""

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut

from app.subjects import Subject
from ui.case_reading import views
from ui.desk import Desk
from ui.editor import Editor
from ui.pages.page import Page
from ui.places import Place, Way
from ui.rows import short_words
from ui.stop_payment import StopItFirst
from ui.subject_list import SubjectList
from ui.under18 import WhomToTurnTo, WordsOnlyAdvice
from ui.widgets.card import Card
from ui.widgets.flow import flow_of
from ui.widgets.list_detail import ListDetail, below
from ui.widgets.shut import shut
from ui.widgets.text import Button, Look, Text
from vault.chain import EntryId, Kind

_WITH_TABLES = frozenset({Kind.ACCOUNT, Kind.TAKEDOWN, Kind.CONTACT})
"""The kinds that people keep in spreadsheets, too."""
_WORDS_ONLY = "words_only"


@dataclass(frozen=True, slots=True)
class RecordWords:
    """What a page of records says, in the person's language."""

    title: str
    sentence: str
    add: str
    new: str
    empty: str


class RecordsPage(Page):
    """The list of one kind and the form for one of them."""

    def __init__(self, desk: Desk, kind: Kind, words: RecordWords) -> None:
        super().__init__(words.title, words.sentence)
        self._desk = desk
        self._kind = kind
        self._words = words
        self._lead_to = ""
        self._list = SubjectList(desk, kind, words.empty)
        self._list.chosen.connect(self._open)
        self._list.elsewhere.connect(self.go)
        self._detail = Card()
        self._detail.setAccessibleName(words.new)
        self._name = Text("", Look.HEADING)
        self._detail.add(self._name)
        self._advice, self._whom = WordsOnlyAdvice(), WhomToTurnTo()
        self._advise(words_only=False)
        self._uncaptured = self._capture_card()
        self._detail.add(self._advice)
        self._detail.add(self._uncaptured)
        self._stop_it = StopItFirst()
        self._stop_it.help_asked.connect(lambda: self.go.emit(Way(Place.HELP)))
        self._detail.add(self._stop_it)
        self.editor = Editor(desk, kind)
        self.editor.loaded.connect(self._loaded)
        self._detail.add(self.editor, gap=6)
        self._detail.add(self._whom)
        add = Button(words.add, Look.PRIMARY, keys="Ctrl+N")
        add.clicked.connect(lambda: self._new(()))
        shut(desk.why_not, add)
        tables = Button(self.tr("Tables (CSV)"), Look.QUIET, says=self.tr("Tables: import or write a CSV file"))
        tables.clicked.connect(lambda: self.go.emit(Way(Place.TABLES, kind=kind)))
        buttons = flow_of(add, tables) if kind in _WITH_TABLES else flow_of(add)
        self._both = ListDetail(below(buttons, self._list), self._detail, self.tr("Back to the list"))
        self.add(self._both, gap=8)
        self.column.setStretchFactor(self._both, 1)
        QShortcut(QKeySequence.StandardKey.Find, self, self._search)

    def enter(self, way: Way) -> None:
        """Show the list, and perhaps one of them, or a new one."""
        self.refresh()
        if way.subject is not None:
            self._lead_to = way.field
            self._open(way.subject)
        elif way.new and not self._desk.why_not:
            self._new(way.filled)
        else:
            self._list.begin()

    def refresh(self) -> None:
        """Read the list again, and whether a capture came in for the removal that is looked at."""
        self._list.refresh()
        shown = self.editor.subject
        if self._kind is Kind.TAKEDOWN and shown is not None and not self._uncaptured.isHidden():
            self._look_for_a_capture(shown)

    def _search(self) -> None:
        self._both.show_list()
        self._list.search()

    def _new(self, filled: tuple[tuple[str, str], ...]) -> None:
        self._list.mark(None)
        self.editor.open(None)
        self._both.show_detail(shown=True)
        if filled:
            self.editor.form.fill(dict(filled))
        self._advise(words_only=("kind", _WORDS_ONLY) in filled)
        if self._kind is Kind.PAYMENT:
            self._stop_it.setFocus()
        else:
            self.editor.form.begin()

    def _open(self, subject: EntryId) -> None:
        self.editor.open(subject)
        self._list.mark(subject)
        self._both.show_detail(shown=True)

    def _loaded(self, subject: Subject | None) -> None:
        self._name.say(short_words(subject) if subject else self._words.new)
        self._list.mark(subject.id if subject else None)
        self._uncaptured.hide()
        self._stop_it.setVisible(subject is None and self._kind is Kind.PAYMENT)
        if subject is None:
            return
        self._advise(words_only=self._kind is Kind.INCIDENT and subject.data.get("kind") == _WORDS_ONLY)
        if self._lead_to:
            self.editor.form.lead_to(self._lead_to)
            self._lead_to = ""
        if self._kind is Kind.TAKEDOWN and not subject.withdrawn and not self._desk.why_not:
            self._look_for_a_capture(subject)

    def _advise(self, *, words_only: bool) -> None:
        self._advice.setVisible(words_only)
        self._whom.setVisible(words_only)

    # -- a removal of something that nothing shows yet ----------------------------------------------------------

    def _capture_card(self) -> Card:
        card = Card(
            self.tr("Nothing here shows this page yet"),
            self.tr(
                "Once it is removed, it can no longer be captured. If you can bear it, capture it now; you do not "
                "have to look at it, and you can also leave it."
            ),
        )
        capture = Button(self.tr("Capture it now"))
        capture.clicked.connect(self._capture)
        card.add(flow_of(capture), gap=4)
        card.hide()
        return card

    def _look_for_a_capture(self, subject: Subject) -> None:
        def tell(lacks: bool) -> None:
            if self.editor.subject is not None and self.editor.subject.id == subject.id:
                self._uncaptured.setVisible(lacks)

        self._desk.ask(lambda casefile: views().lacks_capture(casefile, subject.id), tell)

    def _capture(self) -> None:
        subject = self.editor.subject
        if subject is not None:
            self.go.emit(Way(Place.CAPTURE, url=str(subject.data.get("url") or "")))
