"""A line that stands above every page as long as it is true, with a button to where all of it is said."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.card import Card
from ui.widgets.text import Button, Look, Text

_SIDE_BY_SIDE = 520
"""From this width on, the line and its button stand side by side, in sp."""


class Standing(QWidget):
    """It cannot be closed."""

    asked = Signal()
    """Somebody wants to know what it means."""

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.px(32), theme.px(12), theme.px(32), 0)
        self._card = Card()
        edge = theme.px(16)
        self._card.body.setContentsMargins(edge, theme.px(4), edge, theme.px(4))
        self._line = Text("")
        more = Button(self.tr("What this means"), Look.QUIET)
        more.clicked.connect(self.asked)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.addWidget(self._line, 1)
        self._row.addWidget(more)
        self._card.body.addLayout(self._row)
        outer.addWidget(self._card)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        roomy = self.width() >= theme.px(_SIDE_BY_SIDE)
        self._row.setDirection(direction.LeftToRight if roomy else direction.TopToBottom)

    def say(self, line: str) -> None:
        """Let this stand there; nothing for an empty line."""
        self._line.say(line)
        self._card.setAccessibleName(line)
        self.setVisible(bool(line))
