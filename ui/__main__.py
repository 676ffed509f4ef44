"""The window's program, holdfast: makes the application and its one window."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.hardening import keep_others_out, write_no_core_dumps
from capture import this_computer
from ui import crash, theme, traces
from ui.entrance import Entrance
from ui.interruption import Interruption
from ui.main_window import MainWindow

_SWITCH_S = 0.001
"""How long the helper thread may hold Python before the window gets its turn."""
_SETTLED_MS = 1000
"""Until then Qt has asked the desktop's portal whether it is dark, and nobody has typed a passphrase yet."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Show the window until it is closed; the exit status."""
    parser = argparse.ArgumentParser(prog="holdfast", description="Keeps evidence of online abuse.")
    parser.add_argument("vault", nargs="?", type=Path, help="the case to open")
    named: Path | None = parser.parse_args(arguments).vault
    write_no_core_dumps()
    sys.setswitchinterval(_SWITCH_S)
    traces.leave_none()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Holdfast")
    application.setStyle("Fusion")
    application.setQuitOnLastWindowClosed(False)
    theme.put_on(application, theme.system_theme())
    application.styleHints().colorSchemeChanged.connect(lambda _scheme: theme.put_on(application, theme.system_theme()))
    crash.install()
    window = MainWindow(Entrance(this_computer()), Path.home(), named.absolute() if named is not None else None)
    window.closed.connect(application.quit)
    Interruption(window.close, application)
    window.show()
    QTimer.singleShot(_SETTLED_MS, keep_others_out)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
