"""Checking everything: each entry, link and file is read again, and each damaged thing is named."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.plaintext import visible_sentence
from ui.desk import Desk
from ui.safety.deed import Deed
from ui.worker import Task

if TYPE_CHECKING:
    from app.casefile import Casefile
    from vault.check import CheckReport, Fault


class CheckEverything(Deed):
    """Reads the whole case again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            _tr("Check everything"),
            _tr("Every entry and every file is read again and compared with its fingerprint. Nothing is changed."),
            _tr("Check now"),
        )

    def begin(self) -> None:
        """Begin at once: there is nothing to ask."""

        def check(casefile: "Casefile", task: Task) -> "CheckReport":
            return casefile.check(lambda done, of: task.step("", done, max(of, done + 1)))

        self.work(self.tr("Reading everything again…"), check, self._checked)

    def _checked(self, report: "CheckReport") -> None:
        entries = self.tr("%n entries", "", report.entries)
        files = self.tr("1 file") if report.objects == 1 else self.tr("%n files", "", report.objects)
        lines = [self.tr("Read again: {0} and {1}.").format(entries, files)]
        lines += [fault_words(fault) for fault in report.faults]
        lines += [visible_sentence(note) for note in report.notes]
        lines.append(
            self.tr("Make a copy of the whole folder before anything else, and open your newest backup.")
            if report.faults
            else self.tr("Nothing is damaged.")
        )
        self.say("\n\n".join(lines))


def fault_words(fault: "Fault") -> str:
    """One damaged thing, and what of it can still be read."""
    still = _tr("Still there: {0}.").format(fault.readable.removesuffix(".")) if fault.readable else ""
    return visible_sentence(f"{_tr('Damaged')}: {fault.where}: {fault.what.removesuffix('.')}. {still}".strip())


def _tr(text: str) -> str:
    return QCoreApplication.translate("CheckEverything", text)
