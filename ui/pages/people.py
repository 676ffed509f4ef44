"""Who records in this case: who it is now, changing that, and adding somebody."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.kinds import Kind, Person
from app.plaintext import visible, visible_sentence
from app.subjects import Subject
from ui.desk import Desk
from ui.editor import Editor
from ui.messages import message_for
from ui.pages.page import READABLE, Page
from ui.places import Place, Way
from ui.widgets.card import Card
from ui.widgets.flow import flow_of
from ui.widgets.form import RecordForm
from ui.widgets.shut import shut
from ui.widgets.text import Button, Look, Pill, Text
from ui.words import role_words

if TYPE_CHECKING:
    from app.casefile import Casefile


@dataclass(frozen=True, slots=True)
class Recorders:
    """Everybody who records in a case, and the initials of whoever does now."""

    people: tuple[Subject, ...]
    now: str


def recorders(casefile: "Casefile") -> Recorders:
    """Who records. Raises VaultError."""
    people = tuple(reversed(list(casefile.subjects(Kind.PERSON))))
    return Recorders(people, casefile.author().initials)


class PeoplePage(Page):
    """The people of a case. Their names stay in the vault and are in no package."""

    changed = Signal()
    """Somebody else records now, or somebody was added."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            self.tr("Who records here"),
            self.tr("Each entry and exhibit carries the initials of whoever made it. Names never leave this case."),
        )
        self._desk = desk
        self._cards: list[Card] = []
        back = Button(self.tr("Back to “About this case”"), Look.QUIET)
        back.clicked.connect(lambda: self.go.emit(Way(Place.CASE)))
        self.add(flow_of(back), gap=4)
        self._first = self.column.count()
        self._editing = Card(self.tr("About this person"))
        self.editor = Editor(desk, Kind.PERSON)
        self._editing.add(self.editor)
        self._editing.hide()
        self.add(self._editing, width=READABLE)
        self._add = Button(self.tr("Add a person"))
        self._add.clicked.connect(self._begin)
        self.add(flow_of(self._add))
        self._adding = Card(
            self.tr("Another person who records"),
            self.tr("Their initials begin the references of what they capture. They open the case like you do."),
        )
        self.form = RecordForm(Person)
        self._adding.add(self.form)
        self._trouble = Text("")
        self._trouble.hide()
        self._adding.add(self._trouble)
        keep = Button(self.tr("Add them"), Look.PRIMARY)
        keep.clicked.connect(self._keep)
        leave = Button(self.tr("Leave it"))
        leave.clicked.connect(self._leave)
        self._adding.add(flow_of(keep, leave), gap=4)
        self._adding.hide()
        self.add(self._adding, width=READABLE)
        shut(desk.why_not, self._add, keep)
        self.end()

    def enter(self, way: Way) -> None:  # noqa: ARG002
        """See who records."""
        self._editing.hide()
        self.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """See again."""
        self._desk.ask(recorders, self._show)

    def _show(self, seen: Recorders) -> None:
        for card in self._cards:
            self.column.removeWidget(card)
            card.deleteLater()
        self._cards = [self._card(person, seen) for person in seen.people]
        for place, card in enumerate(self._cards):
            self.column.insertWidget(self._first + place, card)
            card.show()

    def _card(self, subject: Subject, seen: Recorders) -> Card:
        record = subject.record_of(Person)
        now = record.initials == seen.now
        parts = [visible_sentence(record.name), role_words(record.role) if record.role else ""]
        card = Card(
            visible(record.initials),
            " · ".join(part for part in parts if part),
            pill=Pill(self.tr("records now")) if now else None,
        )
        buttons = []
        if not now:
            take_over = Button(self.tr("Record as {0}").format(visible(record.initials)))
            take_over.clicked.connect(lambda: self._record_as(record.initials))
            shut(self._desk.why_not, take_over)
            buttons.append(take_over)
        more = Button(self.tr("Show"), says=self.tr("Show what is written about {0}").format(visible(record.initials)))
        more.clicked.connect(lambda: self._edit(subject))
        card.add(flow_of(*buttons, more), gap=2)
        return card

    def _edit(self, subject: Subject) -> None:
        self._editing.show()
        self.editor.open(subject.id)
        self.lead_to(self.editor)
        self.editor.form.begin()

    def _record_as(self, initials: str) -> None:
        def taken(_author: object) -> None:
            self.refresh()
            self.changed.emit()

        self._desk.ask(lambda casefile: casefile.record_as(initials), taken)

    def _begin(self) -> None:
        self.form.show_answers({})
        self._trouble.hide()
        self._adding.show()
        self.lead_to(self._adding)
        self.form.begin()

    def _leave(self) -> None:
        self._adding.hide()
        self._add.setFocus()

    def _keep(self) -> None:
        fields = {name: answer for name, answer in self.form.answers().items() if answer}
        if fields.get("initials") and not fields.get("role"):
            # Unsaid, each of their entries would be by the person it happened to.
            self._trouble.say(self.tr("Please choose their role: it stands in each entry that they make."))
            self._trouble.show()
            self.form.lead_to("role")
            return

        def added(_entry: object) -> None:
            self._leave()
            self.refresh()
            self.changed.emit()

        def failed(error: Exception) -> None:
            message = message_for(error)
            self._trouble.say(f"{message.what} {message.next}")
            self._trouble.show()
            self.form.lead_to("initials")

        self._desk.keep(lambda casefile, _task: casefile.add_person(fields), added, failed)
