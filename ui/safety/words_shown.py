"""Recovery words on the screen: the numbered list to copy by hand, and the two lines in which some are typed back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.messages import message_for
from ui.widgets.flow import Flow
from ui.widgets.passphrase import SECRET_HINTS, empty
from ui.widgets.text import Look, Text
from vault.recovery import WORDS, MistypedWords, require_listed

_COLUMNS = 3


class WordsToCopy(QWidget):
    """Twelve numbered words, read from top to bottom."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme.px(10))
        self._words: list[Text] = []
        rows = WORDS // _COLUMNS
        for place in range(WORDS):
            word = Text("", Look.NUMBER, wraps=False)
            word.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            word.setAccessibleDescription(self.tr("Recovery word {0}").format(place + 1))
            self._words.append(word)
            grid.addWidget(word, place % rows, place // rows)

    def show_words(self, words: Sequence[str]) -> None:
        """Show these."""
        for place, (shown, word) in enumerate(zip(self._words, words, strict=True), start=1):
            shown.say(f"{place}. {word}")

    def clear(self) -> None:
        """No label holds a word any more."""
        for shown in self._words:
            shown.say("")


class WordsTypedBack(QWidget):
    """Lines for some of the words."""

    entered = Signal()
    """Enter was pressed."""

    def __init__(self, asked: int) -> None:
        """`asked`: how many words are asked for."""
        super().__init__()
        flow = Flow(self)
        self._places: tuple[int, ...] = ()
        self._labels: list[Text] = []
        self._lines: list[QLineEdit] = []
        for _line in range(asked):
            holder = QWidget()
            holder.setMinimumWidth(theme.px(220))
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.px(5))
            label, line = Text("", Look.LABEL), QLineEdit()
            line.setInputMethodHints(SECRET_HINTS)
            line.returnPressed.connect(self.entered)
            column.addWidget(label)
            column.addWidget(line)
            flow.addWidget(holder)
            self._labels.append(label)
            self._lines.append(line)

    def ask(self, places: Sequence[int]) -> None:
        """Ask for the words at these places, counted from 0."""
        self._places = tuple(places)
        for place, label, line in zip(places, self._labels, self._lines, strict=True):
            label.say(self.tr("Word {0}").format(place + 1))
            line.setAccessibleName(self.tr("Word {0}").format(place + 1))
        self.clear()
        self._lines[0].setFocus()

    def trouble(self, words: Sequence[str]) -> str:
        """Which of the words that were typed is another one; empty where none is."""
        for place, line in zip(self._places, self._lines, strict=True):
            typed = line.text().strip().lower()
            if typed != words[place]:
                line.selectAll()
                line.setFocus()
                return self._named(place + 1, typed)
        return ""

    def clear(self) -> None:
        """Empty the lines."""
        for line in self._lines:
            empty(line)

    def _named(self, number: int, typed: str) -> str:
        if not typed:
            return self.tr("Word {0} is missing. Look at your paper, or see the words again.").format(number)
        try:
            require_listed(number, typed)
        except MistypedWords as error:
            return message_for(error).sentences
        words = self.tr("Word {0} is another one than “{1}”. Look at your paper, or see the words again.")
        return words.format(number, typed)
