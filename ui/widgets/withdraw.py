"""Taking something back: a reason, then asked once more, with what it means."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from ui.widgets.card import Card
from ui.widgets.field import Field, PlainLine
from ui.widgets.flow import flow_of
from ui.widgets.text import Button, Look, Text


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
        keep = Button(self.tr("No, leave it"))
        keep.clicked.connect(self.hide)
        self._edit.returnPressed.connect(self._ask_again)
        self.add(self._sure, gap=4)
        self.add(flow_of(self._first, self._second, keep), gap=4)
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
                "Backups that were made before still hold the picture. Bring each up to date afterwards: that removes "
                "it there too."
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

    def _ask_again(self) -> None:
        if not self._edit.text().strip():
            self._edit.setFocus()
            return
        self._first.hide()
        self._sure.show()
        self._second.show()
        self._second.setFocus()
