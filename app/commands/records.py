"""Commands that write things down in words: record, amend, withdraw."""

import click

from app.commands.arguments import TEXT, Door, fields_argument, on_a_vault, vault_argument
from app.commands.fieldhelp import FieldsCommand
from app.commands.telling import warn
from app.commands.written import held_exhibits, tell_entry, tell_held, tell_hints, tell_withdrawn
from app.errors import RefusedForSafety
from app.gaps import lacks_capture
from app.kinds import KINDS, WRITTEN_BY_HAND, Kind, parse_assignments
from app.under18_words import under18_words


@click.command(cls=FieldsCommand, kinds=WRITTEN_BY_HAND)
@vault_argument
@click.argument("kind", type=click.Choice([kind.value for kind in WRITTEN_BY_HAND]))
@fields_argument
@on_a_vault(records=True)
def record(door: Door, kind: str, fields: tuple[tuple[str, str], ...], as_json: bool) -> None:
    """Write something down; prints its id. Every field is optional, but one is needed."""
    parsed = parse_assignments(KINDS[Kind(kind)], fields)
    with door.opened() as casefile:
        entry = casefile.record(Kind(kind), parsed)
        tell_entry(entry, as_json=as_json)
        tell_hints(casefile.subject(entry.id), parsed)
        if entry.kind is Kind.TAKEDOWN and lacks_capture(casefile, entry.id):
            warn("There is no exhibit of this link yet. Capture it first: once it is gone, so is the proof.")


@click.command(cls=FieldsCommand, kinds=(Kind.EXHIBIT,))
@vault_argument
@click.argument("subject_id", metavar="ID", type=TEXT)
@fields_argument
@on_a_vault(records=True)
def amend(door: Door, subject_id: str, fields: tuple[tuple[str, str], ...], as_json: bool) -> None:
    """Change fields of something; earlier words stay in the log. An empty value removes a field.

    Fields of other kinds: see “case --help”, “person --help” and “record --help”.
    """
    with door.opened() as casefile:
        subject = casefile.find(subject_id)
        held = held_exhibits(casefile)
        entry = casefile.amend(subject, parse_assignments(KINDS[subject.kind], fields))
        tell_entry(entry, as_json=as_json)
        tell_hints(casefile.subject(entry.id), entry.data)
        tell_held(casefile, held_exhibits(casefile) - held)


@click.command()
@vault_argument
@click.argument("subject_id", metavar="ID", type=TEXT)
@click.option("--why", required=True, type=TEXT, help="The reason. It stays in the log and in every report.")
@on_a_vault(records=True)
def withdraw(door: Door, subject_id: str, why: str, as_json: bool) -> int:
    """Take something back. Its words and the hash of its file stay in the log; the file itself is removed.

    Backups that were made before still hold the file. The police may prefer the original: where only words are wrong,
    “amend” corrects them and the file stays.
    """
    with door.opened() as casefile:
        subject = casefile.find(subject_id)
        if subject.held:
            words = under18_words().held
            raise RefusedForSafety(words.not_withdrawn, next=words.next)
        tell_entry(casefile.withdraw(subject, why), as_json=as_json)
        return tell_withdrawn(casefile, subject)
