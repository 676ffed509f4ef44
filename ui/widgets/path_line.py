"""A place on the disk: typed, or chosen."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui import theme
from ui.widgets.text import Button


class PathLine:
    """A line with the place of something, and a button to choose it instead of typing."""

    def __init__(self, edit: QLineEdit, choose: Button) -> None:
        self.edit = edit
        self.widget = QWidget()
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(edit, 1)
        row.addWidget(choose)
        self.widget.setFocusProxy(edit)

    def answer(self) -> str:
        """The place as typed."""
        return self.edit.text().strip()

    def show_answer(self, answer: str | list[str]) -> None:
        """Put another place there."""
        self.edit.setText(str(answer))
