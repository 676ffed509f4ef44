"""Commands that read: list, show, extract."""

from pathlib import Path

import click

from app.commands.arguments import PATH, TEXT, Door, on_a_vault, vault_argument
from app.commands.extraction import extract_files
from app.commands.showing import changes, described, files, history, line, state
from app.commands.telling import say, say_json
from app.kinds import Kind
from app.plaintext import visible
from app.subjects import Subject


@click.command("list")
@vault_argument
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Only of this kind.")
@click.option("--find", "text", default="", type=TEXT, metavar="TEXT", help="Only where a field holds this text.")
@on_a_vault(records=False)
def list_subjects(door: Door, kind: str | None, text: str, as_json: bool) -> None:
    """List everything with its current state, newest first."""
    with door.opened() as casefile:
        for subject in casefile.subjects(Kind(kind) if kind is not None else None):
            if not _holds(subject, text.casefold()):
                continue
            if as_json:
                say_json(state(subject))
            else:
                say(line(subject))


@click.command()
@vault_argument
@click.argument("subject_id", metavar="ID", type=TEXT)
@click.option("--history", "with_history", is_flag=True, help="What changed, when and by whom.")
@on_a_vault(records=False)
def show(door: Door, subject_id: str, with_history: bool, as_json: bool) -> None:
    """Show one thing with all its fields."""
    with door.opened() as casefile:
        subject = casefile.find(subject_id)
        if as_json:
            members = state(subject) | {"files": files(subject)}
            say_json(members | {"history": changes(subject)} if with_history else members)
            return
        lines = history(casefile, subject) if with_history else described(casefile, subject)
        for text in lines:
            say(text)


@click.command()
@vault_argument
@click.argument("exhibit", type=TEXT)
@click.argument("out", type=PATH)
@on_a_vault(records=False)
def extract(door: Door, exhibit: str, out: Path, as_json: bool) -> None:
    """Write the untouched bytes of an exhibit to a new file. Further files of it go to OUT-2, OUT-3 …"""
    with door.opened() as casefile:
        for path, stored in extract_files(casefile.vault.objects, casefile.find(exhibit), out):
            if as_json:
                say_json({"file": str(path), "size": stored.size, "sha256": stored.sha256})
            else:
                say(f"{visible(str(path))}  {stored.size} bytes  {stored.sha256}")


def _holds(subject: Subject, text: str) -> bool:
    values = [subject.ref, subject.id, *(stored.name for stored in subject.objects)]
    for value in subject.data.values():
        values += value if isinstance(value, list) else [str(value)]
    return any(text in value.casefold() for value in values)
