"""Choosing other things that were kept: the account behind a payment, the exhibits that show something."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets.field import Answer, Choice
from ui.widgets.flow import Flow
from ui.widgets.text import Button


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen: its id, and words for it that have been made visible."""

    id: str
    words: str


class Chooser(QWidget):
    """A list to choose from, and buttons for what was chosen; a button takes it back."""

    def __init__(self, on_change: Callable[[], None], *, many: bool) -> None:
        super().__init__()
        self._on_change = on_change
        self._many = many
        self._options: dict[str, str] = {}
        self._chosen: list[str] = []
        self._label = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self._box = Choice()
        self._box.activated.connect(self._picked)
        column.addWidget(self._box)
        self._shown = QWidget()
        self._flow = Flow(self._shown, 8)
        column.addWidget(self._shown)
        self._show()

    @property
    def widget(self) -> QWidget:
        return self

    def setAccessibleName(self, name: str) -> None:  # noqa: N802
        super().setAccessibleName(name)
        self._label = name
        self._box.name(name)
        self._show()

    def offer(self, options: list[Option]) -> None:
        """What can be chosen from now on."""
        self._options = {option.id: option.words for option in options}
        self._show()

    def answer(self) -> Answer:
        if self._many:
            return list(self._chosen)
        return self._chosen[0] if self._chosen else ""

    def show_answer(self, answer: Answer) -> None:
        self._chosen = [answer] if isinstance(answer, str) and answer else list(answer) if answer else []
        self._show()

    def _picked(self, _index: int) -> None:
        found = str(self._box.currentData() or "")
        if self._many:
            if found and found not in self._chosen:
                self._chosen.append(found)
        else:
            self._chosen = [found] if found else []
        self._show()
        self._on_change()

    def _take_back(self, subject: str) -> None:
        self._chosen.remove(subject)
        self._show()
        self._on_change()
        self._box.setFocus()

    def _show(self) -> None:
        self._box.clear()
        self._box.addItem(self.tr("Add…") if self._many else self.tr("Not said"), "")
        for subject, words in self._options.items():
            if not self._many or subject not in self._chosen:
                self._box.addItem(words, subject)
        if not self._many and self._chosen:
            if self._box.findData(self._chosen[0]) < 0:
                self._box.addItem(self._words(self._chosen[0]), self._chosen[0])
            self._box.setCurrentIndex(self._box.findData(self._chosen[0]))
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for subject in self._chosen if self._many else ():
            button = Button(f"{self._words(subject)}  ×".replace("&", "&&"))
            button.setAccessibleName(self.tr("Take back: {0}").format(self._words(subject)))
            button.clicked.connect(lambda _checked=False, subject=subject: self._take_back(subject))
            self._flow.addWidget(button)
        self._shown.setVisible(self._many and bool(self._chosen))

    def _words(self, subject: str) -> str:
        return self._options.get(subject, subject[:8])
