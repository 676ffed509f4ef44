"""A notice below the top bar: what happened, whether the evidence is safe, what to do next."""

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.messages import Message
from ui.widgets.card import Card
from ui.widgets.text import Button, Text, wear


class Notice(QWidget):
    """One message at a time; it stays until somebody closes it."""

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.px(32), theme.px(16), theme.px(32), 0)
        self._card = Card(" ")
        self._words = Text("")
        self._card.add(self._words)
        close = Button(self.tr("Close"), says=self.tr("Close this message"))
        close.clicked.connect(self.forget)
        row = QHBoxLayout()
        row.addWidget(close)
        row.addStretch(1)
        self._card.body.addLayout(row)
        outer.addWidget(self._card)
        self.hide()

    def tell(self, message: Message) -> None:
        """Show a message, and have it read out."""
        self._card.title.say(message.title)
        self._card.setAccessibleName(f"{message.title}. {message.sentences}")
        self._words.say(message.sentences)
        wear(self._card, "role", "card" if message.calm else "amberCard")
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self._card, QAccessible.Event.Alert))

    def forget(self) -> None:
        """Show nothing, and hold no word of what was shown."""
        self.hide()
        self._card.title.say("")
        self._card.setAccessibleName("")
        self._words.say("")
