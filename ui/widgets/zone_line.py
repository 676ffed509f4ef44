"""A time zone: a line that completes the names of the IANA list, and takes any other words as well."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QStringListModel, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from ui.widgets.understood_line import UnderstoodLine
from vault.moments import is_known_zone

_SHOWN = 8


class ZoneLine(UnderstoodLine):
    """One line for a time zone."""

    def __init__(self, zones: Callable[[], Sequence[str]], on_change: Callable[[], None]) -> None:
        """`zones`: the names there are, asked for when somebody first comes to the line."""
        super().__init__(_Completed(self._offer), on_change)
        self._zones = zones

    def _words_for(self, text: str) -> str:
        # What is still being typed is no mistake yet.
        if self._edit.hasFocus() or is_known_zone(text):
            return ""
        return _tr("Not known as a time zone; it is kept as you write it. Write it like Europe/London or +01:00.")

    def _offer(self) -> None:
        """Begin to complete; say what is not known once the line is left."""
        if self._edit.completer() is None and not self._edit.isReadOnly():
            completer = QCompleter(QStringListModel(list(self._zones()), self), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setMaxVisibleItems(_SHOWN)
            popup = QListView()
            popup.setAccessibleName(_tr("Time zones that fit"))
            completer.setPopup(popup)
            self._edit.setCompleter(completer)
        self.read_again()


class _Completed(QLineEdit):
    """A line that tells when somebody comes to it or leaves it."""

    def __init__(self, on_focus: Callable[[], None]) -> None:
        super().__init__()
        self._on_focus = on_focus

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self._on_focus()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self._on_focus()


def _tr(text: str) -> str:
    return QCoreApplication.translate("ZoneLine", text)
