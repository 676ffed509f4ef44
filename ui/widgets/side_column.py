"""The column on the left: the places, how much is in each, and where one is."""

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.places import IN_COLUMN, Place, Way
from ui.widgets.text import Button, Look, Text

_AROUND = 12
"""Room around the words, and between them and the number, in sp."""
_LEAST_DIGITS = "00"
"""Room is kept for so many, so that the column does not grow with the tenth."""
_NUMBERED = 9
"""So many places have a number for the keyboard."""


def place_words(place: Place) -> str:
    """What a place of the column is called."""
    names = {
        Place.HOME: QT_TRANSLATE_NOOP("SideColumn", "Home"),
        Place.EVIDENCE: QT_TRANSLATE_NOOP("SideColumn", "Evidence"),
        Place.HAPPENED: QT_TRANSLATE_NOOP("SideColumn", "What happened"),
        Place.ACCOUNTS: QT_TRANSLATE_NOOP("SideColumn", "Accounts"),
        Place.MONEY: QT_TRANSLATE_NOOP("SideColumn", "Money"),
        Place.REMOVALS: QT_TRANSLATE_NOOP("SideColumn", "Removals"),
        Place.CONTACTS: QT_TRANSLATE_NOOP("SideColumn", "Who was told"),
        Place.TIMELINE: QT_TRANSLATE_NOOP("SideColumn", "Timeline"),
        Place.REPORT: QT_TRANSLATE_NOOP("SideColumn", "Report"),
        Place.HELP: QT_TRANSLATE_NOOP("SideColumn", "Help now"),
        Place.SAFE: QT_TRANSLATE_NOOP("SideColumn", "Keeping it safe"),
    }
    return QCoreApplication.translate("SideColumn", names[place])


class _Scroll(QScrollArea):
    """As wide as what is in it; it scrolls only where large text needs more height than there is."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:  # noqa: N802
        body = self.widget()
        width = body.sizeHint().width() if body is not None else 0
        return QSize(width + self.verticalScrollBar().sizeHint().width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(self.sizeHint().width(), 0)


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
        row.setContentsMargins(theme.px(_AROUND), 0, theme.px(_AROUND), 0)
        self._count = Text("", Look.COUNT, wraps=False)
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addStretch(1)
        row.addWidget(self._count)

    def sizeHint(self) -> QSize:  # noqa: N802
        # The words are bold where one is: they have that room everywhere, or the number would be in it.
        words = QFontMetrics(theme.sized(15, bold=True)).horizontalAdvance(self._words)
        digits = QFontMetrics(theme.sized(13)).horizontalAdvance(max(self._count.text(), _LEAST_DIGITS, key=len))
        return QSize(words + digits + 3 * theme.px(_AROUND), super().sizeHint().height())

    def show_count(self, count: int) -> None:
        """How many there are; nothing is shown for none."""
        self._count.say(str(count) if count else "")
        self.updateGeometry()
        self.setAccessibleName(f"{self._words}, {count}" if count else self._words)


class SideColumn(QFrame):
    """Where one can go. Ctrl+1 to Ctrl+9 lead to the first nine as well."""

    go = Signal(object)
    """A Way."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("column")
        self.setAccessibleName(self.tr("Places"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = _Scroll()
        outer.addWidget(scroll)
        body = QWidget()
        body.setObjectName("column")
        column = QVBoxLayout(body)
        column.setContentsMargins(theme.px(12), theme.px(24), theme.px(12), theme.px(24))
        column.setSpacing(0)
        brand = Text("Holdfast", Look.BRAND, wraps=False)
        brand.setContentsMargins(theme.px(12), 0, theme.px(12), theme.px(16))
        column.addWidget(brand)
        self._group = QButtonGroup(self)
        self._places: dict[Place, PlaceButton] = {}
        heads = {Place.HAPPENED: self.tr("Written down"), Place.TIMELINE: self.tr("All of it")}
        for number, place in enumerate(IN_COLUMN, start=1):
            button = PlaceButton(place_words(place), f"Ctrl+{number}" if number <= _NUMBERED else "")
            button.clicked.connect(lambda _checked=False, place=place: self.go.emit(Way(place)))
            self._group.addButton(button)
            if place is Place.HELP:
                column.addStretch(1)
                column.addSpacing(theme.px(12))
            if place in heads:
                head = Text(heads[place], Look.SMALL, wraps=False)
                head.setContentsMargins(theme.px(12), theme.px(14), theme.px(12), theme.px(2))
                column.addWidget(head)
            self._places[place] = button
            column.addWidget(button)
        self._scroll = scroll
        scroll.setWidget(body)
        scroll.setAccessibleName(self.tr("Places"))
        self.setMinimumWidth(theme.px(150) + 58)

    def show_place(self, place: Place) -> None:
        """Mark where one is; a page that is not in the column belongs to Home."""
        button = self._places.get(place, self._places[Place.HOME])
        button.setChecked(True)
        self._scroll.ensureWidgetVisible(button, 0, theme.px(24))

    def show_counts(self, counts: dict[Place, int]) -> None:
        """How much is in each place."""
        for place, count in counts.items():
            self._places[place].show_count(count)
