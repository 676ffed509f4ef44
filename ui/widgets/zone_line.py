"""A time zone: a line that completes the names of the IANA list, and takes any other words as well."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QStringListModel, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.field import Answer, fill_line
from ui.widgets.text import Look, Text
from vault.moments import is_known_zone

_SHOWN = 8


class ZoneLine(QWidget):
    """One line for a time zone."""

    def __init__(self, zones: Callable[[], Sequence[str]], on_change: Callable[[], None]) -> None:
        """`zones`: the names there are, asked for when somebody first comes to the line."""
        super().__init__()
        self._zones = zones
        self._kept: Answer = ""
        self._shown = ""
        self._quiet = False
        self._hint = ""
        self._edit = _Completed(self._offer)
        self._on_change = on_change
        self._edit.textChanged.connect(lambda _text: self._changed())
        self._unknown = Text("", Look.SMALL)
        self._unknown.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(5))
        column.addWidget(self._edit)
        column.addWidget(self._unknown)
        self.setFocusProxy(self._edit)

    @property
    def widget(self) -> QWidget:
        return self

    def setAccessibleName(self, name: str) -> None:  # noqa: N802
        super().setAccessibleName(name)
        self._edit.setAccessibleName(name)

    def setAccessibleDescription(self, words: str) -> None:  # noqa: N802
        super().setAccessibleDescription(words)
        self._hint = words
        self._describe()

    def answer(self) -> Answer:
        text = self._edit.text()
        return self._kept if text == self._shown else text.strip()

    def show_answer(self, answer: Answer) -> None:
        self._quiet = True
        self._edit.setText(answer if isinstance(answer, str) else ", ".join(answer))
        self._quiet = False
        self._kept, self._shown = answer, self._edit.text()
        self._say()

    def fill(self, text: str) -> None:
        """Put a text in as if it was typed: Ctrl+Z takes it out again."""
        fill_line(self._edit, text)

    def _changed(self) -> None:
        if not self._quiet:
            self._say()
            self._on_change()

    def _say(self) -> None:
        text = self._edit.text().strip()
        # What is still being typed is no mistake yet.
        known = not text or self._edit.hasFocus() or is_known_zone(text)
        words = (
            ""
            if known
            else _tr("Not known as a time zone; it is kept as you write it. Write it like Europe/London or +01:00.")
        )
        if words != self._unknown.text():
            self._unknown.say(words)
            self._describe()
        self._unknown.setVisible(bool(words))

    def _describe(self) -> None:
        self._edit.setAccessibleDescription(" ".join(filter(None, (self._unknown.text(), self._hint))))

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
        self._say()


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
