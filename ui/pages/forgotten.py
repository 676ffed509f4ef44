"""A forgotten passphrase: the twelve recovery words set a new one."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.plaintext import visible
from ui.entrance import Recovering
from ui.messages import Message
from ui.pages.page import READABLE, Page
from ui.places import Way
from ui.widgets.card import Card
from ui.widgets.field import Field, PlainLine
from ui.widgets.flow import flow_of
from ui.widgets.new_passphrase import Judge, NewPassphrase
from ui.widgets.text import Button, Look, Text


class ForgottenPage(Page):
    """Where recovery words are typed."""

    recover_asked = Signal(object)
    """A Recovering."""
    back_asked = Signal()

    def __init__(self, path: Path, judge: Judge) -> None:
        """`path`: the case whose passphrase is forgotten."""
        super().__init__(
            self.tr("I forgot my passphrase"),
            self.tr("Your twelve recovery words set a new one. You can try as often as you want."),
        )
        self._path = path
        self._card = Card(visible(path.name))
        self._words = QLineEdit()
        self._words.setAccessibleName(self.tr("Your recovery words"))
        self._card.add(
            Field(
                self.tr("Your recovery words"),
                PlainLine(self._words),
                self.tr("The twelve words from your paper, in their order, with a space between them."),
            ),
            gap=4,
        )
        self._new = NewPassphrase(judge)
        self._new.entered.connect(self._ask)
        self._card.add(self._new, gap=8)
        self._card.add(
            Text(self.tr("The words are used up then. You can make new ones as soon as the case is open."), Look.SMALL)
        )
        self._trouble = Text("")
        self._trouble.hide()
        self._card.add(self._trouble, gap=4)
        self._set = Button(self.tr("Set the new passphrase"), Look.PRIMARY, big=True)
        self._set.clicked.connect(self._ask)
        back = Button(self.tr("Back"))
        back.clicked.connect(self.back_asked)
        self._card.add(flow_of(self._set, back), gap=8)
        self.add(self._card, gap=16, width=READABLE)
        self.add(
            Text(
                self.tr(
                    "Without the words nobody can open the case, not even the people who made Holdfast. A backup that "
                    "was made before the passphrase was changed still opens with the older one."
                ),
                Look.MUTED,
            ),
            width=READABLE,
        )
        self.end()

    def enter(self, way: Way) -> None:  # noqa: ARG002
        """Put the cursor where the words go."""
        self._words.setFocus()

    def wait(self, words: str) -> None:
        """Say that something is being done, and take nothing until it is; an empty text ends that."""
        self._card.setEnabled(not words)
        self._set.setText(words or self.tr("Set the new passphrase"))
        if words:
            self._trouble.hide()

    def say(self, message: Message) -> None:
        """Say why it did not work."""
        self.wait("")
        self._trouble.say(message.sentences)
        self._trouble.show()

    def _ask(self) -> None:
        if not self._words.text().strip():
            self._words.setFocus()
            self.say(Message("", self.tr("Please type your recovery words.")))
            return
        trouble = self._new.trouble()
        if trouble:
            self.say(Message("", trouble))
            return
        self.recover_asked.emit(Recovering(self._path, self._words.text(), self._new.text()))
