"""A few questions after a case was begun: for whom, under 18, is the person known, where. Each can be skipped."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.kinds import Case, FieldSpec, Kind
from app.subjects import Subject
from ui.desk import Desk
from ui.pages.page import READABLE, Page
from ui.places import Place, Way
from ui.widgets.card import Card
from ui.widgets.field import Buttons, Control, Field, Line, OneOf
from ui.widgets.flow import flow_of
from ui.widgets.form import changed_fields
from ui.widgets.shut import shut
from ui.widgets.text import Button, Look
from ui.words import translated
from vault.chain import Role

if TYPE_CHECKING:
    from app.casefile import Casefile

_FOR_OTHERS = ("agreed", "person_knows", "age")
_FEW = 3
_ASKED = ("capacity", *_FOR_OTHERS, "under18", "path", "country")


@dataclass(frozen=True, slots=True)
class _Begun:
    """The case, and the people who record in it, as far as they are known."""

    case: Subject
    people: tuple[Subject, ...]


class QuestionsPage(Page):
    """Nothing here has to be answered; all of it can be changed under “About this case”."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            self.tr("A few questions"),
            self.tr("They help to show what fits. Skip what you like: you can answer or change it at any time."),
        )
        self._desk = desk
        self._begun: _Begun | None = None
        card = Card()
        self._fields: dict[str, Field] = {}
        for name in _ASKED:
            spec = Case.spec(name)
            self._fields[name] = Field(translated(spec.ask.label), _control(spec, self._fit), translated(spec.hint))
            card.add(self._fields[name], gap=8)
        self.add(card, gap=8, width=READABLE)
        self._keep = Button(self.tr("Keep this"), Look.PRIMARY, big=True)
        self._keep.clicked.connect(self._keep_now)
        skip = Button(self.tr("Skip"), big=True, says=self.tr("Skip: answer nothing now"))
        skip.clicked.connect(self._on)
        self.add(flow_of(self._keep, skip, gap=14), gap=12)
        self.end()
        for field in self._fields.values():
            field.shut(desk.why_not)
        shut(desk.why_not, self._keep)
        self._fit()

    def enter(self, way: Way) -> None:  # noqa: ARG002
        """Read what is answered already."""

        def read(casefile: "Casefile") -> _Begun:
            return _Begun(casefile.case_subject(), tuple(casefile.subjects(Kind.PERSON)))

        first = self._fields["capacity"].control.widget
        (first.focusProxy() or first).setFocus()
        self._desk.ask(read, self._show)

    def _show(self, begun: _Begun) -> None:
        self._begun = begun
        for name, field in self._fields.items():
            field.show_answer(str(begun.case.data.get(name) or ""))
        self._fit()

    def _fit(self) -> None:
        """What is asked only where somebody else writes it down."""
        for_others = self._answer("capacity") not in {"", Role.SELF.value}
        for name in _FOR_OTHERS:
            self._fields[name].setVisible(for_others)

    def _answer(self, name: str) -> str:
        return str(self._fields[name].control.answer()) if name in self._fields else ""

    def _keep_now(self) -> None:
        begun = self._begun
        if begun is None:
            return
        answers = {name: self._answer(name) for name in _ASKED if not self._fields[name].isHidden()}
        changes = changed_fields(begun.case.data, answers)
        role = answers["capacity"]
        person = begun.people[0] if len(begun.people) == 1 else None

        def write(casefile: "Casefile") -> None:
            if changes:
                casefile.amend(begun.case, changes)
            if role and person is not None and person.data.get("role") != role:
                casefile.amend(person, {"role": role})

        self._desk.keep(lambda casefile, _task: write(casefile), lambda _none: self._on())

    def _on(self) -> None:
        self.go.emit(Way(Place.HOME))


def _control(spec: FieldSpec, on_change: Callable[[], None]) -> Control:
    if spec.choices is None:
        return Line(spec, on_change)
    few = len(spec.choices) <= _FEW
    return Buttons(spec.choices, on_change) if few else OneOf(spec.choices, on_change)
