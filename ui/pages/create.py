"""Beginning a case: where it is kept, its passphrase, who records, and the question about under-18s."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.kinds import Case, Person, Under18
from ui.entrance import Beginning
from ui.messages import Message
from ui.pages.page import READABLE, Page
from ui.pages.unlock import PathLine
from ui.places import Way
from ui.widgets.card import Card
from ui.widgets.field import Buttons, Field, PlainLine
from ui.widgets.files import choose_folder
from ui.widgets.flow import flow_of
from ui.widgets.passphrase import PassphraseField
from ui.widgets.text import Button, Look, Text
from ui.words import translated


class CreatePage(Page):
    """Where a case begins."""

    create_asked = Signal(object)
    """A Beginning."""
    back_asked = Signal()

    def __init__(self, suggested: Path) -> None:
        """`suggested`: where the new case would be."""
        super().__init__(
            self.tr("Begin a case"), self.tr("A case is one folder on this computer. Only your passphrase opens it.")
        )
        card = Card()
        self._card = card
        choose = Button(self.tr("Choose…"), says=self.tr("Choose another folder"))
        choose.clicked.connect(self._choose)
        edit = QLineEdit(str(suggested))
        self._path = PathLine(edit, choose)
        card.add(
            Field(
                self.tr("Where it is kept"),
                self._path,
                self.tr("You can give it any name. Others who use this computer can see the name, not what is in it."),
            )
        )
        edit.setAccessibleName(self.tr("Where it is kept"))
        self._passphrase = PassphraseField(
            self.tr("Passphrase"),
            self.tr("Four or more words that only you know. Nobody can open the case without it, we cannot either."),
        )
        self._again = PassphraseField(self.tr("The same passphrase again"))
        card.add(self._passphrase, gap=8)
        card.add(self._again, gap=8)
        self._initials = QLineEdit()
        card.add(
            Field(
                self.tr("Your initials"),
                PlainLine(self._initials),
                translated(Person.spec("initials").ask.hint),
            ),
            gap=8,
        )
        self._under18 = Buttons(Under18, lambda: None, may_be_empty=False)
        self._under18.show_answer(Under18.UNSURE.value)
        ask = Case.spec("under18").ask
        card.add(Field(translated(ask.label), self._under18, translated(ask.hint)), gap=8)
        card.add(
            Text(
                self.tr(
                    "With “No”, every picture is kept. Otherwise you are asked about each picture before it is kept."
                ),
                Look.SMALL,
            )
        )
        self._trouble = Text("")
        self._trouble.hide()
        card.add(self._trouble, gap=4)
        self._create = Button(self.tr("Begin"), Look.PRIMARY, big=True)
        self._create.clicked.connect(self._ask)
        back = Button(self.tr("Back"))
        back.clicked.connect(self.back_asked)
        card.add(flow_of(self._create, back), gap=8)
        for field in (self._passphrase, self._again):
            field.entered.connect(self._ask)
        self._initials.returnPressed.connect(self._ask)
        self.add(card, gap=16, width=READABLE)
        self.end()

    def enter(self, way: Way) -> None:  # noqa: ARG002
        """Put the cursor in the passphrase: the place is filled in."""
        self._passphrase.setFocus()

    def wait(self, words: str) -> None:
        """Say that something is being done, and take nothing until it is; an empty text ends that."""
        self._card.setEnabled(not words)
        self._create.setText(words or self.tr("Begin"))
        if words:
            self._trouble.hide()

    def say(self, message: Message) -> None:
        """Say why no case was begun."""
        self.wait("")
        self._trouble.say(message.sentences)
        self._trouble.show()
        self.ensureWidgetVisible(self._trouble)

    def _choose(self) -> None:
        name = Path(self._path.answer()).name or "notes.holdfast"
        choose_folder(self, self.tr("Where it is kept"), lambda folder: self._path.show_answer(str(folder / name)))

    def _ask(self) -> None:
        trouble = self._missing()
        if trouble is not None:
            self.say(trouble)
            return
        path = Path(self._path.answer())
        if path.suffix != ".holdfast":
            path = path.with_name(path.name + ".holdfast")
        under18 = Under18(str(self._under18.answer()))
        self.create_asked.emit(Beginning(path, self._passphrase.text(), self._initials.text(), under18))

    def _missing(self) -> Message | None:
        if not self._path.answer() or not Path(self._path.answer()).is_absolute():
            self._path.widget.setFocus()
            return Message("", self.tr("Please say where it is to be kept: a whole path, or press Choose."))
        if not self._passphrase.text():
            self._passphrase.setFocus()
            return Message("", self.tr("Please choose a passphrase."))
        if self._passphrase.text() != self._again.text():
            self._again.select_all()
            return Message("", self.tr("The two passphrases are not the same. You can press Show to compare them."))
        if not self._initials.text().strip():
            self._initials.setFocus()
            return Message(
                "", self.tr("Please give initials, two to four letters like AB. They need not be your real ones.")
            )
        return None
