"""A list and what is chosen in it: side by side where there is room, one after the other where there is not."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.in_sight import bring_into_sight
from ui.widgets.text import Button, Look

_SIDE_BY_SIDE = 700
_DETAIL = 390
_LEAST = 140
_ALONE = 280
"""So high is the detail at least where it stands alone: the page scrolls where that is too much."""


def below(*widgets: QWidget) -> QWidget:
    """These one below the other; the last one takes the room that is left."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(10))
    for widget in widgets:
        column.addWidget(widget)
    column.setStretchFactor(widgets[-1], 1)
    return holder


class ListDetail(QWidget):
    """Holds a list and a detail."""

    back = Signal()
    """From the detail back to the list, where there is room for one of them alone."""

    def __init__(self, listed: QWidget, detail: QWidget, back_words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(20))
        self._listed = listed
        row.addWidget(listed, 1)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(theme.px(8))
        self._back = Button(back_words, Look.QUIET)
        self._back.clicked.connect(self._go_back)
        side.addWidget(self._back)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        holder = QWidget()
        holder.setObjectName("pageBody")
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, theme.px(2), 0)
        inner.addWidget(detail)
        inner.addStretch(1)
        self._scroll.setWidget(holder)
        self._scroll.setAccessibleName(detail.accessibleName())
        side.addWidget(self._scroll, 1)
        row.addWidget(self._side)
        self._has_detail = False
        self._arrange()

    def show_detail(self, *, shown: bool) -> None:
        """Show the detail, or only the list."""
        self._has_detail = shown
        self._scroll.verticalScrollBar().setValue(0)
        self._arrange()
        if self._is_alone:
            bring_into_sight(self._side)

    def show_list(self) -> None:
        """Bring the list into sight where there is room for one of both alone."""
        if self._listed.isHidden():
            self.show_detail(shown=False)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        # Both sides scroll by themselves: they take what height there is.
        return False

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.px(_SIDE_BY_SIDE), theme.px(_LEAST))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        least = self._listed.minimumSizeHint().expandedTo(self._listed.minimumSize()).height()
        return QSize(0, theme.px(_ALONE) if self._is_alone else max(theme.px(_LEAST), least))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._arrange()

    @property
    def _is_alone(self) -> bool:
        return self._has_detail and self._listed.isHidden()

    def _arrange(self) -> None:
        roomy = self.width() >= theme.px(_SIDE_BY_SIDE)
        self._side.setVisible(self._has_detail)
        self._listed.setVisible(roomy or not self._has_detail)
        self._back.setVisible(not roomy)
        if roomy:
            self._side.setFixedWidth(theme.px(_DETAIL))
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)

    def _go_back(self) -> None:
        self.show_detail(shown=False)
        self.back.emit()
