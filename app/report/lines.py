"""Text set in lines of a given width: wrapped at spaces, broken visibly where there are none."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.report.fonts import Typeface
from app.report.shaping import Run, Shaper, in_visual_order, levels
from app.report.visible import code_point, visible

BREAK_MARK_EM = 0.55
"""Room kept at the end of a line for the mark that says: broken here by the report, not by the writer."""

_CLOSING = frozenset("、。，．！？：；）」』】〉》〕ー々")
"""Signs that do not begin a line in Chinese and Japanese."""
_WORDS = re.compile(r" +|[^ ]+")


@dataclass(frozen=True, slots=True)
class Ink:
    """How a stretch of text looks: typeface, size in points, colour as `#rrggbb`."""

    typeface: Typeface
    size: float
    colour: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text to be set. `words`: somebody's sentences; otherwise a name, in which every character counts."""

    text: str
    ink: Ink
    words: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """A run in its place on a line, `x` in points from the line's beginning."""

    x: float
    run: Run
    ink: Ink


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line that is set; `broken` where it ends inside a word and needs the mark after `width` points."""

    placed: tuple[Placed, ...]
    width: float
    broken: bool = False


@dataclass(frozen=True, slots=True)
class _Atom:
    """A word, a space or a mark, with its reading levels; `isolate` counts the stretches, each ordered by itself."""

    text: str
    ink: Ink
    isolate: int
    levels: tuple[int, ...]
    width: float

    @property
    def is_space(self) -> bool:
        return self.text.isspace()


class LineSetter:
    """Sets stretches of text in lines."""

    def __init__(self, shaper: Shaper) -> None:
        """The shaper knows the fonts."""
        self._shaper = shaper

    def set_lines(self, stretches: Iterable[Stretch], width: float) -> list[TextLine]:
        """The lines that these stretches fill, at most `width` points wide; at least one, which may be empty."""
        stretches = tuple(stretches)
        whole = self._one_line(stretches, width)
        if whole is not None:
            return [whole]
        lines: list[TextLine] = []
        line: list[_Atom] = []
        left = width
        for chunk in _chunks(self._atoms(stretches)):
            needed = sum(atom.width for atom in chunk)
            if chunk[0].is_space:
                if line:
                    line.extend(chunk)
                    left -= needed
                continue
            if needed > left and line and needed <= width:
                lines.append(self._line(line))
                line, left = [], width
            if needed <= left:
                line.extend(chunk)
                left -= needed
                continue
            for atom in chunk:
                for part in self._parts(atom, left, width):
                    if part.width > left and line:
                        lines.append(self._line(line, broken=True))
                        line, left = [], width
                    line.append(part)
                    left -= part.width
        lines.append(self._line(line))
        return lines

    def _one_line(self, stretches: tuple[Stretch, ...], width: float) -> TextLine | None:
        """The line, if it is ordinary text that fits: most of a report is."""
        placed: list[Placed] = []
        x = 0.0
        for stretch in stretches:
            if not _is_ordinary(stretch):
                return None
            runs = self._shaper.shape(stretch.text, stretch.ink.typeface)
            if len(runs) != 1 or not runs[0].digits:
                return None
            placed.append(Placed(x, runs[0], stretch.ink))
            x += runs[0].width * stretch.ink.size / 1000
            if x > width:
                return None
        return TextLine(tuple(placed), x)

    def _atoms(self, stretches: Iterable[Stretch]) -> Iterator[_Atom]:
        for isolate, stretch in enumerate(stretches):
            parts = list(self._drawable(stretch))
            order = levels("".join(text for text, _ in parts))
            start = 0
            for text, is_mark in parts:
                for word in [text] if is_mark else _words(text):
                    end = start + len(word)
                    yield self._atom(word, stretch.ink, isolate, tuple(order[start:end]))
                    start = end

    def _atom(self, text: str, ink: Ink, isolate: int, order: tuple[int, ...]) -> _Atom:
        width = sum(run.width for _, run in self._runs(text, ink, order)) * ink.size / 1000
        return _Atom(text, ink, isolate, order, width)

    def _drawable(self, stretch: Stretch) -> Iterator[tuple[str, bool]]:
        """Pieces of text and marks; what no font can draw becomes a mark too."""
        for piece in visible(stretch.text, words=stretch.words):
            if piece.mark or self._shaper.can_draw(piece.text, stretch.ink.typeface):
                yield piece.text, piece.mark
                continue
            kept = ""
            for char in piece.text:
                if self._shaper.can_draw(char, stretch.ink.typeface):
                    kept += char
                    continue
                if kept:
                    yield kept, False
                kept = ""
                yield code_point(char), True
            if kept:
                yield kept, False

    def _parts(self, atom: _Atom, left: float, width: float) -> Iterator[_Atom]:
        """The atom cut so that each part fits, with room for the break mark."""
        room = BREAK_MARK_EM * atom.ink.size
        advances = self._advances(atom)
        start = 0
        used = 0.0
        free = left if left - room > atom.ink.size * 2 else width
        for place in range(len(atom.text)):
            if place > start and used + advances[place] > free - room and _may_break(atom.text, place):
                yield self._atom(atom.text[start:place], atom.ink, atom.isolate, atom.levels[start:place])
                start, used, free = place, 0.0, width
            used += advances[place]
        yield self._atom(atom.text[start:], atom.ink, atom.isolate, atom.levels[start:])

    def _advances(self, atom: _Atom) -> list[float]:
        """Points that each character adds to the width of the whole."""
        advances = [0.0] * len(atom.text)
        for offset, run in self._runs(atom.text, atom.ink, atom.levels):
            for place, advance in run.advances():
                advances[offset + place] += advance * atom.ink.size / 1000
        return advances

    def _runs(self, text: str, ink: Ink, order: Sequence[int]) -> Iterator[tuple[int, Run]]:
        """The runs of a text with their places in it, one direction after the other, in the order of the text."""
        start = 0
        while start < len(text):
            end = start + 1
            while end < len(text) and order[end] == order[start]:
                end += 1
            leftwards = bool(order[start] % 2)
            runs = self._shaper.shape(text[start:end], ink.typeface, leftwards=leftwards)
            for run in reversed(runs) if leftwards else runs:
                yield start, run
                start += len(run.text)

    def _line(self, atoms: list[_Atom], *, broken: bool = False) -> TextLine:
        while atoms and atoms[-1].is_space:
            atoms.pop()
        placed: list[Placed] = []
        x = 0.0
        for run, ink in self._in_order(atoms):
            placed.append(Placed(x, run, ink))
            x += run.width * ink.size / 1000
        return TextLine(tuple(placed), x, broken)

    def _in_order(self, atoms: list[_Atom]) -> Iterator[tuple[Run, Ink]]:
        """The runs of a line from left to right; each stretch keeps its place among the others."""
        isolates = dict.fromkeys(atom.isolate for atom in atoms)
        for isolate in isolates:
            members = [atom for atom in atoms if atom.isolate == isolate]
            if not any(any(atom.levels) for atom in members):
                for atom in members:
                    yield from ((run, atom.ink) for run in self._shaper.shape(atom.text, atom.ink.typeface))
                continue
            runs = [
                (run, atom.ink, atom.levels[start])
                for atom in members
                for start, run in self._runs(atom.text, atom.ink, atom.levels)
            ]
            for place in in_visual_order([level for _, _, level in runs]):
                yield runs[place][0], runs[place][1]


def _is_ordinary(stretch: Stretch) -> bool:
    if not (stretch.text.isascii() and stretch.text.isprintable() and len(stretch.text) < 200):
        return False
    return stretch.words or len(visible(stretch.text)) == 1


def _words(text: str) -> Iterator[str]:
    """Words and the spaces between them; each ideograph and syllable sign of East Asia is a word of its own."""
    for word in _WORDS.findall(text):
        start = 0
        for place in range(1, len(word)):
            if _is_wide(word[place - 1]) and _is_wide(word[place]) and _may_break(word, place):
                yield word[start:place]
                start = place
        yield word[start:]


def _chunks(atoms: Iterable[_Atom]) -> Iterator[list[_Atom]]:
    """Atoms that a line should not part: everything between two spaces, but East Asian text may be parted anywhere."""
    chunk: list[_Atom] = []
    for atom in atoms:
        parted = chunk and (
            atom.is_space or chunk[-1].is_space or (_is_wide(chunk[-1].text[-1]) and _is_wide(atom.text[0]))
        )
        if parted:
            yield chunk
            chunk = []
        chunk.append(atom)
    if chunk:
        yield chunk


def _is_wide(char: str) -> bool:
    return char >= "\u1100" and unicodedata.east_asian_width(char) in {"W", "F"}


def _may_break(text: str, place: int) -> bool:
    """Whether a line may end before this character: not inside what a reader sees as one sign."""
    char, before = text[place], text[place - 1]
    if char in _CLOSING:
        return False
    if unicodedata.category(char) in {"Mn", "Mc", "Me", "Cf"} or before == "\u200d":
        return False
    return unicodedata.combining(before) != 9 and not "\U0001f3fb" <= char <= "\U0001f3ff"
