"""Commands for a vault as a whole: create, case, person."""

from pathlib import Path

import click

from app.casefile import Casefile, Fields
from app.commands.arguments import (
    TEXT,
    Door,
    anyway_option,
    fields_argument,
    json_option,
    on_a_vault,
    passphrase_option,
    vault_argument,
)
from app.commands.fieldhelp import FieldsCommand
from app.commands.interruption import new_vault
from app.commands.passphrase import ask_new_passphrase
from app.commands.program import Program
from app.commands.recovery import HandingOut, Outlets, handing_out, outlets_options
from app.commands.showing import described, state
from app.commands.telling import say, say_json, warn
from app.commands.written import held_exhibits, tell_entry, tell_held
from app.errors import WrongUse
from app.kinds import Case, Kind, Person, Under18, parse_assignments
from app.plaintext import visible
from app.recorders import valid_initials
from app.report.visible import in_fours
from app.subjects import Subject
from app.synced import require_unsynced
from vault.chain import Entry, Role

_REMEMBER = "Remember the passphrase. Nobody can open the vault without it, not even the people who made Holdfast."
_REMEMBER_OR_WORDS = (
    "Remember the passphrase. Without it or the recovery words nobody can open the vault, not even the people who made "
    "Holdfast."
)
_KEEP_SAFE = (
    "Keep a copy on another disk or stick, and bring it up to date now and then: holdfast-cli backup.",
    "Write down the fingerprint, or send it to somebody you trust: it shows later that a report came from this vault.",
)


@click.command()
@vault_argument
@click.option("--initials", required=True, type=TEXT, metavar="AB", help="Yours: they begin your exhibits' references.")
@click.option("--name", default="", type=TEXT, help="Yours. It stays in the vault and never enters a package.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.SELF.value,
    show_default=True,
    help="In what capacity you record.",
)
@click.option(
    "--under18",
    type=click.Choice([answer.value for answer in Under18]),
    default=Under18.UNSURE.value,
    show_default=True,
    help="Could anybody in the intimate pictures be under 18, or have been when they were taken?",
)
@outlets_options()
@anyway_option
@json_option
@passphrase_option
@click.pass_obj
def create(
    program: Program,
    /,
    vault: Path,
    initials: str,
    name: str,
    role: str,
    under18: str,
    as_json: bool,
    passphrase_file: Path | None,
    words_file: Path | None,
    sheet: Path | None,
    anyway: bool,
) -> None:
    """Make a new vault for one person's case. VAULT is a new folder, for example notes.holdfast.

    At a terminal twelve recovery words are shown to be written down, and two of them are asked for. Elsewhere they go
    to a file or a sheet; without either there are none.
    """
    if not vault.parent.is_dir():
        raise WrongUse("The folder for the new vault is not there.", next="Make that folder first, or choose another.")
    synced = require_unsynced(vault, program.surroundings, anyway=anyway)
    founder = Person(initials=valid_initials(initials), name=name, role=Role(role))
    with handing_out(Outlets(words_file, sheet), program) as giving:
        passphrase = ask_new_passphrase(passphrase_file, (initials, name, vault.stem), "--passphrase-file")
        case = Case(under18=Under18(under18))
        casefile = Casefile.create(vault, passphrase, program.clock, founder, case, cost=program.kdf_cost)
        try:
            if synced:
                warn(synced)
            with new_vault(casefile, giving):
                _tell_created(casefile, vault, giving, as_json=as_json)
        finally:
            casefile.close()


def _tell_created(casefile: Casefile, vault: Path, giving: HandingOut, *, as_json: bool) -> None:
    if not as_json:
        say(f"The vault is ready: {visible(str(vault))}")
    has_words = giving.give(casefile, casefile.set_recovery_words() if giving.is_wanted else None)
    fingerprint = casefile.vault.identity.fingerprint
    if as_json:
        head = casefile.vault.head
        members = {"vault": casefile.vault.id, "fingerprint": fingerprint, "entries": head.entries, "head": head.link}
        say_json(members | {"recovery_words": has_words})
        return
    say(f"Fingerprint: {in_fours(fingerprint)}")
    say(_REMEMBER_OR_WORDS if has_words else _REMEMBER)
    for sentence in _KEEP_SAFE:
        say(sentence)


@click.command(cls=FieldsCommand, kinds=(Kind.CASE,))
@vault_argument
@fields_argument
@on_a_vault(records=True)
def case(door: Door, fields: tuple[tuple[str, str], ...], as_json: bool) -> None:
    """Show what the case as a whole says, or change it. An empty value removes a field."""
    with door.opened() as casefile:
        subject = casefile.case_subject()
        if not fields:
            _show(casefile, [subject], as_json=as_json)
            return
        held = held_exhibits(casefile)
        entry = casefile.amend(subject, parse_assignments(Case, fields))
        tell_entry(entry, as_json=as_json)
        tell_held(casefile, held_exhibits(casefile) - held)


@click.command(cls=FieldsCommand, kinds=(Kind.PERSON,))
@vault_argument
@fields_argument
@on_a_vault(records=True)
def person(door: Door, fields: tuple[tuple[str, str], ...], as_json: bool) -> None:
    """Show who records, add somebody, or change somebody.

    New initials add somebody, known initials change somebody. People are never shown in a package.
    """
    changes = parse_assignments(Person, fields)
    with door.opened() as casefile:
        people = list(casefile.subjects(Kind.PERSON))
        if fields:
            tell_entry(_add_or_amend(casefile, people, changes), as_json=as_json)
        else:
            _show(casefile, people, as_json=as_json)


def _add_or_amend(casefile: Casefile, people: list[Subject], changes: Fields) -> Entry:
    if not changes.get("initials"):
        raise WrongUse("It is not said whose fields these are.", next="Give their initials too, like initials=AB.")
    initials = valid_initials(str(changes["initials"]))
    known = next((subject for subject in people if subject.data.get("initials") == initials), None)
    if known is None:
        return casefile.add_person(changes)
    name = known.data.get("name")
    if name and changes.get("name") not in {None, name}:
        raise WrongUse(
            f"The initials {initials} belong to somebody with another name.",
            next="Give a second person a middle initial, like initials=ABC. To correct a name: amend VAULT ID name=….",
        )
    return casefile.amend(known, {field: value for field, value in changes.items() if field != "initials"})


def _show(casefile: Casefile, subjects: list[Subject], *, as_json: bool) -> None:
    for subject in subjects:
        if as_json:
            say_json(state(subject))
        else:
            for text in described(casefile, subject):
                say(text)
