"""What the commands have in common on their command line: the vault, the passphrase file, initials, fields, --json."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from app.casefile import Casefile
from app.commands.passphrase import ask_passphrase
from app.commands.program import Program
from app.commands.telling import warn
from app.errors import WrongUse
from app.plaintext import visible_sentence
from app.synced import warning_at_opening
from vault.errors import WrongPassphrase
from vault.recovery import holds_recovery_words

R = TypeVar("R")

PATH = click.Path(path_type=Path, readable=False)
"""A path. Whether it can be read shows when it is read: then it is told in words, and does not stop other files."""


class _Text(click.ParamType[str]):
    """Text that an entry can hold: bytes that are not letters are refused before anything is opened."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            self.fail(f"“{value}” is not text in UTF-8.", param, ctx)
        return value


class _Assignment(click.ParamType[tuple[str, str]]):
    """`field=value`."""

    name = "field=value"

    def convert(
        self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        name, equals, text = TEXT.convert(value, param, ctx).partition("=")
        if not equals:
            self.fail(f"“{value}” is not of the form field=value.", param, ctx)
        return name, text


class _VaultPath(click.ParamType[Path]):
    """The folder of a vault, by its own name. The log inside it can be opened only where its path has a form in UTF-8.

    What is written on the way stands beside the vault, under names made of its own: “.” and “..” get it here.
    """

    name = "vault"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if not str(value):
            self.fail("no folder is named.", param, ctx)
        path = Path(TEXT.convert(str(value), param, ctx))
        if path.name in {"", ".."}:
            path = Path(TEXT.convert(str(path.resolve()), param, ctx))
        if not path.name:
            self.fail(f"“{value}” is the whole disk, and no folder on it.", param, ctx)
        return path


TEXT = _Text()
VAULT = _VaultPath()
ASSIGNMENT = _Assignment()

vault_argument = click.argument("vault", type=VAULT)
fields_argument = click.argument("fields", type=ASSIGNMENT, nargs=-1, metavar="[FIELD=VALUE]…")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object per line.")
passphrase_option = click.option(
    "--passphrase-file",
    type=PATH,
    metavar="FILE",
    help="Read the passphrase from a file (“-”: standard input) instead of asking for it.",
)
anyway_option = click.option(
    "--anyway", is_flag=True, help="Also where a cloud service (OneDrive, iCloud, Dropbox …) copies the folder."
)
as_option = click.option(
    "--as", "initials", type=TEXT, metavar="INITIALS", help="Who records, where several people do."
)


@dataclass(frozen=True, slots=True)
class Door:
    """A vault that a command works on, not open yet."""

    program: Program
    vault: Path
    passphrase_file: Path | None
    initials: str | None
    thorough: bool = False
    """Whether every page of the log is read first: what is damaged is read around then, and not met half-way."""

    @contextmanager
    def opened(self, passphrase: str | None = None) -> Iterator[Casefile]:
        """The open case; it is closed again however the command ends. Raises VaultError, WrongUse.

        The passphrase is asked for where it is not given.
        """
        passphrase = ask_passphrase(self.passphrase_file) if passphrase is None else passphrase
        try:
            casefile = Casefile.open(self.vault, passphrase, self.program.clock, self.initials, thorough=self.thorough)
        except WrongPassphrase:
            if not holds_recovery_words(passphrase):
                raise
            raise WrongUse(
                "These look like recovery words; here the passphrase is asked for.",
                next="With them you can set a new passphrase: holdfast-cli recover.",
            ) from None
        try:
            warn_at_opening(casefile, self.program)
            yield casefile
        finally:
            casefile.close()


def warn_at_opening(casefile: Casefile, program: Program) -> None:
    """Say what was found wrong with a vault that was just opened, and where it lies badly."""
    for finding in casefile.findings:
        warn(visible_sentence(finding.words))
    synced = warning_at_opening(casefile.vault.path, program.surroundings)
    if synced:
        warn(visible_sentence(synced))


def on_a_vault(*, records: bool) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Call a command with a Door first, and give it --json, --passphrase-file and, where it records, --as.

    It stands nearest to the function, `vault_argument` above all other arguments.
    """

    def decorate(command: Callable[..., R]) -> Callable[..., R]:
        def call(
            program: Program,
            /,
            vault: Path,
            passphrase_file: Path | None,
            initials: str | None = None,
            **values: object,
        ) -> R:
            return command(Door(program, vault, passphrase_file, initials, thorough=not records), **values)

        passed = functools.update_wrapper(click.pass_obj(call), command)
        decorated = json_option(passphrase_option(passed))
        return as_option(decorated) if records else decorated

    return decorate
