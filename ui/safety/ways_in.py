"""The ways to open a case: its passphrase and its recovery words, since when, and closing one of them."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.safe_keeping import WayIn, close_way, ways_in
from ui import theme
from ui.desk import Desk
from ui.safety.deed import Deed
from ui.safety.doubt import removal_words
from ui.widgets.flow import flow_of
from ui.widgets.shut import shut
from ui.widgets.text import Button, Look, Text
from ui.words import moment_words
from ui.worker import Cancelled


class WaysIn(Deed):
    """Lists the ways in, and closes one after it was asked about; the last one stays."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            _tr("Ways to open this case"),
            _tr("What opens it now, and since when. A way that you no longer want can be removed."),
            _tr("Show them"),
        )
        self._chosen: WayIn | None = None
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(theme.px(12))
        self._shut = Text(desk.why_not, Look.MUTED)
        if not desk.why_not:
            self._shut.hide()
        self._sure = Text("")
        self._yes = Button(self.tr("Yes, remove it"))
        self._yes.clicked.connect(self._remove)
        self._no = Button(self.tr("No, leave it"))
        self._no.clicked.connect(self._keep)
        self._close = Button(self.tr("Close"), says=self.tr("Close the list of ways to open this case"))
        self._close.clicked.connect(self.leave)
        self.ask(self._rows, self._shut, self._sure, flow_of(self._no, self._yes, self._close))

    def begin(self) -> None:
        """Look which ways there are."""
        self.desk.ask(ways_in, self._show)

    def _show(self, ways: tuple[WayIn, ...]) -> None:
        if not self.isVisible():
            return
        super().begin()
        while (item := self._list.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for way in ways:
            self._list.addWidget(self._row(way, ways))
        self._keep()

    def _row(self, way: WayIn, ways: tuple[WayIn, ...]) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(5))
        words = self._words(way)
        column.addWidget(Text(words))
        remove = Button(self.tr("Remove…"), says=self.tr("Remove: {0}").format(words))
        column.addWidget(remove)
        if self.desk.why_not:
            shut(self.desk.why_not, remove)
        elif len(ways) > 1:
            remove.clicked.connect(lambda: self._ask(way, ways))
        else:
            why_not = self.tr("The last way stays: without it nobody could open the case any more.")
            remove.setEnabled(False)
            remove.setAccessibleDescription(why_not)
            column.addWidget(Text(why_not))
        return row

    def _words(self, way: WayIn) -> str:
        kind = self.tr("Recovery words, twelve on paper") if way.by_words else self.tr("A passphrase")
        when = moment_words(way.since, self.desk.zone) if way.since is not None else ""
        since = self.tr("since {0}").format(when) if when else self.tr("since when is not known")
        return f"{kind}, {since}"

    def _ask(self, way: WayIn, ways: tuple[WayIn, ...]) -> None:
        self._chosen = way
        others = [other for other in ways if other is not way]
        if way.by_words:
            means = self.tr("The words on your paper no longer open the case then. You can make new ones.")
        elif all(other.by_words for other in others):
            means = self.tr("Only the recovery words open the case then. Be sure that you have them and can read them.")
        else:
            means = self.tr("The passphrase no longer opens the case then.")
        copies = self.tr("Copies made before, also backups, still open as before.")
        self._sure.say(f"{self.tr('Remove it?')} {self._words(way)}. {means} {copies}")
        self._turn_to(asking=True)
        self._no.setFocus()

    def _keep(self) -> None:
        self._chosen = None
        self._turn_to(asking=False)
        self._close.setFocus()

    def _turn_to(self, *, asking: bool) -> None:
        for widget in (self._sure, self._yes, self._no):
            widget.setVisible(asking)
        self._rows.setEnabled(not asking)
        self._close.setVisible(not asking)

    def failure_words(self, error: Exception) -> str:
        """Why it was not removed, and whether it opens the case."""
        return self.stopped_words() if isinstance(error, Cancelled) else removal_words(error)

    def _remove(self) -> None:
        way = self._chosen
        if way is None:
            return

        def done(_none: None) -> None:
            self.begin()

        self.work(self.tr("Removing it…"), lambda casefile, _task: close_way(casefile, way), done, may_stop=False)


def _tr(text: str) -> str:
    return QCoreApplication.translate("WaysIn", text)
