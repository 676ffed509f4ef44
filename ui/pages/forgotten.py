"""A forgotten passphrase: the twelve recovery words set a new one."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.plaintext import visible
from ui.entrance import Recovering
from ui.judging import Judge
from ui.messages import Message
from ui.pages.asking import AskingPage
from ui.pages.page import READABLE
from ui.places import Way
from ui.widgets.field import Field, PlainLine
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.passphrase import SECRET_HINTS, empty
from ui.widgets.text import Look, Text


class ForgottenPage(AskingPage):
    """Where recovery words are typed."""

    recover_asked = Signal(object)
    """A Recovering."""

    def __init__(self, path: Path, judge: Judge) -> None:
        """`path`: the case whose passphrase is forgotten."""
        super().__init__(
            self.tr("I forgot my passphrase"),
            self.tr("Your twelve recovery words set a new one. You can try as often as you want."),
            self.tr("Set the new passphrase"),
            about=visible(path.name),
        )
        self._path = path
        self._words = QLineEdit()
        self._words.setInputMethodHints(SECRET_HINTS)
        self._words.returnPressed.connect(self.act)
        self._new = NewPassphrase(judge)
        self._new.entered.connect(self.act)
        self.ask(
            Field(
                self.tr("Your recovery words"),
                PlainLine(self._words),
                self.tr("The twelve words from your paper, in their order, with a space between them."),
            ),
            self._new,
            Text(
                self.tr("The words are used up then. New ones are made as soon as the case is open."),
                Look.SMALL,
            ),
        )
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

    def forget(self) -> None:
        """Empty every field."""
        empty(self._words)
        self._new.clear()

    def act(self) -> None:
        """Ask for the new passphrase to be set, or say what is missing."""
        if not self._words.text().strip():
            self._words.setFocus()
            self.say(Message("", self.tr("Please type your recovery words.")))
            return
        trouble = self._new.trouble()
        if trouble:
            self.say(Message("", trouble))
            return
        self.recover_asked.emit(Recovering(self._path, self._words.text(), self._new.text()))
