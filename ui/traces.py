"""What the toolkit and the system would write to the disk about us, and does not."""

import os
import sys

from PySide6.QtCore import QSettings

if sys.platform != "win32":
    import resource


def leave_none() -> None:
    """To be called before the application is made: no settings of Qt's own, no core dump with keys in it.

    Qt's file dialog keeps a history of folders in its settings; they are led to a place where nothing can be written.
    """
    nowhere = os.path.join(os.devnull, "none")  # noqa: PTH118 - no path that could exist
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(form, scope, nowhere)
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
