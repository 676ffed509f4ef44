"""A list of what was kept, with the line and the filters that narrow it: newest first, page by page from the vault."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.kinds import Sensitivity
from app.listing import Choices, Sought, choices, listed, wanted_for
from ui import theme
from ui.case_reading import views
from ui.desk import Desk
from ui.event_words import group_of, next_words
from ui.places import PLACE_OF, Way
from ui.rows import options, row_for
from ui.widgets.card import Card
from ui.widgets.chooser import Option
from ui.widgets.filters import Filters
from ui.widgets.flow import flow_of
from ui.widgets.row_list import Row, RowList, RowModel
from ui.widgets.search_field import SearchField
from ui.widgets.text import Button, Look, Text
from ui.words import kinds_words, platform_words
from vault.chain import EntryId, Kind

if TYPE_CHECKING:
    from app.casefile import Casefile

BY_NEXT = frozenset({Kind.TAKEDOWN, Kind.CONTACT})
"""The kinds whose lists can be put in the order of what is next."""
_SIDE_BY_SIDE = 420
"""From this width on, all that narrows a list stands in one line, in sp."""
_LEAST = 120
"""So high is a list in which anything stands, in sp."""


class SubjectList(QWidget):
    """What was kept of one kind; when somebody asks for it, what was kept of another one or of all."""

    chosen = Signal(object)
    """The id of something of the list's own kind."""
    elsewhere = Signal(object)
    """The Way to something of another kind, whose page is another one."""

    def __init__(self, desk: Desk, kind: Kind, empty: str) -> None:
        """`empty`: what is said where there is nothing of this kind yet."""
        super().__init__()
        self._desk, self._kind = desk, kind
        self._before: int | None = None
        self._order: list[EntryId] | None = None
        self._marked: EntryId | None = None
        self._foreign: dict[EntryId, Kind] = {}
        name = kinds_words(kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self._search = SearchField(self.tr("Search: {0}").format(name))
        self._search.changed.connect(self.restart)
        self._more = Button(self.tr("Filters"))
        self._more.setCheckable(True)
        self._more.toggled.connect(self._show_filters)
        first = QHBoxLayout()
        first.setSpacing(theme.px(8))
        first.addWidget(self._search, 1)
        first.addWidget(self._more)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.setSpacing(theme.px(8))
        self._bar.addLayout(first, 1)
        self._next = Button(self.tr("What is next first"))
        self._next.setCheckable(True)
        self._next.toggled.connect(lambda _on: self.restart())
        if kind in BY_NEXT:
            self._bar.addWidget(self._next)
        column.addLayout(self._bar)
        self.filters = Filters(kind)
        self.filters.changed.connect(self.restart)
        self.filters.cleared.connect(self.clear)
        self.filters.hide()
        column.addWidget(self.filters)
        self._empty = Text(empty, Look.MUTED)
        self._none = Card(
            self.tr("No matches"),
            self.tr("Nothing that is kept here fits all of that. Fewer letters or fewer filters find more."),
        )
        clear = Button(self.tr("Clear filters"), says=self.tr("Clear filters: show everything again"))
        clear.clicked.connect(self.clear)
        self._none.add(flow_of(clear), gap=4)
        for widget in (self._empty, self._none):
            widget.hide()
            column.addWidget(widget)
        self._model = RowModel(self._fetch, self)
        self._list = RowList(self._model, name)
        self._list.chosen.connect(self._choose)
        self._list.taken.connect(self._take)
        column.addWidget(self._list, 1)
        QShortcut(
            QKeySequence(Qt.Key.Key_Escape), self, self._escape, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )

    @property
    def sought(self) -> Sought:
        """What is looked for now."""
        return self.filters.sought(self._search.wanted())

    def refresh(self) -> None:
        """Read again what was read: something was kept."""
        self._model.restart(self._model.rowCount())

    def restart(self) -> None:
        """Read the list from its beginning: something else is looked for."""
        number = self.filters.number
        self._more.setText(self.tr("Filters · {0}").format(number) if number else self.tr("Filters"))
        self._more.setAccessibleName(self.tr("Filters, {0} in use").format(number) if number else self.tr("Filters"))
        self._model.restart()

    def begin(self) -> None:
        """Put the cursor in the list. No focus proxy does: Tab would pass over all that stands above the list."""
        self._list.setFocus()

    def search(self) -> None:
        """Put the cursor where words are looked for."""
        self._search.setFocus()
        self._search.selectAll()

    def narrow_to(self, sensitivity: Sensitivity) -> None:
        """Show what is of this sensitivity, with the filters in sight."""
        self._search.forget()
        self.filters.narrow_to(sensitivity)
        self._more.setChecked(True)
        self.restart()

    def clear(self) -> None:
        """Look for nothing any more: everything of the kind is shown."""
        self._search.forget()
        self.filters.clear()
        self.restart()
        self._search.setFocus()

    def mark(self, subject: EntryId | None) -> None:
        """Show a subject as the one that is looked at; None for none."""
        self._marked = subject
        if subject is not None:
            self._list.mark(subject)
        else:
            self._list.clearSelection()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._take_room()

    def _take_room(self) -> None:
        """Be as high as all of it needs at this width: the page scrolls where that is too much."""
        side_by_side = self.width() >= theme.px(_SIDE_BY_SIDE)
        direction = QBoxLayout.Direction
        self._bar.setDirection(direction.LeftToRight if side_by_side else direction.TopToBottom)
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(max(0, layout.minimumHeightForWidth(self.width())))

    def _escape(self) -> None:
        if self._search.wanted() or self.filters.number:
            self.clear()
        else:
            self._more.setChecked(False)
            self._list.setFocus()

    def _show_filters(self, shown: bool) -> None:
        self.filters.setVisible(shown)
        self._take_room()
        if shown:
            self._desk.ask(choices, self._offer)

    def _offer(self, found: Choices) -> None:
        accounts = [Option(*option) for option in options(found.accounts)]
        self.filters.offer(accounts, [Option(name, platform_words(name)) for name in found.platforms])

    def _choose(self, subject: EntryId) -> None:
        if subject not in self._foreign:
            self.chosen.emit(subject)

    def _take(self, subject: EntryId) -> None:
        kind = self._foreign.get(subject)
        if kind is not None:
            self.elsewhere.emit(Way(PLACE_OF[kind], subject=subject))

    def _fetch(self, limit: int, offset: int) -> None:
        zone, round_, own = self._desk.zone, self._model.round, self._kind
        sought, before = self.sought, self._before if offset else None
        now = self._desk.computer.clock().astimezone(zone)
        by_next, order = self._next.isChecked(), self._order if offset else None

        def page(casefile: "Casefile") -> tuple[list[tuple[Row, Kind]], int | None]:
            found = listed(casefile, sought, limit, before)
            rows = []
            for subject in found.subjects:
                following = views().next_of(subject) if subject.kind in BY_NEXT else None
                rows.append((row_for(subject, zone, own, next_words(following, now)), subject.kind))
            return rows, found.before

        def page_by_next(casefile: "Casefile") -> tuple[list[tuple[Row, Kind]], int | None]:
            ids = order if order is not None else views().in_order_of_next(casefile, wanted_for(sought))
            self._order = ids
            rows = []
            for subject in views().read(casefile, ids[offset : offset + limit]):
                following = views().next_of(subject) if subject.kind in BY_NEXT else None
                row = row_for(subject, zone, own, next_words(following, now))
                rows.append((replace(row, day=group_of(following, now), time=""), subject.kind))
            return rows, offset + limit if offset + limit < len(ids) else None

        def arrived(answer: tuple[list[tuple[Row, Kind]], int | None]) -> None:
            if round_ == self._model.round:
                self._add(*answer)
                if not offset and self._marked is not None:
                    # Not with later pages: somebody scrolls, and would be taken back.
                    self._list.mark(self._marked)

        self._desk.ask(page_by_next if by_next else page, arrived)

    def _add(self, rows: list[tuple[Row, Kind]], before: int | None) -> None:
        self._foreign |= {row.id: kind for row, kind in rows if kind is not self._kind}
        self._before = before
        self._model.add(self._model.round, [row for row, _kind in rows], complete=before is None)
        nothing = before is None and self._model.rowCount() == 0
        narrowed = bool(self._search.wanted() or self.filters.number)
        self._empty.setVisible(nothing and not narrowed)
        news = nothing and narrowed and self._none.isHidden()
        self._none.setVisible(nothing and narrowed)
        self._list.setMinimumHeight(0 if nothing else theme.px(_LEAST))
        self._take_room()
        if news:
            QAccessible.updateAccessibility(QAccessibleEvent(self._none, QAccessible.Event.Alert))
