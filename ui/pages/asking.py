"""What beginning a case and a forgotten passphrase share: one card of questions, one button, one word of trouble."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui import theme
from ui.messages import Message
from ui.pages.page import READABLE, Page
from ui.widgets.card import Card
from ui.widgets.flow import flow_of
from ui.widgets.text import Button, Look, Text


class AskingPage(Page):
    """Asks something before a case is open. What was typed is forgotten as soon as somebody leaves the page."""

    back_asked = Signal()

    def __init__(self, title: str, sentence: str, verb: str, *, about: str = "") -> None:
        """`verb` stands on the button, `about` at the head of the card."""
        super().__init__(title, sentence)
        self._verb = verb
        self._asked_from: QWidget | None = None
        card = Card(about)
        self._questions = QWidget()
        self._rows = QVBoxLayout(self._questions)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(16))
        card.add(self._questions)
        self._trouble = Text("")
        self._trouble.hide()
        card.add(self._trouble, gap=4)
        self._act = Button(verb, Look.PRIMARY, big=True)
        self._act.clicked.connect(self.act)
        self._back = Button(self.tr("Back"))
        self._back.clicked.connect(self.back_asked)
        card.add(flow_of(self._act, self._back), gap=8)
        self.add(card, gap=16, width=READABLE)

    def ask(self, *widgets: QWidget) -> None:
        """Put these below what is asked already."""
        for widget in widgets:
            self._rows.addWidget(widget)

    def act(self) -> None:
        """The button, or Enter, was pressed."""

    def forget(self) -> None:
        """Empty every field that holds a secret."""

    def wait(self, words: str, *, may_leave: bool = False) -> None:
        """Say that something is being done, and take nothing until it is; an empty text ends that."""
        now = QApplication.focusWidget()
        if words:
            self._asked_from = now if now is not None and self.isAncestorOf(now) else None
            self.setFocus()
        self._questions.setEnabled(not words)
        self._act.setEnabled(not words)
        self._back.setEnabled(not words or may_leave)
        self._act.setText(words or self._verb)
        if words:
            self._trouble.hide()

    def say(self, message: Message) -> None:
        """Say why it was not done."""
        self.wait("")
        if self._asked_from is not None:
            self._asked_from.setFocus()
            self._asked_from = None
        self._trouble.say(message.sentences)
        self._trouble.show()
        self.ensureWidgetVisible(self._trouble)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Forget the secrets when the page is left; a window that is made small stays as it is."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.forget()
