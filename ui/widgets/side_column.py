"""The column on the left: the places, how much is in each, and where one is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout

from ui import theme
from ui.places import IN_COLUMN, Place, Way
from ui.widgets.text import Button, Look, Text


class PlaceButton(Button):
    """One place, with a number at its far end."""

    def __init__(self, words: str, keys: str) -> None:
        super().__init__(words, keys=keys)
        self.setProperty("role", "place")
        self.setCheckable(True)
        self._words = words
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.px(12), 0)
        self._count = Text("", Look.COUNT, wraps=False)
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addStretch(1)
        row.addWidget(self._count)

    def show_count(self, count: int) -> None:
        """How many there are; nothing is shown for none."""
        self._count.say(str(count) if count else "")
        self.setAccessibleName(f"{self._words}, {count}" if count else self._words)


class SideColumn(QFrame):
    """Where one can go. Ctrl+1 to Ctrl+7 lead there as well."""

    go = Signal(object)
    """A Way."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("column")
        self.setAccessibleName(self.tr("Places"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(24), theme.px(12), theme.px(24))
        column.setSpacing(0)
        brand = Text("Holdfast", Look.BRAND, wraps=False)
        brand.setContentsMargins(theme.px(12), 0, 0, theme.px(16))
        column.addWidget(brand)
        words = {
            Place.HOME: self.tr("Home"),
            Place.EVIDENCE: self.tr("Evidence"),
            Place.ACCOUNTS: self.tr("Accounts"),
            Place.MONEY: self.tr("Money"),
            Place.REPORT: self.tr("Report"),
            Place.HELP: self.tr("Help now"),
            Place.SAFE: self.tr("Keeping it safe"),
        }
        self._group = QButtonGroup(self)
        self._places: dict[Place, PlaceButton] = {}
        for number, place in enumerate(IN_COLUMN, start=1):
            button = PlaceButton(words[place], f"Ctrl+{number}")
            button.clicked.connect(lambda _checked=False, place=place: self.go.emit(Way(place)))
            self._group.addButton(button)
            if place is Place.SAFE:
                column.addStretch(1)
            self._places[place] = button
            column.addWidget(button)
        self.setMinimumWidth(theme.px(150) + 58)

    def show_place(self, place: Place) -> None:
        """Mark where one is; a page that is not in the column belongs to Home."""
        self._places.get(place, self._places[Place.HOME]).setChecked(True)

    def show_counts(self, counts: dict[Place, int]) -> None:
        """How much is in each place."""
        for place, count in counts.items():
            self._places[place].show_count(count)
