"""Changing what stands on a scrolling page while somebody types there: what they look at stays in its place."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


def steadily(inside: QWidget, change: Callable[[], None]) -> None:
    """Make a change inside a widget; where the cursor is in it, that place keeps its height on the screen."""
    focus = QApplication.focusWidget()
    area = _around(inside)
    if focus is None or area is None or not inside.isAncestorOf(focus):
        change()
        return
    before = _height(focus, area)
    change()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    if focus.isVisible():
        bar = area.verticalScrollBar()
        bar.setValue(bar.value() + _height(focus, area) - before)


def _around(widget: QWidget) -> QScrollArea | None:
    """The nearest scrolling area around a widget."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def _height(widget: QWidget, area: QScrollArea) -> int:
    return widget.mapTo(area, QPoint(0, 0)).y()
