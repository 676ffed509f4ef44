"""The window leaves nothing behind: no settings, no history of folders, no core dump, no words of a mistake."""

import os
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot
from window import OFFSCREEN, make_case

from ui.crash import CrashDialog, place_of
from ui.messages import message_for

pytestmark = OFFSCREEN

DIALOG = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from ui import traces
from ui.widgets.files import choose_files
if sys.argv[2] == "carefully":
    traces.leave_none()
application = QApplication([])
parent = QWidget()
parent.show()
chosen = []
dialog = choose_files(parent, "Files", chosen.extend)
dialog.selectFile(sys.argv[1])
def end():
    dialog.accept()
    QTimer.singleShot(0, application.quit)
QTimer.singleShot(0, end)
application.exec()
del dialog, parent
application.sendPostedEvents(None, 52)
print(chosen)
"""


def run_dialog(home: Path, how: str) -> tuple[str, list[Path]]:
    evidence = home / "evidence.png"
    evidence.write_bytes(b"x")
    environ = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environ |= {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    told = subprocess.run(
        [sys.executable, "-c", DIALOG, str(evidence), how], env=environ, capture_output=True, text=True, check=True
    ).stdout
    return told, [path for path in home.rglob("*") if path.is_file() and path != evidence]


def test_choosing_a_file_leaves_no_history_in_the_home_folder(tmp_path: Path) -> None:
    told, left = run_dialog(tmp_path, "carefully")
    assert "evidence.png" in told
    assert left == []


def test_without_that_care_qt_would_leave_one(tmp_path: Path) -> None:
    _told, left = run_dialog(tmp_path, "as usual")
    assert [path.name for path in left] == ["QtProject.conf"]


def test_the_program_writes_nothing_in_the_home_folder(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    case = make_case(tmp_path / "notes.holdfast")
    code = (
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "import ui.__main__ as program, sys\n"
        "QTimer.singleShot(0, lambda: None) if False else None\n"
        "from ui.main_window import MainWindow\n"
        "shown = MainWindow.showEvent\n"
        "MainWindow.showEvent = lambda self, event: (shown(self, event), QTimer.singleShot(200, self.close))\n"
        "sys.exit(program.main([sys.argv[1]]))\n"
    )
    environ = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environ |= {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", code, str(case)], env=environ, check=True, timeout=60, capture_output=True)
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_a_mistake_of_ours_is_told_without_what_it_holds(qtbot: QtBot) -> None:
    secret = "the name of the person"
    names: dict[str, str] = {}
    try:
        names[secret]
    except KeyError as error:
        message = message_for(error)
        place = place_of(type(error), error.__traceback__)
        dialog = CrashDialog(place)
    qtbot.addWidget(dialog)
    assert secret not in message.title + message.sentences + place
    assert place.startswith("KeyError test_ui_traces.py:")
    assert "safe" in message.sentences
