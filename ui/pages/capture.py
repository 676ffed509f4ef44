"""Capture: the screen, a part of it, or files. What was kept shows as a grey card; nobody has to look."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.kinds import Exhibit, IncidentKind, Sensitivity, Under18
from app.plaintext import visible
from app.under18 import PictureRefused
from capture import AreaSource, Box, Caution, FileSource, ScreenSource, Source
from ui import theme
from ui.case_reading import views
from ui.desk import Desk
from ui.loading import form_help
from ui.messages import message_for
from ui.pages.page import READABLE, Page
from ui.places import Place, Way
from ui.shutter import Shot, Shutter, whole_screen
from ui.under18 import PictureQuestion
from ui.widgets.area import AreaChooser
from ui.widgets.being_seen import BeingSeen
from ui.widgets.card import Card
from ui.widgets.cover import Cover
from ui.widgets.field import Choice, Field, PlainChoice
from ui.widgets.files import choose_files
from ui.widgets.flow import flow_of
from ui.widgets.in_sight import bring_into_sight
from ui.widgets.not_kept import NotKept
from ui.widgets.shut import shut
from ui.widgets.text import Button, Look, Pill, Text
from ui.words import size_words
from ui.worker import Cancelled, Step, Task

if TYPE_CHECKING:
    from app.casefile import Casefile, Kept

_DELAYS_S = (0, 3, 10)


class CapturePage(Page):
    """Where evidence comes in."""

    def __init__(self, desk: Desk, shutter: Shutter) -> None:
        super().__init__(
            self.tr("Capture"),
            self.tr("It is kept exactly as it is, and stays covered. You do not have to look at it."),
        )
        self._desk = desk
        self._shutter = shutter
        self._capturing = False
        self._url = self._platform = ""
        screen = Button(self.tr("The whole screen"), Look.PRIMARY, big=True)
        screen.setToolTip("Ctrl+Shift+S")
        screen.clicked.connect(self.take_screen)
        part = Button(self.tr("A part of it"), big=True)
        part.setToolTip("Ctrl+Shift+A")
        part.clicked.connect(self.show_area)
        files = Button(self.tr("Files"), big=True)
        files.setToolTip("Ctrl+Shift+F")
        files.clicked.connect(self.choose_files)
        self._screen_button = screen
        self._standing = self._under18_card()
        self.add(self._standing, width=820)
        self._about_url = self._url_card()
        self.add(self._about_url, width=820)
        self._asking = QWidget()
        self._questions = QVBoxLayout(self._asking)
        self._questions.setContentsMargins(0, 0, 0, 0)
        self._questions.setSpacing(theme.px(12))
        self._asking.hide()
        self.add(self._asking, width=820)
        self._seen = BeingSeen()
        self.add(self._seen, width=READABLE)
        for button in (screen, part):
            button.setAccessibleDescription(self._seen.sentence.text())
        self.add(flow_of(screen, part, files, gap=14), gap=4)
        shut(desk.why_not, screen, part, files)
        self._delay = Choice()
        shut(desk.why_not, self._delay)
        for seconds in _DELAYS_S:
            self._delay.addItem(self.tr("After %n seconds", "", seconds) if seconds else self.tr("At once"), seconds)
        when = Field(
            self.tr("When"),
            PlainChoice(self._delay),
            self.tr("This window steps aside first and comes back afterwards. Count down to open a menu or a message."),
        )
        self.add(when, width=420)
        self._area_card = self._area_part()
        self.add(self._area_card, width=READABLE)
        self._progress = _Progress()
        self.add(self._progress, width=READABLE)
        self._not_kept = NotKept()
        self.add(self._not_kept, width=READABLE)
        self._kept_title = Text(self.tr("Just kept"), Look.SECTION)
        self._kept_title.hide()
        self.add(self._kept_title)
        self._kept = self._kept_part()
        self.end()

    def enter(self, way: Way) -> None:
        """See what the case says about under-18s; perhaps what is captured is about one page."""
        self._name_url(way.url)
        (self if self._desk.why_not else self._screen_button).setFocus()
        self._desk.do(lambda _task: form_help().being_told(), self._seen.show_platforms)
        self.refresh()

    def refresh(self) -> None:
        """Read the case's answer again."""
        self._desk.ask(lambda casefile: casefile.case().under18, self._show_answer)

    def take_screen(self) -> None:
        """Capture the whole screen."""
        self._take(ScreenSource(0, self._desk.computer))

    def take_area(self) -> None:
        """Capture the area that was chosen."""
        area = self._area.area()
        self._take(AreaSource(area.x, area.y, area.width, area.height, self._desk.computer))

    def show_area(self) -> None:
        """Let somebody choose a part of the screen."""

        if self._desk.why_not:
            return
        computer = self._desk.computer
        self._desk.do(lambda _task: whole_screen(computer), self.choose_area_on)

    def choose_area_on(self, screen: Box) -> None:
        """Ask which part of a screen of that size."""
        self._area.show_screen(screen)
        self._area_card.show()
        self.lead_to(self._area)

    def choose_files(self) -> None:
        """Let somebody choose files to add."""
        if self._desk.why_not:
            return
        choose_files(self, self.tr("Files to add"), self.add_files)

    def add_files(self, paths: list[Path]) -> None:
        """Add files as they are, one exhibit for each. What may hold a picture is asked about where that is needed."""
        for path in paths:
            self._add_file(path, Exhibit(url=self._url))
        # Enter that is pressed once too often in the dialog is not to capture the screen.
        self._progress.setFocus()

    def _add_file(self, path: Path, about: Exhibit) -> None:
        source = FileSource(path, self._desk.computer)

        def add(casefile: "Casefile", task: Task) -> "Kept":
            artifact = source.capture()
            size = artifact.size or 0
            return casefile.preserve(artifact, about, lambda done: task.step(path.name, min(done, size - 1), size))

        def failed(error: Exception) -> None:
            self._one_ended()
            if isinstance(error, PictureRefused):
                self._ask_about(visible(path.name), lambda ordinary: self._add_file(path, ordinary))
            elif self._desk.is_closed or isinstance(error, Cancelled):
                # Whoever stands beside a locked case need not learn the name.
                self._desk.tell_error(error)
            else:
                self._desk.tell(self._not_kept.add(visible(path.name), message_for(error)))

        task = self._desk.keep(add, self._show_kept, failed, self._progress.show_step)
        self._progress.begin(visible(path.name), task.cancel)

    def _take(self, source: Source) -> None:
        if self._capturing or self._desk.why_not:
            return
        self._capturing = True

        def answered(answer: Under18 | None) -> None:
            if answer is Under18.NO:
                self._shoot(source, Exhibit(url=self._url))
                return
            self._capturing = False
            self._ask_about("", lambda ordinary: self._shoot(source, ordinary))

        # Asked anew: the page may have been opened by the very key that captures.
        self._desk.ask(lambda casefile: casefile.case().under18, answered, self._failed)

    def _shoot(self, source: Source, about: Exhibit) -> None:
        self._capturing = True
        self._shutter.take(Shot(source, about, int(self._delay.currentData() or 0)), self._show_kept, self._failed)

    def _ask_about(self, name: str, keep: Callable[[Exhibit], None]) -> None:
        """Ask about one picture, and keep it only where it is an ordinary one."""
        url = self._url
        card = PictureQuestion(name, lambda: self._answered(card))

        def ordinary() -> None:
            self._answered(card)
            keep(Exhibit(url=url, sensitivity=Sensitivity.ORDINARY))

        def words_only() -> None:
            self._answered(card)
            self._write_in_words()

        card.ordinary.connect(ordinary)
        card.words_only.connect(words_only)
        self._questions.addWidget(card)
        self._asking.show()
        if self._questions.count() == 1:
            card.setFocus()
            bring_into_sight(card)

    def _answered(self, card: PictureQuestion) -> None:
        self._questions.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._asking.setVisible(self._questions.count() > 0)
        waiting = self._questions.itemAt(0)
        following = waiting.widget() if waiting is not None else None
        (following if following is not None else self).setFocus()

    def _show_answer(self, answer: Under18 | None) -> None:
        self._standing.setVisible(answer is not Under18.NO and not self._desk.why_not)

    def _show_kept(self, kept: "Kept") -> None:
        self._capturing = False
        self._one_ended()
        self._kept_title.show()
        card = KeptCard(kept, lambda: self.go.emit(Way(Place.EVIDENCE, subject=kept.id)))
        card.setMaximumWidth(theme.px(READABLE))
        self._kept.insertWidget(0, card)
        # Shown first: a hidden widget does not get the keyboard when the window comes back to the front.
        card.show()
        if not self._questions.count():
            self.lead_to(card)

    def _one_ended(self) -> None:
        """Where the last one ended, nothing beside this page gets the keyboard that was on the progress."""
        now: QWidget | None = self.window().focusWidget()
        held = now is not None and (now is self._progress or self._progress.isAncestorOf(now))
        if held:
            self.setFocus()
        self._progress.end()
        if held and self._progress.isVisible():
            self._progress.setFocus()

    def _failed(self, error: Exception) -> None:
        self._capturing = False
        self._desk.tell_error(error)

    def _under18_card(self) -> Card:
        card = Card(
            self.tr("Somebody could be under 18"),
            self.tr(
                "So you are asked about each picture before it is kept. Messages, names and payments are always kept, "
                "and words do as much as a picture."
            ),
        )
        words = Button(self.tr("Write it down in words instead"))
        words.clicked.connect(self._write_in_words)
        help_now = Button(self.tr("Whom to turn to"))
        help_now.clicked.connect(lambda: self.go.emit(Way(Place.HELP)))
        about = Button(self.tr("Change this answer"), Look.QUIET)
        about.clicked.connect(lambda: self.go.emit(Way(Place.CASE)))
        shut(self._desk.why_not, words)
        card.add(flow_of(words, help_now, about), gap=4)
        card.hide()
        return card

    def _write_in_words(self) -> None:
        known = (("kind", IncidentKind.WORDS_ONLY.value), ("url", self._url), ("platform", self._platform))
        filled = tuple((name, answer) for name, answer in known if answer)
        self.go.emit(Way(Place.HAPPENED, new=True, filled=filled))

    def _kept_part(self) -> QVBoxLayout:
        beside = QHBoxLayout()
        kept = QVBoxLayout()
        kept.setSpacing(theme.px(12))
        beside.addLayout(kept, 1000)
        beside.addStretch(1)
        self.column.addLayout(beside)
        return kept

    def _url_card(self) -> Card:
        card = Card(
            self.tr("For this page"),
            self.tr("What you capture now is kept with this link. Open the page in your browser first."),
        )
        self._url_line = Text("", Look.CODE, copyable=True)
        self._url_line.setAccessibleDescription(self.tr("The link of the page"))
        card.add(self._url_line)
        forget = Button(self.tr("Not for this page"), Look.QUIET)
        forget.clicked.connect(lambda: self._name_url(""))
        card.add(flow_of(forget), gap=2)
        card.hide()
        return card

    def _name_url(self, url: str) -> None:
        self._url = url
        self._url_line.say(visible(url))
        self._about_url.setVisible(bool(url))
        self._platform = ""

        def recognised(platform: str) -> None:
            if url == self._url:
                self._platform = platform

        if url:
            self._desk.do(lambda _task: views().platform_of(url), recognised)

    def _area_part(self) -> Card:
        card = Card(self.tr("Which part of the screen?"))
        self._area = AreaChooser()
        self._area.entered.connect(self.take_area)
        card.add(self._area)
        capture = Button(self.tr("Capture this part"), Look.PRIMARY)
        capture.clicked.connect(self.take_area)
        card.add(flow_of(capture), gap=4)
        card.hide()
        return card


class _Progress(Card):
    """How far the file is that is being kept."""

    def __init__(self) -> None:
        super().__init__("…")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("How much is kept"))
        self._stop = Button(self.tr("Stop"))
        self._running: list[Callable[[], None]] = []
        self._stop.clicked.connect(self._stop_all)
        self.add(self._bar, gap=4)
        self.add(flow_of(self._stop), gap=4)
        self.hide()

    def begin(self, name: str, cancel: Callable[[], None]) -> None:
        """One more file is being kept."""
        if not self._running:
            self.title.say(self.tr("Keeping “{0}”").format(name))
            self._bar.setRange(0, 0)
        self._running.append(cancel)
        self.show()

    def show_step(self, step: Step) -> None:
        """How far it is."""
        self.title.say(self.tr("Keeping “{0}”").format(visible(step.name)))
        self._bar.setRange(0, 1000)
        self._bar.setValue(step.done * 1000 // max(1, step.of))

    def end(self) -> None:
        """One is done."""
        if self._running:
            self._running.pop(0)
        self.setVisible(bool(self._running))

    def _stop_all(self) -> None:
        for cancel in self._running:
            cancel()


class KeptCard(Card):
    """What was just kept, as a grey card."""

    def __init__(self, kept: "Kept", describe: Callable[[], None]) -> None:
        super().__init__(kept.ref, pill=Pill(QCoreApplication.translate("KeptCard", "Saved")))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("{0}: Saved, {1}").format(kept.ref, size_words(kept.size)))
        self.add(Cover(self.tr("covered"), 72))
        self.add(
            Text(self.tr("{0}. Saved: on the disk, read back and checked.").format(size_words(kept.size)), Look.MUTED)
        )
        for caution in kept.cautions:
            self.add(Text(self._caution(caution)))
        button = Button(self.tr("Describe it"), says=self.tr("Describe {0}").format(kept.ref))
        button.clicked.connect(lambda _checked=False: describe())
        self.add(flow_of(button), gap=4)

    def _caution(self, caution: Caution) -> str:
        if caution is Caution.ONE_COLOUR:
            return self.tr(
                "The whole picture is one colour. Some programs hide themselves from captures. It is kept; you can "
                "also take a picture of the screen with your phone and add it here."
            )
        return self.tr(
            "This file is empty. It was kept as it is; perhaps you want to look whether it is the right one."
        )
