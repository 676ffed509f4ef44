"""Tables: a CSV file is looked through and imported, or one kind is written as a CSV file, in plain."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPlainTextEdit

from app.kinds import Kind
from app.plaintext import visible, visible_sentence
from app.synced import Surroundings, synced_folder
from ui import theme
from ui.case_reading import views
from ui.desk import Desk
from ui.pages.page import Page
from ui.places import PLACE_OF, Way
from ui.widgets.card import Card
from ui.widgets.field import Choice, Field, PlainChoice
from ui.widgets.files import choose_files, choose_folder
from ui.widgets.flow import flow_of
from ui.widgets.progress import Progress
from ui.widgets.shut import shut
from ui.widgets.synced_warning import synced_words
from ui.widgets.text import Button, Look, Text
from ui.widgets.tick_box import TickBox
from ui.words import kinds_words
from ui.worker import Cancelled, Task

if TYPE_CHECKING:
    from app.casefile import Casefile
    from app.sheets import Imported, MatchedSheet

_ENCODINGS = ("", "utf-8", "utf-16", "windows-1252")


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which file is looked at, and how."""

    path: Path
    ignored: tuple[str, ...] = ()
    encoding: str = ""


class TablesPage(Page):
    """Import and export of one kind at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(" ", self.tr("For rows that are in a spreadsheet already, or are to go into one."))
        self._desk = desk
        self._kind = Kind.TAKEDOWN
        self._asked: _Asked | None = None
        self._matched: MatchedSheet | None = None
        self._task: Task | None = None
        self._folder = Path()
        self._back = Button(self.tr("Back to the list"), Look.QUIET)
        self._back.clicked.connect(lambda: self.go.emit(Way(PLACE_OF[self._kind])))
        self.add(flow_of(self._back), gap=4)
        self.add(self._import_card(), width=820)
        self.progress = Progress(self.tr("the table"))
        self.progress.stop.clicked.connect(self._stop)
        self.add(self.progress, width=820)
        self._found = self._found_card()
        self.add(self._found, width=820)
        self._result = Card(self.tr("The result"))
        self._result_words = Text("", copyable=True)
        self._result.add(self._result_words)
        self._result.hide()
        self.add(self._result, width=820)
        self.add(self._export_card(), width=820)
        self.end()

    def enter(self, way: Way) -> None:
        """Show it for one kind."""
        if way.kind is not None and way.kind is not self._kind:
            self._kind = way.kind
            self._forget()
        self.title.say(self.tr("Tables: {0}").format(kinds_words(self._kind)))
        self.setAccessibleName(self.title.text())
        self._back.setFocus()

    # -- what it looks like -------------------------------------------------------------------------------------

    def _import_card(self) -> Card:
        card = Card(
            self.tr("Import a table"),
            self.tr(
                "A CSV file whose first row names the columns. You see all of it that is understood, and every row "
                "that is not, before anything is kept. Either all of it is imported or nothing."
            ),
        )
        choose = Button(self.tr("Choose a file…"), Look.PRIMARY)
        choose.clicked.connect(self._choose)
        self._encoding = Choice()
        names = (self.tr("As the file says"), "UTF-8", "UTF-16", "Windows-1252")
        for encoding, name in zip(_ENCODINGS, names, strict=True):
            self._encoding.addItem(name, encoding)
        self._encoding.activated.connect(lambda _index: self._look_again())
        card.add(flow_of(choose), gap=4)
        card.add(Field(self.tr("How letters stand in it"), PlainChoice(self._encoding)), gap=4)
        card.add(Text(self.tr("Only if letters look wrong. Older spreadsheets often write Windows-1252."), Look.SMALL))
        shut(self._desk.why_not, choose, self._encoding)
        return card

    def _found_card(self) -> Card:
        card = Card(" ")
        self._summary = Text("")
        card.add(self._summary)
        self._lines = QPlainTextEdit()
        self._lines.setReadOnly(True)
        self._lines.setTabChangesFocus(True)
        self._lines.setMinimumHeight(theme.px(120))
        self._lines.setMaximumHeight(theme.px(220))
        self._lines.setAccessibleName(self.tr("Rows and columns that need a look"))
        card.add(self._lines, gap=4)
        self._again = TickBox(self.tr("Also import rows that are there already"))
        self._again.toggled.connect(lambda _on: self._say_found())
        card.add(self._again)
        self._import = Button(self.tr("Import"), Look.PRIMARY)
        self._import.clicked.connect(lambda: self._bring_in(None))
        self._good = Button(self.tr("Import the others, and put these rows into a file…"))
        self._good.clicked.connect(self._choose_for_bad)
        self._leave_out = Button(self.tr("Leave these columns out"))
        self._leave_out.clicked.connect(self._without_columns)
        leave = Button(self.tr("Leave it"), Look.QUIET, says=self.tr("Leave it: import nothing"))
        leave.clicked.connect(self._forget)
        card.add(flow_of(self._import, self._good, self._leave_out, leave), gap=4)
        card.hide()
        return card

    def _export_card(self) -> Card:
        card = Card(
            self.tr("Write a table"),
            self.tr(
                "A new CSV file for a spreadsheet. It is not encrypted: whoever can open it can read it. Keep it where "
                "nobody else looks, or delete it afterwards. Files of exhibits are not in it."
            ),
        )
        choose = Button(self.tr("Choose a folder…"), says=self.tr("Choose a folder for the table"))
        choose.clicked.connect(self._choose_for_export)
        self._synced = Text("")
        self._anyway = Button(self.tr("Write it there anyway"))
        self._anyway.clicked.connect(lambda: self._write(self._folder))
        for widget in (self._synced, self._anyway):
            widget.hide()
        card.add(flow_of(choose), gap=4)
        card.add(self._synced)
        card.add(flow_of(self._anyway))
        return card

    # -- importing ----------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        choose_files(self, self.tr("A table to import"), lambda paths: self.look_into(paths[0]))

    def look_into(self, path: Path) -> None:
        """Read a table and show what is in it; nothing is kept."""
        self._look(_Asked(path, encoding=str(self._encoding.currentData())))

    def _look_again(self) -> None:
        if self._asked is not None:
            self.look_into(self._asked.path)

    def _look(self, asked: _Asked) -> None:
        if self._task is not None or self._desk.why_not:
            return
        kind = self._kind

        def read(casefile: "Casefile", task: Task) -> "MatchedSheet":
            return views().look_into(
                casefile,
                asked.path,
                kind,
                list(asked.ignored),
                asked.encoding,
                lambda done, of: task.step("", done, max(of, done + 1)),
            )

        self._forget()
        self._asked = asked
        self.progress.begin(self.tr("Reading the table"), may_stop=True)
        self._task = self._desk.read(read, self._show, self._failed, self.progress.show_step)

    def _show(self, matched: "MatchedSheet") -> None:
        self._finished()
        self._matched = matched
        name = visible(self._asked.path.name) if self._asked is not None else ""
        self._found.title.say(name)
        self._found.setAccessibleName(name)
        self._lines.setPlainText("\n".join(_lines_of(self, matched)))
        self._lines.setVisible(bool(self._lines.toPlainText()))
        self._again.setVisible(bool(matched.repeats))
        self._again.setChecked(False)
        self._say_found()
        self._found.show()
        self.lead_to(self._found)
        for button in (self._import, self._good, self._leave_out):
            if not button.isHidden():
                button.setFocus()
                break

    def _say_found(self) -> None:
        matched = self._matched
        if matched is None:
            return
        chosen = len(matched.chosen(again=self._again.isChecked()))
        columns = matched.sheet.column_problems
        parts = [self.tr("{0} can be imported.").format(_rows(chosen))]
        if matched.repeats:
            parts.append(self.tr("There already: {0}.").format(_rows(len(matched.repeats))))
        if matched.sheet.withdrawn:
            parts.append(self.tr("Withdrawn, so left out: {0}.").format(_rows(len(matched.sheet.withdrawn))))
        if matched.bad:
            parts.append(self.tr("As it stands, {0} cannot be imported.").format(_rows(len(matched.bad))))
        if columns:
            parts.append(self.tr("Nothing is imported while columns are not understood."))
        self._summary.say(" ".join(parts))
        self._import.setVisible(not columns and not matched.bad and bool(chosen))
        self._import.setText(self.tr("Import {0}").format(_rows(chosen)))
        self._import.setAccessibleName(self._import.text())
        self._good.setVisible(not columns and bool(matched.bad) and bool(chosen))
        self._leave_out.setVisible(bool(columns))

    def _without_columns(self) -> None:
        asked, matched = self._asked, self._matched
        if asked is not None and matched is not None:
            names = (wrong.name or wrong.letters for wrong in matched.sheet.column_problems)
            self._look(_Asked(asked.path, (*asked.ignored, *names), asked.encoding))

    def _choose_for_bad(self) -> None:
        title = self.tr("Where should the rows go that cannot be imported? The file is not encrypted.")
        choose_folder(self, title, lambda folder: self._bring_in(_free(folder, f"{self._stem()}-not-imported")))

    def _bring_in(self, bad_file: Path | None) -> None:
        matched, again = self._matched, self._again.isChecked()
        if matched is None or self._task is not None:
            return

        def write(casefile: "Casefile", task: Task) -> "Imported":
            told = lambda done, of: task.step("", done, max(of, done + 1))  # noqa: E731
            return views().bring_in(casefile, matched, bad_file, told, again=again)

        # Before the button goes: Enter pressed twice is to begin nothing else, nor to cancel.
        self.setFocus()
        self._found.hide()
        self.progress.begin(self.tr("Importing"), may_stop=True)
        self._task = self._desk.keep(
            write, lambda done: self._imported(done, bad_file), self._failed, self.progress.show_step
        )

    def _imported(self, imported: "Imported", bad_file: Path | None) -> None:
        self._finished()
        self._forget()
        words = [self.tr("Imported and Saved: {0}.").format(_rows(len(imported.entries)))]
        if bad_file is not None:
            words.append(
                self.tr("The rows that could not be imported are in {0}, with what is wrong with each.").format(
                    visible(str(bad_file))
                )
            )
        if imported.without_capture:
            words.append(self.tr("No exhibit shows the page yet: {0}.").format(_rows(imported.without_capture)))
        words.append(
            self.tr("The table is still where it was, and is not encrypted. Delete it if nobody else may read it.")
        )
        self._tell("\n\n".join(words))

    # -- writing ------------------------------------------------------------------------------------------------

    def _choose_for_export(self) -> None:
        choose_folder(self, self.tr("Where should the table go? It is not encrypted."), self.write_in)

    def write_in(self, folder: Path) -> None:
        """Write the table into this folder; a synced one is asked about first."""
        self._folder = folder
        found = synced_folder(folder, Surroundings())
        self._synced.setVisible(found is not None)
        self._anyway.setVisible(found is not None)
        if found is None:
            self._write(folder)
        else:
            self._synced.say(synced_words(found))
            self._anyway.setFocus()

    def _write(self, folder: Path) -> None:
        kind = self._kind
        out = _free(folder, f"{self._stem()}-{self._desk.computer.clock().astimezone(self._desk.zone):%Y-%m-%d}")
        self._synced.hide()
        self._anyway.hide()

        def written(rows: int) -> None:
            words = self.tr(
                "%n row(s) are in {0}. It is not encrypted: delete it when you no longer need it.", "", rows
            )
            self._tell(words.format(visible(str(out))))

        self._desk.ask(lambda casefile: views().write_table(casefile, kind, out), written)

    # -- what it says -------------------------------------------------------------------------------------------

    def _tell(self, words: str) -> None:
        self._result_words.say(words)
        self._result.show()
        self.lead_to(self._result)
        self._result_words.setFocus()

    def _stem(self) -> str:
        return {Kind.TAKEDOWN: "removals", Kind.CONTACT: "contacts"}.get(self._kind, f"{self._kind.value}s")

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _finished(self) -> None:
        self._task = None
        self.progress.hide()

    def _failed(self, error: Exception) -> None:
        self._finished()
        if isinstance(error, Cancelled):
            self._forget()
            self._tell(self.tr("Stopped. Nothing was imported, and nothing was changed."))
        else:
            self._desk.tell_error(error)

    def _forget(self) -> None:
        self._asked = self._matched = None
        self._lines.clear()
        self._found.hide()
        self._result.hide()


def _lines_of(page: TablesPage, matched: "MatchedSheet") -> list[str]:
    """Every column, row and hint that needs a look, one to a line."""
    lines = []
    for wrong in matched.sheet.column_problems:
        meant = page.tr(" Perhaps: {0}.").format(", ".join(wrong.suggestions)) if wrong.suggestions else ""
        named = page.tr("Column {0}, “{1}”").format(wrong.letters, visible_sentence(wrong.name))
        lines.append(f"{named}: {wrong.what}{meant}")
    for problem in (*matched.problems, *matched.sheet.hints):
        column = f", “{visible_sentence(problem.column)}”" if problem.column else ""
        lines.append(page.tr("Row {0}{1}: {2}").format(problem.row, column, problem.what))
    for repeat in matched.repeats:
        words = page.tr("Row {0} is there already.") if repeat.exact else page.tr("Row {0} is about the same thing.")
        lines.append(words.format(repeat.here.number))
    return lines


def _rows(number: int) -> str:
    if number == 1:
        return QCoreApplication.translate("TablesPage", "1 row")
    return QCoreApplication.translate("TablesPage", "%n rows", "", number)


def _free(folder: Path, stem: str) -> Path:
    number = 1
    while (out := folder / (f"{stem}.csv" if number == 1 else f"{stem}-{number}.csv")).exists():
        number += 1
    return out
