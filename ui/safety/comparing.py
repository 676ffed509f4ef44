"""Comparing with a backup: which of the two is ahead, whether both went on separately, and whether it can be read."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.errors import NeedsPassphrase
from app.plaintext import visible, visible_sentence
from app.safe_keeping import compare_with_copy
from ui.desk import Desk
from ui.safety.checking import fault_words
from ui.safety.deed import Deed
from ui.widgets.files import choose_folder
from ui.widgets.flow import flow_of
from ui.widgets.passphrase import PassphraseField
from ui.widgets.text import Button, Look, Text
from ui.worker import Task

if TYPE_CHECKING:
    from app.casefile import Casefile
    from app.comparing import Compared
    from vault.comparison import Comparison


class CompareBackup(Deed):
    """Says how a backup stands to the case, and reads everything in that backup again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            _tr("Compare with a backup"),
            _tr("Says which of the two has more, and reads everything in the backup again. Nothing is changed."),
            _tr("Choose the backup…"),
        )
        self._folder: Path | None = None
        self._passphrase = PassphraseField(self.tr("Passphrase of the backup"))
        self._passphrase.entered.connect(self._try_passphrase)
        act = Button(self.tr("Compare"), Look.PRIMARY)
        act.clicked.connect(self._try_passphrase)
        leave = Button(self.tr("Leave it"), says=self.tr("Leave it: compare with no backup now"))
        leave.clicked.connect(self.leave)
        self.ask(
            Text(self.tr("This backup opens with the passphrase that the case had when it was made.")),
            self._passphrase,
            flow_of(act, leave),
        )

    def begin(self) -> None:
        """Ask which backup."""
        self.say("")
        choose_folder(self, self.tr("Which backup?"), self.compare_with)

    def forget(self) -> None:
        """Empty the field."""
        self._passphrase.clear()

    def compare_with(self, folder: Path) -> None:
        """Compare with the backup in this folder."""
        self._folder = folder
        self._compare(folder, None)

    def tell_failure(self, error: Exception) -> None:
        """Say why it could not be compared; an older backup asks for its passphrase."""
        if isinstance(error, NeedsPassphrase) and self.isVisible():
            super().begin()
            self._passphrase.setFocus()
            return
        super().tell_failure(error)
        self._passphrase.select_all()

    def _try_passphrase(self) -> None:
        if self._folder is None or not self._passphrase.text():
            self._passphrase.setFocus()
            return
        self._compare(self._folder, self._passphrase.text())

    def _compare(self, folder: Path, passphrase: str | None) -> None:
        def compare(casefile: "Casefile", task: Task) -> "Compared":
            return compare_with_copy(
                casefile, folder, passphrase, lambda done, of: task.step("", done, max(of, done + 1))
            )

        self.work(self.tr("Comparing, and reading the backup again…"), compare, self._compared)

    def _compared(self, found: "Compared") -> None:
        lines = [self.tr("Compared with {0}").format(visible(str(found.copy))), self._standing(found.standing)]
        lines += self._withdrawn(found.standing.withdrawn)
        lines += self._notes(found.standing.notes)
        lines += [fault_words(fault) for fault in found.report.faults]
        lines += [visible_sentence(note) for note in found.report.notes]
        lines.append(
            self.tr("This backup is damaged. Make a new one in another place, and keep this one as it is.")
            if found.report.faults
            else self.tr("Everything in the backup was read again: nothing in it is damaged.")
        )
        self.say("\n\n".join(lines))

    def _withdrawn(self, files: int) -> list[str]:
        if not files:
            return []
        many = self.tr("1 file") if files == 1 else self.tr("%n files", "", files)
        words = self.tr(
            "The backup still holds what was withdrawn here: {0}. Bring it up to date: that removes it there. "
            "Otherwise destroy the backup."
        )
        return [words.format(many)]

    def _notes(self, notes: int) -> list[str]:
        if not notes:
            return []
        words = self.tr(
            "In the backup are notes that this case does not have, or not in the same words: {0}. Open the backup to "
            "read them."
        )
        return [words.format(notes)]

    def _standing(self, found: "Comparison") -> str:
        both = self.tr("This case holds {0} entries, the backup {1}.").format(found.entries, found.others)
        match found.standing.value:
            case "equal":
                return self.tr("Both hold the same %n entries.", "", found.entries)
            case "ahead" if found.notes:
                words = self.tr("This case is ahead: it has every entry of the backup.")
            case "ahead":
                words = self.tr("This case is ahead. The backup has nothing that is not here: bring it up to date.")
            case "behind":
                words = self.tr(
                    "The backup is ahead: this case may have been put back to an older day. Keep both, and open the "
                    "backup to see what it has."
                )
            case _:
                words = self.tr(
                    "Since entry {0} both went on separately, so neither holds everything. Keep both; neither is "
                    "written over the other."
                ).format(found.common)
        return f"{both} {words}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("CompareBackup", text)
