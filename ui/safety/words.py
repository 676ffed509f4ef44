"""Recovery words: shown to be written down by hand, on a sheet if wanted; then two of them are typed back."""

import secrets
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import NotPrinted
from app.plaintext import visible
from app.recovery_sheet import PRINTING, Sheet, code_rows, give_sheet, sheet_of
from app.removable import Volumes, volumes
from app.safe_keeping import keep_words
from ui import theme
from ui.desk import Desk
from ui.messages import message_for
from ui.safety.deed import Deed
from ui.safety.doubt import recovery_words
from ui.safety.paper import paint_sheet
from ui.safety.words_shown import WordsToCopy, WordsTypedBack
from ui.widgets.files import choose_folder
from ui.widgets.flow import flow_of
from ui.widgets.text import Button, Look, Text
from ui.words import translated
from ui.worker import Cancelled
from vault.errors import WaysUnsure
from vault.recovery import WORDS, RecoverySecret, new_recovery_secret, words_of

_ASKED = 2


class RecoveryWords(Deed):
    """Twelve words that open the case when the passphrase is forgotten.

    They count once two of them were typed back, or once they are on a sheet: no sheet may hold words that open nothing.
    """

    counted = Signal()
    """New words open the case from now on."""
    tested = Signal()
    """Two of them were typed back, and they open the case."""
    left = Signal()
    """Not now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            _tr("Recovery words"),
            _tr("Twelve words on paper open the case if the passphrase is forgotten. Without them nobody can."),
            _tr("Make recovery words"),
        )
        self.volumes: Volumes = volumes()
        """What can be carried away from this computer."""
        self._secret: RecoverySecret | None = None
        self._asked: tuple[int, ...] = ()
        self._on_a_sheet = False
        self._in_doubt = False
        self._lead = Text("", Look.CARD_TITLE)
        self._words = WordsToCopy()
        self._paper = self._paper_part()
        self._test = WordsTypedBack(_ASKED)
        self._test.entered.connect(self._compare)
        self._look = Text(self.tr("To be sure that it can be read: look at your paper and type these two words."))
        self._wrote = Button(self.tr("I wrote them down"), Look.PRIMARY)
        self._wrote.clicked.connect(self._ask_back)
        self._check = Button(self.tr("These are the words"), Look.PRIMARY)
        self._check.clicked.connect(self._compare)
        self._again = Button(self.tr("Show the words again"))
        self._again.clicked.connect(self._show_words)
        later = Button(self.tr("Not now"), says=self.tr("Not now: make no recovery words now"))
        later.clicked.connect(self._leave_for_later)
        self._sheet = self._sheet_part()
        self.ask(
            self._lead,
            self._paper,
            self._look,
            self._test,
            flow_of(self._wrote, self._check, self._again, later),
            self._sheet,
        )

    def _paper_part(self) -> QWidget:
        paper = QWidget()
        column = QVBoxLayout(paper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(
            Text(
                self.tr(
                    "Write these twelve words on paper, by hand and in this order. Take no picture of them and type "
                    "them nowhere: whoever has them can open the case. Keep the paper where only you can get it."
                )
            )
        )
        column.addWidget(self._words)
        return paper

    def _sheet_part(self) -> QWidget:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.setSpacing(theme.px(8))
        save = Button(self.tr("Put a sheet on a stick…"))
        save.clicked.connect(self._choose_stick)
        print_it = Button(self.tr("Print a sheet…"))
        print_it.clicked.connect(self._prepare_printing)
        column.addWidget(Text(self.tr("If you cannot write by hand"), Look.LABEL))
        column.addWidget(
            Text(
                self.tr("A sheet has the same words. As a file it goes to a stick or a card only, never to this disk."),
                Look.SMALL,
            )
        )
        column.addWidget(Text(translated(PRINTING), Look.SMALL))
        column.addWidget(flow_of(save, print_it))
        return sheet

    def begin_because(self, why: str) -> None:
        """Show new words, and say why now."""
        self.begin()
        self._lead.say(why)
        self._lead.show()

    def begin(self) -> None:
        """Show new words; the case does not know them yet."""
        super().begin()
        self._lead.hide()
        self._on_a_sheet = self._in_doubt = False
        self._secret = new_recovery_secret()
        self._asked = tuple(sorted(secrets.SystemRandom().sample(range(WORDS), _ASKED)))
        self._show_words()

    def forget(self) -> None:
        """No widget holds a word any more."""
        self._secret = None
        self._words.clear()
        self._test.clear()

    def failure_words(self, error: Exception) -> str:
        """Why the words were not kept, and which open the case."""
        return self.stopped_words() if isinstance(error, Cancelled) else recovery_words(error)

    def tell_failure(self, error: Exception) -> None:
        """Say why they were not kept; those that may open the case are shown once more."""
        if isinstance(error, WaysUnsure):
            self._in_doubt = True
            self._show_words()
        super().tell_failure(error)

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
        self._words.show_words(words_of(self._secret))
        self._turn_to(testing=False)
        self._wrote.setFocus()

    def _ask_back(self) -> None:
        self._words.clear()
        self._turn_to(testing=True)
        self._test.ask(self._asked)

    def _turn_to(self, *, testing: bool) -> None:
        self.say("")
        for widget in (self._paper, self._wrote, self._sheet):
            widget.setVisible(not testing)
        for widget in (self._look, self._test, self._check, self._again):
            widget.setVisible(testing)

    def _compare(self) -> None:
        secret = self._secret
        if secret is None:
            return
        trouble = self._test.trouble(words_of(secret))
        if trouble:
            self.say(trouble)
            return

        def done(_none: None) -> None:
            self.say(self._counting())
            self.counted.emit()
            self.tested.emit()

        if self._on_a_sheet:
            self.leave()
            done(None)
            return
        self.work(
            self.tr("Keeping them…"),
            lambda casefile, _task: keep_words(casefile, secret),
            done,
            may_stop=False,
            late=self.tr("The new recovery words open the case from now on. Older ones do not."),
        )

    def _counting(self) -> str:
        return self.tr("These words open the case from now on. Older ones do not.")

    def _leave_for_later(self) -> None:
        if self._on_a_sheet:
            words = self.tr(
                "The words on the sheet open the case. You did not test them: look soon whether it can be read."
            )
        elif self._in_doubt:
            words = self.tr("Those words may open the case: keep the paper, and the older one too.")
        else:
            words = self.tr(
                "Those words open nothing: if you wrote some down, cross them out. You can make others here."
            )
        self.leave()
        self.say(words)
        self.left.emit()

    # -- on a sheet ---------------------------------------------------------------------------------------------

    def save_sheet_in(self, folder: Path) -> None:
        """Put the sheet into a folder on a stick or a card; from then on its words open the case."""
        secret = self._secret
        if secret is None:
            return
        self.work(
            self.tr("Writing the sheet…"),
            lambda casefile, _task: give_sheet(casefile, secret, folder, self.volumes),
            lambda path: self._is_on_a_sheet(self.tr("The sheet is there: {0}").format(visible(str(path)))),
            may_stop=False,
            stays=True,
            late=self.tr("The new recovery words open the case from now on. Older ones do not."),
        )

    def print_on(self, sheet: Sheet, squares: list[list[bool]], device: QPagedPaintDevice) -> None:
        """Print the sheet; from then on its words open the case."""
        secret = self._secret
        if secret is None:
            return
        try:
            paint_sheet(sheet, squares, device)
        except NotPrinted as error:
            self.say(message_for(error).sentences)
            return
        self.work(
            self.tr("Keeping them…"),
            lambda casefile, _task: keep_words(casefile, secret),
            lambda _none: self._is_on_a_sheet(self.tr("The sheet was given to the printer.")),
            may_stop=False,
            stays=True,
            late=self.tr("The new recovery words open the case from now on. Older ones do not."),
        )

    def _choose_stick(self) -> None:
        choose_folder(self, self.tr("The stick or card for the sheet"), self.save_sheet_in)

    def _prepare_printing(self) -> None:
        secret = self._secret
        if secret is None:
            return

        def prepared(made: tuple[Sheet, list[list[bool]]]) -> None:
            if self._secret is secret:
                self._choose_printer(*made)

        def prepare(sheet: Sheet) -> tuple[Sheet, list[list[bool]]]:
            return sheet, code_rows(sheet)

        self.desk.ask(lambda casefile: prepare(sheet_of(casefile, secret)), prepared)

    def _choose_printer(self, sheet: Sheet, squares: list[list[bool]]) -> None:
        if not QPrinterInfo.availablePrinterNames():
            self.say(self.tr("This computer knows no printer. You can write the words by hand, or use a stick."))
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        # The name stands in the printer's queue, for everybody to see.
        printer.setDocName(self.tr("Page"))
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, on=False)
        dialog.accepted.connect(lambda: self.print_on(sheet, squares, printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setModal(True)
        dialog.show()

    def _is_on_a_sheet(self, where: str) -> None:
        self._on_a_sheet = True
        words = self.tr("Its words open the case from now on, older ones do not. Now test whether you can read them.")
        self.say(f"{where}. {words}" if not where.endswith(".") else f"{where} {words}")
        self.counted.emit()


def _tr(text: str) -> str:
    return QCoreApplication.translate("RecoveryWords", text)
