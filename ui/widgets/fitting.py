"""Which control and which field fit a question of a kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.kinds import FieldSpec, Form
from ui.widgets.field import Buttons, Control, Field, Line, Lines, OneOf
from ui.widgets.moment_line import Circumstances, MomentLine
from ui.widgets.several import Several
from ui.widgets.zone_line import ZoneLine
from ui.words import translated

SEVERAL_LINES = frozenset({Form.TEXT, Form.EXACT_WORDS})
FEW = 3
"""So many choices stand side by side as buttons; more are in a list that opens."""


@dataclass(frozen=True, slots=True)
class Around:
    """What controls need of the form around them."""

    circumstances: Callable[[str], Circumstances]
    """Of the time in a field, by the field's name."""
    zones: Callable[[], Sequence[str]]
    """The names of the time zones there are."""


def readers() -> str:
    """Who may read what is written down."""
    return QCoreApplication.translate(
        "RecordForm", "The police, and later the other side, may read this and its earlier versions."
    )


def control_for(spec: FieldSpec, on_change: Callable[[], None], around: Around) -> Control:
    """The control that fits a field, but for those that refer to other subjects."""
    if spec.choices is not None:
        if spec.many:
            return Several(spec.choices, on_change)
        return Buttons(spec.choices, on_change) if len(spec.choices) <= FEW else OneOf(spec.choices, on_change)
    if spec.form in SEVERAL_LINES:
        return Lines(on_change)
    if spec.form is Form.MOMENT:
        return MomentLine(around.circumstances(spec.name), on_change)
    if spec.form is Form.ZONE:
        return ZoneLine(around.zones, on_change)
    return Line(spec, on_change)


def field_for(spec: FieldSpec, control: Control) -> Field:
    """A field of a kind, in the person's language."""
    return Field(translated(spec.ask.label), control, hint_for(spec, spec.hint))


def hint_for(spec: FieldSpec, hint: str) -> str:
    """What stands below a question, in the person's language; below free text also who may read it."""
    own = translated(hint) if hint else ""
    return f"{own} {readers()}".strip() if spec.form in SEVERAL_LINES else own
