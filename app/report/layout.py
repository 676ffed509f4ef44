"""How the blocks of a report stand on paper: columns, rows that go on over the page, headings that stay with text."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.report.content import Cell, Code, Foreign, Said, Wording
from app.report.fonts import Typeface
from app.report.lines import Ink, LineSetter, Stretch, TextLine
from app.report.paper import BOTTOM, LEFT, RIGHT, TOP, Paper
from app.report.visible import lines_of

TEXT, MUTED, ACCENT, LINE, CARD = "#23262b", "#5c626b", "#1d6a66", "#d4cfc5", "#e6e8ea"
BODY, SMALL = 9.5, 8.6
"""Points."""
LEADING = 1.42
"""Times the size of the type."""
_CODE = 0.87


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set: size in points, bold or not, colour."""

    size: float = BODY
    bold: bool = False
    colour: str = TEXT

    @property
    def leading(self) -> float:
        """Points from line to line."""
        return self.size * LEADING


@dataclass(frozen=True, slots=True)
class Box:
    """Lines in a column, from `x` on, in points."""

    x: float
    lines: Sequence[TextLine]


class Layout:
    """A place on the page that moves down and turns the page; `foot` draws what stands on every page."""

    def __init__(self, paper: Paper, setter: LineSetter, foot: Callable[[], None]) -> None:
        """Begin at the top of the first page."""
        self.paper = paper
        self.y = TOP
        self._setter = setter
        self._foot = foot

    @property
    def room(self) -> float:
        """Points left on this page."""
        return self.y - BOTTOM

    def turn(self) -> None:
        """Go to the top of a new page."""
        self._foot()
        self.paper.turn()
        self.y = TOP

    def need(self, height: float) -> None:
        """Turn the page unless so many points are left."""
        if self.room < height and self.y < TOP:
            self.turn()

    def skip(self, height: float) -> None:
        """Leave white space, but not at the top of a page."""
        if self.y < TOP:
            self.y -= height

    def set_cell(self, cell: Cell, width: float, setting: Setting) -> list[TextLine]:
        """The lines of some paragraphs in a column."""
        return [line for wording in cell for line in self.set_wording(wording, width, setting)]

    def set_wording(self, wording: Wording, width: float, setting: Setting) -> list[TextLine]:
        """The lines of a paragraph; line breaks in somebody's sentences are kept."""
        return [
            line for stretches in _paragraphs(wording, setting) for line in self._setter.set_lines(stretches, width)
        ]

    def write(self, wording: Wording, setting: Setting, *, x: float = LEFT, after: float = 5.0) -> None:
        """A paragraph over the width that is left, going on over the page."""
        self.row([Box(x, self.set_wording(wording, RIGHT - x, setting))], setting.leading)
        self.y -= after

    def row(self, boxes: Sequence[Box], leading: float, *, on_turn: Callable[[], None] | None = None) -> None:
        """Lines side by side. What does not fit goes on over the page; `on_turn` repeats what stands above."""
        count = max((len(box.lines) for box in boxes), default=0)
        start = 0
        while start < count:
            fitting = max(0, math.floor((self.room + 0.01) / leading))
            rest = count - start
            whole_page = math.floor((TOP - BOTTOM - 3 * leading) / leading)
            if rest > fitting and (fitting < 2 or (start == 0 and rest <= min(whole_page, 12))) and self.y < TOP:
                self._turn_inside(on_turn)
                continue
            shown = max(1, min(rest, fitting))
            for box in boxes:
                for place, line in enumerate(box.lines[start : start + shown]):
                    self.paper.write(line, box.x, self.y - leading * (place + 0.74))
            self.y -= leading * shown
            start += shown
            if start < count:
                self._turn_inside(on_turn)

    def _turn_inside(self, on_turn: Callable[[], None] | None) -> None:
        self.turn()
        if on_turn is not None:
            on_turn()


def _paragraphs(wording: Wording, setting: Setting) -> list[list[Stretch]]:
    paragraphs: list[list[Stretch]] = [[]]
    for part in wording:
        if isinstance(part, Foreign) and part.words:
            first, *others = lines_of(part.text)
            paragraphs[-1].append(Stretch(first, _ink(part, setting)))
            paragraphs.extend([Stretch(line, _ink(part, setting))] for line in others)
        else:
            paragraphs[-1].append(Stretch(part.text, _ink(part, setting), words=not isinstance(part, Foreign)))
    return paragraphs


def _ink(part: Said | Code | Foreign, setting: Setting) -> Ink:
    match part:
        case Said(_, strong, muted):
            bold = strong or setting.bold
            return Ink(Typeface.BOLD if bold else Typeface.SANS, setting.size, MUTED if muted else setting.colour)
        case Code():
            return Ink(Typeface.MONO, setting.size * _CODE, setting.colour)
        case Foreign(_, identifier, _):
            if identifier:
                return Ink(Typeface.MONO, setting.size * _CODE, setting.colour)
            return Ink(Typeface.BOLD if setting.bold else Typeface.SANS, setting.size, setting.colour)
