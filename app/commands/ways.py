"""Commands for the ways into a vault: passphrase, recover, slots, rekey."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import click

from app.casefile import Casefile
from app.commands.arguments import PATH, TEXT, VAULT, Door, json_option, on_a_vault, vault_argument, warn_at_opening
from app.commands.asking import ask, at_a_terminal, private_screen, tell
from app.commands.interruption import new_ways_in
from app.commands.passphrase import ask_new_passphrase, read_secret, require_one_from_stdin
from app.commands.program import Program
from app.commands.progress import progress
from app.commands.recovery import HandingOut, Outlets, handing_out, outlets_options
from app.commands.telling import say, say_json, warn
from app.errors import WrongUse
from app.guessing import known_of
from app.plaintext import visible, visible_sentence
from app.recovery_words import read_words
from vault.chain import utc_text
from vault.errors import DamagedFiles
from vault.opening import FindingKind
from vault.recovery import MistypedWords, RecoverySecret
from vault.rekey import Rekeyed
from vault.slots import Slot

_NEW = "--new-passphrase-file"
_COPIES = (
    "Copies made before, also backups, still open with the old passphrase and the old words: make a new backup and "
    "destroy the old ones."
)
_SIGNATURE = (
    "Whoever opened the vault before could still sign as it. A receipt code or a package that is kept elsewhere limits "
    "that; so does beginning a new vault."
)
_WORDS_ALONE = "No passphrase opens this vault any more, only the recovery words: “holdfast-cli recover” sets one."

_new_passphrase = click.option(
    _NEW, "new_file", type=PATH, metavar="FILE", help="Read the new passphrase from a file (“-”: standard input)."
)


@click.command()
@vault_argument
@_new_passphrase
@outlets_options()
@on_a_vault(records=False)
def passphrase(door: Door, new_file: Path | None, words_file: Path | None, sheet: Path | None, as_json: bool) -> None:
    """Change the passphrase, and make new recovery words.

    At a terminal the twelve words are shown to be written down, and two of them are asked for. Elsewhere they go to a
    file or a sheet; without either there are none from then on.
    """
    require_one_from_stdin(door.passphrase_file, new_file)
    with handing_out(Outlets(words_file, sheet), door.program) as giving, door.opened() as casefile:
        _renew(casefile, new_file, giving, as_json=as_json)


@click.command()
@click.argument("vault", type=VAULT)
@click.option(
    "--recovery-words-file",
    "typed_file",
    type=PATH,
    metavar="FILE",
    help="Read the twelve words from a file (“-”: standard input) instead of asking for them.",
)
@_new_passphrase
@outlets_options("--new-recovery-words-file")
@json_option
@click.pass_obj
def recover(
    program: Program,
    /,
    vault: Path,
    typed_file: Path | None,
    new_file: Path | None,
    words_file: Path | None,
    sheet: Path | None,
    as_json: bool,
) -> None:
    """Open a vault with its recovery words, and set a new passphrase. The words are used up: new ones are made.

    A vault that can only be read, because it is damaged or where it lies, takes no new passphrase: there other commands
    take the words in place of the passphrase.
    """
    require_one_from_stdin(typed_file, new_file)
    with handing_out(Outlets(words_file, sheet), program) as giving:
        words = _typed_words() if typed_file is None else read_words(read_secret(typed_file, "list of recovery words"))
        casefile = Casefile.open_with_words(vault, words, program.clock)
        try:
            warn_at_opening(casefile, program)
            _renew(casefile, new_file, giving, as_json=as_json)
        finally:
            casefile.close()


@click.command()
@vault_argument
@click.option("--remove", type=TEXT, metavar="ID", help="Close this way in. The last one stays.")
@on_a_vault(records=False)
def slots(door: Door, remove: str | None, as_json: bool) -> None:
    """List the ways into a vault (its key slots), or close one."""
    with door.opened() as casefile:
        if remove is not None:
            casefile.remove_slot(remove)
            if all(slot.cost is None for slot in casefile.slots):
                warn(_WORDS_ALONE)
            warn("Copies made before, also backups, still open as before.")
        for slot in casefile.slots:
            if as_json:
                say_json(_members(slot, casefile.slots_since.get(slot.id)))
            else:
                say(f"{slot.id}  {_described(slot, casefile.slots_since.get(slot.id))}")


@click.command("rekey")
@vault_argument
@_new_passphrase
@click.option(
    "--leave-damaged",
    "leave",
    type=TEXT,
    multiple=True,
    metavar="REF",
    help="Go on without what is damaged in this exhibit; the old vault stays beside then. Once for each.",
)
@outlets_options()
@on_a_vault(records=True)
def rekey_vault(
    door: Door,
    new_file: Path | None,
    leave: tuple[str, ...],
    words_file: Path | None,
    sheet: Path | None,
    as_json: bool,
) -> None:
    """Encrypt everything anew: somebody may know the passphrase, or the vault goes to somebody else.

    Makes a new key, a new passphrase and new recovery words. It needs room for the whole vault once more; until it is
    done the vault stays as it is. A damaged file cannot be encrypted anew: it is named, and nothing is changed unless
    you give --leave-damaged with its reference. What was left behind is recorded, and the old vault stays beside the
    new one, as NAME-old-key: it still opens with the old passphrase.

    With --json: vault, generation, recovery_words, left (references) and kept (the old vault, where it stays).
    """
    require_one_from_stdin(door.passphrase_file, new_file)
    thorough = replace(door, thorough=True)
    with (
        handing_out(Outlets(words_file, sheet), door.program) as giving,
        thorough.opened() as casefile,
        new_ways_in(casefile, giving),
    ):
        new = ask_new_passphrase(new_file, known_of(casefile), _NEW)
        stamp = door.program.clock.stamp(casefile.author()) if leave else None
        try:
            with progress("Encrypting anew") as told:
                made = casefile.rekey(
                    new,
                    words=giving.is_wanted,
                    cost=door.program.kdf_cost,
                    progress=told,
                    leaving=leave,
                    stamp=stamp,
                )
        except DamagedFiles as error:
            options = " ".join(f"--leave-damaged {name}" for name in error.names)
            warn(f"To go on without them, and to keep the old vault beside: {visible(options)}")
            raise
        if not as_json:
            say("Everything is encrypted under a new key. What opened this vault before opens it no more.")
            say(_COPIES)
            say(_SIGNATURE)
        _warn_of_left(made)
        for finding in made.vault.findings:
            if finding.kind is FindingKind.OLD_FORM:
                warn(visible_sentence(finding.words))
        extra: dict[str, object] = {"left": list(made.left), "kept": str(made.kept) if made.kept else ""}
        _finish(casefile, giving, made.words, as_json=as_json, extra=extra)


def _warn_of_left(made: Rekeyed) -> None:
    if made.left:
        place = f" as {visible(made.kept.name)}" if made.kept is not None else ""
        warn(
            f"Damaged and not in the vault any more: {visible(', '.join(made.left))}. The old vault stays beside it"
            f"{place} and opens with what opened it before: destroy it when nobody can mend them any more."
        )


def _renew(casefile: Casefile, new_file: Path | None, giving: HandingOut, *, as_json: bool) -> None:
    new = ask_new_passphrase(new_file, known_of(casefile), _NEW)
    with new_ways_in(casefile, giving):
        secret = casefile.set_passphrase(new, words=giving.is_wanted, cost=giving.program.kdf_cost)
        if not as_json:
            say("The passphrase is changed. The old one, and recovery words from before, open this vault no more.")
            say(_COPIES)
        _finish(casefile, giving, secret, as_json=as_json)


def _finish(
    casefile: Casefile,
    giving: HandingOut,
    secret: RecoverySecret | None,
    *,
    as_json: bool,
    extra: Mapping[str, object] = MappingProxyType({}),
) -> None:
    has_words = giving.give(casefile, secret)
    if as_json:
        vault = casefile.vault
        say_json({"vault": vault.id, "generation": vault.generation, "recovery_words": has_words, **extra})


def _typed_words() -> RecoverySecret:
    """The words as somebody types them, as often as it takes; they are gone from the screen afterwards."""
    if not at_a_terminal():
        raise WrongUse(
            "There is no terminal here to ask for the recovery words.",
            next="Put them into a file and give --recovery-words-file FILE, or “-” to send them on standard input.",
        )
    trouble = ""
    while True:
        with private_screen():
            if trouble:
                tell(trouble)
                tell(MistypedWords.next)
            try:
                return read_words(ask("The twelve recovery words, in their order:"))
            except MistypedWords as error:
                trouble = visible(error.what)


def _members(slot: Slot, made: datetime | None) -> dict[str, object]:
    at = utc_text(made) if made is not None else ""
    members: dict[str, object] = {"id": slot.id, "type": slot.type.value, "at": at}
    if slot.cost is not None:
        members |= {"m_kib": slot.cost.m_kib, "t": slot.cost.t, "p": slot.cost.p}
    return members


def _described(slot: Slot, made: datetime | None) -> str:
    since = f", since {made:%Y-%m-%d}" if made is not None else ""
    if slot.cost is None:
        return f"recovery words{since}: twelve, made at random; nobody can try them all"
    memory = slot.cost.m_kib // 1024 or 1
    return f"passphrase{since}: every try costs {memory} MiB of memory, gone through {slot.cost.t} times"
