"""Destroying a case: asked twice, and the second time its name is typed."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit

from app.errors import WrongUse
from app.plaintext import visible
from app.safe_keeping import require_name
from ui.desk import Desk
from ui.messages import message_for
from ui.safety.deed import Deed
from ui.widgets.field import Field, PlainLine
from ui.widgets.flow import flow_of
from ui.widgets.in_sight import bring_into_sight
from ui.widgets.text import Button, Text


class DestroyCase(Deed):
    """Takes the whole case away for good."""

    confirmed = Signal()
    """Somebody was asked twice and wants it destroyed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            _tr("Destroy this case"),
            _tr("Everything in it is gone then, and nobody can bring it back."),
            _tr("Destroy it…"),
        )
        self._name = ""
        self._yes = Button(self.tr("Yes, I want to destroy it"))
        self._yes.clicked.connect(self._ask_again)
        self._second = Text("")
        self._edit = QLineEdit()
        self._typed = Field(self.tr("The name of the case"), PlainLine(self._edit))
        self._edit.setAccessibleName(self.tr("The name of the case"))
        self._edit.returnPressed.connect(self._destroy)
        self._do = Button(self.tr("Destroy it for good"))
        self._do.clicked.connect(self._destroy)
        leave = Button(self.tr("No, keep it"))
        leave.clicked.connect(self.leave)
        self.ask(
            Text(
                self.tr(
                    "Its keys are overwritten first, then its files are removed. What this cannot reach: backups, "
                    "copies that somebody made, and parts of the disk that are not used again yet; those open only "
                    "with an old copy of the keys. The police may need what is in it: you can also make a backup first."
                )
            ),
            self._second,
            self._typed,
            flow_of(leave, self._yes, self._do),
        )
        self._leave = leave
        self._turn_to(second=False)

    def show_name(self, name: str) -> None:
        """The name that has to be typed."""
        self._name = name
        self._second.say(self.tr("Are you sure? Then type the name of the case: {0}").format(visible(name)))

    def begin(self) -> None:
        """Ask for the first time."""
        super().begin()
        self._turn_to(second=False)
        self._leave.setFocus()

    def forget(self) -> None:
        """Empty the field."""
        self._edit.clear()

    def _turn_to(self, *, second: bool) -> None:
        self._yes.setVisible(not second)
        for widget in (self._second, self._typed, self._do):
            widget.setVisible(second)

    def _ask_again(self) -> None:
        self._turn_to(second=True)
        self._edit.setFocus()
        bring_into_sight(self)

    def _destroy(self) -> None:
        try:
            require_name(Path(self._name), self._edit.text())
        except WrongUse as error:
            self.say(message_for(error).sentences)
            self._edit.setFocus()
            return
        self.confirmed.emit()


def _tr(text: str) -> str:
    return QCoreApplication.translate("DestroyCase", text)
