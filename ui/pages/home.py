"""Home: one thing to do first, and what is still open if there are a few minutes."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.damaged import Damaged, damaged
from app.kinds import Exhibit, Under18
from app.overview import Overview, overview
from app.plaintext import visible
from app.safe_keeping import Safety, safety
from app.subjects import Subject
from app.synced import Surroundings, SyncedFolder, synced_folder
from ui.desk import Desk
from ui.pages.page import Page
from ui.places import Place, Way
from ui.read_only import standing_words
from ui.suggestions import Suggestions
from ui.widgets.card import Card, Cards, offer
from ui.widgets.flow import Flow, flow_of
from ui.widgets.shut import shut
from ui.widgets.synced_warning import service_words, sign_words
from ui.widgets.text import Button, Look, Pill, Text, wear
from ui.words import method_words, moment_of, moment_words, translated

if TYPE_CHECKING:
    from app.case_views import Suggestion
    from app.casefile import Casefile

_FEW = 4
"""So many of the suggestions stand on this page."""
_TOLD_ABOVE = {"read_only", "damaged_log"}
"""What is found at opening and stands above every page anyway (vault.opening.FindingKind)."""


class HomePage(Page):
    """The first page of an open case."""

    def __init__(self, desk: Desk, suggestions: Suggestions) -> None:
        super().__init__(
            self.tr("What would you like to do?"),
            (
                self.tr("You can stop at any time. Nothing leaves this computer.")
                if desk.why_not
                else self.tr("You can stop at any time. Nothing is lost, and nothing leaves this computer.")
            ),
        )
        self._desk = desk
        self._suggestions = suggestions
        self._words_only = False
        self._words_later = self._synced_later = False
        self._capture = Button(self.tr("Capture now"), Look.PRIMARY, big=True)
        self._capture.clicked.connect(lambda: self.go.emit(Way(Place.CAPTURE)))
        write = Button(self.tr("Write down what happened"), big=True)
        self._write = write
        write.clicked.connect(lambda: self.go.emit(Way(Place.HAPPENED, new=True)))
        self._reading = Cards(most=1)
        self._reading.setVisible(bool(desk.why_not))
        self.add(self._reading, gap=8)
        self.add(flow_of(self._capture, write, gap=14))
        shut(desk.why_not, self._capture, write)
        self._when_minutes = Text(self.tr("If you have a few minutes"), Look.SECTION)
        self.add(self._when_minutes, gap=18)
        self._cards = Cards()
        self.add(self._cards, gap=0)
        self._missing_title = Text(self.tr("What is still missing"), Look.SECTION)
        self.add(self._missing_title, gap=18)
        self._missing = Cards()
        self.add(self._missing, gap=0)
        every = Button(self.tr("Show all"), says=self.tr("Show all that is still missing"))
        every.clicked.connect(lambda: self.go.emit(Way(Place.MISSING)))
        self._every = flow_of(every)
        self.add(self._every, gap=4)
        suggestions.changed.connect(self._less)
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
        hidden = (self._when_minutes, self._missing_title, self._missing, self._every, self._last_title, self._last)
        for widget in hidden:
            widget.hide()

    def enter(self, way: Way) -> None:  # noqa: ARG002
        """Look through the case."""
        self._begin_with().setFocus()
        self.refresh()

    def _begin_with(self) -> QWidget:
        """What the keyboard is on at first."""
        return self if self._desk.why_not else self._write if self._words_only else self._capture

    def refresh(self) -> None:
        """Look through the case again."""

        def look(casefile: "Casefile") -> tuple[Overview, Safety, SyncedFolder | None]:
            return overview(casefile), safety(casefile), synced_folder(casefile.vault.path, Surroundings())

        if self._desk.why_not:
            self._desk.ask(damaged, lambda found: self._reading.show_cards([_open_for_reading(found)]))

        self._desk.ask(look, lambda seen: self._show(*seen))
        if not self._desk.why_not:
            self._suggestions.ask(_FEW, self._show_missing, sorting=False)

    def _less(self) -> None:
        if self.isVisible():
            self._begin_with().setFocus()
            self.refresh()

    def _show_missing(self, found: "list[Suggestion]", number: int) -> None:
        self._missing.show_cards([self._suggestions.card(each, self.go.emit) for each in found])
        for widget in (self._missing_title, self._missing):
            widget.setVisible(bool(found))
        self._every.setVisible(number > len(found))

    def _show(self, seen: Overview, safe: Safety, synced: SyncedFolder | None) -> None:
        self._put_first(words_only=seen.under18 is not Under18.NO)
        cards = self._found(seen)
        if synced is not None and not self._synced_later:
            cards.append(self._lies_in(synced, safe.name))
        if not self._desk.why_not:
            cards += [*self._to_keep_safe(safe), *self._open_questions(seen)]
        self._cards.show_cards(cards)
        self._when_minutes.setVisible(bool(cards))
        newest = seen.newest
        self._last.setVisible(newest is not None)
        self._last_title.setVisible(newest is not None)
        if newest is not None:
            self._show_last(newest)

    def _put_first(self, *, words_only: bool) -> None:
        """Where somebody could be under 18, writing comes first and capturing second."""
        if words_only == self._words_only:
            return
        had_focus = self._begin_with().hasFocus()
        self._words_only = words_only
        first, second = (self._write, self._capture) if words_only else (self._capture, self._write)
        wear(first, "role", Look.PRIMARY.value)
        wear(second, "role", Look.PLAIN.value)
        if had_focus:
            first.setFocus()

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
        then = self.tr("What is there can be read.")
        if not self._desk.why_not:
            then = f"{self.tr('It is noted in the log.')} {then}"
        return [
            Card(
                self.tr("Something was found when this case was opened"),
                f"{translated(finding.words)} {then}",
                amber=True,
            )
            for finding in seen.findings
            if finding.kind.value not in _TOLD_ABOVE
        ]

    def _lies_in(self, synced: SyncedFolder, name: str) -> Card:
        card = Card(
            self.tr("This case lies in a folder that is copied to {0}").format(service_words(synced.service)),
            self.tr(
                "Whoever can get into that account can take the encrypted files and keep old ones, even of what you "
                "withdraw here. A case that is copied while it is open can also be damaged."
            ),
        )
        card.add(
            Text(
                self.tr(
                    "To move it: lock it, move its whole folder “{0}” to a folder on this computer that no service "
                    "copies, or to a stick, and open it there. Then delete it in that account too, with its old "
                    "versions."
                ).format(visible(f"{name}.holdfast")),
                Look.MUTED,
            )
        )
        card.add(Text(self.tr("How this was seen: {0}.").format(sign_words(synced)), Look.SMALL))
        later = Button(self.tr("Later"), Look.QUIET, says=self.tr("Later: leave the case where it is for now"))
        later.clicked.connect(self._leave_it_there_for_now)
        card.add(later)
        card.body.addStretch(1)
        return card

    def _leave_it_there_for_now(self) -> None:
        self._synced_later = True
        self._begin_with().setFocus()
        self.refresh()

    def _to_keep_safe(self, safe: Safety) -> list[Card]:
        cards: list[Card] = []
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
        self._begin_with().setFocus()
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


def _open_for_reading(damage: Damaged | None) -> Card:
    message = standing_words(damage)
    card = Card(message.title)
    for sentences in (message.what, message.safe, message.next):
        card.add(Text(sentences))
    return card
