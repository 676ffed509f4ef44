"""The annex on the impact: what the person wrote about it, and why nothing in the chain vouches for that."""

from collections.abc import Iterator

from app.report.content import Block, Foreign, Notice, Paragraph, Subheading, said
from app.report.moments import both_times
from app.report.view import View
from vault.chain import Malformed, parse_moment


def impact(view: View) -> Iterator[Block]:
    """The notes in the order in which they were written."""
    yield Notice(
        (
            said(
                "These notes are here because the person asked for it. They are not evidence of what happened. They"
                " stand outside the log: they could be changed until this report was signed, and are whole since then."
                " In England and Wales, the impact belongs in a Victim Personal Statement, which the police take."
            ),
        )
    )
    for note in view.shown.impact:
        yield Subheading(said(note.area.replace("_", " ").capitalize()))
        yield Paragraph(said(f"Written {_when(note.at, view.shown.zone)}", muted=True))
        yield Paragraph((Foreign(note.text, words=True),))


def _when(at: str, zone: str) -> str:
    try:
        return both_times(parse_moment(at), zone)
    except Malformed:
        return "at a time that is not known"
