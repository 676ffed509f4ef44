"""A row with a gap above it that goes away together with what is in the row."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout

from ui import theme


class Gap(QHBoxLayout):
    """Qt's own rows keep their margins where everything in them is hidden."""

    def __init__(self, gap: int) -> None:
        """`gap` in sp."""
        super().__init__()
        self.setContentsMargins(0, theme.px(gap), 0, 0)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(0, 0) if self.isEmpty() else super().sizeHint()

    def minimumSize(self) -> QSize:  # noqa: N802
        return QSize(0, 0) if self.isEmpty() else super().minimumSize()

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return 0 if self.isEmpty() else super().heightForWidth(width)

    def minimumHeightForWidth(self, width: int) -> int:  # noqa: N802
        return 0 if self.isEmpty() else super().minimumHeightForWidth(width)
