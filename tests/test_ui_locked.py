"""After locking, nothing in the window knows anything of the case any more, shown or hidden."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from window import OFFSCREEN, PNG, Hand, hand

from app.kinds import Exhibit, Kind
from capture import FileSource
from ui.messages import Message
from ui.places import Place, Way
from ui.widgets.row_list import RowList

__all__ = ["hand"]

pytestmark = OFFSCREEN
SECRET = "Zebrafinch"


def fill(casefile, folder) -> None:
    """The word in every kind of thing that a case holds."""
    (folder / "chat.png").write_bytes(PNG)
    about = Exhibit(title=SECRET, platform=SECRET)
    casefile.preserve(FileSource(folder / "chat.png", casefile.clock.computer).capture(), about)
    for kind, data in (
        (Kind.ACCOUNT, {"display_name": SECRET}),
        (Kind.PAYMENT, {"recipient": SECRET, "status": "paid"}),
        (Kind.INCIDENT, {"what_happened": SECRET}),
        (Kind.CONTACT, {"organisation": SECRET}),
        (Kind.TAKEDOWN, {"url": "https://example.com/1", "recipient": SECRET}),
    ):
        casefile.record(kind, data)
    casefile.add_person({"initials": "CD", "name": SECRET, "role": "supporter"})


def words_of(widget: QWidget) -> str:
    said = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
    if isinstance(widget, QLabel | QLineEdit | QPushButton):
        said.append(widget.text())
    if isinstance(widget, QPlainTextEdit):
        said.append(widget.toPlainText())
    return " ".join(said)


def knowing(hand: Hand) -> list[str]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return [words_of(widget) for widget in hand.window.findChildren(QWidget) if SECRET in words_of(widget)]


def test_no_widget_knows_a_word_of_the_case_after_locking(hand: Hand, tmp_path) -> None:
    pages = hand.window.case_pages
    assert pages is not None
    pages.capture._desk.keep(lambda casefile, _task: fill(casefile, tmp_path), lambda _none: None)
    for place in Place:
        hand.window.go(Way(place))
        hand.settle()
        for rows in hand.window.findChildren(RowList):
            if rows.isVisible() and rows.model().rowCount():
                rows.setCurrentIndex(rows.model().index(0, 0))
        hand.settle()
    pages.capture._desk.tell(Message("It was not kept", f"{SECRET} is held.", calm=True))
    assert SECRET in hand.texts()
    hand.lock()
    assert knowing(hand) == []
