"""What the person sees when Holdfast itself makes a mistake: the evidence is safe; nothing of what it holds."""

import sys
import traceback
from pathlib import PurePath
from types import TracebackType

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout

from ui import theme
from ui.widgets.flow import flow_of
from ui.widgets.text import Button, Look, Text


class CrashDialog(QDialog):
    """Says so kindly. The only technical thing in it is the kind of the mistake and its place in the program."""

    def __init__(self, where: str) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle("Holdfast")
        column = QVBoxLayout(self)
        edge = theme.px(28)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(12))
        column.addWidget(Text(self.tr("Holdfast made a mistake. It was not you."), Look.HEADING))
        column.addWidget(
            Text(self.tr("What said “Saved” is kept and safe. Something you typed last may have to be typed again."))
        )
        column.addWidget(Text(self.tr("You can go on. If it happens again, close Holdfast and open it again.")))
        column.addWidget(Text(where, Look.CODE, copyable=True))
        go_on = Button(self.tr("Go on"), Look.PRIMARY)
        go_on.clicked.connect(self.accept)
        leave = Button(self.tr("Close Holdfast"))
        leave.clicked.connect(self._leave)
        column.addWidget(flow_of(go_on, leave))
        self.setMinimumWidth(theme.px(480))
        go_on.setFocus()

    def _leave(self) -> None:
        self.accept()
        for window in QApplication.topLevelWidgets():
            if window is not self:
                window.close()


def place_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The kind of a mistake and where in the program it was: never its words, which may hold what somebody typed."""
    frames = traceback.extract_tb(trace)
    where = f" {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{kind.__name__}{where}"


def install() -> None:
    """From now on, mistakes lead to the dialog instead of a traceback."""
    sys.excepthook = _told


def _told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        QCoreApplication.quit()
        return
    del error
    dialog = CrashDialog(place_of(kind, trace))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
