"""A new passphrase: typed twice or suggested, with a word on how easily it is guessed, but no rule."""

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.guessing import Guessability
from ui import theme
from ui.judging import Judge
from ui.widgets.flow import flow_of
from ui.widgets.passphrase import PassphraseField
from ui.widgets.text import Button, Look, Text
from ui.words import translated
from ui.worker import Task
from vault.recovery import suggested_passphrase

_PAUSE_MS = 350


class NewPassphrase(QWidget):
    """Asks for a new passphrase."""

    entered = Signal()
    """Enter was pressed."""

    def __init__(self, judge: Judge, *, first: bool = False) -> None:
        """`first`: it is the first one, of a case that begins."""
        super().__init__()
        self._judge = judge
        self._judging: Task | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self._first, self._second = _fields(first=first)
        self._hint = Text("", Look.SMALL)
        self._write = Text(
            self.tr("Write these six words down on paper now, then type them again below. They are not shown again."),
            Look.SMALL,
        )
        self._whole = Text("", Look.NUMBER)
        suggest = Button(self.tr("Suggest one"), says=self.tr("Suggest a passphrase of six words"))
        suggest.clicked.connect(self._suggest)
        for widget in (self._first, self._whole, self._hint, self._write, self._second, flow_of(suggest)):
            column.addWidget(widget)
        self._hint.hide()
        self._end_suggestion()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._first.edited.connect(self._end_suggestion)
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
            return self.tr("Please choose a passphrase.")
        if self._first.text() != self._second.text():
            self._second.select_all()
            return self.tr("The two passphrases are not the same. You can press Show to compare them.")
        return ""

    def clear(self) -> None:
        """Empty it; nothing that is being found out about it is told any more."""
        self._pause.stop()
        if self._judging is not None:
            self._judging.cancel()
            self._judging = None
        self._first.clear()
        self._second.clear()
        self._hint.hide()
        self._end_suggestion()

    def _suggest(self) -> None:
        suggested = suggested_passphrase()
        self._first.suggest(suggested)
        self._second.clear()
        if not self._first.shows_all:
            self._whole.say(suggested)
            self._whole.show()
        self._write.show()
        self._second.setFocus()
        self._pause.start()

    def _end_suggestion(self) -> None:
        for text in (self._whole, self._write):
            text.hide()
        self._whole.say("")

    def _look(self) -> None:
        if self._judging is not None:
            self._judging.cancel()
            self._judging = None
        looked_at = self._first.text()
        if not looked_at:
            self._hint.hide()
            return

        def tell(found: Guessability) -> None:
            if self._first.text() == looked_at:
                self._hint.say(self._words(found))
                self._hint.show()

        self._judging = self._judge(looked_at, tell)

    def _words(self, found: Guessability) -> str:
        words = translated(found.words)
        return (
            f"{words} {self.tr('You can use it all the same; a word or two more helps a lot.')}"
            if found.easy
            else words
        )


def _fields(*, first: bool) -> tuple[PassphraseField, PassphraseField]:
    if first:
        return (
            PassphraseField(
                _tr("Passphrase"),
                _tr("Four or more words that only you know. Nobody can open the case without it, we cannot either."),
            ),
            PassphraseField(_tr("The same passphrase again")),
        )
    return (
        PassphraseField(
            _tr("New passphrase"), _tr("Anything will do. Four or more words that only you know are good.")
        ),
        PassphraseField(_tr("The new passphrase again")),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("NewPassphrase", text)
