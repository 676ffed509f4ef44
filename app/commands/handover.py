"""Commands for handing over: receipt, export."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from app.commands.arguments import PATH, TEXT, Door, anyway_option, on_a_vault, vault_argument
from app.commands.progress import progress
from app.commands.square import say_square
from app.commands.telling import say, say_json, warn
from app.errors import NoRoom, WrongUse
from app.overview import spendable_cards
from app.package.export import Exported, ExportProgress, Stage, export
from app.package.plan import Choice
from app.plaintext import visible
from app.report.disclosure import NotIncluded, Profile, Reason
from app.report.visible import in_fours
from app.synced import require_unsynced
from vault.errors import DiskFailed, DiskFull, FileTooLarge

_STAGES = {
    Stage.READING: "Reading",
    Stage.REPORT: "Writing the report",
    Stage.PACKING: "Packing",
    Stage.CHECKING: "Checking the result",
}
_REASONS = {
    Reason.WITHDRAWN: "they were withdrawn and are gone",
    Reason.HELD: "they are held, so this vault gives their files to nobody",
    Reason.DAMAGED: "they are damaged in the vault; run a check",
    Reason.LEFT_OUT: "they are intimate, or nobody has said that they are ordinary; --unsealed takes them in",
}
_STEPS = 100
_NO_ROOM = "Look whether there is room and whether you may write, at the place for the package first; then try again."
_CODE_IN_FULL = (
    "The number or code of a gift card is shown in full ({id}): the police and its company need all of it to trace the "
    "card, and whoever reads it can spend what is left. Ask the company to stop the card. “--withhold {id}” leaves "
    "this payment out."
)


@click.command()
@vault_argument
@on_a_vault(records=True)
def receipt(door: Door, as_json: bool) -> None:
    """Make a receipt code for everything kept until now. That it was given is recorded.

    The code is in groups, to read out on the phone; a photograph of the square (QR code) holds all of it.
    """
    with door.opened() as casefile:
        given = casefile.receipt()
    if as_json:
        say_json(
            {"receipt": given.code, "entries": given.entries, "head": given.head, "fingerprint": given.fingerprint}
        )
        return
    say(f"Receipt code: {given.code}")
    say(f"It stands for the first {given.entries} entries of this vault.")
    say(f"Fingerprint:  {in_fours(given.fingerprint)}")
    say("The square holds both in full, for whoever would rather take a photograph than write:")
    say_square(given.square)
    say(
        "Give both to somebody you trust, or to the police, by phone, letter or message. Whoever has the code can tell "
        "later that nothing kept until now was changed, dropped or remade; the fingerprint shows that a package came "
        "from this vault. Neither says anything about what is in it."
    )


@click.command("export")
@vault_argument
@click.argument("out", type=PATH)
@click.option(
    "--for", "profile", required=True, type=click.Choice([Profile.POLICE.value]), help="Whom the package is for."
)
@click.option("--impact", is_flag=True, help="Take in your notes on what it did to you, as an annex of the report.")
@click.option("--unsealed", is_flag=True, help="Take in the files of exhibits that are intimate or not sorted yet.")
@click.option(
    "--withhold", multiple=True, type=TEXT, metavar="ID", help="Leave this out: only its hash is shown. Repeatable."
)
@anyway_option
@on_a_vault(records=True)
def export_package(
    door: Door,
    out: Path,
    profile: str,
    impact: bool,
    unsealed: bool,
    withhold: tuple[str, ...],
    anyway: bool,
    as_json: bool,
) -> None:
    """Make the signed report and the package, and verify them. OUT is a folder that is made new.

    Without --unsealed, the files of exhibits that are not ordinary are left out; that is said in the report.
    """
    if not out.parent.is_dir():
        raise WrongUse("The folder for the export is not there.", next="Make that folder first, or choose another.")
    synced = require_unsynced(out, door.program.surroundings, anyway=anyway)
    if synced:
        warn(synced)
    with door.opened() as casefile:
        withheld = tuple(casefile.find(subject_id).id for subject_id in withhold)
        for card in spendable_cards(casefile):
            if card.id not in withheld:
                warn(_CODE_IN_FULL.format(id=card.id[:8]))
        try:
            with _stages() as told:
                made = export(casefile, out, Choice(Profile(profile), unsealed, withheld, impact), told)
        except FileTooLarge:
            raise
        except (DiskFull, DiskFailed) as error:
            raise NoRoom(error.what, safe="What is already kept is safe.", next=_NO_ROOM) from error
    if as_json:
        say_json(_members(made))
    else:
        _tell_exported(made)


@contextmanager
def _stages() -> Iterator[ExportProgress]:
    with progress("Exporting") as told:

        def stage(now: Stage, done: int, total: int) -> None:
            share = done / total if total else 1.0
            told(int((list(Stage).index(now) + share) * _STEPS), len(Stage) * _STEPS)

        yield stage


def _members(made: Exported) -> dict[str, object]:
    return {
        "folder": str(made.folder),
        "package": str(made.package),
        "report": str(made.report),
        "entries": made.entries,
        "head": made.head,
        "fingerprint": made.fingerprint,
        "receipt": made.receipt,
        "withheld": made.withheld,
        "left_out": [
            {
                "object": absent.object.id,
                "seq": absent.seq,
                "file": absent.file,
                "sha256": absent.object.sha256,
                "size": absent.object.size,
                "reason": absent.reason.value,
            }
            for absent in made.left_out
        ],
        "verdict": made.verdict.outcome.value,
    }


def _tell_exported(made: Exported) -> None:
    say(f"Report:   {visible(str(made.report))}")
    say(f"Package:  {visible(str(made.package))}")
    say(f"Verified: yes. It shows the vault as it was after {made.entries} entries.")
    say(f"Withheld: {made.withheld} of them, with their hashes shown; those about the people who record always are.")
    for sentence in _left_out(made.left_out):
        say(sentence)
    say(f"Fingerprint:  {in_fours(made.fingerprint)}")
    say(f"Receipt code: {made.receipt}")
    say("Tell both to whoever gets the package, by another way than the package itself: then they can compare.")


def _left_out(absences: tuple[NotIncluded, ...]) -> Iterator[str]:
    for reason in Reason:
        files = [absent.file for absent in absences if absent.reason is reason]
        if files:
            yield f"Left out, because {_REASONS.get(reason, reason.value)}: {', '.join(files)}"
