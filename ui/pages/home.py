"""Home: one thing to do first, and what is still open if there are a few minutes."""

from PySide6.QtWidgets import QWidget

from app.kinds import Account, Exhibit, Platform
from app.overview import Overview, overview
from app.plaintext import visible
from app.safe_keeping import Safety, safety
from app.subjects import Subject
from ui.desk import Desk
from ui.pages.page import Page
from ui.places import Place, Way
from ui.rows import short_words
from ui.widgets.card import Card, Cards, offer
from ui.widgets.flow import Flow, flow_of
from ui.widgets.text import Button, Look, Pill, Text
from ui.words import method_words, moment_of, moment_words, translated


class HomePage(Page):
    """The first page of an open case."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            self.tr("What would you like to do?"),
            self.tr("You can stop at any time. Nothing is lost, and nothing leaves this computer."),
        )
        self._desk = desk
        self._words_later = False
        self._capture = Button(self.tr("Capture now"), Look.PRIMARY, big=True)
        self._capture.clicked.connect(lambda: self.go.emit(Way(Place.CAPTURE)))
        write = Button(self.tr("Write down what happened"), big=True)
        write.clicked.connect(lambda: self.go.emit(Way(Place.HAPPENED, new=True)))
        self.add(flow_of(self._capture, write, gap=14))
        self._when_minutes = Text(self.tr("If you have a few minutes"), Look.SECTION)
        self.add(self._when_minutes, gap=18)
        self._cards = Cards()
        self.add(self._cards, gap=0)
        self._last_title = Text(self.tr("Last kept"), Look.SECTION)
        self.add(self._last_title, gap=18)
        self._last = QWidget()
        self._last_flow = Flow(self._last, 8)
        self.add(self._last, gap=0)
        about = Button(self.tr("About this case"))
        about.clicked.connect(lambda: self.go.emit(Way(Place.CASE)))
        happened = Button(self.tr("What I wrote down"))
        happened.clicked.connect(lambda: self.go.emit(Way(Place.HAPPENED)))
        self.add(flow_of(happened, about), gap=24)
        self.end()
        for widget in (self._when_minutes, self._last_title, self._last):
            widget.hide()

    def enter(self, way: Way) -> None:  # noqa: ARG002
        """Look through the case."""
        self._capture.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Look through the case again."""
        self._desk.ask(lambda casefile: (overview(casefile), safety(casefile)), lambda seen: self._show(*seen))

    def _show(self, seen: Overview, safe: Safety) -> None:
        cards = [*self._found(seen), *self._to_keep_safe(safe), *self._open_questions(seen)]
        self._cards.show_cards(cards)
        self._when_minutes.setVisible(bool(cards))
        newest = seen.newest
        self._last.setVisible(newest is not None)
        self._last_title.setVisible(newest is not None)
        if newest is not None:
            self._show_last(newest)

    def _show_last(self, newest: Subject) -> None:
        while (item := self._last_flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        record = newest.record
        moment = moment_of(record.captured_at) if isinstance(record, Exhibit) else None
        method = method_words(record.method) if isinstance(record, Exhibit) else ""
        when = moment_words(moment, self._desk.zone) if moment else ""
        self._last_flow.addWidget(Text(" · ".join(part for part in (newest.ref, method, when) if part), wraps=False))
        self._last_flow.addWidget(Pill(self.tr("Saved")))

    def _found(self, seen: Overview) -> list[Card]:
        return [
            Card(
                self.tr("Something was found when this case was opened"),
                f"{translated(finding.words)} {self.tr('It is noted in the log. What is there can be read.')}",
                amber=True,
            )
            for finding in seen.findings
        ]

    def _to_keep_safe(self, safe: Safety) -> list[Card]:
        cards: list[Card] = []
        if safe.read_only:
            return cards
        if not safe.has_words and not self._words_later:
            card = offer(
                self.tr("If you forget the passphrase"),
                self.tr("Twelve words on paper can open this case then. Without them nobody can, not even us."),
                self.tr("Write them down"),
                lambda: self.go.emit(Way(Place.SAFE, words=True)),
            )
            later = Button(self.tr("Later"), Look.QUIET, says=self.tr("Later: write no recovery words down now"))
            later.clicked.connect(self._leave_words_for_later)
            card.add(later)
            cards.append(card)
        if safe.unsaved:
            cards.append(
                offer(
                    self.tr("The newest things are in no backup yet"),
                    self.tr("If this computer breaks or is taken away, a copy on a stick still has everything."),
                    self.tr("Make a backup"),
                    lambda: self.go.emit(Way(Place.SAFE)),
                )
            )
        return cards

    def _leave_words_for_later(self) -> None:
        self._words_later = True
        self._capture.setFocus()
        self.refresh()

    def _open_questions(self, seen: Overview) -> list[Card]:
        cards = []
        if seen.exhibits.unsorted:
            cards.append(
                offer(
                    (
                        self.tr("1 capture is not sorted yet")
                        if seen.exhibits.unsorted == 1
                        else self.tr("%n captures are not sorted yet", "", seen.exhibits.unsorted)
                    ),
                    self.tr("They count as intimate until you say otherwise."),
                    self.tr("Sort them"),
                    lambda: self.go.emit(Way(Place.EVIDENCE, only_unsorted=True)),
                )
            )
        without_id, payment = seen.without_id, seen.perhaps_collectable
        if without_id is not None:
            cards.append(self._missing_id(without_id))
        if payment is not None:
            cards.append(
                offer(
                    self.tr("Was the money collected?"),
                    self.tr("{0}. If not, you may still be able to cancel it today.").format(short_words(payment)),
                    self.tr("Check first"),
                    lambda: self.go.emit(Way(Place.MONEY, subject=payment.id)),
                )
            )
        if seen.last_receipt is None and seen.counts.exhibits:
            cards.append(
                offer(
                    self.tr("No receipt given yet"),
                    self.tr("A short code that you give to somebody you trust shows later that nothing was changed."),
                    self.tr("Give a receipt"),
                    lambda: self.go.emit(Way(Place.REPORT)),
                )
            )
        if not seen.counts.accounts:
            cards.append(
                offer(
                    self.tr("Who did this?"),
                    self.tr("A user name or a Skype ID helps the police more than anything. You can also skip this."),
                    self.tr("Add an account"),
                    lambda: self.go.emit(Way(Place.ACCOUNTS, new=True)),
                )
            )
        return cards

    def _missing_id(self, account: Subject) -> Card:
        record = account.record
        name = ""
        if isinstance(record, Account):
            name = visible(record.display_name or record.handle)
        skype = isinstance(record, Account) and record.platform is Platform.SKYPE
        title = self.tr("The Skype ID of “{0}” is missing") if skype else self.tr("The ID of “{0}” is missing")
        return offer(
            title.format(name or self.tr("an account")),
            self.tr("Police need the ID, not the name: names can be changed."),
            self.tr("Add it"),
            lambda: self.go.emit(Way(Place.ACCOUNTS, subject=account.id)),
        )
