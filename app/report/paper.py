"""The pages of a PDF: places text, rules and boxes on A4, counts the pages, keeps little in memory.

Only page code that is written here reaches the file: no markup is read, no attribute is evaluated.
"""

import zlib
from datetime import datetime
from typing import BinaryIO

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument, PDFName, PDFPage, PDFStream
from reportlab.pdfgen.canvas import Canvas

from app.report.embedding import EmbeddedFonts
from app.report.lines import BREAK_MARK_EM, TextLine

WIDTH, HEIGHT = 595.28, 841.89
"""A4 in points."""
LEFT, RIGHT, TOP, BOTTOM = 48.0, WIDTH - 48.0, HEIGHT - 50.0, 62.0
"""Where content begins and ends, in points from the lower left corner."""
_TOTAL = "total-pages"


class _Canvas(Canvas):
    """A canvas that starts its pages without naming a font, so that no font is in the file that is not embedded."""

    _doc: PDFDocument

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"

    def showPage(self) -> None:  # noqa: N802
        """End the page and deflate what was drawn on it at once: two thousand pages are kept until the end."""
        name = self._doc.thisPageName()
        super().showPage()
        page = self._doc.idToObject[name]
        if isinstance(page, PDFPage):
            content = zlib.compress(str(page.stream).encode("latin-1"))
            page.Contents = PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), content)
            page.stream = None


class Paper:
    """A PDF in the making. Heights are in points from the bottom of the page, as PDF counts them."""

    def __init__(self, out: BinaryIO, *, title: str, producer: str, made_at: datetime) -> None:
        """Begin the first page. The file's properties name nobody: `title` and the program, and when it was made."""
        self._canvas = _Canvas(
            out, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1, pdfVersion=(1, 7), lang="en-GB"
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor("")
        self._canvas.setSubject("")
        self._canvas.setCreator("")
        self._canvas.setProducer(producer)
        self._canvas.setDateFormatter(lambda *_: _pdf_date(made_at))
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._canvas.showOutline()
        self._fonts = EmbeddedFonts()
        self._bookmarks = 0
        self.page = 1

    def write(self, line: TextLine, x: float, y: float) -> None:
        """Set a line with its baseline at `y`."""
        if not line.placed:
            return
        code = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        font, colour, plain = "", "", ""
        for placed in line.placed:
            wanted = f"/{self._fonts.name(placed.run.face)} {placed.ink.size:g} Tf"
            if plain and (wanted != font or placed.ink.colour != colour or not placed.run.digits):
                code.append(f"<{plain}> Tj")
                plain = ""
            if placed.ink.colour != colour:
                colour = placed.ink.colour
                code.append(f"{_rgb(colour)} rg")
            if wanted != font:
                font = wanted
                code.append(font)
            if placed.run.digits:
                plain += self._fonts.plain_code(placed.run)
            else:
                code.append(self._fonts.code(placed.run, placed.ink.size))
        code.append(f"<{plain}> Tj ET" if plain else "ET")
        self._canvas.addLiteral(" ".join(code))
        if line.broken:
            self._break_mark(x + line.width, y, line.placed[-1].ink.size)

    def rule(self, x1: float, x2: float, y: float, colour: str, thickness: float = 0.5) -> None:
        """A horizontal rule."""
        self._canvas.addLiteral(f"q {_rgb(colour)} RG {thickness:g} w {x1:.2f} {y:.2f} m {x2:.2f} {y:.2f} l S Q")

    def upright(self, x: float, y1: float, y2: float, colour: str, thickness: float = 0.5) -> None:
        """A vertical rule."""
        self._canvas.addLiteral(f"q {_rgb(colour)} RG {thickness:g} w {x:.2f} {y1:.2f} m {x:.2f} {y2:.2f} l S Q")

    def box(self, x: float, y: float, width: float, height: float, *, fill: str = "", edge: str = "") -> None:
        """A rectangle from its lower left corner."""
        paint = {(True, True): "B", (True, False): "f", (False, True): "S"}[bool(fill), bool(edge)]
        colours = (f"{_rgb(fill)} rg " if fill else "") + (f"{_rgb(edge)} RG 0.6 w " if edge else "")
        self._canvas.addLiteral(f"q {colours}{x:.2f} {y:.2f} {width:.2f} {height:.2f} re {paint} Q")

    def squares(self, rows: list[list[bool]], x: float, y: float, side: float) -> None:
        """Dark squares of a code, its upper left corner at x, y; `side` in points."""
        code = [
            f"{x + column * side:.2f} {y - (row + 1) * side:.2f} {side:.2f} {side:.2f} re"
            for row, cells in enumerate(rows)
            for column, dark in enumerate(cells)
            if dark
        ]
        self._canvas.addLiteral("q 0 0 0 rg " + " ".join(code) + " f Q")

    def total_pages(self, x: float, y: float) -> None:
        """Room for the number of pages, which is known at the end."""
        self._canvas.saveState()
        self._canvas.translate(x, y)
        self._canvas.doForm(_TOTAL)
        self._canvas.restoreState()

    def bookmark(self, title: str, level: int, y: float) -> None:
        """An entry in the outline that leads to this height of this page."""
        self._bookmarks += 1
        key = f"place-{self._bookmarks}"
        self._canvas.bookmarkHorizontalAbsolute(key, y)
        self._canvas.addOutlineEntry(title, key, level=level, closed=level == 0)

    def turn(self) -> None:
        """End the page and begin the next."""
        self._canvas.showPage()
        self.page += 1

    def close(self, total: TextLine) -> None:
        """End the last page, fill in the number of pages and write the file."""
        self._canvas.showPage()
        self._canvas.beginForm(_TOTAL, 0, -10, 80, 20)
        self.write(total, 0, 0)
        self._canvas.endForm()
        self._fonts.add_to(self._canvas._doc)
        self._canvas.save()

    def _break_mark(self, x: float, y: float, size: float) -> None:
        """A small hook: the line was broken by the report, nothing stands here in the original."""
        left, right = x + 0.12 * size, x + BREAK_MARK_EM * size
        low, high = y + 0.12 * size, y + 0.48 * size
        tip = 0.16 * size
        self._canvas.addLiteral(
            f"q {_rgb('#1d6a66')} RG 0.6 w {right:.2f} {high:.2f} m {right:.2f} {low:.2f} l {left:.2f} {low:.2f} l "
            f"{left + tip:.2f} {low + tip:.2f} m {left:.2f} {low:.2f} l {left + tip:.2f} {low - tip:.2f} l S Q"
        )


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[place : place + 2], 16) / 255:.3g}" for place in (1, 3, 5))


def _pdf_date(moment: datetime) -> str:
    offset = f"{moment:%z}" or "+0000"
    return f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"
