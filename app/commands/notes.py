"""The command note: words beside the log, private or about what it did to the person."""

import click

from app.commands.arguments import TEXT, Door, on_a_vault, vault_argument
from app.commands.telling import say, say_json
from app.errors import WrongUse
from app.notes import Area, Note, keep_note, read_notes, remove_note
from app.plaintext import visible


@click.command()
@vault_argument
@click.argument("text", required=False, type=TEXT)
@click.option("--about", type=TEXT, metavar="ID", help="The exhibit or other thing that the note is about.")
@click.option(
    "--impact",
    type=click.Choice([area.value for area in Area]),
    help="A note on what it did to you, about this part of life. An export has it only if asked (--impact).",
)
@click.option("--change", type=TEXT, metavar="NOTE", help="Put the text in place of this note's.")
@click.option("--remove", type=TEXT, metavar="NOTE", help="Remove this note.")
@on_a_vault(records=True)
def note(
    door: Door,
    text: str | None,
    about: str | None,
    impact: str | None,
    change: str | None,
    remove: str | None,
    as_json: bool,
) -> None:
    """Write a note for yourself, or list the notes (without TEXT).

    A note is no evidence: it can be changed and removed, and no export has a private one. With --json, per note:
    "note" (its id), "text", "at", "by", "about" (an id or null) and "impact" (a part of life, or null: private).
    """
    if remove is not None and (text is not None or change is not None or impact is not None):
        raise WrongUse("A note is removed on its own.", next="Give --remove without a text.")
    with door.opened() as casefile:
        subject = casefile.find(about).id if about is not None else None
        if remove is not None:
            remove_note(casefile, _found(read_notes(casefile), remove).id)
            return
        if text is None:
            for kept in read_notes(casefile, subject):
                _tell(kept, as_json=as_json)
            return
        before = _found(read_notes(casefile), change) if change is not None else None
        area = Area(impact) if impact is not None else before.impact if before else None
        subject = subject or (before.subject if before else None)
        kept = keep_note(casefile, text, subject=subject, impact=area, note=before.id if before else None)
        if as_json:
            _tell(kept, as_json=True)
        else:
            say(kept.id)


def _found(notes: list[Note], start: str) -> Note:
    found = [kept for kept in notes if start and kept.id.startswith(start.strip().lower())]
    if len(found) != 1:
        raise WrongUse("There is no one note whose id begins like this.", next="List the notes: note VAULT.")
    return found[0]


def _tell(kept: Note, *, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "note": kept.id,
                "text": kept.text,
                "at": kept.at,
                "by": kept.by,
                "about": kept.subject,
                "impact": kept.impact.value if kept.impact else None,
            }
        )
        return
    kind = f"impact, {kept.impact.value}" if kept.impact else "private"
    about = f", about {kept.subject[:8]}" if kept.subject else ""
    say(f"{kept.id[:8]}  {kept.at[:10]}  {visible(kept.by)}  ({kind}{about})")
    for line in visible(kept.text, words=True).split("\n"):
        say(f"    {line}")
