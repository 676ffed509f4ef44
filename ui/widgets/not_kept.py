"""Files that were not kept: each with its name and the reason, until somebody closes its card."""

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.messages import Message
from ui.widgets.card import Card
from ui.widgets.flow import flow_of
from ui.widgets.text import Button


class NotKept(QWidget):
    """One card for each file. A notice holds one message at a time: of many files it would name the last one alone."""

    def __init__(self) -> None:
        super().__init__()
        self._cards = QVBoxLayout(self)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(theme.px(12))
        self.hide()

    def add(self, name: str, why: Message) -> Message:
        """Name one more file (made visible already); what is to be said about all that stand here."""
        title = self.tr("“{0}” was not kept").format(name)
        card = Card(title, why.sentences, amber=True)
        close = Button(self.tr("Close"), says=self.tr("Close: {0}").format(title))
        close.clicked.connect(lambda _checked=False: self._close(card))
        card.add(flow_of(close), gap=4)
        self._cards.addWidget(card)
        self.show()
        number = self._cards.count()
        if number == 1:
            return replace(why, title=title)
        return Message(
            self.tr("%n files were not kept", "", number),
            self.tr("Each is named under “Capture now”, with the reason."),
            self.tr("What said “Saved” is kept and safe."),
        )

    def _close(self, card: Card) -> None:
        self._cards.removeWidget(card)
        card.hide()
        card.deleteLater()
        self.setVisible(self._cards.count() > 0)
