"""A new passphrase: typed twice or suggested, with a word on how easily it is guessed, but no rule."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.guessing import Guessability
from ui import theme
from ui.widgets.flow import flow_of
from ui.widgets.passphrase import PassphraseField
from ui.widgets.text import Button, Look, Text
from ui.words import translated
from vault.recovery import suggested_passphrase

Judge = Callable[[str, Callable[[Guessability], None]], object]
"""Finds out in the background how easily a passphrase is guessed, and tells."""

_PAUSE_MS = 350


class NewPassphrase(QWidget):
    """Asks for a new passphrase."""

    entered = Signal()
    """Enter was pressed."""

    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self._judge = judge
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self._first = PassphraseField(
            self.tr("New passphrase"), self.tr("Anything will do. Four or more words that only you know are good.")
        )
        self._second = PassphraseField(self.tr("The new passphrase again"))
        self._hint = Text("", Look.SMALL)
        self._hint.hide()
        suggest = Button(self.tr("Suggest one"), says=self.tr("Suggest a passphrase of six words"))
        suggest.clicked.connect(self._suggest)
        for widget in (self._first, self._hint, flow_of(suggest), self._second):
            column.addWidget(widget)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._first.edited.connect(self._pause.start)
        for field in (self._first, self._second):
            field.entered.connect(self.entered)
        self.setFocusProxy(self._first)

    def text(self) -> str:
        """What was typed."""
        return self._first.text()

    def trouble(self) -> str:
        """Why it cannot be taken yet; empty where it can."""
        if not self._first.text():
            self._first.setFocus()
            return self.tr("Please choose a new passphrase.")
        if self._first.text() != self._second.text():
            self._second.select_all()
            return self.tr("The two new passphrases are not the same. You can press Show to compare them.")
        return ""

    def clear(self) -> None:
        """Empty it."""
        self._pause.stop()
        self._first.clear()
        self._second.clear()
        self._hint.hide()

    def _suggest(self) -> None:
        self._first.suggest(suggested_passphrase())
        self._second.clear()
        self._second.setFocus()

    def _look(self) -> None:
        looked_at = self._first.text()
        if not looked_at:
            self._hint.hide()
            return

        def tell(found: Guessability) -> None:
            if self._first.text() == looked_at:
                self._hint.say(translated(found.words))
                self._hint.show()

        self._judge(looked_at, tell)
