"""The window: puts the column, the bar and the pages together, and decides nothing about evidence."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.overview import Counts, count
from ui import theme
from ui.case_pages import CasePages
from ui.desk import Desk
from ui.entrance import Entrance, Opening, SeveralRecord
from ui.keyboard import Keyboard
from ui.messages import Message, message_for
from ui.pages.first_words import FirstWordsPage
from ui.pages.help_now import HelpPage
from ui.pages.page import Page
from ui.pages.people import PeoplePage, Recorders, recorders
from ui.pages.safe import SafePage
from ui.pages.unlock import UnlockPage
from ui.places import Place, Way
from ui.threshold import Threshold
from ui.widgets.crisis_line import CrisisLine
from ui.widgets.notice import Notice
from ui.widgets.side_column import SideColumn
from ui.widgets.standing import Standing
from ui.widgets.top_bar import TopBar
from ui.worker import Worker

if TYPE_CHECKING:
    from app.casefile import Casefile


class MainWindow(QMainWindow):
    """Holdfast's only window."""

    closed = Signal()
    """The window and the case are closed, and nothing is running any more."""

    def __init__(self, entrance: Entrance, home: Path, path: Path | None = None) -> None:
        """`home`: where a new case is suggested. `path`: the case to open, if one was named."""
        super().__init__()
        self._entrance = entrance
        self._path = path
        self._worker = Worker(self)
        self._desk: Desk | None = None
        self._pages: CasePages | None = None
        self._place = Place.HOME
        self._then = Place.HOME
        self._just_begun = False
        self._leaving = False
        self._gone = False
        self.setWindowTitle("Holdfast")
        self.resize(theme.px(1200), theme.px(800))
        self._column = SideColumn()
        self._line = QWidget()
        self._top = TopBar()
        self._standing = Standing()
        self._notice = Notice()
        self._crisis = CrisisLine()
        self._stack = QStackedWidget()
        self._unlock = UnlockPage()
        self._home = home
        self._threshold = Threshold(entrance, self._worker, self._stack)
        self._help: HelpPage | None = None
        self._keyboard = Keyboard(self)
        self._compose()
        self._listen()
        self._show_locked()
        if path is not None and not path.exists():
            self.show_create()

    # -- how it is put together ---------------------------------------------------------------------------------

    def _compose(self) -> None:
        frame = QWidget()
        frame.setObjectName("frame")
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._column)
        self._line.setObjectName("line")
        self._line.setFixedWidth(1)
        row.addWidget(self._line)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._top)
        right.addWidget(self._standing)
        right.addWidget(self._notice)
        right.addWidget(self._stack, 1)
        right.addWidget(self._crisis)
        row.addLayout(right, 1)
        self.setCentralWidget(frame)
        self._stack.addWidget(self._unlock)

    def _listen(self) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._end)
        self._worker.busy_changed.connect(self._perhaps_leave)
        self._column.go.connect(self.go)
        self._standing.asked.connect(lambda: self.go(Way(Place.HOME)))
        self._top.help_asked.connect(lambda: self.go(Way(Place.HELP)))
        self._top.back_asked.connect(self._show_locked)
        self._top.lock_asked.connect(self.lock)
        self._unlock.open_asked.connect(lambda asked: self.open(asked, self._then))
        self._unlock.typing.connect(self._prepare)
        self._unlock.create_asked.connect(self.show_create)
        self._top.who_asked.connect(lambda: self.go(Way(Place.PEOPLE)))
        self._threshold.begun.connect(self._begun)
        self._threshold.recovered.connect(self._recovered)
        self._threshold.back_asked.connect(self._show_locked)
        self._threshold.told.connect(self._notice.tell)
        self._unlock.forgotten.connect(self.show_forgotten)
        for keys, act in (
            ("Ctrl+Shift+S", lambda pages: pages.capture.take_screen()),
            ("Ctrl+Shift+A", lambda pages: pages.capture.show_area()),
            ("Ctrl+Shift+F", lambda pages: pages.capture.choose_files()),
        ):
            QShortcut(QKeySequence(keys), self, lambda act=act: self._capture(act))

    def _prepare(self) -> None:
        """Load what the first opening will need, in the background, while somebody types."""
        self._unlock.typing.disconnect(self._prepare)
        self._worker.run(lambda _task: self._entrance.prepare())

    # -- where one is -------------------------------------------------------------------------------------------

    def go(self, way: Way) -> None:
        """Show a page. Help works without a case, the others need one."""
        page = self._page(way.place)
        if page is None:
            return
        self._place = way.place
        self._say_what_is_shut()
        self._stack.setCurrentWidget(page)
        self._column.show_place(way.place)
        self._top.show_state(is_open=self._desk is not None, may_go_back=self._desk is None)
        page.enter(way)

    def _page(self, place: Place) -> Page | None:
        if place is Place.HELP:
            if self._help is None:
                self._help = HelpPage()
                self._stack.addWidget(self._help)
            return self._help
        return self._pages.at(place) if self._pages is not None else None

    def _capture(self, act: object) -> None:
        if self._desk is not None and self._desk.why_not:
            self._notice.tell(Message(self.tr("Nothing was captured"), self._desk.why_not, calm=True))
        elif self._pages is not None and callable(act):
            if self._place is not Place.CAPTURE:
                self.go(Way(Place.CAPTURE))
            act(self._pages)

    def _show_entrance(self, page: Page) -> None:
        self._column.hide()
        self._line.hide()
        self._top.show_state(is_open=False, may_go_back=False)
        self._stack.setCurrentWidget(page)
        page.enter(Way(Place.HOME))

    def show_create(self) -> None:
        """Show the page on which a case begins."""
        self._show_entrance(self._threshold.begin(self._path, self._home))

    def show_forgotten(self) -> None:
        """Show the page on which recovery words are typed."""
        path = self._unlock.path
        if path is None:
            self._unlock.enter(Way(Place.HOME))
            return
        self._show_entrance(self._threshold.forgotten(path))

    def _recovered(self, asked: Opening) -> None:
        self._path = asked.path
        self._show_locked()
        self.open(asked, Place.WORDS)

    def _show_locked(self) -> None:
        self._then = Place.HOME
        self._threshold.leave()
        self._unlock.show_path(self._path)
        self._show_entrance(self._unlock)

    # -- opening and locking ------------------------------------------------------------------------------------

    @property
    def is_busy(self) -> bool:
        """Whether something is being done in the background."""
        return self._worker.is_busy

    @property
    def case_pages(self) -> CasePages | None:
        """The pages of the case that is open, None while it is locked."""
        return self._pages

    def open(self, asked: Opening, then: Place = Place.HOME) -> None:
        """Open a case; its page `then` follows, or why it was not opened."""
        self._unlock.wait(self.tr("Opening…"))

        def failed(error: Exception) -> None:
            if isinstance(error, SeveralRecord):
                self._then = then
                self._unlock.ask_who(error.people, asked.passphrase)
            else:
                self._unlock.say(message_for(error))

        self._worker.run(
            lambda _task: self._entrance.open(asked), lambda case: self._opened(case, asked.path, then), failed
        )

    def _begun(self, casefile: "Casefile", path: Path) -> None:
        self._just_begun = True
        self._opened(casefile, path, Place.WORDS)

    def _go_on(self, way: Way) -> None:
        """From the recovery words to Home; in a case that was just begun, a few questions come between."""
        begun, self._just_begun = self._just_begun, False
        self.go(Way(Place.QUESTIONS) if begun else way)

    def _opened(self, casefile: "Casefile", path: Path, then: Place) -> None:
        self._path = path
        self._desk = Desk(casefile, self._worker, self, cost=self._entrance.cost)
        self._desk.told.connect(self._notice.tell)
        self._desk.changed.connect(self._refresh)
        self._pages = CasePages(self._desk, self, self._page_made)
        self._unlock.wait("")
        self._unlock.show_path(path)
        self._threshold.leave()
        self._notice.forget()
        self._column.show()
        self._line.show()
        self._count()
        self._name_recorder()
        self.go(Way(Place.HOME if self._leaving else then))
        if self._leaving:
            self._leave()

    def _page_made(self, page: Page) -> None:
        page.go.connect(self._go_on if isinstance(page, FirstWordsPage) else self.go)
        if isinstance(page, PeoplePage):
            page.changed.connect(self._name_recorder)
        elif isinstance(page, SafePage):
            page.destroy_asked.connect(self._destroy)
            page.case_shut.connect(self._shut)
        self._stack.addWidget(page)

    def _say_what_is_shut(self) -> None:
        """Where a case is open for reading, say so above every page; the first page says all about it."""
        self._standing.say(self._desk.why_not if self._desk is not None and self._place is not Place.HOME else "")

    def lock(self) -> None:
        """Close the case: everything of it leaves the window at once, and the vault after what is being kept."""
        desk, pages = self._desk, self._pages
        if desk is None or pages is None:
            return
        self._desk, self._pages = None, None
        self._just_begun = False
        self._top.show_recorder("")
        self._crisis.show_country("")
        desk.changed.disconnect(self._refresh)
        self._notice.forget()
        self._standing.say("")
        self._show_locked()
        self._unlock.wait(self.tr("Locking…"))

        def closed() -> None:
            for page in pages.made:
                self._stack.removeWidget(page)
                page.deleteLater()
            desk.deleteLater()
            self._unlock.wait("")
            self._unlock.enter(Way(Place.HOME))

        desk.close(closed)

    def _shut(self, message: Message) -> None:
        """The case had to be closed: lock it, and say what opens it now."""
        self.lock()
        self._notice.tell(message)

    def _destroy(self) -> None:
        """Close the case and destroy it; what was asked before is asked by its page."""
        path = self._path
        if path is None or self._desk is None:
            return
        self._path = None
        self.lock()

        def destroyed(_none: None) -> None:
            self._notice.tell(self._destroyed_words())

        self._worker.run(
            lambda _task: self._entrance.destroy(path),
            destroyed,
            lambda error: self._notice.tell(message_for(error)),
        )

    def _destroyed_words(self) -> Message:
        return Message(
            self.tr("The case is destroyed"),
            self.tr("Its keys were overwritten first, then its files were removed."),
            next=self.tr("Backups still open with the passphrase they had: destroy them too if you want."),
            calm=True,
        )

    def _refresh(self) -> None:
        self._count()
        page = self._page(self._place)
        if page is not None:
            page.refresh()

    def _count(self) -> None:
        desk = self._desk
        if desk is None:
            return

        def show_country(country: str) -> None:
            # Not once it is locked: the country is of the case.
            if self._desk is desk:
                self._crisis.show_country(country)

        desk.ask(count, self._show_counts)
        desk.ask(lambda casefile: casefile.case().country, show_country)

    def _show_counts(self, counts: Counts) -> None:
        self._column.show_counts(
            {
                Place.EVIDENCE: counts.exhibits,
                Place.HAPPENED: counts.incidents,
                Place.ACCOUNTS: counts.accounts,
                Place.MONEY: counts.payments,
                Place.REMOVALS: counts.takedowns,
                Place.CONTACTS: counts.contacts,
            }
        )

    def _name_recorder(self) -> None:
        """Say at the top who records, where several people do."""
        if self._desk is None:
            return

        def show(seen: Recorders) -> None:
            several = self._desk is not None and len(seen.people) > 1
            self._top.show_recorder(seen.now if several else "")

        self._desk.ask(recorders, show)

    # -- the end ------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Close the case properly first; what is being kept is finished."""
        if self._gone:
            event.accept()
            return
        event.ignore()
        if not self._leaving:
            self._leaving = True
            self._leave()

    def _perhaps_leave(self, busy: bool) -> None:
        if self._leaving and not busy and self._desk is None:
            self._leave()

    def _leave(self) -> None:
        if self._gone:
            return
        if self._desk is not None:
            self.lock()
            return
        self._threshold.leave()
        if self._worker.is_busy:
            self._notice.tell(
                Message(self.tr("Closing"), self.tr("Holdfast closes as soon as this is finished."), calm=True)
            )
            return
        self._worker.stop()
        self._gone = True
        self.close()
        self.closed.emit()

    def _end(self) -> None:
        """Close the case where nobody closed the window: the screen is gone, or somebody pressed Ctrl-C."""
        if self._gone:
            return
        self._gone = True
        if self._desk is not None:
            self._desk.close(lambda: None)
        self._worker.stop()
