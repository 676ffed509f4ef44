"""Commands that read: list, show, extract."""

from datetime import datetime
from pathlib import Path

import click

from app.casefile import Casefile
from app.commands.arguments import PATH, TEXT, Door, anyway_option, on_a_vault, vault_argument
from app.commands.extraction import extract_files
from app.commands.showing import changes, described, files, history, line, state
from app.commands.telling import say, say_json, warn
from app.errors import WrongUse
from app.kinds import Kind, Sensitivity
from app.plaintext import visible
from app.report.tables import why_withdrawn
from app.synced import require_unsynced
from vault.chain import EntryId
from vault.search import Wanted


class _Day(click.DateTime):
    """A day, as `2026-11-20`."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"“{value}” is not a day like 2026-11-20.", param, ctx)


DAY = _Day()


@click.command("list")
@vault_argument
@click.option(
    "--find",
    "text",
    default="",
    type=TEXT,
    metavar="TEXT",
    help="Only where all these words, or parts of words, stand.",
)
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Only of this kind.")
@click.option("--account", type=TEXT, metavar="ID", help="Only what names this account.")
@click.option("--platform", default="", type=TEXT, metavar="TEXT", help="Only on this platform.")
@click.option("--from", "since", type=DAY, metavar="DATE", help="Only with a date on or after this day: 2026-11-20.")
@click.option("--to", "until", type=DAY, metavar="DATE", help="Only with a date on or before this day.")
@click.option("--sensitivity", type=click.Choice([word.value for word in Sensitivity]), help="Only exhibits like this.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most this many, the newest.")
@on_a_vault(records=False)
def list_subjects(
    door: Door,
    text: str,
    kind: str | None,
    account: str | None,
    platform: str,
    since: datetime | None,
    until: datetime | None,
    sensitivity: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List everything with its current state, newest first."""
    with door.opened() as casefile:
        wanted = Wanted(
            text=text,
            kind=Kind(kind) if kind is not None else None,
            names=_account(casefile, account) if account is not None else None,
            platform=platform,
            sensitivity=sensitivity or "",
            since=since.date() if since else None,
            until=until.date() if until else None,
        )
        for subject in casefile.found(wanted, limit):
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
            members = state(subject) | {"files": files(subject.objects)}
            if subject.withdrawn:
                members["why_withdrawn"] = why_withdrawn(subject)
            say_json(members | {"history": changes(subject)} if with_history else members)
            return
        lines = history(casefile, subject) if with_history else described(casefile, subject)
        for text in lines:
            say(text)


@click.command()
@vault_argument
@click.argument("exhibit", type=TEXT)
@click.argument("out", type=PATH)
@anyway_option
@on_a_vault(records=False)
def extract(door: Door, exhibit: str, out: Path, anyway: bool, as_json: bool) -> None:
    """Write the untouched bytes of an exhibit to a new file. Further files of it get -2, -3 … before the ending."""
    synced = require_unsynced(out, door.program.surroundings, anyway=anyway)
    if synced:
        warn(synced)
    with door.opened() as casefile:
        for path, stored in extract_files(casefile.vault, casefile.find(exhibit), out):
            if as_json:
                say_json({"file": str(path), "size": stored.size, "sha256": stored.sha256})
            else:
                say(f"{visible(str(path))}  {stored.size} bytes  {stored.sha256}")


def _account(casefile: Casefile, text: str) -> EntryId:
    found = casefile.find(text)
    if found.kind is not Kind.ACCOUNT:
        raise WrongUse(f"“{text}” is no account.", next="List the accounts: --kind account.")
    return found.id
