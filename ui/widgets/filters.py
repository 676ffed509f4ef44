"""What a list can be narrowed to, beside the words: what it is, whose, where, how sensitive, from when to when."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.kinds import Sensitivity
from app.listing import LISTED, Sought
from ui import theme
from ui.widgets.chooser import Option
from ui.widgets.field import Choice, Field, PlainChoice, PlainLine
from ui.widgets.flow import Flow
from ui.widgets.text import Button, Look, Text
from ui.words import day_typed, kinds_words
from vault.chain import EntryId, Kind

_WIDTH = 196
_EVERYTHING = "everything"


class Filters(QWidget):
    """Questions of which none has to be answered; each answer narrows the list at once."""

    changed = Signal()
    """Something else is looked for now."""
    cleared = Signal()
    """Somebody wants nothing narrowed any more."""

    def __init__(self, kind: Kind) -> None:
        """`kind`: what the list shows as long as nothing else is asked for."""
        super().__init__()
        self._kind = kind
        self.setAccessibleName(self.tr("Filters"))
        self._what = self._choice()
        self._what.addItem(kinds_words(kind), kind.value)
        for other in LISTED:
            if other is not kind:
                self._what.addItem(kinds_words(other), other.value)
        self._what.addItem(self.tr("Everything"), _EVERYTHING)
        self._account, self._platform, self._sensitivity = self._choice(), self._choice(), self._choice()
        self._sensitivity.addItem(self.tr("Any"), "")
        for value, words in (
            (Sensitivity.NOT_SAID, self.tr("Not sorted yet")),
            (Sensitivity.INTIMATE, self.tr("Intimate")),
            (Sensitivity.ORDINARY, self.tr("Ordinary")),
        ):
            self._sensitivity.addItem(words, value.value)
        self._since, self._until = self._day(), self._day()
        self._trouble = Text("", Look.SMALL)
        self._trouble.hide()
        clear = Button(self.tr("Clear filters"), Look.QUIET)
        clear.clicked.connect(self.cleared)
        flow = Flow(self, 12)
        for field in (
            Field(self.tr("Kind"), PlainChoice(self._what)),
            Field(self.tr("Platform"), PlainChoice(self._platform)),
            *([Field(self.tr("Account"), PlainChoice(self._account))] if kind is not Kind.ACCOUNT else []),
            *([Field(self.tr("Sensitivity"), PlainChoice(self._sensitivity))] if kind is Kind.EXHIBIT else []),
            Field(self.tr("From this day"), PlainLine(self._since)),
            Field(self.tr("Until this day"), PlainLine(self._until)),
        ):
            field.setFixedWidth(theme.px(_WIDTH))
            flow.addWidget(field)
        flow.addWidget(self._trouble)
        flow.addWidget(clear)
        for line in (self._since, self._until):
            line.setAccessibleDescription(self.tr("Like 2026-11-20"))
        self.offer([], [])

    def offer(self, accounts: list[Option], platforms: list[Option]) -> None:
        """What there is to choose from in this case; what was chosen stays."""
        for box, options in ((self._account, accounts), (self._platform, platforms)):
            chosen = (box.currentData(), box.currentText())
            box.clear()
            box.addItem(self.tr("Any"), "")
            for option in options:
                box.addItem(option.words, option.id)
            if chosen[0] and box.findData(chosen[0]) < 0:
                box.addItem(chosen[1], chosen[0])
            box.setCurrentIndex(max(0, box.findData(chosen[0])))

    def sought(self, text: str) -> Sought:
        """What is looked for, with these words."""
        kind, sensitivity = str(self._what.currentData()), str(self._sensitivity.currentData())
        return Sought(
            text=text,
            kind=None if kind == _EVERYTHING else Kind(kind),
            account=EntryId(str(self._account.currentData())) if self._account.currentData() else None,
            platform=str(self._platform.currentData() or ""),
            sensitivity=Sensitivity(sensitivity) if sensitivity else None,
            since=day_typed(self._since.text()),
            until=day_typed(self._until.text()),
        )

    @property
    def number(self) -> int:
        """How many of the questions have an answer."""
        sought = self.sought("")
        other_kind = sought.kind is not self._kind
        given = (sought.account, sought.platform, sought.sensitivity, sought.since, sought.until)
        return sum(map(bool, given)) + other_kind

    def clear(self) -> None:
        """Ask for nothing, without telling so."""
        for box in (self._what, self._account, self._platform, self._sensitivity):
            box.setCurrentIndex(0)
        for line in (self._since, self._until):
            line.clear()
        self._trouble.hide()

    def narrow_to(self, sensitivity: Sensitivity) -> None:
        """Ask for this sensitivity and nothing else, without telling so."""
        self.clear()
        self._sensitivity.setCurrentIndex(self._sensitivity.findData(sensitivity.value))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """A day counts as soon as its line is left."""
        if event.type() is QEvent.Type.FocusOut and isinstance(watched, QLineEdit):
            self._take_days()
        return super().eventFilter(watched, event)

    def _choice(self) -> Choice:
        box = Choice()
        box.activated.connect(lambda _index: self.changed.emit())
        return box

    def _day(self) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText("2026-11-20")
        line.textEdited.connect(lambda _text: self._typed(line))
        line.returnPressed.connect(self._take_days)
        line.installEventFilter(self)
        return line

    def _typed(self, line: QLineEdit) -> None:
        """Take a day as soon as it is one, and nothing in between."""
        if not line.text().strip() or day_typed(line.text()) is not None:
            self._take_days()

    def _take_days(self) -> None:
        wrong = any(line.text().strip() and day_typed(line.text()) is None for line in (self._since, self._until))
        backwards = self._since_after_until()
        self._trouble.say(
            self.tr("A day looks like 2026-11-20.") if wrong else self.tr("The first day is after the last one.")
        )
        self._trouble.setVisible(wrong or backwards)
        self.changed.emit()

    def _since_after_until(self) -> bool:
        since, until = day_typed(self._since.text()), day_typed(self._until.text())
        return since is not None and until is not None and since > until
