"""A row with a gap above it that goes away together with what is in the row."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout

from ui import theme


class Gap(QBoxLayout):
    """Qt's own rows keep their margins where everything in them is hidden."""

    def __init__(self, gap: int, direction: QBoxLayout.Direction = QBoxLayout.Direction.TopToBottom) -> None:
        """`gap` in sp. What is narrower than its row stands at its beginning, where `direction` leads down."""
        super().__init__(direction)
        self.setContentsMargins(0, theme.px(gap), 0, 0)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(0, 0) if self.isEmpty() else super().sizeHint()

    def minimumSize(self) -> QSize:  # noqa: N802
        return QSize(0, 0) if self.isEmpty() else super().minimumSize()

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return 0 if self.isEmpty() else super().heightForWidth(width)

    def minimumHeightForWidth(self, width: int) -> int:  # noqa: N802
        return 0 if self.isEmpty() else super().minimumHeightForWidth(width)
