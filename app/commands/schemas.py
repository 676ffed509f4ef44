"""The command schema: what the data of a kind looks like, for whoever reads --json with a program."""

import json

import click

from app.commands.telling import say
from app.kinds import KINDS, Kind, schema


@click.command("schema")
@click.argument("kind", metavar="KIND", type=click.Choice([kind.value for kind in Kind]))
def schema_command(kind: str) -> None:
    """Print the JSON Schema of a kind's “data”, as --json prints it. It needs no vault.

    KIND is vault, case, person, exhibit, incident, account, payment, takedown, contact, anchor, export or session.
    """
    say(json.dumps(schema(KINDS[Kind(kind)]), indent=2))
