"""What is typed and not yet kept: it is a draft in the vault soon after, and at once before anything else happens."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from app.drafts import Typed, draft_body
from ui.desk import Desk

_PAUSE_MS = 500


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft: under which name it stands, and the answers that differ from what was kept."""

    name: str
    answers: Typed


class Typing(QObject):
    """Looks after the draft of one form; what stands there is asked of `read` when it is stored."""

    def __init__(self, desk: Desk, read: Callable[[], Unfinished]) -> None:
        super().__init__(desk)
        self._desk = desk
        self._read = read
        self.unkept = False
        """Whether anything was typed that is not kept yet."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._store)
        desk.closing.connect(self.hand_over)

    def begin(self) -> None:
        """Somebody typed."""
        self.unkept = True
        self._timer.start()

    def hand_over(self) -> None:
        """Store what is typed now, if it is not stored yet."""
        if self._timer.isActive():
            self._timer.stop()
            self._store()

    def end(self) -> None:
        """Nothing is typed any more: it is being kept, or something else is shown."""
        self._timer.stop()
        self.unkept = False

    def _store(self) -> None:
        if self.unkept:
            draft = self._read()
            self._desk.set_draft(draft.name, draft_body(draft.answers) if draft.answers else None)
