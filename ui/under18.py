"""What the window says where somebody in a picture could be under 18: the question, the advice, holding."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal

from app.under18_words import under18_words
from ui.widgets.card import Card
from ui.widgets.flow import flow_of
from ui.widgets.in_sight import bring_into_sight
from ui.widgets.text import Button, Look, Text


class WordsOnlyAdvice(Card):
    """Why there are words instead of a picture, and what to do with the originals."""

    def __init__(self) -> None:
        words = under18_words()
        super().__init__(_tr(words.words_only.title), amber=True)
        for reason in words.words_only.reasons:
            self.add(Text(_tr(reason)))
        self.add(Text(_tr(words.words_only.originals), Look.CARD_TITLE), gap=4)


class WhomToTurnTo(Card):
    """The contacts where somebody could be under 18."""

    def __init__(self) -> None:
        super().__init__(self.tr("Whom you can turn to"))
        add_contacts(self)


class PictureQuestion(Card):
    """The question about one picture: ordinary, or in words instead.

    The keyboard begins at the question itself, not at an answer: Enter pressed twice answers no other picture.
    """

    ordinary = Signal()
    words_only = Signal()

    def __init__(self, name: str, later: Callable[[], None]) -> None:
        """`name`: of the file, made visible; empty for the screen. `later`: it is neither kept nor written down."""
        words = under18_words().question
        super().__init__(f"{_tr(words.title)}: {name}" if name else _tr(words.title), amber=True)
        self.add(Text(_tr(words.why)))
        self.add(Text(f"“{_tr(words.ordinary)}.”", Look.CARD_TITLE))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleDescription(_tr(words.why))
        first = Button(_tr(words.yes), says=f"{_tr(words.ordinary)}: {_tr(words.yes)}")
        first.clicked.connect(self.ordinary)
        instead = Button(_tr(words.no), says=_tr(words.words_only))
        instead.clicked.connect(self.words_only)
        leave = Button(self.tr("Leave it"), Look.QUIET, says=self.tr("Leave it: keep nothing"))
        leave.clicked.connect(later)
        self.add(flow_of(first, instead, leave), gap=4)


class HoldExhibit(Card):
    """Asks twice before an exhibit is held."""

    confirmed = Signal()

    def __init__(self) -> None:
        words = under18_words().hold
        super().__init__(_tr(words.title), amber=True)
        for sentences in words.what:
            self.add(Text(_tr(sentences)))
        self._first = Button(_tr(words.ask))
        self._first.clicked.connect(self._ask_again)
        self._sure = Text(_tr(words.sure), Look.CARD_TITLE)
        self._second = Button(_tr(words.yes))
        self._second.clicked.connect(self.confirmed)
        self._leave = Button(self.tr("No, leave it"))
        self._leave.clicked.connect(self.hide)
        self.add(self._sure, gap=4)
        self.add(flow_of(self._first, self._second, self._leave), gap=4)
        self.hide()

    def begin(self) -> None:
        """Ask for the first time."""
        self._first.show()
        self._sure.hide()
        self._second.hide()
        self.show()
        self._first.setFocus()
        bring_into_sight(self)

    def _ask_again(self) -> None:
        self._first.hide()
        self._sure.show()
        self._second.show()
        # Not on Yes: Enter pressed twice is no answer to what was asked in between.
        self._leave.setFocus()
        bring_into_sight(self._leave)


class HeldAdvice(Card):
    """What is said of an exhibit that is held."""

    def __init__(self) -> None:
        words = under18_words()
        super().__init__(_tr(words.held.title), amber=True)
        self.add(Text(_tr(words.held.what)))
        self.add(Text(_tr(words.words_only.originals)))
        add_contacts(self)
        self.hide()


def add_contacts(card: Card) -> None:
    """Whom to turn to, each with a number or address to copy."""
    for turn in under18_words().contacts:
        card.add(Text(f"{turn.name}. {_tr(turn.about)}"), gap=2)
        line = Text(turn.way, Look.NUMBER if turn.way.isdigit() else Look.CODE, copyable=True)
        line.setAccessibleDescription(turn.name)
        card.add(line)


def _tr(text: str) -> str:
    return QCoreApplication.translate("under18", text)
