"""A form made from the fields of a kind: what it asks, what it suggests, what it takes."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kinds import FieldSpec, Form, Kind, Record
from ui import theme
from ui.widgets.chooser import Chooser, Option
from ui.widgets.field import SEVERAL_LINES, Answer, Control, Field, control_for, field_for
from ui.widgets.shut import shut
from ui.widgets.text import Button, Look, Text

FIRST = 6
"""So many questions are shown at once; the others follow on request."""


class RecordForm(QWidget):
    """The questions of one kind. Nothing in it is kept: it only holds what is typed."""

    edited = Signal()

    def __init__(self, kind: type[Record], first: int = FIRST) -> None:
        super().__init__()
        self._kind = kind
        self._fields: dict[str, Field] = {}
        self._choosers: dict[Kind, list[Chooser]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        self._rest = QWidget()
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(theme.px(16))
        asked = [spec for spec in kind.specs() if not spec.ask.kept_by_program]
        for number, spec in enumerate(asked):
            field = field_for(spec, self._control(spec))
            self._fields[spec.name] = field
            (column if number < first else rest).addWidget(field)
        self._more = Button(self.tr("More questions"), Look.QUIET)
        self._more.clicked.connect(self.show_all)
        column.addWidget(self._more)
        self._more.setVisible(len(asked) > first)
        column.addWidget(self._rest)
        self._rest.hide()
        if any(spec.form in SEVERAL_LINES or spec.form is Form.LINE for spec in asked):
            column.addWidget(
                Text(
                    self.tr("The police, and later the other side, may read this and its earlier versions."), Look.SMALL
                )
            )

    @property
    def kinds_to_choose_from(self) -> tuple[Kind, ...]:
        """The kinds of other things that its questions refer to."""
        return tuple(self._choosers)

    def offer(self, kind: Kind, options: list[Option]) -> None:
        """What can be chosen where a question refers to that kind."""
        for chooser in self._choosers.get(kind, []):
            chooser.offer(options)

    def answers(self) -> dict[str, Answer]:
        """What stands in each field; empty ones too."""
        return {name: field.control.answer() for name, field in self._fields.items()}

    def show_answers(self, answers: Mapping[str, object]) -> None:
        """Put these in place of all that stands there."""
        for name, field in self._fields.items():
            value = answers.get(name, "")
            field.show_answer([str(item) for item in value] if isinstance(value, list) else str(value))
        hidden = list(self._fields)[FIRST:]
        if any(answers.get(name) for name in hidden):
            self.show_all()

    def shut(self, why: str) -> None:
        """Let nothing be changed in it, and say why; every answer can still be read and copied."""
        for field in self._fields.values():
            shut(why, field.control.widget)

    def show_all(self) -> None:
        """Show the questions that come later, too."""
        self._more.hide()
        self._rest.show()

    def begin(self) -> None:
        """Put the cursor in the first question."""
        first = next(iter(self._fields.values())).control.widget
        (first.focusProxy() or first).setFocus()

    def _control(self, spec: FieldSpec) -> Control:
        if spec.ask.refers_to is not None:
            chooser = Chooser(self.edited.emit, many=spec.many)
            self._choosers.setdefault(spec.ask.refers_to, []).append(chooser)
            return chooser
        return control_for(spec, self.edited.emit)


def changed_fields(
    before: Mapping[str, object], answers: Mapping[str, Answer]
) -> dict[str, str | int | list[str] | None]:
    """The fields in which a form differs from what was kept; None where one was emptied."""
    changes: dict[str, str | int | list[str] | None] = {}
    for name, answer in answers.items():
        kept = before.get(name)
        if (kept or "") == (answer or ""):
            continue
        changes[name] = answer or None
    return changes
