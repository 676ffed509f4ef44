"""What stays shut in a case that is open for reading: it can be seen, and says why it does nothing."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


def shut(why: str, *widgets: QWidget) -> None:
    """Let these do nothing, and say why to whoever points at one or has it read out; an empty `why` leaves them.

    Text stays there to be read, chosen and copied.
    """
    for widget in widgets if why else ():
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            widget.setReadOnly(True)
        else:
            widget.setEnabled(False)
        widget.setToolTip(why)
        widget.setAccessibleDescription(why)
