"""The report as one web page: for screen readers and every browser, without script, links or anything to load."""

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from typing import BinaryIO

from app.report.content import (
    Block,
    Card,
    Cell,
    Code,
    Commands,
    Facts,
    Figures,
    Foreign,
    Notice,
    Paragraph,
    Quotation,
    Report,
    Said,
    Section,
    Square,
    Subheading,
    Table,
    Wording,
)
from app.report.disclosure import Disclosure
from app.report.report import compose
from app.report.square import qr_rows
from app.report.visible import lines_of, visible

_STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; padding: 28px 20px 64px; max-width: 60rem; background: #fff; color: #23262b;
  font: 16px/1.5 system-ui, "Noto Sans", sans-serif; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.25rem; margin: 40px 0 12px; padding-top: 16px;
  border-top: 2px solid #1d6a66; } h3, h4 { font-size: 1rem; margin: 24px 0 8px; }
.sheet h3 { font-size: 1.15rem; margin-top: 40px; border-top: 1px solid #1d6a66; padding-top: 12px; }
p { margin: 0 0 8px; } code, kbd { font: .875em/1.5 "Noto Sans Mono", ui-monospace, monospace; }
bdi, code { overflow-wrap: anywhere; } dd { min-width: 0; } bdi { white-space: pre-wrap; }
.muted { color: #5c626b; } .mark { color: #8a5a00; font-size: .8em; border: 1px solid; border-radius: 3px; }
.notice { border: 1px solid #878c92; border-radius: 8px; padding: 12px 16px 4px; margin: 16px 0; }
.card { background: #e6e8ea; border-radius: 8px; padding: 28px 16px; margin: 12px 0; text-align: center; }
.figures { display: flex; flex-wrap: wrap; gap: 12px 32px; margin: 20px 0; padding: 0; list-style: none; }
.figures b { display: block; font-size: 1.4rem; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; margin: 8px 0 16px; }
th { text-align: left; } th, td { border-bottom: 1px solid #e3dfd7; padding: 6px 12px 6px 0; vertical-align: top; }
td p { margin: 0 0 2px; } dl { display: grid; grid-template-columns: minmax(8rem, 13rem) 1fr; gap: 4px 16px; }
dt { color: #5c626b; } dd { margin: 0; } dd p { margin: 0; }
blockquote { margin: 0 0 12px; padding: 4px 0 4px 16px; border-left: 3px solid #1d6a66; }
pre { background: #f7f5f1; padding: 12px; overflow-x: auto; } svg { width: 12rem; height: 12rem; }
.square { display: flex; flex-wrap: wrap; gap: 16px; align-items: center; } .square div { flex: 1 1 20rem; }
@media print { h2, tr, .card { break-inside: avoid; } .sheet { break-before: page; } nav { display: none; } }
"""


_STYLE_SHEET = _STYLE + "".join(f".w{width} {{ width: {width}%; }}\n" for width in range(5, 100, 5))
"""With the widths of columns, in steps of five: the policy forbids a style on an element."""


def write_html(disclosure: Disclosure, out: BinaryIO) -> None:
    """Write the page to `out` in UTF-8. Holds no markup but its own; the same disclosure gives the same bytes."""
    for part in _page(compose(disclosure)):
        out.write(part.encode("utf-8"))


def _page(report: Report) -> Iterator[str]:
    digest = base64.b64encode(hashlib.sha256(_STYLE_SHEET.encode("utf-8")).digest()).decode("ascii")
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(report.title)}</title>\n<style>{_STYLE_SHEET}</style>\n</head>\n<body>\n"
    yield f"<header>\n<h1>{escape(report.title)}</h1>\n<p>{_inline(report.subtitle)}</p>\n</header>\n"
    yield '<nav aria-label="Contents">\n<ol>\n'
    for section in report.sections():
        if section.level == 1:
            yield f'<li><a href="#{section.key}">{escape(section.title)}</a></li>\n'
    yield "</ol>\n</nav>\n<main>\n"
    for section in report.sections():
        yield from _section(section)
    yield f"</main>\n<footer>\n<p>{escape(report.footer)}</p>\n</footer>\n</body>\n</html>\n"


def _section(section: Section) -> Iterator[str]:
    kind = "sheet" if section.level > 1 else "chapter"
    heading = f"h{section.level + 1}"
    yield f'<section class="{kind}" aria-labelledby="{section.key}">\n'
    yield f'<{heading} id="{section.key}">{escape(section.title)}</{heading}>\n'
    for block in section.blocks:
        yield from _block(block, section.level)
    yield "</section>\n"


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Paragraph(wording):
            yield f"<p>{_inline(wording)}</p>\n"
        case Subheading(wording):
            yield f"<h{level + 2}>{_inline(wording)}</h{level + 2}>\n"
        case Notice(paragraphs):
            yield f'<div class="notice" role="note">{_cell(paragraphs)}</div>\n'
        case Card(paragraphs):
            yield f'<div class="card">{_cell(paragraphs)}</div>\n'
        case Quotation(label, words):
            yield f"<p>{_inline(label)}</p>\n<blockquote><p>{_inline((words,))}</p></blockquote>\n"
        case Commands(lines):
            yield f"<pre><code>{escape(chr(10).join(lines))}</code></pre>\n"
        case Figures(figures):
            items = "".join(f"<li><b>{escape(one.value)}</b> {escape(one.label)}</li>" for one in figures)
            yield f'<ul class="figures">{items}</ul>\n'
        case Facts(rows):
            items = "".join(f"<dt>{escape(label)}</dt><dd>{_cell(cell)}</dd>\n" for label, cell in rows)
            yield f"<dl>\n{items}</dl>\n"
        case Square(text, beside):
            yield f'<div class="square">{_square(text)}<div>{_cell(beside)}</div></div>\n'
        case Table():
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    shares = sum(column.share for column in table.columns)
    widths = (5 * round(20 * column.share / shares) for column in table.columns)
    yield "<table>\n<colgroup>" + "".join(f'<col class="w{width}">' for width in widths) + "</colgroup>\n<thead><tr>"
    yield "".join(f'<th scope="col">{escape(column.title)}</th>' for column in table.columns)
    yield "</tr></thead>\n<tbody>\n"
    for row in table.rows:
        yield "<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>\n"
    yield "</tbody>\n</table>\n"


def _cell(paragraphs: Cell) -> str:
    return "".join(f"<p>{_inline(wording)}</p>" for wording in paragraphs)


def _inline(wording: Wording) -> str:
    return "".join(_part(part) for part in wording)


def _part(part: Said | Code | Foreign) -> str:
    match part:
        case Said(text, strong, muted):
            shown = _shown(text, words=True)
            shown = f"<strong>{shown}</strong>" if strong else shown
            return f'<span class="muted">{shown}</span>' if muted else shown
        case Code(text):
            return f"<code>{_shown(text, words=True)}</code>"
        case Foreign(text, identifier, words):
            shown = "\n".join(_shown(line, words=True) for line in lines_of(text)) if words else _shown(text)
            return f"<bdi><code>{shown}</code></bdi>" if identifier else f"<bdi>{shown}</bdi>"


def _shown(text: str, *, words: bool = False) -> str:
    return "".join(
        f'<span class="mark">{escape(piece.text)}</span>' if piece.mark else escape(piece.text)
        for piece in visible(text, words=words)
    )


def _square(text: str) -> str:
    rows = qr_rows(text)
    path = "".join(
        f"M{column} {row}h1v1h-1z" for row, cells in enumerate(rows) for column, dark in enumerate(cells) if dark
    )
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" shape-rendering="crispEdges"'
        f' aria-label="The receipt as a QR code"><path d="{path}"/></svg>'
    )
