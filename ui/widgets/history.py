"""The history of one thing that was kept: what changed, when, by whom. Nothing of it is ever lost."""

from datetime import tzinfo

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kinds import KINDS, FieldSpec
from app.plaintext import visible
from app.subjects import Subject
from ui import theme
from ui.widgets.text import Look, Text
from ui.words import choice_words, moment_of, moment_words, role_words, translated
from vault.chain import Action, Entry


class History(QWidget):
    """All entries about one subject, oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))

    def show_subject(self, subject: Subject, zone: tzinfo) -> None:
        """Show the entries of this subject."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for entry in subject.entries:
            moment = moment_of(entry.at)
            when = moment_words(moment, zone) if moment else entry.at
            self._column.addWidget(Text(f"{when} · {entry.by.initials}, {role_words(entry.by.role)}", Look.SMALL))
            for line in self._lines(entry):
                self._column.addWidget(Text(line))
            self._column.addSpacing(theme.px(6))

    def _lines(self, entry: Entry) -> list[str]:
        if entry.action is Action.WITHDRAW:
            return [self.tr("Withdrawn: {0}").format(visible(str(entry.data.get("why", "")), words=True))]
        specs = {spec.name: spec for spec in KINDS[entry.kind].specs()}
        asked = {name: value for name, value in entry.data.items() if name in specs}
        shown = [self._line(specs[name], value) for name, value in asked.items()]
        return shown or [self.tr("Kept")]

    def _line(self, spec: FieldSpec, value: object) -> str:
        label = translated(spec.ask.label)
        if value is None:
            return self.tr("{0}: emptied").format(label)
        if isinstance(value, list):
            return f"{label}: {len(value)}"
        words = {choice.value: choice_words(choice) for choice in spec.choices} if spec.choices else {}
        return f"{label}: {words.get(str(value)) or visible(str(value), words=True)}"
