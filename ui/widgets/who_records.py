"""Who records now, chosen from those of a case; only for somebody who knows its passphrase."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.plaintext import visible
from ui import theme
from ui.widgets.field import Field, PlainLine
from ui.widgets.flow import flow_of
from ui.widgets.text import Button, Look, Text
from ui.words import role_words
from vault.chain import Author


class WhoRecords(QWidget):
    """A button for each person, which opens the case at once, and a line for other initials."""

    chosen = Signal(str)
    """Initials."""

    def __init__(self) -> None:
        super().__init__()
        self._people: QWidget | None = None
        self._buttons: list[Button] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._column.addWidget(Text(self.tr("Several people record here. Who is it now?"), Look.CARD_TITLE))
        self._line = QLineEdit()
        self._line.returnPressed.connect(self.answer)
        self._column.addWidget(Field(self.tr("Or type your initials"), PlainLine(self._line)))
        self.hide()

    def ask(self, people: Sequence[Author]) -> None:
        """Ask which of these it is."""
        self.forget()
        self._buttons = [self._button(person) for person in people]
        self._people = flow_of(*self._buttons, gap=8)
        self._column.insertWidget(1, self._people)
        # First to where the line is, then the line behind them: at the end of the window, Tab would pass over the rest.
        for one, other in pairwise([self._line, *self._buttons, self._line]):
            QWidget.setTabOrder(one, other)
        self.setFocusProxy(self._buttons[0])
        self.show()

    def answer(self) -> None:
        """Take the initials that were typed; without any, the first person has the keyboard."""
        initials = self._line.text().strip().upper()
        if initials:
            self.chosen.emit(initials)
        elif self._buttons:
            self._buttons[0].setFocus()

    def forget(self) -> None:
        """Hold nobody's initials any more."""
        if self._people is not None:
            self._column.removeWidget(self._people)
            self._people.hide()
            self._people.deleteLater()
        self._people, self._buttons = None, []
        self._line.setText("")
        self.hide()

    def _button(self, person: Author) -> Button:
        words = f"{visible(person.initials)} · {role_words(person.role)}"
        button = Button(words, says=self.tr("Open, and record as {0}").format(words))
        button.clicked.connect(lambda _checked=False: self.chosen.emit(person.initials))
        return button
