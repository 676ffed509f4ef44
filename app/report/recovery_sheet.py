"""Draws the recovery sheet: one A4 page of our own words, the numbered recovery words and a square of the same."""

from typing import BinaryIO

from app.recovery_sheet import COMMAND, IF_FORGOTTEN, KEEP, WHAT_IT_OPENS, Sheet
from app.report.content import Code, Said, Wording, code, said
from app.report.fonts import FontBook, Typeface, usual_folders
from app.report.layout import ACCENT, CARD, LINE, MUTED, TEXT, Layout, Setting
from app.report.lines import Ink, LineSetter, Stretch
from app.report.paper import BOTTOM, LEFT, RIGHT, Paper
from app.report.shaping import Shaper
from app.report.square import qr_rows
from app.report.visible import in_fours

_TITLE, _HEADING, _BODY, _SMALL = (
    Setting(22, bold=True),
    Setting(11.5, bold=True, colour=ACCENT),
    Setting(10),
    Setting(8.6, colour=MUTED),
)
_WORD = Ink(Typeface.MONO, 14, TEXT)
_NUMBER = Ink(Typeface.SANS, 9, MUTED)
_COLUMNS, _ROW, _PADDING = 2, 31.0, 13.0
_GRID, _SQUARE, _GAP = 318.0, 165.0, 16.0
"""Widths in points: the words, the square, what is between them. Together they fill the page."""


def write_sheet(sheet: Sheet, out: BinaryIO, *, fonts: FontBook | None = None) -> None:
    """Write the page. The same sheet and fonts give the same bytes; `fonts` are the system's unless given.

    Raises FontsMissing.
    """
    setter = LineSetter(Shaper(fonts or FontBook(usual_folders())))
    paper = Paper(out, title="Recovery sheet", producer=sheet.app, made_at=sheet.made_at)
    page = Layout(paper, setter, lambda: None)
    page.write(said("Recovery sheet"), _TITLE, after=0)
    page.write(said(f"For one vault of Holdfast. Made on {_day(sheet)}."), _SMALL, after=12)
    _words_and_square(page, setter, sheet)
    _section(page, "What it opens", (said(WHAT_IT_OPENS),))
    _section(page, "If the passphrase is forgotten", (said(IF_FORGOTTEN), (Code(COMMAND),)))
    _section(page, "Keep it safe", tuple(said(text) for text in KEEP))
    _section(page, "Which vault", ((Said("Vault: "), *code(in_fours(sheet.vault))),))
    page.write((Said("Fingerprint: "), *code(in_fours(sheet.fingerprint))), _BODY)
    paper.rule(LEFT, RIGHT, BOTTOM - 12, LINE)
    foot = page.set_wording(said("Whoever holds this sheet can open the vault."), RIGHT - LEFT, _SMALL)[0]
    paper.write(foot, LEFT, BOTTOM - 26)
    paper.close(foot)


def _words_and_square(page: Layout, setter: LineSetter, sheet: Sheet) -> None:
    rows = -(-len(sheet.words) // _COLUMNS)
    height = rows * _ROW + 2 * _PADDING
    top = page.y
    page.paper.box(LEFT, top - height, _GRID, height, fill="#f6f4f0", edge=CARD)
    for place, word in enumerate(sheet.words):
        column, row = divmod(place, rows)
        x = LEFT + _PADDING + column * (_GRID / _COLUMNS)
        baseline = top - _PADDING - (row + 0.68) * _ROW
        number = setter.set_lines([Stretch(f"{place + 1}", _NUMBER)], 30)[0]
        page.paper.write(number, x + 16 - number.width, baseline)
        page.paper.write(setter.set_lines([Stretch(word, _WORD, words=False)], _GRID)[0], x + 26, baseline)
        page.paper.rule(x + 26, x + _GRID / _COLUMNS - 2 * _PADDING, baseline - 6, LINE)
    cells = qr_rows(sheet.code)
    page.paper.squares(cells, LEFT + _GRID + _GAP, top, _SQUARE / len(cells))
    caption = page.set_wording(said("The same words, for a camera without internet."), _SQUARE, _SMALL)
    for line, text in enumerate(caption):
        page.paper.write(text, LEFT + _GRID + _GAP, top - _SQUARE - 12 - line * _SMALL.leading)
    page.y = top - height
    page.skip(18)


def _section(page: Layout, heading: str, paragraphs: tuple[Wording, ...]) -> None:
    page.write(said(heading), _HEADING, after=1)
    for paragraph in paragraphs:
        page.write(paragraph, _BODY, after=4)
    page.skip(8)


def _day(sheet: Sheet) -> str:
    return f"{sheet.made_at.day} {sheet.made_at:%B %Y}"
