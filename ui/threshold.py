"""Before a case is open: beginning one, and a forgotten passphrase. Each page is gone as soon as somebody leaves it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from app.synced import SyncedFolder
from ui.entrance import Beginning, Entrance, Opening, Recovering
from ui.judging import judge_with
from ui.messages import Message, message_for
from ui.pages.asking import AskingPage
from ui.pages.create import CreatePage, new_place
from ui.pages.forgotten import ForgottenPage
from ui.safety.doubt import recovering_message
from ui.worker import Cancelled, Task, Worker
from vault.errors import WaysUnsure


class Threshold(QObject):
    """Makes those pages, and has done in the background what is asked on them."""

    begun = Signal(object, object)
    """A case was begun and is open: its Casefile, and where it is."""
    recovered = Signal(object)
    """There is a new passphrase: the Opening of that case."""
    back_asked = Signal()
    told = Signal(object)
    """A Message for the person."""

    def __init__(self, entrance: Entrance, worker: Worker, stack: QStackedWidget) -> None:
        """`stack`: where the pages are put."""
        super().__init__(stack)
        self._entrance = entrance
        self._worker = worker
        self._stack = stack
        self._page: AskingPage | None = None
        self._recovering: Task | None = None

    def begin(self, named: Path | None, home: Path) -> CreatePage:
        """The page on which a case begins: at `named` where nothing is yet, else under a free name in `home`."""
        elsewhere = new_place(home)
        suggested = named if named is not None and not named.exists() else elsewhere
        page = CreatePage(suggested, elsewhere, self._worker, self._look)
        page.create_asked.connect(lambda asked: self._begin(page, asked))
        self._put(page)
        return page

    def forgotten(self, path: Path) -> ForgottenPage:
        """The page on which the recovery words of a case are typed."""
        page = ForgottenPage(path, judge_with(self._worker, lambda: [path.stem]))
        page.recover_asked.connect(lambda asked: self._recover(page, asked))
        self._put(page)
        return page

    def leave(self) -> None:
        """Take the page away, with all that was typed; what runs for it is stopped where it can still be stopped."""
        page, self._page = self._page, None
        if self._recovering is not None:
            self._recovering.cancel()
            self._recovering = None
        if page is not None:
            page.forget()
            self._stack.removeWidget(page)
            page.deleteLater()

    def _put(self, page: AskingPage) -> None:
        self.leave()
        self._page = page
        page.back_asked.connect(self.back_asked)
        self._stack.addWidget(page)

    def _look(self, path: Path, tell: Callable[[SyncedFolder | None], None]) -> Task:
        return self._worker.run(lambda _task: self._entrance.look(path), tell)

    def _begin(self, page: CreatePage, asked: Beginning) -> None:
        page.wait(self.tr("Making it…"))

        def failed(error: Exception) -> None:
            if self._page is page:
                page.say(message_for(error))

        self._worker.run(
            lambda _task: self._entrance.begin(asked), lambda case: self.begun.emit(case, asked.path), failed
        )

    def _recover(self, page: ForgottenPage, asked: Recovering) -> None:
        page.wait(self.tr("Setting it…"), may_leave=True)

        def done(_none: None) -> None:
            if self._page is page:
                self.recovered.emit(Opening(asked.path, asked.passphrase))
            else:
                self.told.emit(self._set_words())

        def failed(error: Exception) -> None:
            if self._page is page and not isinstance(error, Cancelled):
                page.say(recovering_message(error))
            elif isinstance(error, WaysUnsure):
                self.told.emit(recovering_message(error))

        self._recovering = self._worker.run(lambda task: self._entrance.recover(asked, task.go_on), done, failed)

    def _set_words(self) -> Message:
        return Message(
            self.tr("The new passphrase is set"),
            self.tr("It was too late to stop. The new passphrase opens the case, the recovery words are used up."),
            calm=True,
        )
