"""A list of what was kept: pages of rows, fetched as they are scrolled to."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.widgets.row_delegate import RowDelegate
from vault.chain import EntryId, Kind

PAGE = 50
"""Rows that are fetched at once."""
_MOST_AGAIN = 500
"""So many rows are fetched again at once, where so many are there already."""

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Mark:
    """A word on a soft ground."""

    words: str
    amber: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list, in words for people; every text has been made visible already."""

    id: EntryId
    headline: str
    title: str
    marks: tuple[Mark, ...] = ()
    detail: str = ""
    time: str = ""
    day: str = ""
    covered: bool = False
    icon: Kind | None = None

    @property
    def spoken(self) -> str:
        """All of it as one sentence, for those who do not see it."""
        return ", ".join(
            part
            for part in (self.headline, self.title, *(mark.words for mark in self.marks), self.detail, self.time)
            if part
        )


Fetch = Callable[[int, int], None]
"""Asked for rows (limit, offset); the answer comes through `RowModel.add`."""


class RowModel(QAbstractListModel):
    """The rows that were fetched so far."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._rows: list[Row] = []
        self._asked, self._asking = 0, PAGE
        self._fetching = False
        self._complete = True
        self._round = 0

    @property
    def round(self) -> int:
        """Grows with each start from the beginning; an answer for an earlier round is of no use."""
        return self._round

    def restart(self, rows: int = 0) -> None:
        """Fetch from the beginning, `rows` at least; what is shown stays until the answer comes."""
        self._round += 1
        self._asked, self._fetching, self._complete = 0, True, False
        self._asking = min(max(PAGE, rows), _MOST_AGAIN)
        self._fetch(self._asking, 0)

    def add(self, round_: int, rows: list[Row], *, complete: bool) -> None:
        """Rows that were fetched for a round."""
        if round_ != self._round:
            return
        if self._asked == 0:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()
        self._asked += self._asking
        self._fetching, self._complete = False, complete
        if not rows and not complete:
            self.fetchMore(QModelIndex())

    def row(self, index: AnyIndex) -> Row | None:
        """The row at an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def place_of(self, subject: EntryId) -> QModelIndex:
        """Where a subject stands; an invalid index where it was not fetched."""
        for place, row in enumerate(self._rows):
            if row.id == subject:
                return self.index(place)
        return QModelIndex()

    def begins_a_day(self, index: AnyIndex) -> bool:
        """Whether the row before it is of another day."""
        place = index.row()
        return bool(self._rows[place].day) and (place == 0 or self._rows[place - 1].day != self._rows[place].day)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is not None and role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.spoken
        return None

    def canFetchMore(self, parent: AnyIndex) -> bool:  # noqa: N802
        return not (parent.isValid() or self._fetching or self._complete)

    def fetchMore(self, parent: AnyIndex) -> None:  # noqa: ARG002, N802
        if not self._fetching and not self._complete:
            self._fetching, self._asking = True, PAGE
            self._fetch(PAGE, self._asked)


class RowList(QListView):
    """The list itself."""

    chosen = Signal(object)
    """The id of the subject that somebody chose, or came to with the arrow keys."""
    taken = Signal(object)
    """The id of the subject that somebody clicked, or pressed Return on."""

    def __init__(self, model: RowModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(RowDelegate(model, self))
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMinimumSize(QSize(0, 0))
        self.viewport().setAccessibleName(name)
        self.selectionModel().currentChanged.connect(self._current)
        self.clicked.connect(self._take)
        self.activated.connect(self._take)

    def mark(self, subject: EntryId) -> None:
        """Show a subject as the one that is looked at, without choosing it again."""
        place = self._model.place_of(subject)
        if place.isValid() and self.currentIndex() != place:
            self.selectionModel().blockSignals(True)
            self.setCurrentIndex(place)
            self.selectionModel().blockSignals(False)
            self.viewport().update()
        if place.isValid():
            self.scrollTo(place)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _take(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        if row is not None:
            self.taken.emit(row.id)

    def _current(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        if row is not None:
            self.chosen.emit(row.id)
