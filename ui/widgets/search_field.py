"""A line to search a list with: it asks once somebody pauses typing."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit

_PAUSE_MS = 250


class SearchField(QLineEdit):
    """Words, or parts of words, that are looked for."""

    changed = Signal()
    """Something else is looked for now."""

    def __init__(self, name: str) -> None:
        """`name`: what is searched, for everybody who does not see it."""
        super().__init__()
        self.setPlaceholderText(self.tr("Search words, names, numbers"))
        self.setAccessibleName(name)
        self.setAccessibleDescription(self.tr("Parts of words are found too. Escape clears what is looked for."))
        self.setToolTip("Ctrl+F")
        self.setClearButtonEnabled(False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.textChanged.connect(lambda _text: self._pause.start())
        self.returnPressed.connect(self._at_once)

    def wanted(self) -> str:
        """What is looked for; empty for everything."""
        return self.text().strip()

    def forget(self) -> None:
        """Look for nothing, without telling so."""
        self.clear()
        self._pause.stop()

    def _at_once(self) -> None:
        self._pause.stop()
        self.changed.emit()
