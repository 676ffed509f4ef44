"""A QR code on the screen: dark on white in every look, so that any telephone reads it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

_MODULE = 4
"""The side of one of its squares, in sp; telephones read a third of that."""


class SquareCode(QWidget):
    """Draws the rows of a code, True where dark; they bring their quiet zone along."""

    def __init__(self, rows: Sequence[Sequence[bool]], says: str) -> None:
        """`says`: what it holds, for whoever cannot see it."""
        super().__init__()
        self._rows = rows
        self.setAccessibleName(says)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        side = len(self._rows) * theme.px(_MODULE)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        # In whole pixels: a blurred edge is what telephones stumble over.
        module = theme.px(_MODULE)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            for y, row in enumerate(self._rows):
                for x, is_dark in enumerate(row):
                    if is_dark:
                        painter.fillRect(QRectF(x * module, y * module, module, module), Qt.GlobalColor.black)
