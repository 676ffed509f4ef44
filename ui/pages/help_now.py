"""Help now: whom one can turn to, in danger and otherwise; it works while the case is locked, too."""

from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtWidgets import QGridLayout, QWidget

from app.guidance import Guidance, HelpContact, guidance
from ui import theme
from ui.pages.page import Page
from ui.places import Way
from ui.widgets.card import Card, Cards
from ui.widgets.text import Look, Text

_KEYS = (
    ("Ctrl+1 … Ctrl+9", "The places of the left column, from the first to the ninth"),
    ("Ctrl+F", "Search in a list"),
    ("Ctrl+Shift+S", "Capture the whole screen"),
    ("Ctrl+Shift+A", "Capture a part of the screen"),
    ("Ctrl+Shift+F", "Add files"),
    ("Ctrl+N", "A new one of what the page is about"),
    ("Ctrl+Return", "Keep this"),
    ("Ctrl+L", "Lock"),
    ("F1", "Help now"),
)


class HelpPage(Page):
    """Contacts as text that can be copied. Nothing is dialled, opened or fetched."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Help now"),
            self.tr("What happened is not your fault. You can talk to somebody, whether you report it or not."),
        )
        known = guidance()
        for group in known.groups:
            self.add(Text(_tr(group.title), Look.SECTION), gap=14)
            cards = Cards()
            cards.show_cards([_card(contact) for contact in group.contacts])
            self.add(cards, gap=0)
        self.add(Text(self._checked(known), Look.SMALL), gap=16)
        self.add(Text(self.tr("Keys"), Look.SECTION), gap=18)
        self.add(_keys(), gap=0)
        self.end()

    def enter(self, way: Way) -> None:  # noqa: ARG002
        """Begin at the top."""
        self.verticalScrollBar().setValue(0)
        self.setFocus()

    def _checked(self, known: Guidance) -> str:
        day = known.checked_on
        words = QLocale().toString(QDate(day.year, day.month, day.day), "d MMMM yyyy")
        return self.tr(
            "This list was made on {0} and comes with the program. Entries marked “not confirmed” could not be looked "
            "up on their own pages then. Numbers can change."
        ).format(words)


def _card(contact: HelpContact) -> Card:
    card = Card(contact.name, _tr(contact.about) if contact.about else "")
    for way in contact.ways:
        dialled = way[0].isdigit() or way.startswith("Text")
        line = Text(way, Look.NUMBER if dialled else Look.CODE, copyable=True)
        line.setAccessibleDescription(contact.name)
        card.add(line)
    notes = [_tr(contact.hours)] if contact.hours else []
    if not contact.checked:
        notes.append(QCoreApplication.translate("HelpPage", "not confirmed"))
    if notes:
        card.add(Text(" · ".join(notes), Look.SMALL))
    card.body.addStretch(1)
    return card


def _keys() -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(20))
    grid.setVerticalSpacing(theme.px(6))
    for row, (keys, does) in enumerate(_KEYS):
        grid.addWidget(Text(keys, Look.CODE, wraps=False), row, 0)
        grid.addWidget(Text(_tr(does), Look.MUTED), row, 1)
    grid.setColumnStretch(1, 1)
    return holder


def _tr(text: str) -> str:
    return QCoreApplication.translate("guidance", text)
