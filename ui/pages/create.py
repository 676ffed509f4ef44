"""Beginning a case: where it is kept, its passphrase, who records, and the question about under-18s."""

from itertools import count
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.kinds import Case, Person, Under18
from ui.entrance import Beginning
from ui.judging import judge_with
from ui.messages import Message
from ui.pages.asking import AskingPage
from ui.places import Way
from ui.widgets.case_place import ENDING, CasePlace, Lookout
from ui.widgets.field import Buttons, Field, PlainLine
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.text import Look, Text
from ui.words import translated
from ui.worker import Worker


def new_place(folder: Path) -> Path:
    """Where a new case would be in a folder: a name that is not taken."""
    names = ("notes" if number == 1 else f"notes-{number}" for number in count(1))
    return next(place for name in names if not (place := folder / f"{name}{ENDING}").exists())


class CreatePage(AskingPage):
    """Where a case begins."""

    create_asked = Signal(object)
    """A Beginning."""

    def __init__(self, suggested: Path, elsewhere: Path, worker: Worker, look: Lookout) -> None:
        """`suggested`: where the new case would be. `elsewhere`: what is offered instead of a synced folder."""
        super().__init__(
            self.tr("Begin a case"),
            self.tr("A case is one folder on this computer. Only your passphrase opens it."),
            self.tr("Begin"),
        )
        self.place = CasePlace(suggested, elsewhere, look)
        self._initials = QLineEdit()
        self._initials.returnPressed.connect(self.act)
        self._new = NewPassphrase(judge_with(worker, self._known), first=True)
        self._new.entered.connect(self.act)
        self._under18 = Buttons(Under18, lambda: None, may_be_empty=False)
        self._under18.show_answer(Under18.UNSURE.value)
        under18 = Case.spec("under18")
        self.ask(
            self.place,
            self._new,
            Field(self.tr("Your initials"), PlainLine(self._initials), translated(Person.spec("initials").hint)),
            Field(translated(under18.ask.label), self._under18, translated(under18.hint)),
            Text(
                self.tr(
                    "With “No”, every picture is kept. Otherwise you are asked about each picture before it is kept."
                ),
                Look.SMALL,
            ),
            Text(self.tr("Next come your recovery words. You can leave them for later."), Look.SMALL),
        )
        self.end()

    def enter(self, way: Way) -> None:  # noqa: ARG002
        """Put the cursor in the passphrase: the place is filled in."""
        self._new.setFocus()
        self.place.look()

    def forget(self) -> None:
        """Empty what was typed as a passphrase."""
        self._new.clear()

    def act(self) -> None:
        """Ask for the case to be begun, or say what is missing."""
        trouble = self._missing()
        path = self.place.path
        if trouble or path is None:
            self.say(Message("", trouble))
            return
        self.place.look()
        self.create_asked.emit(
            Beginning(
                path,
                self._new.text(),
                self._initials.text(),
                Under18(str(self._under18.answer())),
                anyway=self.place.is_accepted,
            )
        )

    def _missing(self) -> str:
        if self.place.path is None:
            self.place.setFocus()
            return self.tr("Please say where it is to be kept: a whole path, or press Choose.")
        trouble = self._new.trouble()
        if trouble:
            return trouble
        if not self._initials.text().strip():
            self._initials.setFocus()
            return self.tr("Please give initials, two to four letters like AB. They need not be your real ones.")
        return ""

    def _known(self) -> list[str]:
        path = self.place.path
        return [self._initials.text(), *([path.stem, path.parent.name] if path is not None else [])]
