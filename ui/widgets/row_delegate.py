"""How a row of a list is drawn: a card with a cover, a headline, a title, marks and a time. Only plain text."""

from typing import Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.theme import Theme
from ui.widgets.cover import paint_cover
from ui.widgets.kind_icon import paint_kind
from vault.chain import Kind

AnyIndex = QModelIndex | QPersistentModelIndex


class MarkLike(Protocol):
    """A word on a soft ground."""

    @property
    def words(self) -> str: ...
    @property
    def amber(self) -> bool: ...


class RowLike(Protocol):
    """What is drawn."""

    @property
    def headline(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def marks(self) -> tuple[MarkLike, ...]: ...
    @property
    def detail(self) -> str: ...
    @property
    def time(self) -> str: ...
    @property
    def day(self) -> str: ...
    @property
    def covered(self) -> bool: ...
    @property
    def icon(self) -> Kind | None: ...


class Rows(Protocol):
    """Where the rows come from."""

    def row(self, index: AnyIndex) -> RowLike | None: ...
    def begins_a_day(self, index: AnyIndex) -> bool: ...


class RowDelegate(QStyledItemDelegate):
    """Draws the rows of a list."""

    def __init__(self, rows: Rows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: ARG002, N802
        row = self._rows.row(index)
        if row is None:
            return QSize()
        return QSize(theme.px(200), _day_height(self._rows, index) + _card_height() + theme.px(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row = self._rows.row(index)
        if row is None:
            return
        widget = option.widget
        look = theme.worn(widget)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        direction: Qt.LayoutDirection = option.direction
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Each text is read in its own direction, whatever that of the window is.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        day = _day_height(self._rows, index)
        if day:
            painter.setPen(look.colour("muted"))
            painter.setFont(theme.sized(15))
            line = rect.adjusted(2, 0, -2, 0)
            line.setHeight(day - theme.px(6))
            painter.drawText(line, _leading(direction) | Qt.AlignmentFlag.AlignVCenter, row.day)
        card = QRect(rect.left() + 2, rect.top() + day + 2, rect.width() - 4, _card_height() - 4)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        self._paint_card(painter, card, look, chosen=chosen)
        _Drawing(painter, card, look, direction).draw(row, self.tr("covered"))
        painter.restore()

    def _paint_card(self, painter: QPainter, card: QRect, look: Theme, *, chosen: bool) -> None:
        painter.setPen(QPen(look.colour("accent" if chosen else "line"), 2 if chosen else 1))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), look.px(12), look.px(12))


class _Drawing:
    """One row being drawn: `left` and `right` are what is still free, in the reading direction."""

    def __init__(self, painter: QPainter, card: QRect, look: Theme, direction: Qt.LayoutDirection) -> None:
        self._painter = painter
        self._look = look
        self._direction = direction
        self._card = card
        self._inner = card.adjusted(look.px(14), look.px(12), -look.px(14), -look.px(12))
        self._lead = 0

    def draw(self, row: RowLike, covered: str) -> None:
        line = _line_height()
        if row.covered:
            width = self._look.px(112)
            cover = self._mirrored(QRect(self._inner.left(), self._inner.top(), width, self._inner.height()))
            paint_cover(self._painter, cover, self._look, covered)
            self._lead = width + self._look.px(14)
        elif row.icon is not None:
            side = self._look.px(20)
            square = self._mirrored(QRect(self._inner.left(), self._inner.top() + (line - side) // 2, side, side))
            paint_kind(self._painter, row.icon, QRectF(square), self._look.colour("muted"))
            self._lead = side + self._look.px(12)
        spare = max(0, (self._inner.height() - 3 * line) // 2)
        top = self._inner.top() + spare
        taken = self._text(row.time, top, "muted", trailing=True)
        self._text(row.headline, top, "text", bold=True, keep=taken)
        self._text(row.title, top + line, "text")
        self._marks(row, top + 2 * line)

    def _text(
        self,
        text: str,
        top: int,
        colour: str,
        *,
        bold: bool = False,
        trailing: bool = False,
        keep: int = 0,
        lead: int = 0,
    ) -> int:
        """Draw one line, shortened to what is free; its width."""
        font = theme.sized(15, bold=bold)
        metrics = QFontMetrics(font)
        free = self._inner.width() - self._lead - lead - (keep + self._look.px(12) if keep else 0)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, free))
        width = metrics.horizontalAdvance(shown)
        x = self._inner.right() - width + 1 if trailing else self._inner.left() + self._lead + lead
        self._painter.setFont(font)
        self._painter.setPen(self._look.colour(colour))
        place = self._mirrored(QRect(x, top, width + 2, _line_height()))
        self._painter.drawText(place, _leading(self._direction) | Qt.AlignmentFlag.AlignVCenter, shown)
        return width

    def _marks(self, row: RowLike, top: int) -> None:
        lead = 0
        font = theme.sized(13)
        metrics = QFontMetrics(font)
        free = self._inner.width() - self._lead
        for mark in row.marks:
            shown = metrics.elidedText(mark.words, Qt.TextElideMode.ElideRight, max(0, free - lead - self._look.px(18)))
            width = metrics.horizontalAdvance(shown) + self._look.px(18)
            height = metrics.height() + self._look.px(4)
            y = top + (_line_height() - height) // 2
            place = self._mirrored(QRect(self._inner.left() + self._lead + lead, y, width, height))
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(self._look.colour("softamber" if mark.amber else "soft"))
            self._painter.drawRoundedRect(place, height / 2, height / 2)
            self._painter.setFont(font)
            self._painter.setPen(self._look.colour("amber" if mark.amber else "accent"))
            self._painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
            lead += width + self._look.px(8)
        if row.detail:
            self._text(row.detail, top, "muted", lead=lead)

    def _mirrored(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self._direction, self._card, rect)


def _leading(direction: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    right = direction is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def _line_height() -> int:
    return max(QFontMetrics(theme.sized(15)).height() + theme.px(2), theme.px(23))


def _card_height() -> int:
    return 3 * _line_height() + theme.px(24) + 4


def _day_height(rows: Rows, index: AnyIndex) -> int:
    return theme.px(34) if rows.begins_a_day(index) else 0
