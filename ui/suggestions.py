"""What is still missing, as cards: what it is about, what would help, the way to its question, and Not now."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.kinds import Kind
from ui.case_reading import views
from ui.desk import Desk
from ui.places import PLACE_OF, Place, Way
from ui.rows import short_words
from ui.widgets.card import Card
from ui.widgets.flow import flow_of
from ui.widgets.text import Button, Look
from ui.words import kind_words, translated

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.case_views import Suggestion
    from app.casefile import Casefile
    from app.gaps import Gap

_SORTING = "exhibit-not-sorted"
"""Home has one card for all of these."""


class Suggestions(QObject):
    """What is missing, without what somebody does not want to see in this opening."""

    changed = Signal()
    """Something more is not wanted now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._not_now: set[tuple[str, str]] = set()

    def ask(self, most: int, on_found: "Callable[[list[Suggestion], int], None]", *, sorting: bool) -> None:
        """The most urgent ones, and how many there are in all. `sorting`: also each picture that is not sorted yet."""
        hidden = frozenset(self._not_now)

        def find(casefile: "Casefile") -> "tuple[list[Suggestion], int]":
            found: list[Gap] = [
                gap
                for gap in views().missing(casefile)
                if (gap.subject, gap.missing.value) not in hidden and (sorting or gap.missing.value != _SORTING)
            ]
            return views().suggestions(casefile, found[:most]), len(found)

        self._desk.ask(find, lambda answer: on_found(*answer))

    def card(self, suggestion: "Suggestion", go: "Callable[[Way], None]") -> Card:
        """One of them as a card."""
        subject = suggestion.subject
        about = short_words(subject) or kind_words(subject.kind)
        card = Card(about, translated(suggestion.words))
        verb = self.tr("Add it") if suggestion.field else self.tr("Open it")
        there = Button(verb, says=f"{verb}: {about}, {translated(suggestion.words)}")
        way = Way(PLACE_OF[subject.kind], subject=subject.id, field=suggestion.field)
        if subject.kind is Kind.TAKEDOWN and suggestion.missing.value == "removal-without-capture":
            there = Button(self.tr("Capture it now"), says=f"{self.tr('Capture it now')}: {about}")
            way = Way(Place.CAPTURE, url=str(subject.data.get("url") or ""))
        there.clicked.connect(lambda: go(way))
        later = Button(self.tr("Not now"), Look.QUIET, says=self.tr("Not now: {0}").format(about))
        later.clicked.connect(lambda: self._hide(suggestion))
        card.add(flow_of(there, later), gap=4)
        card.body.addStretch(1)
        return card

    def _hide(self, suggestion: "Suggestion") -> None:
        subject, missing = suggestion.key
        self._not_now.add((subject, missing.value))
        self.changed.emit()
