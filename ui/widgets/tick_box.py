"""A box to tick, with its words beside it: drawn by us, so that it grows with the text and shows in every theme."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle

from ui import theme


class TickBox(QCheckBox):
    """A box to tick; its words wrap where there is little room."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return self._words_height(width - self._lead() - theme.px(8)) + theme.px(10)

    def sizeHint(self) -> QSize:  # noqa: N802
        width = self._lead() + self.fontMetrics().horizontalAdvance(self.text()) + theme.px(12)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._lead() + theme.px(120), theme.px(32))

    def hitButton(self, pos: object) -> bool:  # noqa: ARG002, N802
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        look = theme.worn(self)
        side = theme.px(20)
        edge = theme.px(5)
        direction = self.layoutDirection()
        whole = self.rect()
        box = QRectF(QStyle.visualRect(direction, whole, QRect(edge, edge, side, side)))
        words = QRect(self._lead(), edge, whole.width() - self._lead() - theme.px(4), whole.height() - edge)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.setPen(QPen(look.colour("accent"), 2))
                painter.drawRoundedRect(QRectF(whole).adjusted(1, 1, -1, -1), look.px(6), look.px(6))
            ticked = self.isChecked()
            painter.setPen(QPen(look.colour("accent" if ticked else "edge"), 1))
            painter.setBrush(look.colour("accent" if ticked else "surface"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(5), look.px(5))
            if ticked:
                pen = QPen(look.colour("onaccent"), max(2.0, side / 10))
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                corners = ((0.26, 0.52), (0.44, 0.70), (0.75, 0.32))
                painter.drawPolyline(
                    QPolygonF([QPointF(box.left() + x * side, box.top() + y * side) for x, y in corners])
                )
            painter.setPen(look.colour("text" if self.isEnabled() else "muted"))
            painter.setFont(self.font())
            painter.drawText(
                QStyle.visualRect(direction, whole, words),
                Qt.TextFlag.TextWordWrap | QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft).value,
                self.text(),
            )

    def _lead(self) -> int:
        return theme.px(5 + 20 + 10)

    def _words_height(self, width: int) -> int:
        room = QRect(0, 0, max(1, width), 100_000)
        return max(theme.px(20), self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self.text()).height())
