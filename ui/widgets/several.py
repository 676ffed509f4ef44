"""Several of many choices: a box to tick for each, in two columns where there is room."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme
from ui.widgets.field import Answer
from ui.widgets.tick_box import TickBox
from ui.words import choice_words


class Several(QWidget):
    """Boxes to tick. Words of a newer version, for which there is no box, stay as they are."""

    def __init__(self, choices: type[StrEnum], on_change: Callable[[], None]) -> None:
        super().__init__()
        self._boxes: dict[str, TickBox] = {}
        self._others: list[str] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(0)
        for choice in choices:
            box = TickBox(choice_words(choice))
            box.clicked.connect(lambda _checked: on_change())
            self._boxes[choice.value] = box
        self._arrange(1)

    @property
    def widget(self) -> QWidget:
        return self

    def setAccessibleName(self, name: str) -> None:  # noqa: N802
        super().setAccessibleName(name)
        for box in self._boxes.values():
            box.setAccessibleName(f"{name} {box.text()}")

    def answer(self) -> Answer:
        return [*(value for value, box in self._boxes.items() if box.isChecked()), *self._others]

    def show_answer(self, answer: Answer) -> None:
        given = [answer] if isinstance(answer, str) and answer else list(answer)
        self._others = [value for value in given if value not in self._boxes]
        for value, box in self._boxes.items():
            box.setChecked(value in given)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        widest = max(box.sizeHint().width() for box in self._boxes.values())
        self._arrange(2 if 2 * widest + theme.px(8) <= self.width() else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        rows = -(-len(self._boxes) // columns)
        for place, box in enumerate(self._boxes.values()):
            self._grid.addWidget(box, place % rows, place // rows)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
