"""Labels and buttons: always plain text, always with a name for those who do not see them."""

from enum import StrEnum

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSizePolicy, QWidget


class Look(StrEnum):
    """How the style sheet draws a label or a button."""

    PLAIN = ""
    BRAND = "brand"
    TITLE = "title"
    HEADING = "heading"
    SECTION = "section"
    CARD_TITLE = "cardTitle"
    MUTED = "muted"
    SMALL = "small"
    LABEL = "label"
    CODE = "code"
    NUMBER = "number"
    PILL = "pill"
    AMBER_PILL = "amberPill"
    COUNT = "count"
    PRIMARY = "primary"
    QUIET = "quiet"


class Text(QLabel):
    """A label. What stands in it is shown as it is, never read as markup."""

    def __init__(self, text: str = "", look: Look = Look.PLAIN, *, wraps: bool = True, copyable: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        self.setProperty("role", look.value)
        if copyable:
            by_hand = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            self.setTextInteractionFlags(by_hand)
        self._align()
        self.say(text)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._align()

    def _align(self) -> None:
        """Begin where the window begins; QLabel alone would go by the letters of each text."""
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def say(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self.setAccessibleName(text)


class Pill(Text):
    """One or two words on a soft ground, as wide as they are."""

    def __init__(self, text: str, *, amber: bool = False) -> None:
        super().__init__(text, Look.AMBER_PILL if amber else Look.PILL, wraps=False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Button(QPushButton):
    """A button with a verb on it, and perhaps a shortcut that its tooltip names."""

    def __init__(
        self, text: str, look: Look = Look.PLAIN, *, big: bool = False, keys: str = "", says: str = ""
    ) -> None:
        """`says`: what it does, in more words, for those who do not see what stands around it."""
        super().__init__(text)
        self.setProperty("role", look.value)
        self.setProperty("big", "true" if big else "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(says or text)
        self.setAutoDefault(False)
        self._pressed_ms = -1
        if keys:
            # Not setShortcut: it would press the button slowly, for everybody to see.
            QShortcut(QKeySequence(keys), self, self.click)
            self.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            # A key that is held down presses once, and not whatever has the keyboard next.
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._pressed_ms = event.timestamp()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        # Who clicks twice means what stood there at the first click, not the button that took its place since.
        began = event.timestamp() - QApplication.doubleClickInterval()
        if self._pressed_ms >= max(0, began):
            super().mouseDoubleClickEvent(event)


def wear(widget: QWidget, name: str, value: str) -> None:
    """Give a widget another property that the style sheet looks at, and draw it anew."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
