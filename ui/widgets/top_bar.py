"""The bar at the top: always the same buttons in the same place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui import theme
from ui.widgets.text import Button, Look, Text


class TopBar(QFrame):
    """Help now and Lock, what is being done in the background, and who records where several do."""

    help_asked = Signal()
    lock_asked = Signal()
    back_asked = Signal()
    who_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("top")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(32), theme.px(14), theme.px(24), theme.px(14))
        row.setSpacing(theme.px(8))
        self._brand = Text("Holdfast", Look.BRAND, wraps=False)
        row.addWidget(self._brand)
        self._doing = Text("", Look.MUTED, wraps=False)
        row.addWidget(self._doing, 1)
        self._who = Button("", Look.QUIET)
        self._who.clicked.connect(self.who_asked)
        self._who.hide()
        self._back = Button(self.tr("Back"))
        self._back.clicked.connect(self.back_asked)
        self._help = Button(self.tr("Help now"), keys="F1", says=self.tr("Help now: whom you can turn to"))
        self._help.clicked.connect(self.help_asked)
        self._lock = Button(self.tr("Lock"), keys="Ctrl+L", says=self.tr("Lock: close the case"))
        self._lock.clicked.connect(self.lock_asked)
        for button in (self._who, self._back, self._help, self._lock):
            row.addWidget(button)
        self.show_state(is_open=False, may_go_back=False)

    def show_state(self, *, is_open: bool, may_go_back: bool) -> None:
        """Whether a case is open, and whether there is a way back from help."""
        self._lock.setVisible(is_open)
        self._brand.setVisible(not is_open)
        self._back.setVisible(may_go_back)

    def show_recorder(self, initials: str) -> None:
        """Who records now, where several people do; empty where there is nothing to tell."""
        self._who.setText(self.tr("{0} records").format(initials))
        self._who.setAccessibleName(self.tr("{0} records now: change who records").format(initials))
        self._who.setVisible(bool(initials))

    def say(self, words: str) -> None:
        """What is being done; an empty text for nothing."""
        self._doing.say(words)
