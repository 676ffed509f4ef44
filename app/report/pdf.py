"""The report as a PDF: draws the blocks of content.py on paper, in any script, without reading any of it as markup."""

from collections.abc import Callable
from typing import BinaryIO

from app.report.content import (
    Block,
    Card,
    Cell,
    Commands,
    Facts,
    Figures,
    Notice,
    Paragraph,
    Quotation,
    Report,
    Section,
    Square,
    Subheading,
    Table,
    code,
    said,
)
from app.report.disclosure import Disclosure
from app.report.fonts import FontBook, usual_folders
from app.report.layout import ACCENT, CARD, LINE, MUTED, SMALL, Box, Layout, Setting
from app.report.lines import LineSetter
from app.report.paper import BOTTOM, LEFT, RIGHT, TOP, Paper
from app.report.report import compose
from app.report.shaping import Shaper
from app.report.square import qr_rows

_BODY, _TABLE = Setting(), Setting(SMALL)
_HEAD = Setting(SMALL, bold=True, colour=MUTED)
_GAP = 10.0
_LABELS = 122.0
_PADDING = 11.0
_FOOT = Setting(7.8, colour=MUTED)


def write_pdf(
    disclosure: Disclosure,
    out: BinaryIO,
    progress: Callable[[int, int], None] | None = None,
    *,
    fonts: FontBook | None = None,
) -> None:
    """Write the report to `out`. The same disclosure and fonts give the same bytes.

    `progress` is told how many sections are done and how many there are; it may raise to stop. `fonts` are the
    system's unless given. Raises FontsMissing.
    """
    report = compose(disclosure)
    _Printer(report, out, fonts or FontBook(usual_folders()), disclosure).print(progress)


class _Printer:
    """Draws one report."""

    def __init__(self, report: Report, out: BinaryIO, fonts: FontBook, disclosure: Disclosure) -> None:
        self._report = report
        setter = LineSetter(Shaper(fonts))
        self._paper = Paper(out, title=report.title, producer=disclosure.app, made_at=disclosure.exported_at)
        self._on = Layout(self._paper, setter, self._foot)

    def print(self, progress: Callable[[int, int], None] | None) -> None:
        self._on.write(said(self._report.title), Setting(20, bold=True), after=2)
        self._on.write(self._report.subtitle, Setting(9), after=8)
        for done, section in enumerate(self._report.sections(), start=1):
            self._section(section, first=done == 1)
            if progress is not None:
                progress(done, self._report.count)
        self._foot()
        self._paper.close(self._on.set_wording(said(f"of {self._paper.page}"), 80, _FOOT)[0])

    def _foot(self) -> None:
        baseline = BOTTOM - 26
        self._paper.rule(LEFT, RIGHT, BOTTOM - 12, LINE)
        page = self._on.set_wording(said(f"Page {self._paper.page}"), 80, _FOOT)[0]
        self._paper.write(page, LEFT, baseline)
        self._paper.total_pages(LEFT + page.width + 2.2, baseline)
        footer = self._on.set_wording(said(self._report.footer), 400, _FOOT)[0]
        self._paper.write(footer, RIGHT - footer.width, baseline)

    def _section(self, section: Section, *, first: bool) -> None:
        on = self._on
        if section.new_page and on.y < TOP:
            on.turn()
        if first:
            self._paper.bookmark(section.title, 0, on.y)
        else:
            on.skip(14)
            on.need(90)
            self._paper.rule(LEFT, RIGHT, on.y, ACCENT, 0.8)
            self._paper.bookmark(section.title, section.level - 1, on.y + 6)
            on.y -= 8
            on.write(said(section.title), Setting(13 if section.level == 1 else 12, bold=True), after=5)
        for block in section.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        on = self._on
        match block:
            case Paragraph(wording):
                on.write(wording, _BODY)
            case Subheading(wording):
                on.skip(7)
                on.need(56)
                on.write(wording, Setting(10.2, bold=True), after=3)
            case Notice(paragraphs):
                self._framed(paragraphs, edge="#878c92")
            case Card(paragraphs):
                self._card(paragraphs)
            case Quotation():
                self._quotation(block)
            case Figures():
                self._figures(block)
            case Facts():
                self._facts(block)
            case Commands(lines):
                self._framed(tuple(code(line.replace("    ", "  ")) for line in lines), fill="#f4f3ef")
            case Square():
                self._square(block)
            case Table():
                self._table(block)

    def _framed(self, paragraphs: Cell, *, edge: str = "", fill: str = "") -> None:
        on = self._on
        lines = on.set_cell(paragraphs, RIGHT - LEFT - 2 * _PADDING, _BODY)
        height = len(lines) * _BODY.leading + 2 * _PADDING - 2
        on.need(height)
        self._paper.box(LEFT, on.y - height, RIGHT - LEFT, height, edge=edge, fill=fill)
        on.y -= _PADDING - 1
        on.row([Box(LEFT + _PADDING, lines)], _BODY.leading)
        on.y -= _PADDING + 7

    def _card(self, paragraphs: Cell) -> None:
        on = self._on
        lines = on.set_cell(paragraphs, RIGHT - LEFT - 40, _BODY)
        height = max(96.0, len(lines) * _BODY.leading + 40)
        on.need(height)
        self._paper.box(LEFT, on.y - height, RIGHT - LEFT, height, fill=CARD)
        y = on.y - (height - len(lines) * _BODY.leading) / 2
        for place, line in enumerate(lines):
            middle = LEFT + (RIGHT - LEFT - line.width) / 2
            self._paper.write(line, middle, y - _BODY.leading * (place + 0.74))
        on.y -= height + 10

    def _quotation(self, quotation: Quotation) -> None:
        on = self._on
        on.need(40)
        on.write(quotation.label, _TABLE, after=1)
        for line in on.set_wording((quotation.words,), RIGHT - LEFT - 14, _BODY):
            on.need(_BODY.leading)
            self._paper.upright(LEFT + 2, on.y, on.y - _BODY.leading, ACCENT, 1.6)
            on.row([Box(LEFT + 14, [line])], _BODY.leading)
        on.y -= 6

    def _figures(self, figures: Figures) -> None:
        on = self._on
        width = (RIGHT - LEFT) / len(figures.figures)
        value, label = Setting(15, bold=True), Setting(SMALL, colour=MUTED)
        columns = [
            (
                LEFT + place * width + (10 if place else 0),
                on.set_wording(said(one.value), width - 18, value),
                on.set_wording(said(one.label), width - 18, label),
            )
            for place, one in enumerate(figures.figures)
        ]
        top = on.y
        on.row([Box(x, lines) for x, lines, _ in columns], value.leading)
        on.row([Box(x, lines) for x, _, lines in columns], label.leading)
        for x, _, _ in columns[1:]:
            self._paper.upright(x - 10, top, on.y, LINE)
        on.y -= 10

    def _facts(self, facts: Facts) -> None:
        on = self._on
        for label, cell in facts.rows:
            head = on.set_wording(said(label, muted=True), _LABELS - _GAP, _TABLE)
            lines = on.set_cell(cell, RIGHT - LEFT - _LABELS, _BODY)
            on.row([Box(LEFT, head), Box(LEFT + _LABELS, lines)], _BODY.leading)
            on.y -= 2.5
        on.y -= 4

    def _square(self, square: Square) -> None:
        on = self._on
        rows = qr_rows(square.text)
        side = 132.0
        on.need(side)
        self._paper.squares(rows, LEFT - 6, on.y, side / len(rows))
        bottom = on.y - side
        on.y -= 14
        x = LEFT + side + 8
        on.row([Box(x, on.set_cell(square.beside, RIGHT - x, _BODY))], _BODY.leading)
        on.y = min(on.y, bottom) - 6

    def _table(self, table: Table) -> None:
        on = self._on
        shares = sum(column.share for column in table.columns)
        free = RIGHT - LEFT - _GAP * (len(table.columns) - 1)
        widths = [free * column.share / shares for column in table.columns]
        places = [LEFT + sum(widths[:place]) + _GAP * place for place in range(len(widths))]
        heads = [
            Box(x, on.set_wording(said(column.title), width, _HEAD))
            for x, width, column in zip(places, widths, table.columns, strict=True)
        ]

        def head() -> None:
            on.row(heads, _HEAD.leading)
            on.y -= 3
            self._paper.rule(LEFT, RIGHT, on.y, LINE)
            on.y -= 4

        on.need(60)
        head()
        for row in table.rows:
            boxes = [
                Box(x, on.set_cell(cell, width, _TABLE)) for x, width, cell in zip(places, widths, row, strict=True)
            ]
            on.row(boxes, _TABLE.leading, on_turn=head)
            on.y -= 3.5
            self._paper.rule(LEFT, RIGHT, on.y, LINE, 0.4)
            on.y -= 4
        on.y -= 6
