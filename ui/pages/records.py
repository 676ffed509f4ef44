"""Things that are written down by hand, one kind to a page: accounts, money, what happened."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.listing import listed
from app.subjects import Subject
from ui import theme
from ui.desk import Desk
from ui.editor import Editor
from ui.pages.page import Page
from ui.places import Way
from ui.rows import row_for, short_words
from ui.widgets.card import Card
from ui.widgets.flow import flow_of
from ui.widgets.list_detail import ListDetail
from ui.widgets.row_list import Row, RowList, RowModel
from ui.widgets.search_field import SearchField
from ui.widgets.text import Button, Look, Text
from vault.chain import EntryId, Kind

if TYPE_CHECKING:
    from app.casefile import Casefile


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
        self._model = RowModel(self._fetch, self)
        self._list = RowList(self._model, words.title)
        self._list.chosen.connect(self._open)
        self._detail = Card()
        self._detail.setAccessibleName(words.new)
        self._name = Text("", Look.HEADING)
        self._detail.add(self._name)
        self.editor = Editor(desk, kind)
        self.editor.loaded.connect(self._loaded)
        self._detail.add(self.editor, gap=6)
        add = Button(words.add, Look.PRIMARY, keys="Ctrl+N")
        add.clicked.connect(self._new)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(flow_of(add))
        self._search = SearchField(self.tr("Search: {0}").format(words.title))
        self._search.changed.connect(self.refresh)
        self._before: int | None = None
        column.addWidget(self._search)
        self._empty = Text(words.empty, Look.MUTED)
        self._empty.hide()
        column.addWidget(self._empty)
        column.addWidget(self._list, 1)
        self._both = ListDetail(listed, self._detail, self.tr("Back to the list"))
        self.add(self._both, gap=8)
        self.column.setStretchFactor(self._both, 1)

    def enter(self, way: Way) -> None:
        """Show the list, and perhaps one of them, or a new one."""
        self.refresh()
        if way.subject is not None:
            self._open(way.subject)
        elif way.new:
            self._new()
        else:
            self._list.setFocus()

    def refresh(self) -> None:
        """Read the list again."""
        self._model.restart()

    def _new(self) -> None:
        self._list.clearSelection()
        self.editor.open(None)
        self._both.show_detail(shown=True)
        self.editor.form.begin()

    def _open(self, subject: EntryId) -> None:
        self.editor.open(subject)
        self._list.mark(subject)
        self._both.show_detail(shown=True)

    def _loaded(self, subject: Subject | None) -> None:
        self._name.say(short_words(subject) if subject else self._words.new)

    def _fetch(self, limit: int, offset: int) -> None:
        zone, round_ = self._desk.zone, self._model.round
        kind, text, before = self._kind, self._search.wanted(), self._before if offset else None

        def page(casefile: "Casefile") -> tuple[list[Row], int | None]:
            found = listed(casefile, kind, text, limit, before)
            return [row_for(subject, zone) for subject in found.subjects], found.before

        self._desk.ask(page, lambda answer: self._add(round_, *answer))

    def _add(self, round_: int, rows: list[Row], before: int | None) -> None:
        if round_ == self._model.round:
            self._before = before
        complete = before is None
        self._model.add(round_, rows, complete=complete)
        nothing = self.tr("Nothing like that is written here.") if self._search.wanted() else self._words.empty
        self._empty.say(nothing)
        self._empty.setVisible(complete and self._model.rowCount() == 0)
        shown = self.editor.subject
        if shown is not None:
            self._list.mark(shown.id)
