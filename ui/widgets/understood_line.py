"""A line that takes any words, and says below how they are understood: what times and time zones share."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.field import Answer, fill_line
from ui.widgets.text import Look, Text


class UnderstoodLine(QWidget):
    """What was kept comes back as it was, as long as nobody types."""

    def __init__(self, edit: QLineEdit, on_change: Callable[[], None]) -> None:
        super().__init__()
        self._edit = edit
        self._on_change = on_change
        self._kept: Answer = ""
        self._shown = ""
        self._hint = ""
        self._quiet = False
        self._edit.textChanged.connect(lambda _text: self._changed())
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px(8))
        self._row.addWidget(self._edit, 1)
        self._understood = Text("", Look.SMALL)
        self._understood.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(5))
        column.addLayout(self._row)
        column.addWidget(self._understood)
        # No focus proxy: made later than its neighbours, it would lead Tab back to its line from wherever it stands.

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
        self._edit.setCursorPosition(0)
        self._kept, self._shown = answer, self._edit.text()
        self.read_again()

    def fill(self, text: str) -> None:
        """Put a text in as if it was typed: Ctrl+Z takes it out again."""
        fill_line(self._edit, text)

    def read_again(self) -> None:
        """Say once more how it is understood: it, or what it depends on, is another one now."""
        text = self._edit.text().strip()
        words = self._words_for(text) if text else ""
        if words != self._understood.text():
            self._understood.say(words)
            self._describe()
        self._understood.setVisible(bool(words))

    def _words_for(self, text: str) -> str:
        """How this is understood; empty where nothing is to be said."""
        raise NotImplementedError

    def _changed(self) -> None:
        if not self._quiet:
            self.read_again()
            self._on_change()

    def _describe(self) -> None:
        self._edit.setAccessibleDescription(" ".join(filter(None, (self._understood.text(), self._hint))))
