"""Commands for the safety of a vault: backup, check."""

from collections.abc import Iterator
from pathlib import Path

import click

from app.commands.arguments import PATH, VAULT, Door, anyway_option, on_a_vault, vault_argument
from app.commands.interruption import backup_to
from app.commands.passphrase import ask_passphrase, require_one_from_stdin
from app.commands.progress import progress
from app.commands.telling import DONE, FAILED_CHECK, say, say_json, warn
from app.copies import back_up, opened_copy
from app.plaintext import visible, visible_sentence
from app.synced import require_unsynced
from app.under18_words import under18_words
from vault.backup import BackedUp
from vault.check import CheckReport, Fault
from vault.comparison import Comparison, Standing
from vault.errors import DamagedVault
from vault.rereading import SHARE

_OLDER_COPIES = (
    "Something was withdrawn from this vault. Other copies that were made before still hold its file, and open with "
    "their passphrase. Back up to them too, or destroy them."
)
_GOOD = {Standing.EQUAL, Standing.AHEAD}


@click.command()
@vault_argument
@click.argument("dest", type=VAULT)
@click.option("--verify-all", is_flag=True, help="Read every file again that is there already, not only some of them.")
@anyway_option
@on_a_vault(records=False)
def backup(door: Door, dest: Path, verify_all: bool, anyway: bool, as_json: bool) -> int:
    """Copy a vault to DEST, for example on a stick, or bring the copy there up to date.

    DEST is the copy itself: a new folder, or the one of the last backup. Only what is new is copied, and everything
    new is read back. Of what is there already, 256 MiB are read again each time, beginning anywhere; a damaged file
    is copied anew. What was withdrawn is removed there too. A copy that holds more than the vault is never changed. To
    restore, open the copy: it is a whole vault with the same passphrase. Of exhibits that are held, only the words are
    copied; what was copied before they were held stays there.

    With --json: backup, entries, head, at, copied, removed and read_again (files), mended, damaged, held and held_there
    (exhibits).
    """
    synced = require_unsynced(dest, door.program.surroundings, anyway=anyway)
    if synced:
        warn(synced)
    with door.opened() as casefile, backup_to(dest), progress("Copying") as told:
        done = back_up(casefile, dest, door.program.clock.now(), told, again=None if verify_all else SHARE)
    if as_json:
        say_json(
            {
                "backup": str(dest),
                "entries": done.entries,
                "head": done.head,
                "at": done.at,
                "copied": done.copied,
                "removed": done.removed,
                "read_again": done.read_again,
                "mended": list(done.mended),
                "damaged": list(done.damaged),
                "held": list(done.held),
                "held_there": list(done.held_there),
            }
        )
    else:
        _tell_backup(done, dest)
    for sentence in _cautions(done):
        warn(sentence)
    return FAILED_CHECK if done.damaged else DONE


def _cautions(done: BackedUp) -> Iterator[str]:
    if done.withdrawn:
        yield _OLDER_COPIES
    if done.held:
        yield under18_words().held.kept_out_of_backup.format(refs=", ".join(done.held))
    if done.held_there:
        yield under18_words().held.in_backup_before.format(refs=", ".join(done.held_there))
    if done.mended:
        yield (
            f"A file was damaged in this backup, and is copied anew: {', '.join(done.mended)}. The disk or stick may "
            "be failing: make a backup on another one too, and read this one again with --verify-all."
        )
    if done.damaged:
        yield (
            f"Damaged in the vault, and not whole in this backup: {', '.join(done.damaged)}. "
            "An older backup may have them."
        )


def _tell_backup(done: BackedUp, dest: Path) -> None:
    say(f"Backed up to {visible(str(dest))}: {done.entries} entries, {_files(done.copied)} copied and read back.")
    if done.removed:
        say(f"Removed from the backup because it was withdrawn: {_files(done.removed)}.")
    if done.read_again:
        say(f"Read again because it was there already: {_files(done.read_again)}.")
    say("To restore, open that copy with the same passphrase.")


def _files(many: int) -> str:
    return f"{many} stored file" if many == 1 else f"{many} stored files"


@click.command()
@vault_argument
@click.option("--against", type=VAULT, metavar="BACKUP", help="Also compare with this copy: which of them is ahead.")
@click.option(
    "--against-passphrase-file",
    "other_file",
    type=PATH,
    metavar="FILE",
    help="Read the copy's passphrase from a file, where the vault's does not open it.",
)
@on_a_vault(records=False)
def check(door: Door, against: Path | None, other_file: Path | None, as_json: bool) -> int:
    """Read everything in a vault again, and name what is damaged.

    Of each damaged thing it says what can still be read. A copy that is compared is not changed, and its passphrase is
    asked for only where the vault's does not open it.

    With --json: entries, objects (files read), faults (where, what, readable), notes, and with --against: against
    (standing: equal, ahead, behind, apart, another; common, entries, others; withdrawn: files of what was withdrawn
    here that the copy still holds; notes: those that are only there, or in other words). Status 1: something is
    damaged, or the copy holds entries that the vault does not.
    """
    require_one_from_stdin(door.passphrase_file, other_file)
    passphrase = ask_passphrase(door.passphrase_file)
    try:
        report = _checked(door, passphrase, against, other_file)
    except DamagedVault as error:
        report = CheckReport(faults=[Fault("vault", error.what)])
    if as_json:
        say_json(_members(report))
    else:
        _tell_check(report)
    apart = report.against is not None and report.against.standing not in _GOOD
    return FAILED_CHECK if report.faults or apart else DONE


def _checked(door: Door, passphrase: str, against: Path | None, other_file: Path | None) -> CheckReport:
    def ask() -> str:
        return ask_passphrase(other_file, "Passphrase of the copy", "--against-passphrase-file")

    with door.opened(passphrase) as casefile:
        if against is None:
            with progress("Checking") as told:
                return casefile.check(told)
        with (
            opened_copy(casefile, against, passphrase, ask) as copy,
            progress("Checking") as told,
        ):
            report = casefile.check(told, copy)
            if copy.damage is not None:
                report.notes.append("The copy is damaged: they were compared by what can be read. Check it too.")
            return report


def _members(report: CheckReport) -> dict[str, object]:
    members: dict[str, object] = {
        "entries": report.entries,
        "objects": report.objects,
        "faults": [{"where": fault.where, "what": fault.what, "readable": fault.readable} for fault in report.faults],
        "notes": report.notes,
    }
    found = report.against
    if found is not None:
        members["against"] = {
            "standing": found.standing.value,
            "common": found.common,
            "entries": found.entries,
            "others": found.others,
            "withdrawn": found.withdrawn,
            "notes": found.notes,
        }
    return members


def _tell_check(report: CheckReport) -> None:
    say(f"Read again: {report.entries} entries, {report.objects} stored files.")
    for note in report.notes:
        say(f"Note: {visible_sentence(note)}")
    for fault in report.faults:
        still = f" Still there: {fault.readable.removesuffix('.')}." if fault.readable else ""
        what = f"{fault.what.removesuffix('.')}."
        say(f"Damaged: {visible_sentence(fault.where)}: {visible_sentence(what + still)}")
    if report.against is not None:
        say(_comparison(report.against))
        if report.against.withdrawn:
            say(
                f"The copy still holds what was withdrawn here: {_files(report.against.withdrawn)}. A backup to it "
                "removes that; otherwise destroy the copy."
            )
        if report.against.notes:
            say(
                "In the copy are notes that this vault does not have, or not in the same words: "
                f"{report.against.notes}. Open the copy to read them."
            )
    if report.faults:
        say(DamagedVault.safe)
        say(DamagedVault.next)
    else:
        say("Nothing is damaged.")


def _comparison(found: Comparison) -> str:
    both = f"This vault holds {found.entries} entries, the copy {found.others}."
    match found.standing:
        case Standing.EQUAL:
            return f"Both hold the same {found.entries} entries."
        case Standing.AHEAD:
            return f"{both} This vault has every entry of the copy; a backup brings the copy up to date."
        case Standing.BEHIND:
            return f"{both} The copy is ahead: this vault may have been put back to an older day. Keep both."
        case Standing.APART:
            return f"{both} Since entry {found.common} both went on separately, so neither holds everything. Keep both."
        case Standing.ANOTHER:
            return "The copy is another vault."
