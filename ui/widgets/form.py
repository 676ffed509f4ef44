"""A form made from the fields of a kind: what it asks, when a question fits, what it suggests, what it takes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kinds import FieldSpec, Kind, Record
from ui import theme
from ui.widgets.chooser import Chooser, Option
from ui.widgets.field import Answer, Control, Field, Line, Lines
from ui.widgets.fitting import SEVERAL_LINES, Around, control_for, field_for, hint_for, readers
from ui.widgets.form_hints import FormHints
from ui.widgets.id_steps import IdSteps
from ui.widgets.moment_line import Circumstances, MomentLine
from ui.widgets.steady import steadily
from ui.widgets.text import Button, Look, Text
from ui.widgets.zone_line import ZoneLine
from ui.words import translated

if TYPE_CHECKING:
    from app.form_help import FormHelp, Wording
    from app.hints import Hint

FIRST = 6
"""So many of the questions that always fit are shown at once; the others follow on request."""

_BESIDE = {
    "when": ("when_zone", "when_precision"),
    "when_until": ("when_zone", ""),
    "act_at": ("act_zone", "act_precision"),
    "act_until": ("act_zone", ""),
}
"""The fields that say in which zone a time is, and how exactly it is known."""
_NAMED = frozenset({"display_name", "handle", "persistent_id", "profile_url", "message_link"})
"""Fields of an account that not every platform has."""


class RecordForm(QWidget):
    """The questions of one kind. Nothing in it is kept: it only holds what is typed.

    A question is made when it is first shown; one that holds something is always shown.
    """

    edited = Signal()

    def __init__(
        self, kind: type[Record], first: int = FIRST, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """`now`: an aware datetime, for whoever presses Now."""
        super().__init__()
        self._kind = kind
        self._now = now
        self._zone = ""
        self._why = ""
        self._expanded = False
        self._asked = tuple(spec for spec in kind.specs() if not spec.ask.kept_by_program)
        self._at_once = _at_once(self._asked, first)
        self._order = [key for spec in self._asked for key in _keys(spec)]
        self._slots: dict[str, QWidget] = {}
        self._fields: dict[str, Field] = {}
        self._choosers: dict[Kind, list[Chooser]] = {}
        self._options: dict[Kind, list[Option]] = {}
        self._help: FormHelp | None = None
        self._names: Mapping[str, Wording] = {}
        self._steps: IdSteps | None = None
        self._hints = FormHints(self, self._fields, self._fill, self._take_back)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(16))
        self._more = Button(self.tr("More questions"), Look.QUIET)
        self._more.clicked.connect(self.show_all)
        self._column.addWidget(self._more)
        self._readers = Text(readers(), Look.SMALL)
        self._column.addWidget(self._readers)
        self._arrange()

    @property
    def kinds_to_choose_from(self) -> tuple[Kind, ...]:
        """The kinds of other things that its questions refer to."""
        return tuple(dict.fromkeys(spec.ask.refers_to for spec in self._asked if spec.ask.refers_to is not None))

    def offer(self, kind: Kind, options: list[Option]) -> None:
        """What can be chosen where a question refers to that kind."""
        self._options[kind] = options
        for chooser in self._choosers.get(kind, []):
            chooser.offer(options)

    def answers(self) -> dict[str, Answer]:
        """What stands in each field that was shown; empty ones too. The others hold nothing."""
        return {name: field.control.answer() for name, field in self._fields.items()}

    def show_answers(self, answers: Mapping[str, object], zone: str = "") -> None:
        """Put these in place of all that stands there; `zone` as in entries, for times that name none."""
        self._zone = zone
        self._hints.begin()
        for spec in self._asked:
            value = answers.get(spec.name) or ""
            if value or spec.name in self._fields:
                field = self._field(spec)
                field.show_answer([str(item) for item in value] if isinstance(value, list) else str(value))
        self._arrange()
        self._read_times()

    def help_with(self, form_help: "FormHelp") -> None:
        """Have names of platforms, steps and time zones at hand from now on."""
        if self._help is None:
            self._help = form_help
            self._arrange()

    def show_hints(self, hints: "Sequence[Hint]") -> None:
        """Show these hints below their fields; what somebody looks at stays where it is."""

        def change() -> None:
            if self._hints.show(hints):
                self._chain()

        steadily(self, change)

    def shut(self, why: str) -> None:
        """Let nothing be changed in it, and say why; every answer can still be read and copied."""
        if why:
            self._why = why
            self._hints.may_fill = False
            for field in self._fields.values():
                field.shut(why)

    def show_all(self) -> None:
        """Show the questions that come later, too, and lead to the first of them."""
        before = {name for name, field in self._fields.items() if not field.isHidden()}
        self._expanded = True
        pressed = self._more.hasFocus()
        self._arrange()
        new = next((spec.name for spec in self._asked if spec.name in self._fields and spec.name not in before), "")
        if pressed and new:
            self._lead_to(new)

    def fold(self) -> None:
        """Show the first few questions and what holds something, no more."""
        self._expanded = False
        self._arrange()

    def begin(self) -> None:
        """Put the cursor in the first question."""
        self._lead_to(next(spec.name for spec in self._asked if not self._hidden(spec.name)))

    def lead_to(self, name: str) -> None:
        """Put the cursor in that question, with the later ones shown where it is one of them."""
        if self._hidden(name):
            self.show_all()
        if self._hidden(name):
            self.begin()
        else:
            self._lead_to(name)

    def fill(self, answers: Mapping[str, str]) -> None:
        """Put these where nothing stands yet, as if somebody had typed them."""
        self._fill(answers)

    # -- which questions there are ------------------------------------------------------------------------------

    def _arrange(self) -> None:
        """Show what fits now; nothing that holds something is hidden, nor what the cursor is in."""
        deciding = self._text(self._kind.DECIDING)
        named = self._help.names(deciding) if self._help is not None and self._kind.KIND is Kind.ACCOUNT else {}
        self._names = named
        built = len(self._slots)
        section, sections = "", dict.fromkeys((spec.ask.section for spec in self._asked if spec.ask.section), False)
        left_out = False
        for spec in self._asked:
            fits = spec.is_asked(deciding) and not (named and spec.name in _NAMED and spec.name not in named)
            if spec.ask.section and (fits or self._holds(spec.name)):
                # Where the question that it begins with does not fit, the others belong to the section before.
                section = spec.ask.section
            early = spec.name in self._at_once or bool(spec.ask.only_for)
            shown = (fits and (self._expanded or early)) or self._holds(spec.name)
            left_out |= fits and not shown
            if shown:
                self._field(spec)
            if spec.name in self._fields:
                self._fields[spec.name].setHidden(not shown)
                self._word(spec)
            if section:
                sections[section] |= shown
        for section, shown in sections.items():
            self._head(section, shown=shown)
        self._more.setHidden(not left_out)
        self._say_readers()
        self._place_steps(deciding)
        if len(self._slots) > built:
            self._chain()

    def _say_readers(self) -> None:
        """Say once who may read it where no field for free text says so."""
        self._readers.setHidden(any(spec.form in SEVERAL_LINES and not self._hidden(spec.name) for spec in self._asked))

    def _field(self, spec: FieldSpec) -> Field:
        if spec.name not in self._fields:
            field = field_for(spec, self._control(spec))
            self._fields[spec.name] = field
            if self._why:
                field.shut(self._why)
            self._insert(spec.name, field)
            self._word(spec)
        return self._fields[spec.name]

    def _head(self, section: str, *, shown: bool) -> None:
        key = f"section {section}"
        if shown and key not in self._slots:
            head = Text(translated(section), Look.SECTION)
            head.setContentsMargins(0, theme.px(8), 0, 0)
            self._insert(key, head)
        if key in self._slots:
            self._slots[key].setHidden(not shown)

    def _insert(self, key: str, widget: QWidget) -> None:
        before = self._order[: self._order.index(key)]
        self._column.insertWidget(sum(earlier in self._slots for earlier in before), widget)
        self._slots[key] = widget

    def _control(self, spec: FieldSpec) -> Control:
        def changed() -> None:
            self._changed(spec.name)

        if spec.ask.refers_to is not None:
            chooser = Chooser(changed, many=spec.many)
            self._choosers.setdefault(spec.ask.refers_to, []).append(chooser)
            chooser.offer(self._options.get(spec.ask.refers_to, []))
            return chooser
        return control_for(spec, changed, Around(self._circumstances, self._zones))

    def _word(self, spec: FieldSpec) -> None:
        """Ask in the words of the platform, where there is one that has its own."""
        own = self._names.get(spec.name)
        label = own.label if own else spec.ask.label
        hint = own.hint if own else spec.hint
        self._fields[spec.name].put_question(translated(label), hint_for(spec, hint))

    def _place_steps(self, platform: str) -> None:
        found = self._help.finding(platform) if self._help is not None and self._kind.KIND is Kind.ACCOUNT else None
        if self._steps is None and found is None:
            return
        if self._steps is None:
            self._steps = IdSteps()
        if found is not None and found.beside in self._fields:
            self._fields[found.beside].end_with(self._steps)
            self._steps.show_platform(found, self._fields[found.beside].question)
        self._steps.setHidden(found is None)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        # Alone, before it has its place in a window, its last stop is the one before its first: nothing is moved there.
        self._chain()

    def _chain(self) -> None:
        """Let Tab lead through the questions in their order, also through those that were made later."""
        stops = [stop for key in self._order if key in self._slots for stop in _stops(self._slots[key])]
        for one, other in pairwise([*stops, self._more]):
            QWidget.setTabOrder(one, other)

    # -- what is answered ---------------------------------------------------------------------------------------

    def _changed(self, name: str) -> None:
        if name == self._kind.DECIDING:
            steadily(self, self._arrange)
        if any(name in beside for beside in _BESIDE.values()):
            self._read_times()
        self.edited.emit()

    def _read_times(self) -> None:
        for field in self._fields.values():
            if isinstance(field.control, MomentLine):
                field.control.read_again()

    def _fill(self, answers: Mapping[str, str]) -> Mapping[str, str]:
        put = {name: value for name, value in answers.items() if not self._text(name)}
        for spec in self._asked:
            if spec.name in put:
                _put(self._field(spec).control, put[spec.name])
                self._changed(spec.name)
        self._arrange()
        return put

    def _take_back(self, answers: Mapping[str, str]) -> None:
        for name, value in answers.items():
            if self._text(name) == value:
                _put(self._fields[name].control, "")
                self._changed(name)

    def _circumstances(self, name: str) -> Circumstances:
        zone, precision = _BESIDE.get(name, ("", ""))
        return Circumstances(self._now, lambda: self._text(zone) or self._zone, lambda: self._text(precision))

    def _zones(self) -> Sequence[str]:
        return self._help.zones if self._help is not None else ()

    def _text(self, name: str) -> str:
        answer = self._fields[name].control.answer() if name in self._fields else ""
        return answer if isinstance(answer, str) else ""

    def _holds(self, name: str) -> bool:
        return name in self._fields and bool(self._fields[name].control.answer())

    def _hidden(self, name: str) -> bool:
        return name not in self._fields or self._fields[name].isHidden()

    def _lead_to(self, name: str) -> None:
        widget = self._fields[name].control.widget
        stop = next(iter(_stops(widget)), widget)
        stop.setFocus(Qt.FocusReason.TabFocusReason)


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


def _put(control: Control, text: str) -> None:
    if isinstance(control, Line | Lines | MomentLine | ZoneLine):
        control.fill(text)
    else:
        control.show_answer(text)


def _keys(spec: FieldSpec) -> tuple[str, ...]:
    """The places of a question in the column: perhaps the heading of its section, then itself."""
    return (f"section {spec.ask.section}", spec.name) if spec.ask.section else (spec.name,)


def _at_once(asked: Sequence[FieldSpec], first: int) -> frozenset[str]:
    always = [spec.name for spec in asked if not spec.ask.only_for]
    return frozenset(always[:first])


def _stops(widget: QWidget) -> list[QWidget]:
    """Where Tab stops in a widget, in the order in which its parts were made."""
    inner = [part for part in widget.findChildren(QWidget) if part.window() is widget.window()]
    return [part for part in (widget, *inner) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
