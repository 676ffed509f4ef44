"""The first page: open a case with its passphrase, or begin a new one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from ui.entrance import Opening
from ui.messages import Message
from ui.pages.page import READABLE, Page
from ui.places import Way
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.files import choose_folder
from ui.widgets.flow import flow_of
from ui.widgets.in_sight import bring_into_sight
from ui.widgets.passphrase import PassphraseField
from ui.widgets.path_line import PathLine
from ui.widgets.text import Button, Look, Text
from ui.widgets.who_records import WhoRecords
from vault.chain import Author


class UnlockPage(Page):
    """Where a case is opened."""

    open_asked = Signal(object)
    """An Opening."""
    create_asked = Signal()
    forgotten = Signal()
    """The passphrase is forgotten."""
    typing = Signal()
    """Somebody is typing the passphrase."""

    def __init__(self) -> None:
        super().__init__(self.tr("Welcome"), self.tr("Everything stays on this computer, closed until you open it."))
        self._card = Card()
        edit = QLineEdit()
        choose = Button(self.tr("Choose…"), says=self.tr("Choose where your case is"))
        choose.clicked.connect(self._choose)
        self._path = PathLine(edit, choose)
        self._where = Field(self.tr("Where your case is"), self._path)
        edit.setAccessibleName(self.tr("Where your case is"))
        edit.returnPressed.connect(self._ask)
        self._card.add(self._where)
        self._passphrase = PassphraseField(self.tr("Passphrase"))
        self._passphrase.entered.connect(self._ask)
        self._passphrase.edited.connect(self.typing)
        self._card.add(self._passphrase, gap=6)
        self._who = WhoRecords()
        self._who.chosen.connect(self._open_as)
        # Names are shown for this place and this passphrase, and for no other.
        self._passphrase.edited.connect(self._who.forget)
        edit.textChanged.connect(lambda _text: self._who.forget())
        self._card.add(self._who, gap=6)
        self._trouble = Text("", Look.PLAIN)
        self._trouble.hide()
        self._card.add(self._trouble, gap=4)
        self._open = Button(self.tr("Open"), Look.PRIMARY, big=True)
        self._open.clicked.connect(self._ask)
        forgot = Button(self.tr("I forgot my passphrase"), Look.QUIET)
        forgot.clicked.connect(self.forgotten)
        self._card.add(flow_of(self._open, forgot), gap=8)
        self.add(self._card, gap=16, width=READABLE)
        begin = Button(self.tr("Begin a new case"))
        begin.clicked.connect(self.create_asked)
        self.add(Text(self.tr("Not used Holdfast before?"), Look.SECTION), gap=20)
        self.add(flow_of(begin), gap=4)
        self.end()

    def enter(self, way: Way) -> None:  # noqa: ARG002
        """Put the cursor where something is missing."""
        (self._passphrase if self._path.answer() else self._path.widget).setFocus()

    def show_path(self, path: Path | None) -> None:
        """Where the case is, as far as it is known. It is kept in memory alone."""
        self._path.show_answer(str(path) if path else "")
        self._passphrase.clear()
        self._who.forget()

    @property
    def path(self) -> Path | None:
        """The place as it stands there."""
        return Path(self._path.answer()) if self._path.answer() else None

    def wait(self, words: str) -> None:
        """Say that something is being done, and take nothing until it is; an empty text ends that."""
        self._card.setEnabled(not words)
        self._open.setText(words or self.tr("Open"))
        if words:
            self._trouble.hide()

    def say(self, message: Message) -> None:
        """Say why it was not opened."""
        self.wait("")
        self._trouble.say(message.sentences)
        self._trouble.setVisible(True)
        self._passphrase.select_all()
        bring_into_sight(self._trouble)

    def ask_who(self, people: Sequence[Author], passphrase: str) -> None:
        """Ask which of these records now; the passphrase was right, and need not be typed again."""
        self.wait("")
        self._passphrase.put(passphrase)
        self._who.ask(people)
        self.lead_to(self._who)

    def _choose(self) -> None:
        choose_folder(self, self.tr("Where your case is"), lambda path: self._path.show_answer(str(path)))

    def _ask(self) -> None:
        if not self._path.answer():
            self._path.widget.setFocus()
            return
        if self._who.isHidden():
            self._open_as("")
        else:
            self._who.answer()

    def _open_as(self, initials: str) -> None:
        self.open_asked.emit(Opening(Path(self._path.answer()), self._passphrase.text(), initials or None))
