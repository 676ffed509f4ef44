"""Where a new case is kept: a line, a button to choose, and a warning where that folder is copied to a cloud."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.synced import SyncedFolder
from ui import theme
from ui.widgets.field import Field
from ui.widgets.files import choose_folder
from ui.widgets.path_line import PathLine
from ui.widgets.synced_warning import SyncedWarning
from ui.widgets.text import Button
from ui.worker import Task

Lookout = Callable[[Path, Callable[[SyncedFolder | None], None]], Task]
"""Finds out in the background whether a path lies in a synced folder, and tells."""

ENDING = ".holdfast"
_PAUSE_MS = 350


class CasePlace(QWidget):
    """Asks where. A folder that is copied elsewhere is taken only after somebody chose that."""

    def __init__(self, suggested: Path, elsewhere: Path, look: Lookout) -> None:
        """`suggested`: where the case would be. `elsewhere`: what is offered instead of a synced folder."""
        super().__init__()
        self._look = look
        self._elsewhere = elsewhere
        self._accepted: Path | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        choose = Button(self.tr("Choose…"), says=self.tr("Choose another folder"))
        choose.clicked.connect(self._choose)
        self._edit = QLineEdit(str(suggested))
        self._line = PathLine(self._edit, choose)
        words = self.tr("Where it is kept")
        column.addWidget(
            Field(
                words,
                self._line,
                self.tr("You can give it any name. Others who use this computer can see the name, not what is in it."),
            )
        )
        self._edit.setAccessibleName(words)
        self.warning = SyncedWarning(elsewhere)
        self.warning.elsewhere_asked.connect(lambda: self.put(self._elsewhere))
        self.warning.choose_asked.connect(self._choose)
        self.warning.anyway_asked.connect(self._accept)
        column.addWidget(self.warning)
        gone: list[bool] = []
        self._gone = gone
        # An answer may arrive when the page is gone; a method of it would not be called any more by then.
        self.destroyed.connect(lambda: gone.append(True))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._edit.textChanged.connect(self._changed)
        self.setFocusProxy(self._edit)

    @property
    def path(self) -> Path | None:
        """The place as a path with the ending of a case; None where it is no whole path."""
        typed = Path(self._line.answer())
        if not self._line.answer() or not typed.is_absolute():
            return None
        return typed if typed.suffix == ENDING else typed.with_name(typed.name + ENDING)

    @property
    def is_accepted(self) -> bool:
        """Whether somebody chose to keep it there although the folder is copied elsewhere."""
        return self._accepted is not None and self._accepted == self.path

    def put(self, path: Path) -> None:
        """Take another place."""
        self._line.show_answer(str(path))
        self._edit.setFocus()

    def look(self) -> None:
        """Find out whether the place is copied elsewhere."""
        self._pause.stop()
        path = self.path
        if path is None or self.is_accepted:
            return

        def tell(found: SyncedFolder | None) -> None:
            if self._gone or path != self.path or self.is_accepted:
                return
            if found is None:
                self.warning.hide()
            else:
                self.warning.warn(found)

        self._look(path, tell)

    def _changed(self) -> None:
        if not self.is_accepted:
            self.warning.hide()
        self._pause.start()

    def _accept(self) -> None:
        self._accepted = self.path
        self.warning.settle()
        self._edit.setFocus()

    def _choose(self) -> None:
        name = Path(self._line.answer()).name or f"notes{ENDING}"
        choose_folder(self, self.tr("Where it is kept"), lambda folder: self.put(folder / name))
