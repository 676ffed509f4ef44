"""Making a backup: where to, how far it is, and what it holds then."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.plaintext import visible
from app.safe_keeping import Safety, make_backup
from app.synced import Surroundings, synced_folder
from ui.desk import Desk
from ui.safety.deed import Deed
from ui.widgets.files import choose_folder
from ui.widgets.flow import flow_of
from ui.widgets.synced_warning import synced_words
from ui.widgets.text import Button, Text
from ui.words import in_groups, moment_of, moment_words
from ui.worker import Task

if TYPE_CHECKING:
    from app.casefile import Casefile
    from vault.backup import BackedUp


class MakeBackup(Deed):
    """A whole copy in another place, brought up to date each time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            _tr("Make a backup"),
            "",
            _tr("Choose where…"),
        )
        self._folder: Path | None = None
        self._warning = Text("")
        anyway = Button(self.tr("Copy it there anyway"))
        anyway.clicked.connect(self._copy_anyway)
        other = Button(self.tr("Choose another place"))
        other.clicked.connect(self._choose)
        leave = Button(self.tr("Later"), says=self.tr("Later: make no backup now"))
        leave.clicked.connect(self.leave)
        self.ask(self._warning, flow_of(other, anyway, leave))

    def begin(self) -> None:
        """Ask where to."""
        self.say("")
        self._choose()

    def show_state(self, seen: Safety) -> None:
        """When it was backed up last."""
        when = moment_words(seen.backed_up, self.desk.zone) if seen.backed_up is not None else ""
        known = self.tr("The last backup was made on {0}.").format(when) if when else self.tr("There is no backup yet.")
        what = self.tr(
            "A stick or another disk is a good place. A backup is a whole case: it opens with the same passphrase."
        )
        self.sentence.say(f"{known} {what}")
        self.sentence.show()

    def make_in(self, folder: Path) -> None:
        """Make the backup in this folder, or bring the one there up to date; a synced folder is asked about first."""
        self._folder = folder
        found = synced_folder(folder, Surroundings())
        if found is None:
            self._copy(folder)
            return
        super().begin()
        self._warning.say(synced_words(found))

    def _choose(self) -> None:
        choose_folder(self, self.tr("Where should the backup go?"), self.make_in)

    def _copy_anyway(self) -> None:
        if self._folder is not None:
            self._copy(self._folder)

    def _copy(self, folder: Path) -> None:
        def copy(casefile: "Casefile", task: Task) -> "BackedUp":
            return make_backup(casefile, folder, lambda done, of: task.step("", done, max(of, done + 1)))

        self.work(
            self.tr("Copying, and reading back what was copied. If you stop, the next backup goes on from there."),
            copy,
            lambda made: self._made(made, folder),
            in_bytes=True,
        )

    def _made(self, made: "BackedUp", folder: Path) -> None:
        moment = moment_of(made.at)
        lines = [
            self.tr("Backed up to {0} on {1}: %n entries. Everything new was read back.", "", made.entries).format(
                visible(str(folder)), moment_words(moment, self.desk.zone) if moment else made.at
            ),
            self.tr("The head of the log is {0}").format(in_groups(made.head)),
        ]
        if made.withdrawn:
            lines.append(
                self.tr(
                    "Something was withdrawn from this case. Other backups that were made before still hold its "
                    "picture: bring them up to date as well, or destroy them."
                )
            )
        if made.held:
            lines.append(self.tr("Held, so only the words are in the backup: {0}.").format(", ".join(made.held)))
        if made.damaged:
            lines.append(
                self.tr("Damaged here, and not whole in this backup: {0}. An older backup may have them.").format(
                    ", ".join(made.damaged)
                )
            )
        self.say("\n\n".join(lines))


def _tr(text: str) -> str:
    return QCoreApplication.translate("MakeBackup", text)
