"""Recovery words: shown to be written down by hand; they count once two of them were typed back."""

import secrets

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.safe_keeping import keep_words
from ui import theme
from ui.desk import Desk
from ui.safety.deed import Deed
from ui.widgets.field import Field, PlainLine
from ui.widgets.flow import flow_of
from ui.widgets.text import Button, Look, Text
from vault.recovery import WORDS, RecoverySecret, new_recovery_secret, words_of

_COLUMNS = 3
_ASKED = 2


class RecoveryWords(Deed):
    """Twelve words that open the case when the passphrase is forgotten."""

    counted = Signal()
    """New words open the case from now on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            _tr("Recovery words"),
            _tr("Twelve words on paper open the case if the passphrase is forgotten. Without them nobody can."),
            _tr("Make recovery words"),
        )
        self._secret: RecoverySecret | None = None
        self._asked: tuple[int, ...] = ()
        self._paper = self._paper_part()
        self._test = QWidget()
        self._lines = [QLineEdit() for _line in range(_ASKED)]
        self._check = Button(self.tr("These are the words"), Look.PRIMARY)
        self._check.clicked.connect(self._compare)
        self._again = Button(self.tr("Show the words again"))
        self._again.clicked.connect(self._show_words)
        self._later = Button(self.tr("Later"), says=self.tr("Later: make no recovery words now"))
        self._later.clicked.connect(self.leave)
        self._wrote = Button(self.tr("I wrote them down"), Look.PRIMARY)
        self._wrote.clicked.connect(self._ask_back)
        self.ask(self._paper, self._test, flow_of(self._wrote, self._check, self._again, self._later))
        self._form = QGridLayout(self._test)
        self._form.setContentsMargins(0, 0, 0, 0)
        for line in self._lines:
            line.returnPressed.connect(self._compare)

    def _paper_part(self) -> QWidget:
        paper = QWidget()
        self._grid = QGridLayout(paper)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme.px(10))
        self._grid.addWidget(
            Text(
                self.tr(
                    "Write these twelve words on paper, by hand and in this order. Take no picture of them and type "
                    "them nowhere: whoever has them can open the case. Keep the paper where only you can get it."
                )
            ),
            0,
            0,
            1,
            _COLUMNS,
        )
        self._shown: list[Text] = []
        for place in range(WORDS):
            word = Text("", Look.NUMBER, wraps=False)
            word.setAccessibleDescription(self.tr("Recovery word {0}").format(place + 1))
            self._shown.append(word)
            rows = WORDS // _COLUMNS
            self._grid.addWidget(word, 1 + place % rows, place // rows)
        return paper

    def begin(self) -> None:
        """Show new words; the case does not know them yet."""
        super().begin()
        self._secret = new_recovery_secret()
        self._asked = tuple(sorted(secrets.SystemRandom().sample(range(WORDS), _ASKED)))
        self._show_words()

    def forget(self) -> None:
        """No widget holds a word any more."""
        self._secret = None
        for shown in self._shown:
            shown.say("")
        for line in self._lines:
            line.clear()

    def show_state(self, *, has_words: bool) -> None:
        """Whether there are words that open the case now."""
        self.sentence.say(
            self.tr("This case has recovery words. New ones take their place; the old ones are no longer good then.")
            if has_words
            else self.tr(
                "This case has no recovery words. Twelve words on paper open it if the passphrase is forgotten; "
                "without them nobody can."
            )
        )

    def _show_words(self) -> None:
        if self._secret is None:
            return
        for place, (shown, word) in enumerate(zip(self._shown, words_of(self._secret), strict=True), start=1):
            shown.say(f"{place}. {word}")
        self._turn_to(testing=False)
        self._wrote.setFocus()

    def _ask_back(self) -> None:
        for shown in self._shown:
            shown.say("")
        while (item := self._form.takeAt(0)) is not None:
            holder = item.widget()
            if holder is not None:
                for line in self._lines:
                    line.setParent(None)
                holder.deleteLater()
        for column, (place, line) in enumerate(zip(self._asked, self._lines, strict=True)):
            line.clear()
            self._form.addWidget(Field(self.tr("Word {0}").format(place + 1), PlainLine(line)), 0, column)
            line.setAccessibleName(self.tr("Word {0}").format(place + 1))
        self._turn_to(testing=True)
        self._lines[0].setFocus()

    def _turn_to(self, *, testing: bool) -> None:
        self.say("")
        self._paper.setVisible(not testing)
        self._wrote.setVisible(not testing)
        for widget in (self._test, self._check, self._again):
            widget.setVisible(testing)

    def _compare(self) -> None:
        secret = self._secret
        if secret is None:
            return
        words = words_of(secret)
        for place, line in zip(self._asked, self._lines, strict=True):
            if line.text().strip().lower() != words[place]:
                self.say(
                    self.tr("Word {0} is another one. Look at your paper, or see the words again.").format(place + 1)
                )
                line.selectAll()
                line.setFocus()
                return

        def done(_none: None) -> None:
            self.say(self.tr("These words open the case from now on. Older ones do not."))
            self.counted.emit()

        self.work(self.tr("Keeping them…"), lambda casefile, _task: keep_words(casefile, secret), done, may_stop=False)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RecoveryWords", text)
