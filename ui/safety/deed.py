"""What the cards of “Keeping it safe” share: a sentence, a button, what it asks then, how far it is, the result."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.desk import Desk
from ui.messages import Message, message_for
from ui.widgets.card import Card
from ui.widgets.flow import flow_of
from ui.widgets.progress import Progress
from ui.widgets.text import Button, Text
from ui.worker import Cancelled, Task

if TYPE_CHECKING:
    from app.casefile import Casefile

T = TypeVar("T")


class Deed(Card):
    """One thing to do. What was typed is forgotten as soon as somebody leaves the page.

    Locking the case stops it where it can still be stopped, as Cancel does; what became of it is told after that.
    """

    begun = Signal()
    """It asks now, and needs more room."""

    def __init__(self, desk: Desk, title: str, sentence: str, verb: str) -> None:
        super().__init__(title, sentence)
        self.desk = desk
        self._task: Task | None = None
        self._is_locked = False
        desk.closing.connect(self._lock)
        self.first = Button(verb)
        self.first.clicked.connect(self.begin)
        self._first_row = flow_of(self.first)
        self.add(self._first_row, gap=4)
        self.asks = QWidget()
        self._asks = QVBoxLayout(self.asks)
        self._asks.setContentsMargins(0, theme.px(4), 0, 0)
        self._asks.setSpacing(theme.px(12))
        self.asks.hide()
        self.body.addWidget(self.asks)
        self.progress = Progress(title)
        self.progress.stop.clicked.connect(self._stop)
        self.body.addWidget(self.progress)
        self._answer = Text("")
        self._answer.hide()
        self.body.addWidget(self._answer)

    def ask(self, *widgets: QWidget) -> None:
        """Put these below what is asked already."""
        for widget in widgets:
            self._asks.addWidget(widget)

    def offer(self, widget: QWidget) -> None:
        """Put something beside the one button."""
        row = self._first_row.layout()
        if row is not None:
            row.addWidget(widget)

    def begin(self) -> None:
        """Ask what has to be known."""
        self.begun.emit()
        self._hold_keyboard()
        self._answer.hide()
        self._first_row.hide()
        self.asks.show()

    def leave(self) -> None:
        """Back to the one button."""
        held = self._hold_keyboard()
        self.forget()
        self.asks.hide()
        self.progress.hide()
        self._first_row.show()
        self.say("")
        if held:
            self.first.setFocus()

    def say(self, words: str) -> None:
        """Say something below; nothing for no words."""
        self._answer.say(words)
        self._answer.setVisible(bool(words))

    def forget(self) -> None:
        """Empty every field."""

    def tell_failure(self, error: Exception) -> None:
        """Say why it was not done."""
        self.say(self.failure_words(error))

    def failure_words(self, error: Exception) -> str:
        """Why it was not done, and what that means."""
        return self.stopped_words() if isinstance(error, Cancelled) else message_for(error).sentences

    def stopped_words(self) -> str:
        """What it means that it was stopped."""
        return self.tr("Stopped. Nothing was lost.")

    def allow(self, *, allowed: bool, why_not: str) -> None:
        """Let it be done or not, with the reason."""
        self.first.setEnabled(allowed)
        self.first.setToolTip("" if allowed else why_not)
        self.first.setAccessibleDescription("" if allowed else why_not)

    def work(
        self,
        words: str,
        deed: "Callable[[Casefile, Task], T]",
        on_done: Callable[[T], None],
        *,
        may_stop: bool = True,
        in_bytes: bool = False,
        stays: bool = False,
        late: str = "",
    ) -> None:
        """Have it done in the background; what failed is told here, and can be tried again.

        `in_bytes`: its progress counts bytes. `stays`: what it asks is there again afterwards, with what was typed.
        `late`: what has to be known where it was done although the case was locked meanwhile.
        """
        if self._task is not None:
            return
        asked = not self.asks.isHidden()
        self._hold_keyboard()
        self._answer.hide()
        self._first_row.hide()
        self.asks.hide()
        self.progress.begin(words, may_stop=may_stop, in_bytes=in_bytes)

        def done(result: T) -> None:
            self._task = None
            if self._is_locked:
                self._tell_late(late, calm=True)
                return
            if stays and self.isVisible():
                self._hold_keyboard()
                self.progress.hide()
                self.asks.show()
            else:
                self.leave()
            on_done(result)

        def failed(error: Exception) -> None:
            self._task = None
            if self._is_locked:
                self._tell_late(self.failure_words(error), calm=isinstance(error, Cancelled))
                return
            self._hold_keyboard()
            self.progress.hide()
            self.asks.setVisible(asked)
            self._first_row.setVisible(not asked)
            if not self.isVisible():
                self.leave()
            self.tell_failure(error)

        self._task = self.desk.keep(deed, done, failed, self.progress.show_step)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Forget what was typed when the page is left; a window that is made small stays as it is."""
        super().hideEvent(event)
        if not event.spontaneous() and self._task is None:
            self.leave()

    def _hold_keyboard(self) -> bool:
        """Take the keyboard to the card itself where it is on something in it that is about to go.

        Qt would give it to the next card otherwise, and whoever presses Enter twice would begin that. Whether it is
        here now.
        """
        # That of the window: where a dialog is open, it has the keyboard itself, and gives it back here.
        now: QWidget | None = self.window().focusWidget()
        held = self.isVisible() and now is not None and (now is self or self.isAncestorOf(now))
        if held:
            self.setFocus()
        return held

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _lock(self) -> None:
        self._is_locked = True
        self._stop()

    def _tell_late(self, words: str, *, calm: bool) -> None:
        self.leave()
        if words:
            # Whoever stands beside a locked case need not learn what was wanted in it.
            self.desk.tell(Message(self.tr("The case is locked"), words, calm=calm))
