"""Where the id of an account stands, in numbered steps, with the day on which somebody looked. Nothing is opened."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.widgets.fold import Fold
from ui.widgets.text import Look, Text

if TYPE_CHECKING:
    from app.form_help import Finding


class IdSteps(Fold):
    """“Where do I find this?”, closed until somebody asks."""

    def __init__(self) -> None:
        super().__init__("")
        self.button.setText(self.tr("Where do I find this?"))
        self._shown: Finding | None = None
        self._platform = ""
        self.button.toggled.connect(lambda opened: self._fill() if opened else None)

    def show_platform(self, finding: "Finding | None", platform: str) -> None:
        """Be about this platform, closed; `platform` is its name for those who do not see what stands around."""
        if finding == self._shown:
            return
        self.close_up()
        self._shown = finding
        self._platform = platform
        self.button.setAccessibleName(self.tr("Where do I find this? ({0})").format(platform))
        self._clear()

    def _clear(self) -> None:
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _fill(self) -> None:
        """Make the steps when they are wanted: they are many."""
        found = self._shown
        if found is None or self.body.count():
            return
        for sentence in found.before:
            self._say(sentence)
        for title, steps in found.ways:
            self._head(title)
            for number, step in enumerate(steps, 1):
                self.body.addWidget(_Step(number, step))
        self._group(self.tr("If you do not find it"), found.otherwise)
        self._group(self.tr("Good to know"), found.history)
        self._group(self.tr("If you take a picture of the screen"), (found.screenshot,))
        day = QLocale().toString(QDate.fromString(found.checked_on, Qt.DateFormat.ISODate), "d MMMM yyyy")
        self._say(self.tr("Checked on {0}. Apps change: if it looks different, look nearby.").format(day))

    def _group(self, title: str, sentences: tuple[str, ...]) -> None:
        if sentences:
            self._head(title)
            for sentence in sentences:
                self._say(sentence)

    def _head(self, title: str) -> None:
        head = Text(title, Look.CARD_TITLE)
        head.setContentsMargins(0, theme.px(6), 0, 0)
        self.body.addWidget(head)

    def _say(self, sentence: str) -> None:
        self.body.addWidget(Text(sentence, Look.SMALL))


class _Step(QWidget):
    """A numbered step; the number stands apart, so that the words line up."""

    def __init__(self, number: int, words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        counted = Text(f"{number}.", wraps=False)
        counted.setFixedWidth(theme.px(20))
        row.addWidget(counted, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(words), 1)
