"""What stands beside the buttons that capture: somebody may be told of a screenshot, or see that a page was opened."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets.fold import Fold
from ui.widgets.text import Look, Text

if TYPE_CHECKING:
    from app.form_help import BeingTold


class BeingSeen(QWidget):
    """Two quiet sentences; which platforms, and what to do instead, opens below them."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        self.sentence = Text(
            _tr(
                "Some platforms tell the other person when you take a screenshot. Opening a message, a story or a "
                "profile can be seen, too. Holdfast itself opens nothing and tells nobody."
            ),
            Look.SMALL,
        )
        column.addWidget(self.sentence)
        self._which = Fold(_tr("Which ones, and what to do instead"))
        self._which.hide()
        column.addWidget(self._which)

    def show_platforms(self, told: "BeingTold") -> None:
        """Have these ready to be opened."""
        if self._which.body.count():
            return
        for name, sentence in told.platforms:
            self._which.body.addWidget(Text(f"{name}: {sentence}"))
        for sentence in told.instead:
            self._which.body.addWidget(Text(sentence))
        day = QLocale().toString(QDate.fromString(told.checked_on, Qt.DateFormat.ISODate), "d MMMM yyyy")
        changing = _tr("As known on {0}. Apps change, and those that are not named here may tell as well.").format(day)
        self._which.body.addWidget(Text(changing, Look.SMALL))
        self._which.show()


def _tr(text: str) -> str:
    return QCoreApplication.translate("BeingSeen", text)
