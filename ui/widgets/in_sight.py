"""Bringing something into sight that was just shown, in whatever scrolls around it."""

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget


def bring_into_sight(widget: QWidget) -> None:
    """Scroll so far that it can be seen, once it has its place."""

    def scroll() -> None:
        # A page that was only just made is laid out from its innermost widget to itself, one request after the other.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        around = widget.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                _scroll_to(widget, around)
            around = around.parentWidget()

    # One turn for the widget to be laid out, one for what scrolls to know how long it is now.
    QTimer.singleShot(0, widget, lambda: QTimer.singleShot(0, widget, scroll))


def _scroll_to(widget: QWidget, around: QScrollArea) -> None:
    """What is higher than can be seen at once is read from its beginning."""
    if widget.height() > around.viewport().height():
        bar = around.verticalScrollBar()
        bar.setValue(bar.value() + widget.mapTo(around.viewport(), QPoint()).y())
    else:
        around.ensureWidgetVisible(widget)
