"""The exhibits: the list, one sheet for each, and what is not in the package and why."""

from collections.abc import Iterator

from app.kinds import Exhibit, Kind
from app.report.content import (
    Block,
    Card,
    Cell,
    Code,
    Column,
    Facts,
    Foreign,
    Paragraph,
    Said,
    Section,
    Subheading,
    Table,
    Wording,
    code,
    foreign,
    said,
)
from app.report.disclosure import Reason, exhibit_files
from app.report.records import history
from app.report.tables import why_withdrawn
from app.report.view import Row, View, counted, recorded, short_name
from app.subjects import Subject
from vault.chain import StoredObject

_REASONS = {
    Reason.WITHDRAWN: "withdrawn: the file was taken back",
    Reason.HELD: "held: it may show somebody under 18, so the file is handed over to nobody",
    Reason.DAMAGED: "damaged: the file in the vault cannot be read",
    Reason.EARLIER: "handed over before: it is in an earlier package",
    Reason.SEALED: "sealed: it is in the separate sealed file",
    Reason.LEFT_OUT: "left out of this package",
}
_AT_THE_HEAD = frozenset({"ref", "title"})
_FILES_ON_A_CARD = 6


def exhibit_list(view: View) -> Iterator[Block]:
    """Every exhibit that was not withdrawn, as police list them."""
    exhibits = view.current(Kind.EXHIBIT)
    if not exhibits:
        yield Paragraph(said("No exhibit is shown."))
        return
    columns = (Column("Ref", 1.3), Column("What it shows; link; file and SHA-256", 7.2), Column("Captured, by", 2.8))
    yield Table(columns, (_listed(view, exhibit) for exhibit in exhibits))


def sheets(view: View) -> Iterator[Section]:
    """One page for each exhibit."""
    for exhibit in view.current(Kind.EXHIBIT):
        key = f"sheet-{exhibit.first.seq}"
        yield Section(key, f"Exhibit {exhibit.ref}", _sheet(view, exhibit), level=2, new_page=True)


def absent(view: View) -> Iterator[Block]:
    """What is not handed over with this report, and why."""
    rows = [
        (exhibit, stored, file)
        for exhibit in view.current(Kind.EXHIBIT)
        for stored, file in exhibit_files(exhibit)
        if stored.id in view.shown.not_included
    ]
    yield Subheading(said("Files"))
    if rows:
        columns = (Column("Exhibit", 1.4), Column("File and SHA-256", 7), Column("Why", 3))
        yield Table(columns, (_absent(view, exhibit, stored, file) for exhibit, stored, file in rows))
    else:
        yield Paragraph(said("Every file of the exhibits in this report is in the package."))
    withdrawn = view.withdrawn()
    if withdrawn:
        yield Subheading(said("Withdrawn"))
        columns = (Column("Record", 2.4), Column("Withdrawn", 4), Column("Reason given", 5))
        yield Table(columns, (_withdrawn(subject) for subject in withdrawn))
    yield Subheading(said("Withheld entries"))
    yield from _withheld(view)


def _listed(view: View, exhibit: Subject) -> tuple[Cell, ...]:
    facts = dict(view.rows(exhibit, ["title", "url", "captured_at"]))
    lines: list[Wording] = [*facts.get("What it shows", ()), *facts.get("Link", ())]
    for stored, file in exhibit_files(exhibit):
        lines.append((Code(file), Said(_status(view, stored), muted=True)))
        lines.append(code(stored.sha256))
    captured = (*facts.get("Captured", (recorded(exhibit.first),)), said(f"by {exhibit.first.by.initials}", muted=True))
    return (short_name(exhibit), said(_sensitivity(exhibit), muted=True)), tuple(lines), captured


def _status(view: View, stored: StoredObject) -> str:
    missing = view.shown.not_included.get(stored.id)
    return f", not in this package: {missing.reason.value}" if missing else ""


def _sensitivity(exhibit: Subject) -> str:
    known = {"ordinary": "ordinary", "intimate": "intimate"}
    return known.get(str(exhibit.data.get("sensitivity", "")), "not sorted")


def _sheet(view: View, exhibit: Subject) -> Iterator[Block]:
    title = exhibit.data.get("title")
    if isinstance(title, str) and title:
        yield Paragraph(foreign(title))
    yield Card(tuple(_card(view, exhibit)))
    rows: list[Row] = [("Captured by", (said(exhibit.first.by.initials + f" ({exhibit.first.by.role.value})"),))]
    fields = [spec.name for spec in Exhibit.specs() if spec.name not in _AT_THE_HEAD]
    rows += [*view.rows(exhibit, fields), *view.unknown_rows(exhibit)]
    if "sensitivity" not in exhibit.data:
        rows.append(("The picture is", (said("not sorted (treated as intimate)"),)))
    yield Facts(tuple(rows))
    files = exhibit_files(exhibit)
    if files:
        yield Subheading(said("File" if len(files) == 1 else "Files"))
        yield Facts(tuple(row for stored, file in files for row in _file(view, stored, file)))
    yield Subheading(said("What was written about it, and when"))
    yield from history(view, exhibit)
    yield Facts((("Police exhibit ref", (said("_" * 32),)),))


def _card(view: View, exhibit: Subject) -> Iterator[Wording]:
    files = exhibit_files(exhibit)
    if not files:
        yield said("This exhibit has no file: it is a record in words.", strong=True)
        return
    kind = _sensitivity(exhibit)
    words = {"ordinary": "an ordinary picture or file", "intimate": "an intimate picture or file"}
    yield (Said("Not shown here: ", strong=True), Said(words.get(kind, "a picture or file that nobody has sorted yet")))
    for stored, file in files[:_FILES_ON_A_CARD]:
        missing = view.shown.not_included.get(stored.id)
        where = _REASONS[missing.reason] if missing else "in the package, folder exhibits"
        yield (Code(file), Said(f" · {stored.size:,} bytes · {where}"))
    if len(files) > _FILES_ON_A_CARD:
        yield said(f"and {counted(len(files) - _FILES_ON_A_CARD, 'more file')}, listed below")


def _file(view: View, stored: StoredObject, file: str) -> Iterator[Row]:
    missing = view.shown.not_included.get(stored.id)
    yield (
        "Name in the package",
        ((Code(file), Said(f" ({_REASONS[missing.reason]})" if missing else "", muted=True)),),
    )
    yield "SHA-256", (code(stored.sha256),)
    yield "Size, type", ((Said(f"{stored.size:,} bytes, "), Foreign(stored.media_type)),)
    yield "Name it came with", (foreign(stored.name, identifier=True),)
    if stored.name_hex is not None:
        yield "Bytes of that name", (code(stored.name_hex),)


def _absent(view: View, exhibit: Subject, stored: StoredObject, file: str) -> tuple[Cell, ...]:
    missing = view.shown.not_included[stored.id]
    size = said(f"{stored.size:,} bytes", muted=True)
    return (short_name(exhibit),), (code(file), code(stored.sha256), size), (said(_REASONS[missing.reason]),)


def _withdrawn(subject: Subject) -> tuple[Cell, ...]:
    name = short_name(subject) if subject.ref else said(f"entry {subject.first.seq}")
    return (
        (name, said(subject.kind.value, muted=True)),
        (recorded(subject.last),),
        (foreign(why_withdrawn(subject), words=True) if why_withdrawn(subject) else said("none"),),
    )


def _withheld(view: View) -> Iterator[Block]:
    if not view.shown.withheld:
        yield Paragraph(said("No entry of the record is withheld."))
        return
    places = [line.seq for line in view.shown.lines if line.entry is None]
    yield Paragraph(
        said(
            f"{counted(len(places), 'entry is', 'entries are')} withheld from this hand-over, such as the names and"
            " addresses of whoever records. Their places in the chain are shown, so that nothing can be put there or"
            f" taken away unseen: {_ranges(places)}. Their hashes are in tables/withheld.csv."
        )
    )


def _ranges(numbers: list[int]) -> str:
    """`2, 5 to 8`; of very many only the first."""
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    words = [str(first) if first == last else f"{first} to {last}" for first, last in spans[:60]]
    return ("entry " if len(numbers) == 1 else "entries ") + ", ".join(words) + (" and more" if len(spans) > 60 else "")
