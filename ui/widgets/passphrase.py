"""A passphrase: pasted or typed, covered until somebody wants to see it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.text import Button, Look, Text

SECRET_HINTS = (
    Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhNoAutoUppercase
)
"""Tells keyboards on a screen to learn nothing of what is typed."""

_AROUND = 30
"""What a line needs beside its text, in sp."""


class PassphraseField(QWidget):
    """A line for a passphrase, and a button that shows what stands in it."""

    entered = Signal()
    """Enter was pressed."""
    edited = Signal()
    """Somebody typed or pasted."""

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(5))
        column.addWidget(Text(label, Look.LABEL))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self._edit = QLineEdit()
        self._edit.setProperty("role", "passphrase")
        self._edit.setInputMethodHints(SECRET_HINTS)
        self._edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._edit.setAccessibleName(label)
        self._edit.setAccessibleDescription(hint)
        self._edit.returnPressed.connect(self.entered)
        self._edit.textEdited.connect(lambda _text: self.edited.emit())
        self._show = Button(self.tr("Show"), says=self.tr("Show: {0}").format(label))
        self._show.setCheckable(True)
        self._show.toggled.connect(self._toggle)
        row.addWidget(self._edit, 1)
        row.addWidget(self._show)
        column.addLayout(row)
        if hint:
            column.addWidget(Text(hint, Look.SMALL))
        self.setFocusProxy(self._edit)

    def text(self) -> str:
        """What stands in it."""
        return self._edit.text()

    @property
    def shows_all(self) -> bool:
        """Whether the line is wide enough for all that stands in it."""
        needed = self._edit.fontMetrics().horizontalAdvance(self._edit.text())
        return needed <= self._edit.width() - theme.px(_AROUND)

    def clear(self) -> None:
        """Empty it, and cover it again."""
        empty(self._edit)
        self._show.setChecked(False)

    def suggest(self, passphrase: str) -> None:
        """Put a passphrase there for somebody to read."""
        self._edit.setText(passphrase)
        self._edit.setCursorPosition(0)
        self._show.setChecked(True)

    def put(self, passphrase: str) -> None:
        """Put a passphrase there that somebody has typed already; it stays covered."""
        self._edit.setText(passphrase)

    def select_all(self) -> None:
        """Mark what stands in it, so that typing replaces it."""
        self._edit.selectAll()
        self._edit.setFocus()

    def _toggle(self, shown: bool) -> None:
        self._edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._show.setText(self.tr("Hide") if shown else self.tr("Show"))


def empty(line: QLineEdit) -> None:
    """Empty a line so that Undo does not bring back what stood there, as it does after QLineEdit.clear."""
    line.setText("")
