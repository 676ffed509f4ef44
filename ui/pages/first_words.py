"""The last step of beginning a case, or of a new passphrase: recovery words. The case is whole without it."""

from app.safe_keeping import Safety, safety
from ui.desk import Desk
from ui.pages.page import READABLE, Page
from ui.places import Place, Way
from ui.safety.words import RecoveryWords
from ui.widgets.flow import flow_of
from ui.widgets.text import Button, Look


class FirstWordsPage(Page):
    """Shows new recovery words at once; whoever leaves it loses nothing but those words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            self.tr("One more step: recovery words"),
            self.tr("Your case is ready and kept. If you do this later, Home reminds you."),
        )
        self._desk = desk
        self.words = RecoveryWords(desk)
        self.words.tested.connect(self._done)
        self.words.left.connect(self._home)
        self.add(self.words, gap=8, width=READABLE)
        self._on = Button(self.tr("Go on"), Look.PRIMARY, big=True)
        self._on.clicked.connect(self._home)
        self.add(flow_of(self._on), gap=16)
        self.end()

    def enter(self, way: Way) -> None:  # noqa: ARG002
        """Show new words."""
        self._on.hide()
        self.words.first.show()
        self._desk.ask(safety, self._begin)

    def _begin(self, seen: Safety) -> None:
        self.words.show_state(has_words=seen.has_words)
        why_not = self._desk.why_not
        self.words.allow(allowed=not why_not, why_not=why_not)
        if self.isVisible() and not why_not:
            self.words.begin()

    def _done(self) -> None:
        self.words.first.hide()
        self._on.show()
        self._on.setFocus()

    def _home(self) -> None:
        self.go.emit(Way(Place.HOME))
