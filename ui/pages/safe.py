"""Keeping it safe: passphrase, recovery words, backup, check, a new key, and destroying the case."""

from PySide6.QtCore import QTimer, Signal

from app.safe_keeping import Safety, safety
from ui import theme
from ui.desk import Desk
from ui.pages.page import READABLE, Page
from ui.places import Way
from ui.safety.checking import CheckEverything
from ui.safety.comparing import CompareBackup
from ui.safety.copying import MakeBackup
from ui.safety.deed import Deed
from ui.safety.destroying import DestroyCase
from ui.safety.renewing import ChangePassphrase, HandOver, SomebodyKnows
from ui.safety.ways_in import WaysIn
from ui.safety.words import RecoveryWords
from ui.widgets.text import Look, Text


class SafePage(Page):
    """What can be done so that the case is never lost, and so that nobody else gets in."""

    destroy_asked = Signal()
    """Somebody was asked twice and wants the case destroyed."""
    case_shut = Signal(object)
    """The case had to be closed, so it is to be locked: a Message that says what opens it now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            self.tr("Keeping it safe"), self.tr("A backup and recovery words are worth most. The rest can wait.")
        )
        self._desk = desk
        self.backup = MakeBackup(desk)
        self.words = RecoveryWords(desk)
        self.compare = CompareBackup(desk)
        self.check = CheckEverything(desk)
        self.passphrase = ChangePassphrase(desk, desk.cost)
        self.ways = WaysIn(desk)
        self.somebody_knows = SomebodyKnows(desk, desk.cost)
        self.hand_over = HandOver(desk, desk.cost)
        self.destroying = DestroyCase(desk)
        self._writing = (self.words, self.passphrase, self.somebody_knows, self.hand_over)
        self._section(self.tr("So that nothing is lost"), self.backup, self.words, self.compare, self.check)
        self._section(self.tr("Who can open it"), self.passphrase, self.ways, self.somebody_knows, self.hand_over)
        self._section(self.tr("The end of a case"), self.destroying)
        self.end()
        for deed in (self.passphrase, self.somebody_knows, self.hand_over):
            deed.renewed.connect(self._offer_words)
        for new_key in (self.somebody_knows, self.hand_over):
            new_key.shut.connect(self.case_shut)
        self.destroying.confirmed.connect(self.destroy_asked)

    def _section(self, title: str, *cards: Deed) -> None:
        self.add(Text(title, Look.SECTION), gap=12)
        for card in cards:
            self.add(card, gap=4, width=READABLE)
            card.begun.connect(lambda card=card: self._bring_up(card))

    def _offer_words(self) -> None:
        """Older recovery words are no longer good: show new ones, where somebody is here to write them down."""
        if self.words.isVisible():
            self.words.begin_because(
                self.tr("The new passphrase is set. These are new recovery words: older ones no longer open this case.")
            )

    def enter(self, way: Way) -> None:
        """Look how safe the case stands, and perhaps begin with recovery words."""
        self.backup.first.setFocus()
        self.refresh()
        if way.words:
            self.words.begin()

    def refresh(self) -> None:
        """Look again."""
        self._desk.ask(safety, self._show)

    def _bring_up(self, card: Deed) -> None:
        """Scroll so far that all of it can be seen, once it has its new size."""

        def scroll() -> None:
            self.verticalScrollBar().setValue(card.y() - theme.px(16))

        # One turn for the card to be laid out, one for the page to know how long it is now.
        QTimer.singleShot(0, card, lambda: QTimer.singleShot(0, card, scroll))

    def _show(self, seen: Safety) -> None:
        self.backup.show_state(seen)
        self.words.show_state(has_words=seen.has_words)
        self.destroying.show_name(seen.name)
        why_not = self._desk.why_not
        for card in self._writing:
            card.allow(allowed=not why_not, why_not=why_not)
        # Whoever has a damaged case may want it gone all the same.
        self.destroying.allow(allowed=seen.damaged or not why_not, why_not=why_not)
