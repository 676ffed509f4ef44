"""The hints on a form: below which field they stand, and what their buttons fill in and take back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.widgets.field import Answer, Field
from ui.widgets.hints import HintBox, Quiet

if TYPE_CHECKING:
    from app.hints import Hint

FILLED = "filled"


@dataclass(frozen=True, slots=True)
class Fill:
    """Answers for fields that are empty, at the wish of whoever pressed the button below the field `beside`."""

    beside: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The same answers out again."""

    fill: Fill


class FormHints(QObject):
    """Shows hints below the fields of a form."""

    def __init__(
        self,
        parent: QObject,
        fields: Mapping[str, Field],
        fill: Callable[[Mapping[str, str]], Mapping[str, str]],
        take_back: Callable[[Mapping[str, str]], None],
    ) -> None:
        """`fill` puts answers into empty fields and gives back which; `take_back` empties what still holds them."""
        super().__init__(parent)
        self._fields = fields
        self._fill, self._take_back = fill, take_back
        self._boxes: dict[str, HintBox] = {}
        self._hints: tuple[Hint, ...] = ()
        self._filled: dict[str, Fill] = {}
        self.may_fill = True

    def begin(self) -> None:
        """Forget everything: the form is about something else now."""
        self._filled.clear()
        self.show(())

    def show(self, hints: "Sequence[Hint]") -> bool:
        """Show these in place of those that were there; whether anything is different now."""
        self._hints = tuple(hints)
        return self._show()

    def _show(self) -> bool:
        self._filled = {name: fill for name, fill in self._filled.items() if self._still_holds(fill)}
        wanted: dict[str, list[Quiet]] = {}
        for hint in self._hints:
            wanted.setdefault(hint.field, []).append(self._quiet(hint))
        for name, fill in self._filled.items():
            names = ", ".join(f"“{self._fields[field].question}”" for field, _value in fill.answers)
            words = self.tr("Filled in: {0}. Nothing is kept before you say so.").format(names)
            wanted.setdefault(name, []).append(Quiet(FILLED, words, self.tr("Take it out again"), TakeBack(fill)))
        changed = False
        for name in {*self._boxes, *wanted} & self._fields.keys():
            changed |= self._box(name).show_hints(wanted.get(name, []))
            self._fields[name].describe("hints", self._boxes[name].words)
        return changed

    def _quiet(self, hint: "Hint") -> Quiet:
        empty = {name: value for name, value in hint.fills.items() if not self._answer(name)}
        if not empty or not self.may_fill:
            return Quiet(hint.tone.value, hint.words)
        fill = Fill(hint.field, tuple(empty.items()))
        return Quiet(hint.tone.value, hint.words, self.tr("Fill in"), fill)

    def _box(self, name: str) -> HintBox:
        if name not in self._boxes:
            self._boxes[name] = HintBox()
            self._boxes[name].pressed.connect(self._pressed)
            self._fields[name].add(self._boxes[name])
        return self._boxes[name]

    def _pressed(self, asked: object) -> None:
        if isinstance(asked, Fill):
            put = self._fill(dict(asked.answers))
            self._filled[asked.beside] = Fill(asked.beside, tuple(put.items()))
        elif isinstance(asked, TakeBack):
            self._filled.pop(asked.fill.beside, None)
            self._take_back(dict(asked.fill.answers))
        self._show()

    def _still_holds(self, fill: Fill) -> bool:
        return bool(fill.answers) and all(self._answer(name) == value for name, value in fill.answers)

    def _answer(self, name: str) -> Answer:
        return self._fields[name].control.answer() if name in self._fields else ""
