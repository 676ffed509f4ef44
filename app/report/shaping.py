"""From characters to glyphs: reading direction, one font per run, HarfBuzz per run.

Optional ligatures are off: they would draw a sign that is not in the name.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import uharfbuzz
from bidi import algorithm

from app.report.fonts import Face, FontBook, Typeface

_FEATURES = {"liga": False, "dlig": False, "clig": False, "hlig": False}
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_KEPT_RUNS = 10_000


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph; lengths in thousandths of the type size, `cluster` the place of its character in the run's text."""

    id: int
    advance: float
    dx: float
    dy: float
    cluster: int


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one font and one direction, glyphs from left to right; width in thousandths of the type size.

    `digits` is there for plain text, one glyph per character in order: the glyphs' numbers, four hex digits each.
    """

    text: str
    face: Face
    width: float
    digits: str = ""
    glyphs: tuple[Glyph, ...] = ()
    leftwards: bool = False

    def advances(self) -> Iterator[tuple[int, float]]:
        """Each glyph's place in the text and how far it moves on."""
        if self.glyphs:
            return ((glyph.cluster, glyph.advance) for glyph in self.glyphs)
        plain = (self.face.plain_glyph(char) for char in self.text)
        return ((place, glyph[1]) for place, glyph in enumerate(plain) if glyph)


def levels(text: str) -> list[int]:
    """The embedding level of each character (UAX #9), the first strong letter deciding the base; odd is leftwards.

    The text holds no control that turns the direction: visible() has replaced them.
    """
    if text.isascii() or not any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text):
        return [0] * len(text)
    storage = algorithm.get_empty_storage()
    base = int(algorithm.get_base_level(text))
    storage["base_level"] = base
    storage["base_dir"] = ("L", "R")[base]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    resolved = iter(storage["chars"])
    found: list[int] = []
    for char in text:
        if unicodedata.bidirectional(char) in algorithm.X9_REMOVED:
            found.append(found[-1] if found else base)
        else:
            found.append(int(next(resolved)["level"]))
    return found


def in_visual_order(order: Sequence[int]) -> list[int]:
    """Places of items with these levels, from left to right (UAX #9, rule L2)."""
    places = list(range(len(order)))
    for level in range(max(order, default=0), 0, -1):
        start = 0
        while start < len(places):
            end = start
            while end < len(places) and order[places[end]] >= level:
                end += 1
            places[start:end] = reversed(places[start:end])
            start = end + 1
    return places


class Shaper:
    """Shapes words and remembers them: a report says the same words thousands of times."""

    def __init__(self, fonts: FontBook) -> None:
        """Fonts for every character that will come."""
        self.fonts = fonts
        self._runs: dict[tuple[str, Typeface, bool], tuple[Run, ...]] = {}

    def shape(self, text: str, typeface: Typeface, *, leftwards: bool = False) -> tuple[Run, ...]:
        """The runs of a text of one direction, from left to right."""
        key = (text, typeface, leftwards)
        runs = self._runs.get(key)
        if runs is None:
            if len(self._runs) >= _KEPT_RUNS:
                self._runs.clear()
            runs = self._runs[key] = self._shape(text, typeface, leftwards=leftwards)
        return runs

    def can_draw(self, text: str, typeface: Typeface) -> bool:
        """Whether every character has a font; controls that visible() left alone count as drawn."""
        return text.isascii() or all(
            unicodedata.category(char) in {"Cf", "Mn"} or self.fonts.face_for(char, typeface) for char in text
        )

    def _shape(self, text: str, typeface: Typeface, *, leftwards: bool) -> tuple[Run, ...]:
        base = self.fonts.base(typeface)
        if not leftwards:
            plain = _plain_run(text, base)
            if plain is not None:
                return (plain,)
        runs = [_shaped_run(stretch, face, leftwards=leftwards) for stretch, face in self._by_face(text, typeface)]
        return tuple(reversed(runs) if leftwards else runs)

    def _by_face(self, text: str, typeface: Typeface) -> list[tuple[str, Face]]:
        """Stretches of one font. What hangs on a letter stays in the letter's font if that font has it."""
        stretches: list[tuple[str, Face]] = []
        for char in text:
            face = self.fonts.face_for(char, typeface) or self.fonts.base(typeface)
            if stretches:
                before, last = stretches[-1]
                if last is face or _hangs(char, last):
                    stretches[-1] = (before + char, last)
                    continue
            stretches.append((char, face))
        return stretches


def _hangs(char: str, last: Face) -> bool:
    """Whether a character belongs to the letter before it: it is in that font, or is never drawn by itself."""
    category = unicodedata.category(char)
    if category == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return True
    return category in {"Mn", "Mc", "Me", "Sk"} and ord(char) in last.characters


def _plain_run(text: str, face: Face) -> Run | None:
    found = [face.plain_glyph(char) for char in text]
    glyphs = [glyph for glyph in found if glyph]
    if len(glyphs) < len(found):
        return None
    return Run(text, face, sum(advance for _, advance in glyphs), "".join(f"{number:04X}" for number, _ in glyphs))


def _shaped_run(text: str, face: Face, *, leftwards: bool) -> Run:
    buffer = uharfbuzz.Buffer()
    buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if leftwards else "ltr"
    uharfbuzz.shape(face.font, buffer, _FEATURES)
    scale = 1000 / face.units
    glyphs = tuple(
        Glyph(
            int(info.codepoint),
            position.x_advance * scale,
            position.x_offset * scale,
            position.y_offset * scale,
            int(info.cluster),
        )
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )
    return Run(text, face, sum(glyph.advance for glyph in glyphs), glyphs=glyphs, leftwards=leftwards)
