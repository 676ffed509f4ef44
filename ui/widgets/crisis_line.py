"""The numbers for a crisis, in the window on every page: locked or open, with no network, and always in sight."""

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.guidance import Crisis, guidance
from ui import theme
from ui.widgets.flow import Flow
from ui.widgets.text import Look, Text


class CrisisLine(QFrame):
    """One quiet line below each page; it goes on in a second one where text is large."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("crisis")
        self._shown: Crisis | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(32), theme.px(7), theme.px(32), theme.px(7))
        self._holder = QWidget()
        self._flow = Flow(self._holder, gap=12)
        column.addWidget(self._holder)
        self.show_country("")

    def show_country(self, country: str) -> None:
        """Show the numbers of a country as somebody wrote it; the most general ones for an empty one."""
        crisis = guidance().crisis_in(country)
        if crisis == self._shown:
            return
        self._shown = crisis
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._put(Text(_tr("{0}:").format(_tr(crisis.country)), Look.SMALL, wraps=False))
        for line in crisis.lines:
            self._put(_pair(_tr(line.about), line.number))
        day = guidance().checked_on
        self.setToolTip(
            _tr("Answered at any hour. As known on {0}.").format(
                QLocale().toString(QDate(day.year, day.month, day.day), "d MMMM yyyy")
            )
        )
        self.setAccessibleName(" ".join(f"{_tr(line.about)}: {line.number}." for line in crisis.lines))

    def _put(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)
        widget.show()


def _pair(about: str, number: str) -> QWidget:
    """Whose number it is, and the number, which can be copied; never apart."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(6))
    row.addWidget(Text(about, Look.SMALL, wraps=False))
    dialled = Text(number, Look.CARD_TITLE, wraps=False, copyable=True)
    # A number is read from left to right in every language.
    dialled.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    dialled.setAccessibleDescription(about)
    row.addWidget(dialled)
    return pair


def _tr(text: str) -> str:
    return QCoreApplication.translate("guidance", text)
