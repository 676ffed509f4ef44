"""Draws a recovery sheet for a printer: the same words and square as on the sheet that is made as a file."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPagedPaintDevice, QPainter

from app.errors import NotPrinted
from app.recovery_sheet import COMMAND, IF_FORGOTTEN, KEEP, WHAT_IT_OPENS, Sheet
from app.report.visible import in_fours
from ui.words import translated

_POINTS_AN_INCH = 72
_COLUMNS = 2
_ROW, _SQUARE, _GAP = 30.0, 165.0, 16.0
"""In points: the height of a word, the side of the square, what is between them."""


def paint_sheet(sheet: Sheet, squares: list[list[bool]], device: QPagedPaintDevice) -> None:
    """Draw the page. `squares`: the rows of its square, True where dark. Raises NotPrinted."""
    painter = QPainter()
    if not painter.begin(device):
        raise NotPrinted
    try:
        scale = device.logicalDpiX() / _POINTS_AN_INCH
        painter.scale(scale, scale)
        _Page(painter, device.width() / scale).draw(sheet, squares)
    finally:
        done = painter.end()
    if not done:
        raise NotPrinted


class _Page:
    """The page from top to bottom, in points."""

    def __init__(self, painter: QPainter, width: float) -> None:
        self._painter = painter
        self._width = width
        self._y = 0.0
        painter.setPen(QColor("black"))

    def draw(self, sheet: Sheet, squares: list[list[bool]]) -> None:
        self._write(translated("Recovery sheet"), 22, bold=True, gap=4)
        day = f"{sheet.made_at.day} {sheet.made_at:%B %Y}"
        self._write(translated("For one vault of Holdfast. Made on {0}.").format(day), 9, gap=16)
        top = self._y
        self._words(sheet.words)
        self._square(squares, top)
        self._y = max(self._y, top + _SQUARE) + 20
        self._section("What it opens", WHAT_IT_OPENS)
        self._section("If the passphrase is forgotten", f"{translated(IF_FORGOTTEN)} {COMMAND}")
        self._section("Keep it safe", *KEEP)
        self._section("Which vault", f"Vault: {in_fours(sheet.vault)}", f"Fingerprint: {in_fours(sheet.fingerprint)}")

    def _section(self, heading: str, *paragraphs: str) -> None:
        self._write(translated(heading), 11, bold=True, gap=3)
        for paragraph in paragraphs:
            self._write(translated(paragraph), 10, gap=5)
        self._y += 7

    def _write(self, text: str, size: int, *, bold: bool = False, gap: float = 0) -> None:
        self._painter.setFont(_font(size, bold=bold))
        room = QRectF(0, self._y, self._width, 1000)
        taken = self._painter.drawText(room, Qt.TextFlag.TextWordWrap.value, text)
        self._y += taken.height() + gap

    def _words(self, words: tuple[str, ...]) -> None:
        rows = -(-len(words) // _COLUMNS)
        column_width = (self._width - _SQUARE - _GAP) / _COLUMNS
        font = _font(15, bold=True)
        # Each letter on its own: where a word is copied from the page, “ff” must be two of them.
        font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
        self._painter.setFont(font)
        for place, word in enumerate(words):
            column, row = divmod(place, rows)
            room = QRectF(column * column_width, self._y + row * _ROW, column_width, _ROW)
            self._painter.drawText(room, Qt.AlignmentFlag.AlignVCenter.value, f"{place + 1}. {word}")
        self._y += rows * _ROW

    def _square(self, squares: list[list[bool]], top: float) -> None:
        side = _SQUARE / len(squares)
        left = self._width - _SQUARE
        for row, cells in enumerate(squares):
            for column, is_dark in enumerate(cells):
                if is_dark:
                    # A little larger than it is: no hair of white may show between two of them.
                    cell = QRectF(left + column * side, top + row * side, side * 1.02, side * 1.02)
                    self._painter.fillRect(cell, QColor("black"))


def _font(size: int, *, bold: bool) -> QFont:
    font = QFont("Sans Serif")
    font.setPixelSize(size)
    font.setBold(bold)
    return font
