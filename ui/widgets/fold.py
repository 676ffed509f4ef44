"""Something that opens below a button: its words say what is in it, and it stays closed until somebody asks."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets.text import Button, Look, Text


class FoldButton(Button):
    """A button with an arrow that turns down while what belongs to it is open."""

    def __init__(self, words: str) -> None:
        super().__init__(words, Look.QUIET)
        self.setCheckable(True)
        self.setProperty("fold", "true")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        look = theme.worn(self.window())
        side = theme.px(4)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = self.width() - theme.px(14) if mirrored else theme.px(14)
        y = self.height() / 2
        across, along = (side, 0.5 * side) if self.isChecked() else (0.5 * side, side)
        ahead = -1 if mirrored else 1
        if self.isChecked():
            corners = [(x - across, y - along), (x, y + along), (x + across, y - along)]
        else:
            corners = [(x - ahead * across, y - along), (x + ahead * across, y), (x - ahead * across, y + along)]
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("accent"), max(1.5, side / 2.5)))
            painter.drawPolyline(QPolygonF([QPointF(*corner) for corner in corners]))


class Fold(QWidget):
    """A button and what it opens."""

    def __init__(self, words: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.button = FoldButton(words)
        self._inner = QWidget()
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(theme.px(12), 0, 0, theme.px(4))
        self.body.setSpacing(theme.px(6))
        self._inner.hide()
        column.addWidget(self.button)
        column.addWidget(self._inner)
        self.button.toggled.connect(self._inner.setVisible)

    def close_up(self) -> None:
        """Close it."""
        self.button.setChecked(False)


class LongText(QWidget):
    """Somebody's words: the beginning of them where they are long, all of them on request."""

    BEGINNING = 240

    def __init__(self, words: str, look: Look = Look.PLAIN) -> None:
        super().__init__()
        self._words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        self._text = Text("", look, copyable=True)
        column.addWidget(self._text)
        self._all = Button(self.tr("Show all of it"), Look.QUIET)
        self._all.setCheckable(True)
        self._all.toggled.connect(self._show)
        column.addWidget(self._all)
        self._all.setVisible(len(words) > self.BEGINNING + 60 or words.count("\n") > 5)
        self._show(False)

    def _show(self, whole: bool) -> None:
        short = "\n".join(self._words.split("\n")[:6])[: self.BEGINNING].rstrip()
        folded = not whole and not self._all.isHidden()
        self._text.say(f"{short}…" if folded else self._words)
        self._all.setText(self.tr("Show less") if whole else self.tr("Show all of it"))
        self._all.setAccessibleName(self._all.text())
