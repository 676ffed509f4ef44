"""Dialogs for files and folders that leave no list of where somebody was."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QUrl
from PySide6.QtWidgets import QFileDialog, QWidget


def choose_files(parent: QWidget, title: str, on_chosen: Callable[[list[Path]], None]) -> QFileDialog:
    """Ask for one or more files that are there."""
    return _open(parent, title, QFileDialog.FileMode.ExistingFiles, on_chosen)


def choose_folder(parent: QWidget, title: str, on_chosen: Callable[[Path], None]) -> QFileDialog:
    """Ask for a folder that is there."""
    return _open(parent, title, QFileDialog.FileMode.Directory, lambda paths: on_chosen(paths[0]))


def _open(
    parent: QWidget, title: str, mode: QFileDialog.FileMode, on_chosen: Callable[[list[Path]], None]
) -> QFileDialog:
    dialog = QFileDialog(parent, title, QDir.homePath())
    dialog.setFileMode(mode)
    # GTK's own dialog adds what was chosen to the desktop's list of recent files; Qt's dialog, its settings led
    # away, does not.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, on=sys.platform.startswith("linux"))
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=mode is QFileDialog.FileMode.Directory)
    dialog.setHistory([])
    dialog.setSidebarUrls([QUrl.fromLocalFile(QDir.homePath()), QUrl.fromLocalFile(QDir.rootPath())])
    dialog.accepted.connect(lambda: on_chosen([Path(name) for name in dialog.selectedFiles()]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
