"""The keyboard stays with what somebody can see: what comes late on another page does not take it away."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class Keyboard(QObject):
    """Gives the keyboard back where a page of the window takes it that is not shown.

    Qt gives it to such a page too, and whatever is typed from then on is lost.
    """

    def __init__(self, window: QWidget) -> None:
        """`window`: it may be hidden itself, as it is during a capture."""
        super().__init__(window)
        self._window = window
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._look)

    def _look(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self._window.isAncestorOf(new) or new.isVisibleTo(self._window):
            return
        if old is not None and isValid(old) and old.isVisibleTo(self._window):
            old.setFocus()
        else:
            new.clearFocus()
