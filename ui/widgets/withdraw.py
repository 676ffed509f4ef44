"""Taking something back: a reason, then asked once more, with what it means."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit

from app.subjects import Subject
from ui.desk import Desk
from ui.messages import Message
from ui.widgets.card import Card
from ui.widgets.field import Field, PlainLine
from ui.widgets.flow import flow_of
from ui.widgets.in_sight import bring_into_sight
from ui.widgets.text import Button, Look, Text
from ui.worker import Task
from vault.chain import EntryId

if TYPE_CHECKING:
    from app.casefile import Casefile


class Withdraw(Card):
    """Asks twice before something is withdrawn."""

    confirmed = Signal(str)
    """The reason."""

    def __init__(self, *, has_file: bool) -> None:
        """`has_file`: whether a file is removed with it."""
        super().__init__(self.tr("Withdraw this?"), amber=True)
        self._edit = QLineEdit()
        for sentences in self._what_it_means(has_file=has_file):
            self.add(Text(sentences))
        self.add(Field(self.tr("Why? A few words are enough"), PlainLine(self._edit)), gap=4)
        self._first = Button(self.tr("Withdraw"))
        self._first.clicked.connect(self._ask_again)
        self._sure = Text(self.tr("Are you sure? This cannot be undone."), Look.CARD_TITLE)
        self._second = Button(self.tr("Yes, withdraw it"))
        self._second.clicked.connect(lambda: self.confirmed.emit(self._edit.text().strip()))
        self._leave = Button(self.tr("No, leave it"))
        self._leave.clicked.connect(self.hide)
        self._edit.returnPressed.connect(self._ask_again)
        self.add(self._sure, gap=4)
        self.add(flow_of(self._first, self._second, self._leave), gap=4)
        self.hide()

    def _what_it_means(self, *, has_file: bool) -> tuple[str, ...]:
        if not has_file:
            return (
                self.tr(
                    "It is no longer found by its words. What was written stays in the log, so everybody can see that "
                    "something was withdrawn. The police may prefer that it stands: a mistake can also be corrected."
                ),
            )
        return (
            self.tr(
                "The file is removed from the vault for good. The words and the hash stay in the log, so everybody can "
                "see that something was withdrawn."
            ),
            self.tr(
                "The police may prefer the original: a picture that was not touched is worth more to them. You can "
                "also keep it here, covered, and leave it out of a report."
            ),
            self.tr(
                "Backups that were made before still hold the picture, and so do reports and other copies that "
                "were handed over. Bring each backup up to date afterwards: that removes it there too."
            ),
        )

    def begin(self) -> None:
        """Ask for the first time."""
        self._edit.clear()
        self._first.show()
        self._sure.hide()
        self._second.hide()
        self.show()
        self._edit.setFocus()
        bring_into_sight(self)

    def _ask_again(self) -> None:
        if not self._edit.text().strip():
            self._edit.setFocus()
            return
        self._first.hide()
        self._sure.show()
        self._second.show()
        # Not on Yes: Enter pressed twice is no answer to what was asked in between.
        self._leave.setFocus()
        bring_into_sight(self._leave)


def take_back(desk: Desk, subject: Subject, why: str, on_done: Callable[[EntryId], None]) -> None:
    """Withdraw something; where the disk did not let a file of it be removed, that is told."""

    def withdraw(casefile: "Casefile", _task: Task) -> tuple[EntryId, int]:
        entry = casefile.withdraw(subject, why)
        return entry.id, sum(casefile.vault.objects.may_hold(stored.id) for stored in subject.objects)

    def done(result: tuple[EntryId, int]) -> None:
        entry, left = result
        on_done(entry)
        if left:
            desk.tell(_not_removed(left, len(subject.objects)))

    desk.keep(withdraw, done)


def _not_removed(left: int, files: int) -> Message:
    still = _tr("{0} of {1} files are still there.").format(left, files) if files > 1 else _tr("It is still there.")
    return Message(
        _tr("It is withdrawn, but its file could not be removed"),
        f"{_tr('The disk did not let that be done.')} {still}",
        _tr("Nobody sees it in this case any more, and no report has it."),
        _tr(
            "The next time this case is opened, Holdfast tries again. “Check everything” under “Keeping it safe” tells "
            "whether it is gone."
        ),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Withdraw", text)
