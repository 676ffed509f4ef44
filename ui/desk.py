"""The open case as the pages see it: everything is asked of it in the background, and everybody hears of changes."""

from collections.abc import Callable
from datetime import tzinfo
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from capture import Computer
from ui.messages import Message, message_for
from ui.read_only import why_not
from ui.worker import Cancelled, Step, Task, Worker
from vault.errors import VaultLocked

if TYPE_CHECKING:
    from app.casefile import Casefile
    from vault.keys import KdfCost

T = TypeVar("T")


class Desk(QObject):
    """One open case and the worker that alone touches it."""

    changed = Signal()
    """Something was kept: what a page shows may be out of date."""
    told = Signal(object)
    """A Message for the person."""
    closing = Signal()
    """The case is about to be closed: hand over what is only typed yet, now."""

    def __init__(
        self,
        casefile: "Casefile",
        worker: Worker,
        parent: QObject | None = None,
        *,
        cost: "KdfCost | None" = None,
    ) -> None:
        """`cost`: of new passphrases, for tests alone."""
        super().__init__(parent)
        self.cost = cost
        self._casefile = casefile
        self._worker = worker
        self._closed = False

    @property
    def why_not(self) -> str:
        """Why nothing can be kept in this case, in words; empty where it can."""
        return why_not(self._casefile)

    @property
    def is_closed(self) -> bool:
        """Whether the case is locked, or about to be."""
        return self._closed

    @property
    def zone(self) -> tzinfo:
        """The time zone in which times are shown."""
        return self._casefile.clock.computer.zone

    @property
    def computer(self) -> Computer:
        """The computer that captures are made on."""
        return self._casefile.clock.computer

    def ask(
        self,
        question: Callable[["Casefile"], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None] | None = None,
    ) -> Task:
        """Read something. An error is told to the person unless `on_error` takes it."""
        return self._worker.run(lambda _task: question(self._casefile), on_done, on_error or self.tell_unread)

    def read(
        self,
        question: Callable[["Casefile", Task], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None],
        on_progress: Callable[[Step], None],
    ) -> Task:
        """Read something long, which tells how far it is and can be stopped."""
        return self._worker.run(lambda task: question(self._casefile, task), on_done, on_error, on_progress)

    def do(
        self,
        job: Callable[[Task], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None] | None = None,
    ) -> Task:
        """Have something done in the background that does not touch the case."""
        return self._worker.run(job, on_done, on_error or self.tell_error)

    def keep(
        self,
        deed: Callable[["Casefile", Task], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None] | None = None,
        on_progress: Callable[[Step], None] = lambda _step: None,
    ) -> Task:
        """Write something; `changed` follows `on_done`."""

        def done(result: T) -> None:
            on_done(result)
            self.changed.emit()

        return self._worker.run(lambda task: deed(self._casefile, task), done, on_error or self.tell_error, on_progress)

    def set_draft(self, name: str, body: str | None) -> None:
        """Keep what is only typed yet, or forget it (None)."""
        if self._closed or self.why_not:
            return
        self._worker.run(lambda _task: self._casefile.vault.log.set_draft(name, body), on_error=self.tell_error)

    def tell(self, message: Message) -> None:
        """Say something to the person."""
        self.told.emit(message)

    def tell_error(self, error: Exception) -> None:
        """Say what went wrong, unless the person stopped it."""
        if not isinstance(error, Cancelled):
            self.told.emit(message_for(error))

    def tell_unread(self, error: Exception) -> None:
        """Tell why something could not be read."""
        # A page may still ask while its case is being closed: nobody misses that answer.
        if not (self._closed and isinstance(error, VaultLocked)):
            self.tell_error(error)

    def close(self, on_closed: Callable[[], None]) -> None:
        """Close the case after what is being kept now; `on_closed` follows in any case."""
        self.closing.emit()
        self._closed = True

        def failed(error: Exception) -> None:
            # Whatever closed it before has been told.
            if not isinstance(error, VaultLocked):
                self.tell_error(error)
            on_closed()

        self._worker.run(lambda _task: self._casefile.close(), lambda _none: on_closed(), failed)
