"""What is still missing: suggestions, the most urgent first. Nothing of it has to be done."""

from typing import TYPE_CHECKING

from ui.desk import Desk
from ui.pages.page import Page
from ui.places import Place, Way
from ui.suggestions import Suggestions
from ui.widgets.card import Cards
from ui.widgets.flow import flow_of
from ui.widgets.text import Button, Look, Text

if TYPE_CHECKING:
    from app.case_views import Suggestion

_MOST = 60
"""So many are shown at once; the next ones follow on request."""


class MissingPage(Page):
    """All suggestions."""

    def __init__(self, desk: Desk, suggestions: Suggestions) -> None:
        super().__init__(
            self.tr("What is still missing"),
            self.tr("Only suggestions: what helps the police most comes first. Everything here can stay as it is."),
        )
        self._desk = desk
        self._suggestions = suggestions
        self._most = _MOST
        self._none = Text(self.tr("Nothing comes to mind that is missing."), Look.MUTED)
        self._none.hide()
        self._cards = Cards()
        self._more = Button(self.tr("Show more"))
        self._more.clicked.connect(self._show_more)
        self._more.hide()
        back = Button(self.tr("Back to Home"), Look.QUIET)
        back.clicked.connect(lambda: self.go.emit(Way(Place.HOME)))
        self.add(flow_of(back), gap=4)
        self.add(self._none)
        self.add(self._cards, gap=4)
        self.add(flow_of(self._more))
        self.end()
        suggestions.changed.connect(self._again)

    def enter(self, way: Way) -> None:  # noqa: ARG002
        """Look what is missing."""
        self._most = _MOST
        self.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Look again."""
        self._suggestions.ask(self._most, self._show, sorting=True)

    def _again(self) -> None:
        if self.isVisible():
            self.setFocus()
            self.refresh()

    def _show_more(self) -> None:
        self._most += _MOST
        self.refresh()

    def _show(self, found: "list[Suggestion]", number: int) -> None:
        self._none.setVisible(not number)
        self._more.setVisible(number > len(found))
        self._cards.show_cards([self._suggestions.card(each, self.go.emit) for each in found])
