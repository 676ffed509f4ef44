"""Cards: one sentence, one button."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.gap import Gap
from ui.widgets.text import Button, Look, Pill, Text


class Card(QFrame):
    """A surface with a title, and below it whatever is put there."""

    def __init__(
        self,
        title: str = "",
        sentence: str = "",
        *,
        amber: bool = False,
        soft: bool = False,
        pill: Pill | None = None,
    ) -> None:
        """`amber` and `soft`: on that ground."""
        super().__init__()
        self.setProperty("role", "amberCard" if amber else "softCard" if soft else "card")
        self.body = QVBoxLayout(self)
        edge = theme.px(20)
        self.body.setContentsMargins(edge, theme.px(18), edge, theme.px(18))
        self.body.setSpacing(theme.px(8))
        self.title = Text(title, Look.CARD_TITLE)
        self.sentence = Text(sentence, Look.MUTED)
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(theme.px(8))
        head.addWidget(self.title, 1)
        if pill is not None:
            head.addWidget(pill)
        self._head = head
        self.body.addLayout(head)
        self.body.addWidget(self.sentence)
        self.title.setVisible(bool(title))
        self.sentence.setVisible(bool(sentence))
        self.setAccessibleName(title)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._arrange(self.width())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.px(200), super().minimumSizeHint().height())

    def _arrange(self, width: int) -> None:
        """Put what stands at the far end below the title where both do not fit side by side."""
        direction = QBoxLayout.Direction
        fits = width >= theme.px(480)
        self._head.setDirection(direction.LeftToRight if fits else direction.TopToBottom)

    def add(self, widget: QWidget, *, gap: int = 0) -> None:
        """Put a widget below what is there, `gap` sp further down."""
        row = Gap(gap)
        row.addWidget(widget)
        self.body.addLayout(row)


def offer(title: str, sentence: str, verb: str, do: Callable[[], None], *, amber: bool = False) -> Card:
    """A card with one sentence and one button."""
    card = Card(title, sentence, amber=amber)
    button = Button(verb, says=f"{verb}: {title}")
    button.clicked.connect(lambda _checked=False: do())
    card.add(button, gap=4)
    card.body.addStretch(1)
    return card


class Cards(QWidget):
    """Cards side by side, two in a row where there is room, one below the other where there is not."""

    def __init__(self, most: int = 2) -> None:
        """`most`: so many stand in a row."""
        super().__init__()
        self._most = most
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(14))
        self._cards: list[Card] = []
        self._columns = 0

    def show_cards(self, cards: list[Card]) -> None:
        """Show these instead of those that were there."""
        for card in self._cards:
            self._grid.removeWidget(card)
            card.deleteLater()
        self._cards = cards
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002, N802
        self._arrange()

    def _arrange(self) -> None:
        columns = self._most if self.width() >= theme.px(620) else 1
        if columns == self._columns:
            return
        self._columns = columns
        for card in self._cards:
            self._grid.removeWidget(card)
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)
            card.show()
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
