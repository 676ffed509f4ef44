"""What all pages share: a heading, a sentence below it, and a column that scrolls."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.places import Way
from ui.widgets.gap import Gap
from ui.widgets.text import Look, Text

READABLE = 620
"""No wider than is pleasant to read, in sp."""


class Page(QScrollArea):
    """A page: one thing to do first, then the rest, from top to bottom."""

    go = Signal(object)
    """Asks to be taken somewhere else: a Way."""

    def __init__(self, title: str, sentence: str = "") -> None:
        super().__init__()
        self.setObjectName("pageArea")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Not by a click: one that misses a line, or the second of two, would take the keyboard from what is typed.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(title)
        self._just_added: QWidget | None = None
        self.verticalScrollBar().rangeChanged.connect(self._make_room)
        body = QWidget()
        body.setObjectName("pageBody")
        self.column = QVBoxLayout(body)
        edge = theme.px(32)
        self.column.setContentsMargins(edge, theme.px(28), edge, edge)
        self.column.setSpacing(theme.px(8))
        self.title = Text(title, Look.TITLE)
        self.sentence = Text(sentence, Look.MUTED)
        self.column.addWidget(self.title)
        self.column.addWidget(self.sentence)
        self.sentence.setVisible(bool(sentence))
        self.setWidget(body)

    def add(self, widget: QWidget, *, gap: int = 12, width: int = 0) -> None:
        """Put a widget below what is there, `gap` sp further down, perhaps no wider than `width` sp.

        A hidden widget takes its gap away with it.
        """
        row = Gap(gap, QBoxLayout.Direction.LeftToRight)
        row.addWidget(widget, 1000)
        if width:
            widget.setMaximumWidth(theme.px(width))
            row.addStretch(1)
        self.column.addLayout(row)

    def lead_to(self, widget: QWidget) -> None:
        """Give the keyboard to something new on this page, and scroll there once it has its place."""
        widget.setFocus()
        self._just_added = widget

    def _make_room(self) -> None:
        new, self._just_added = self._just_added, None
        if new is not None:
            QTimer.singleShot(0, new, lambda: self.ensureWidgetVisible(new))

    def end(self) -> None:
        """Let what is there stay at the top."""
        self.column.addStretch(1)

    def enter(self, way: Way) -> None:
        """Called when somebody comes to this page."""

    def refresh(self) -> None:
        """Called when something was kept while this page is shown."""
