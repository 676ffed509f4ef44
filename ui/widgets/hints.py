"""Quiet hints below a field: a mark, a sentence, and a button where something could be filled in."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.plaintext import visible
from ui import theme
from ui.widgets.text import Button, Look, Text

RIGHT, LOOK_AGAIN, UNKNOWN = "right", "look again", "cannot be checked"
"""Tones as app.hints names them; what is none of these is an offer."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """A hint as it is shown. `verb` is what its button says, if it has one; `answer` is handed back when pressed."""

    tone: str
    words: str
    verb: str = ""
    answer: object = None


class HintBox(QWidget):
    """All hints of one field, one below the other."""

    pressed = Signal(object)
    """The `answer` of the hint whose button was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Quiet, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self.hide()

    @property
    def words(self) -> str:
        """All that is said, for those who do not see it."""
        return " ".join(visible(hint.words, words=True) for hint in self._shown)

    def show_hints(self, hints: Sequence[Quiet]) -> bool:
        """Show these in place of those that were there; whether anything is different now."""
        if tuple(hints) == self._shown:
            return False
        had_focus = any(line.isAncestorOf(self.focusWidget()) for line in self._lines() if self.focusWidget())
        for line in self._lines():
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._shown = tuple(hints)
        for hint in hints:
            line = HintLine(hint)
            line.pressed.connect(self.pressed)
            self._column.addWidget(line)
        self.setVisible(bool(hints))
        for line in self._lines():
            # At once, not when everything is laid out: its button may get the focus.
            line.show()
        button = next((line.button for line in self._lines() if line.button is not None), None)
        if had_focus and button is not None:
            button.setFocus()
        return True

    def _lines(self) -> list["HintLine"]:
        widgets = [item.widget() for place in range(self._column.count()) if (item := self._column.itemAt(place))]
        return [widget for widget in widgets if isinstance(widget, HintLine)]


class HintLine(QFrame):
    """One hint."""

    pressed = Signal(object)

    def __init__(self, hint: Quiet) -> None:
        super().__init__()
        self.setProperty("role", "hint")
        self.setProperty("tone", {LOOK_AGAIN: "amber", RIGHT: "plain", UNKNOWN: "plain"}.get(hint.tone, "soft"))
        self.button: Button | None = None
        bare = hint.tone in {RIGHT, UNKNOWN}
        column = QVBoxLayout(self)
        edge = 0 if bare else theme.px(8)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(4))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(_Mark(hint.tone), 0, Qt.AlignmentFlag.AlignTop)
        words = visible(hint.words, words=True)
        text = Text(words, Look.SMALL)
        row.addWidget(text, 1)
        column.addLayout(row)
        if hint.verb:
            self.button = Button(hint.verb, Look.SMALL, says=f"{hint.verb}: {words}")
            self.button.clicked.connect(lambda: self.pressed.emit(hint.answer))
            lead = QHBoxLayout()
            lead.setContentsMargins(theme.px(16 + 8), 0, 0, 0)
            lead.addWidget(self.button)
            lead.addStretch(1)
            column.addLayout(lead)


class _Mark(QWidget):
    """What kind of hint it is, by its form and not by its colour alone; the words say it too."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone = tone
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.px(16), theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        look = theme.worn(self)
        side = float(theme.px(16))
        top = (self.height() - side) / 2
        colour = look.colour({RIGHT: "accent", LOOK_AGAIN: "amber", UNKNOWN: "muted"}.get(self._tone, "accent"))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(colour, max(1.5, side / 9))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            if self._tone == RIGHT:
                corners = ((0.16, 0.54), (0.40, 0.78), (0.84, 0.26))
                painter.drawPolyline(QPolygonF([QPointF(x * side, top + y * side) for x, y in corners]))
                return
            if self._tone == UNKNOWN:
                painter.drawLine(QPointF(0.2 * side, top + side / 2), QPointF(0.8 * side, top + side / 2))
                return
            painter.drawEllipse(QRectF(0.06 * side, top + 0.06 * side, 0.88 * side, 0.88 * side))
            # An exclamation mark to look again; an i, which is the same upside down, where something is offered.
            long, dot = ((0.28, 0.54), 0.73) if self._tone == LOOK_AGAIN else ((0.46, 0.73), 0.27)
            painter.drawLine(QPointF(side / 2, top + long[0] * side), QPointF(side / 2, top + long[1] * side))
            painter.drawPoint(QPointF(side / 2, top + dot * side))
