"""How far something is, and a button to stop it."""

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.flow import flow_of
from ui.widgets.text import Button, Look, Text
from ui.words import size_words
from ui.worker import Step


class Progress(QWidget):
    """What is being done, a bar, and Cancel where it can be stopped."""

    def __init__(self, name: str) -> None:
        """`name`: what the bar is about, for those who do not see it."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self._words = Text("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("How far it is: {0}").format(name))
        self._count = Text("", Look.SMALL)
        self._in_bytes = False
        self.stop = Button(self.tr("Cancel"), says=self.tr("Cancel: {0}").format(name))
        self._may_stop = flow_of(self.stop)
        for widget in (self._words, self._bar, self._count, self._may_stop):
            column.addWidget(widget)
        self.hide()

    def begin(self, words: str, *, may_stop: bool, in_bytes: bool = False) -> None:
        """It was just begun. `in_bytes`: its steps count bytes, and are told in words too."""
        self._words.say(words)
        self._in_bytes = in_bytes
        self._count.hide()
        self._bar.setRange(0, 0)
        self._may_stop.setVisible(may_stop)
        self.show()

    def show_step(self, step: Step) -> None:
        """It is so far now. Bytes can be more than a bar counts: it shows thousandths."""
        self._bar.setRange(0, 1000)
        self._bar.setValue(min(1000, 1000 * step.done // max(1, step.of)))
        if self._in_bytes and step.of > 1:
            percent = 100 * step.done // step.of
            words = self.tr("{0} % ({1} of {2})")
            self._count.say(words.format(percent, size_words(step.done), size_words(step.of)))
            self._count.show()
