"""The command hold: an exhibit in which somebody could be under 18."""

import click

from app.commands.arguments import TEXT, Door, on_a_vault, vault_argument
from app.commands.written import tell_entry, tell_held
from app.kinds import Kind


@click.command()
@vault_argument
@click.argument("exhibit", metavar="ID", type=TEXT)
@on_a_vault(records=True)
def hold(door: Door, exhibit: str, as_json: bool) -> None:
    """Hold an exhibit that turns out to show somebody who could be under 18.

    From then on it is not shown, exported or deleted. It cannot be taken back.
    """
    with door.opened() as casefile:
        subject = casefile.find(exhibit)
        tell_entry(casefile.hold(subject), as_json=as_json)
        if subject.kind is Kind.EXHIBIT:
            tell_held(casefile, {subject.ref})
