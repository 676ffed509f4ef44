"""The command that destroys a vault: asked twice, the second time with its name typed."""

import os
import unicodedata
from pathlib import Path

import click

from app.commands.arguments import VAULT, json_option
from app.commands.asking import ask, tell
from app.commands.interruption import destruction
from app.commands.program import Program
from app.commands.telling import say, say_json
from app.errors import WrongUse
from app.keeping import destroy_vault, require_vault_alone
from app.plaintext import visible
from app.room import in_words, size_of

_ELSEWHERE = (
    "Backups, other copies and packages keep what is in them. Old blocks of the disk may hold parts of the vault until "
    "they are used again: they can be read only with the passphrase or the recovery words and an old copy of the key "
    "slots."
)
_ADVICE = "If the police have not got it yet, they may still need it: think of handing over a package first."


@click.command()
@click.argument("vault", type=VAULT)
@json_option
@click.pass_obj
def destroy(program: Program, /, vault: Path, as_json: bool) -> None:
    """Destroy a vault for ever: what opens it first, then everything in it.

    Asks twice; the second time the name of the vault is to be typed. Both answers may also come on standard input. No
    passphrase is needed.
    """
    require_vault_alone(vault)
    name = Path(os.path.abspath(vault)).name  # noqa: PTH100 - a link stays a link here
    tell(f"This destroys the vault {visible(name)} for ever, with everything in it ({in_words(size_of(vault))}).")
    tell(_ADVICE)
    _require(ask("Type yes to go on:").lower() == "yes", "This was not the word “yes”.")
    _require(_same(ask(f"Now type the name of the vault, {visible(name)}:"), name), "This was not its name.")
    with destruction():
        destroy_vault(vault, program.clock.now())
    if as_json:
        say_json({"destroyed": str(vault)})
        return
    say(f"Destroyed: {visible(str(vault))}")
    say(_ELSEWHERE)


def _require(answered: bool, what: str) -> None:
    if not answered:
        raise WrongUse(what, safe="Nothing was destroyed.", next="Start again if you want to destroy it.")


def _same(typed: str, name: str) -> bool:
    return unicodedata.normalize("NFC", typed) == unicodedata.normalize("NFC", name)
