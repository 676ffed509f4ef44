"""About this case: its neutral title, who writes it down, the under-18 answer, and the way to who records."""

from typing import TYPE_CHECKING

from ui.desk import Desk
from ui.editor import Editor
from ui.pages.page import READABLE, Page
from ui.places import Place, Way
from ui.widgets.card import Card
from ui.widgets.flow import flow_of
from ui.widgets.text import Button
from vault.chain import EntryId, Kind

if TYPE_CHECKING:
    from app.casefile import Casefile


class AboutCasePage(Page):
    """The form of the case itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            self.tr("About this case"), self.tr("Everything here can stay empty. You can change it at any time.")
        )
        self._desk = desk
        people = Button(self.tr("Who records here"), says=self.tr("Who records here: see, change or add somebody"))
        people.clicked.connect(lambda: self.go.emit(Way(Place.PEOPLE)))
        self.add(flow_of(people), gap=8)
        card = Card()
        self.editor = Editor(desk, Kind.CASE)
        card.add(self.editor)
        self.add(card, width=READABLE)
        self.end()

    def enter(self, way: Way) -> None:  # noqa: ARG002
        """Read the case."""

        def which(casefile: "Casefile") -> EntryId:
            return casefile.case_subject().id

        self._desk.ask(which, self.editor.open)
