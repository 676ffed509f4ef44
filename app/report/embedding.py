"""Fonts inside the PDF: each glyph by its own number, so that what HarfBuzz chose is what is drawn.

reportlab's own TrueType support addresses glyphs by character and cannot draw those that only shaping reaches.
"""

import hashlib
import zlib
from collections.abc import Iterable

import uharfbuzz
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFObject, PDFStream, PDFString

from app.report.fonts import Face
from app.report.shaping import Glyph, Run

_SYMBOLIC = 4
_NOT_NEEDED = ("GSUB", "GPOS", "GDEF", "MATH", "name", "post", "OS/2", "cmap", "kern", "STAT", "meta", "DSIG")


class EmbeddedFonts:
    """The fonts of one document, and which of their glyphs it uses."""

    def __init__(self) -> None:
        """Nothing is used yet."""
        self._names: dict[Face, str] = {}
        self._seen: dict[Face, set[str]] = {}
        self._glyphs: dict[Face, dict[int, tuple[str, float]]] = {}

    def name(self, face: Face) -> str:
        """The font's name in page code."""
        if face not in self._names:
            self._names[face] = f"HF{len(self._names) + 1}"
            self._seen[face] = set()
            self._glyphs[face] = {0: ("", _natural_width(face, 0))}
        return self._names[face]

    def plain_code(self, run: Run) -> str:
        """The hex digits that show a plain run in its font."""
        used = self._glyphs[run.face]
        seen = self._seen[run.face]
        for char in sorted(set(run.text) - seen):
            glyph = run.face.plain_glyph(char)
            if glyph is not None:
                used.setdefault(glyph[0], (char, glyph[1]))
            seen.add(char)
        return run.digits

    def code(self, run: Run, size: float) -> str:
        """Page code that shows a shaped run in its font, already chosen; `size` in points."""
        used = self._glyphs[run.face]
        signs = _signs(run)
        for text, glyphs in signs:
            for place, glyph in enumerate(glyphs):
                if glyph.id not in used:
                    used[glyph.id] = ("" if place else text, _natural_width(run.face, glyph.id))
        if not run.leftwards:
            return _span(run.text, self._shaped(run.face, run.glyphs, size))
        return " ".join(_span(text, self._shaped(run.face, glyphs, size)) for text, glyphs in signs)

    def add_to(self, document: PDFDocument) -> None:
        """Write the fonts into a document whose pages are all drawn."""
        fonts: PDFDictionary = document.idToObject["BasicFonts"]  # type: ignore[assignment]
        for face, name in self._names.items():
            fonts[name] = _refer(document, _font(document, face, self._glyphs[face]), f"font {name}")

    def _shaped(self, face: Face, glyphs: Iterable[Glyph], size: float) -> Iterable[str]:
        used = self._glyphs[face]
        rise = 0.0
        for glyph in glyphs:
            if glyph.dy != rise:
                rise = glyph.dy
                yield f"{rise * size / 1000:.3f} Ts"
            after = glyph.advance - glyph.dx - used[glyph.id][1]
            before = f"{-glyph.dx:.1f} " if glyph.dx else ""
            yield (
                f"[{before}<{glyph.id:04X}> {-after:.1f}] TJ" if before or abs(after) > 0.05 else f"<{glyph.id:04X}> Tj"
            )
        if rise:
            yield "0 Ts"


def _signs(run: Run) -> list[tuple[str, list[Glyph]]]:
    """The glyphs, from left to right, that draw the same characters together, with those characters."""
    starts = sorted({glyph.cluster for glyph in run.glyphs})
    ends = dict(zip(starts, [*starts[1:], len(run.text)], strict=False))
    signs: list[tuple[str, list[Glyph]]] = []
    last = -1
    for glyph in run.glyphs:
        if glyph.cluster != last:
            signs.append((run.text[glyph.cluster : ends[glyph.cluster]], []))
            last = glyph.cluster
        signs[-1][1].append(glyph)
    return signs


def _span(text: str, shown: Iterable[str]) -> str:
    """Page code with the text it stands for (ISO 32000-1, 14.9.4).

    Leftward text has one span for each sign: readers of PDF order signs by their place on the page, and would turn
    round what one long span holds.
    """
    actual = text.encode("utf-16-be").hex().upper()
    return f"/Span <</ActualText <FEFF{actual}>>> BDC {' '.join(shown)} EMC"


def _natural_width(face: Face, glyph: int) -> float:
    return float(face.font.get_glyph_h_advance(glyph)) * 1000 / face.units


def _font(document: PDFDocument, face: Face, glyphs: dict[int, tuple[str, float]]) -> PDFObject:
    """A Type 0 font whose codes are glyph numbers (ISO 32000-1, 9.7)."""
    tag = hashlib.sha256(f"{face.stem} {sorted(glyphs)}".encode()).digest()
    name = PDFName("".join(chr(65 + byte % 26) for byte in tag[:6]) + "+" + face.stem)
    widths = [item for glyph in sorted(glyphs) for item in (glyph, PDFArray([round(glyphs[glyph][1], 2)]))]
    registry = {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
    descendant = PDFDictionary(
        {
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType2"),
            "BaseFont": name,
            "CIDSystemInfo": PDFDictionary(registry),
            "FontDescriptor": _refer(document, _descriptor(document, face, name, glyphs), f"descriptor {name}"),
            "DW": round(glyphs[0][1], 2),
            "W": PDFArray(widths),
            "CIDToGIDMap": PDFName("Identity"),
        }
    )
    return PDFDictionary(
        {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": name,
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([_refer(document, descendant, f"descendant {name}")]),
            "ToUnicode": _refer(document, _deflated(_to_unicode(glyphs)), f"unicode {name}"),
        }
    )


def _descriptor(document: PDFDocument, face: Face, name: str, glyphs: Iterable[int]) -> PDFObject:
    extents = face.font.get_font_extents("ltr")
    scale = 1000 / face.units
    ascent, descent = round(extents.ascender * scale), round(extents.descender * scale)
    program = _subset(face, glyphs)
    return PDFDictionary(
        {
            "Type": PDFName("FontDescriptor"),
            "FontName": name,
            "Flags": _SYMBOLIC,
            "FontBBox": PDFArray([-500, descent, 2000, ascent]),
            "ItalicAngle": 0,
            "Ascent": ascent,
            "Descent": descent,
            "CapHeight": round(ascent * 0.7),
            "StemV": 80,
            "FontFile2": _refer(document, _deflated(program, Length1=len(program)), f"program {name}"),
        }
    )


def _subset(face: Face, glyphs: Iterable[int]) -> bytes:
    wanted = uharfbuzz.SubsetInput()
    wanted.sets(uharfbuzz.SubsetInputSets.GLYPH_INDEX).update(set(glyphs))
    wanted.sets(uharfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(
        {int.from_bytes(tag.encode("ascii"), "big") for tag in _NOT_NEEDED}
    )
    wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NO_HINTING
    return bytes(uharfbuzz.subset(face.font.face, wanted).blob.data)


def _to_unicode(glyphs: dict[int, tuple[str, float]]) -> bytes:
    """Glyph number -> text, for whoever copies or searches (ISO 32000-1, 9.10.3)."""
    pairs = [(glyph, text) for glyph, (text, _) in sorted(glyphs.items()) if text]
    parts = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(pairs), 100):
        some = pairs[start : start + 100]
        parts.append(f"{len(some)} beginbfchar")
        parts.extend(f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>" for glyph, text in some)
        parts.append("endbfchar")
    parts.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(parts).encode("ascii")


def _refer(document: PDFDocument, member: PDFObject, name: str) -> PDFObject:
    reference: PDFObject = document.Reference(member, name)  # type: ignore[no-untyped-call]
    return reference


def _deflated(content: bytes, **members: int) -> PDFStream:
    dictionary = PDFDictionary({"Filter": PDFName("FlateDecode"), **members})
    return PDFStream(dictionary, zlib.compress(content, 9))
