"""Making a backup: where to, how far it is, and what it holds then."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.plaintext import visible
from app.report.visible import in_fours
from app.safe_keeping import Safety, make_backup
from app.synced import Surroundings, synced_folder
from app.under18_words import under18_words
from ui.desk import Desk
from ui.safety.deed import Deed
from ui.widgets.files import choose_folder
from ui.widgets.flow import flow_of
from ui.widgets.synced_warning import synced_words
from ui.widgets.text import Button, Text
from ui.widgets.tick_box import TickBox
from ui.words import moment_of, moment_words
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
        self._whole = TickBox(self.tr("Read the whole copy again"))
        self._whole.setToolTip(self.tr("Otherwise a part of what is there already is read again each time."))
        self._whole.setAccessibleDescription(self._whole.toolTip())
        self._whole.hide()
        self.offer(self._whole)
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
        self._whole.setVisible(seen.backed_up is not None)

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

    def stopped_words(self) -> str:
        """The backup is made another time."""
        return self.tr("Stopped before the backup was done. Nothing was lost, and the next one there goes on with it.")

    def _copy(self, folder: Path) -> None:
        whole = self._whole.isChecked() and not self._whole.isHidden()

        def copy(casefile: "Casefile", task: Task) -> "BackedUp":
            def step(done: int, of: int) -> None:
                task.step("", done, max(of, done + 1))

            return make_backup(casefile, folder, step, whole=whole)

        def made(done: "BackedUp") -> None:
            self._whole.setChecked(False)
            self._made(done, folder)

        self.work(
            self.tr(
                "Copying, and reading back what was copied. If you stop it or lock the case, the next backup goes on "
                "from there."
            ),
            copy,
            made,
            in_bytes=True,
            late=self.tr("The backup was made."),
        )

    def _made(self, made: "BackedUp", folder: Path) -> None:
        moment = moment_of(made.at)
        lines = [
            self.tr("Backed up to {0} on {1}: %n entries. Everything new was read back.", "", made.entries).format(
                visible(str(folder)), moment_words(moment, self.desk.zone) if moment else made.at
            ),
            *self._read_again(made.read_again),
            self.tr("The head of the log is {0}").format(in_fours(made.head)),
            *self._cautions(made),
        ]
        self.say("\n\n".join(lines))

    def _read_again(self, files: int) -> list[str]:
        if not files:
            return []
        return [
            self.tr("1 file that was there already was read again.")
            if files == 1
            else self.tr("%n files that were there already were read again.", "", files)
        ]

    def _cautions(self, made: "BackedUp") -> Iterator[str]:
        held = under18_words().held
        if made.withdrawn:
            yield self.tr(
                "Something was withdrawn from this case. Other backups that were made before still hold its picture: "
                "bring them up to date as well, or destroy them."
            )
        if made.held:
            yield QCoreApplication.translate("under18", held.kept_out_of_backup).format(refs=_names(made.held))
        if made.held_there:
            yield QCoreApplication.translate("under18", held.in_backup_before).format(refs=_names(made.held_there))
        if made.mended:
            yield self.tr(
                "A file was damaged in this backup and is copied anew: {0}. The disk or stick may be failing: make a "
                "backup on another one too, and read this one again as a whole."
            ).format(_names(made.mended))
        if made.damaged:
            yield self.tr("Damaged here, and not whole in this backup: {0}. An older backup may have them.").format(
                _names(made.damaged)
            )


def _names(refs: tuple[str, ...]) -> str:
    return visible(", ".join(refs))


def _tr(text: str) -> str:
    return QCoreApplication.translate("MakeBackup", text)
