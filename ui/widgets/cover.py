"""The grey cover that stands in place of every picture: nobody has to see it again."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPolygon
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.theme import Theme


def paint_cover(painter: QPainter, rect: QRect, look: Theme, words: str) -> None:
    """Draw a cover with a word or two on it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(rect), look.px(8), look.px(8))
    painter.setClipPath(outline)
    painter.fillRect(rect, look.colour("cover"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("stripe"))
    stripe = look.px(12)
    for left in range(rect.left() - rect.height(), rect.right(), 2 * stripe):
        top, below, lean = rect.top(), rect.bottom() + 1, rect.height()
        corners = [(left, below), (left + stripe, below), (left + stripe + lean, top), (left + lean, top)]
        painter.drawPolygon(QPolygon([QPoint(x, y) for x, y in corners]))
    painter.setPen(look.colour("text"))
    painter.setFont(theme.sized(13))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


class Cover(QWidget):
    """A covered picture."""

    def __init__(self, words: str, height: int = 120) -> None:
        """`height` in sp."""
        super().__init__()
        self._words = words
        self.setFixedHeight(theme.px(height))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        with QPainter(self) as painter:
            paint_cover(painter, self.rect(), theme.worn(self), self._words)
