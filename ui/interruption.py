"""Ctrl-C in the terminal, a closed terminal, an ended session: the window hears of it at once, also when it is idle."""

import os
import signal
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
_LOOK_MS = 300


class Interruption(QObject):
    """Calls somebody in the window's own thread when the system asks the program to end.

    Python's own answer to a signal has to wait until Python runs again, and in an idle window it does not.
    """

    def __init__(self, on_asked: Callable[[], object], parent: QObject) -> None:
        """`on_asked` may come more than once. From now on, a signal no longer ends the program by itself."""
        super().__init__(parent)
        self._on_asked = on_asked
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, lambda _number, _frame: self._ask())
        if sys.platform == "win32":
            # A pipe cannot wake a window there: Python gets its turn now and then instead.
            self._turn = QTimer(self)
            self._turn.timeout.connect(lambda: None)
            self._turn.start(_LOOK_MS)
        else:
            self._reading, writing = os.pipe()
            for end in (self._reading, writing):
                os.set_blocking(end, False)
            signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
            self._woken = QSocketNotifier(self._reading, QSocketNotifier.Type.Read, self)
            self._woken.activated.connect(lambda *_what: self._empty())

    def _ask(self) -> None:
        # Not from within whatever Python was just doing.
        QTimer.singleShot(0, self, self._on_asked)

    if sys.platform != "win32":

        def _empty(self) -> None:
            """Take what woke the window; on the way here Python has run, and with it its answer to the signal."""
            os.read(self._reading, 4096)
