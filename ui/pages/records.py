"""Things that are written down by hand, one kind to a page: accounts, money, what happened."""

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut

from app.subjects import Subject
from ui.desk import Desk
from ui.editor import Editor
from ui.pages.page import Page
from ui.places import Way
from ui.rows import short_words
from ui.subject_list import SubjectList
from ui.widgets.card import Card
from ui.widgets.flow import flow_of
from ui.widgets.list_detail import ListDetail, below
from ui.widgets.shut import shut
from ui.widgets.text import Button, Look, Text
from vault.chain import EntryId, Kind


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
        self._words = words
        self._list = SubjectList(desk, kind, words.empty)
        self._list.chosen.connect(self._open)
        self._list.elsewhere.connect(self.go)
        self._detail = Card()
        self._detail.setAccessibleName(words.new)
        self._name = Text("", Look.HEADING)
        self._detail.add(self._name)
        self.editor = Editor(desk, kind)
        self.editor.loaded.connect(self._loaded)
        self._detail.add(self.editor, gap=6)
        add = Button(words.add, Look.PRIMARY, keys="Ctrl+N")
        add.clicked.connect(self._new)
        shut(desk.why_not, add)
        self._both = ListDetail(below(flow_of(add), self._list), self._detail, self.tr("Back to the list"))
        self.add(self._both, gap=8)
        self.column.setStretchFactor(self._both, 1)
        QShortcut(QKeySequence.StandardKey.Find, self, self._search)

    def enter(self, way: Way) -> None:
        """Show the list, and perhaps one of them, or a new one."""
        self.refresh()
        if way.subject is not None:
            self._open(way.subject)
        elif way.new and not self._desk.why_not:
            self._new()
        else:
            self._list.setFocus()

    def refresh(self) -> None:
        """Read the list again."""
        self._list.refresh()

    def _search(self) -> None:
        self._both.show_list()
        self._list.search()

    def _new(self) -> None:
        self._list.mark(None)
        self.editor.open(None)
        self._both.show_detail(shown=True)
        self.editor.form.begin()

    def _open(self, subject: EntryId) -> None:
        self.editor.open(subject)
        self._list.mark(subject)
        self._both.show_detail(shown=True)

    def _loaded(self, subject: Subject | None) -> None:
        self._name.say(short_words(subject) if subject else self._words.new)
        self._list.mark(subject.id if subject else None)
