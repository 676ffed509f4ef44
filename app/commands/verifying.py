"""The command that checks what was handed over: verify."""

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click

from app.commands.arguments import PATH, TEXT, json_option
from app.commands.program import Program
from app.commands.telling import DONE, FAILED_CHECK, WRONG_USE, say, say_json
from app.errors import Unreadable, WrongUse
from app.package.verify import plain_words, read_roots, verify_each

_LIST_LIMIT = 64 << 20
"""Bytes of a list of packages."""
_JOBS = 64
_AS_GIVEN = click.Path(readable=False)
"""A path of which no sign is changed: whoever asked about “./a.zip” looks for the answer under that name."""


@click.command("verify")
@click.argument("packages", type=_AS_GIVEN, nargs=-1, metavar="PACKAGE…")
@click.option("--fingerprint", type=TEXT, metavar="F", help="The fingerprint as you got it another way.")
@click.option("--receipt", "receipts", multiple=True, type=TEXT, metavar="CODE", help="A receipt code. Repeatable.")
@click.option(
    "--tsa-root", type=PATH, metavar="PEM", help="The root certificates of timestamp services that you believe."
)
@click.option(
    "--from",
    "listed",
    type=PATH,
    metavar="FILE",
    help="Also the packages that a file names, one a line (“-”: standard input).",
)
@click.option(
    "--jobs", type=click.IntRange(1, _JOBS), default=1, metavar="N", help="Check so many packages at once; else one."
)
@json_option
@click.pass_obj
def verify_packages(
    program: Program,
    /,
    packages: tuple[str, ...],
    fingerprint: str | None,
    receipts: tuple[str, ...],
    tsa_root: Path | None,
    listed: Path | None,
    jobs: int,
    as_json: bool,
) -> int:
    """Check packages, each a zip or its unpacked folder. Needs no vault and no passphrase.

    Of several packages, each is told as soon as it is done, so the order may be another one. Packages of one vault are
    compared with each other as well. One that cannot be read never stops the others.

    With --json: package (as you gave it), verdict (intact, failed, unreadable), problems and notices (code, path,
    detail), entries, disclosed, withheld, exhibits, sealed, head, fingerprint, timestamp (none, verified, untrusted,
    invalid, not-checked), receipts (receipt, entries, state), timestamps (path, state, at, authority), continues (the
    packages whose record this one continues). Status 1: one failed; 2: none failed, and one could not be read.
    """
    wanted = (*packages, *(_listed(listed) if listed is not None else ()))
    if not wanted:
        raise WrongUse("No package was named.", next="Name the zip, or the folder that it was unpacked to.")
    roots = () if tsa_root is None else read_roots(tsa_root)
    verdicts = verify_each(
        wanted, fingerprint=fingerprint, receipts=receipts, own_app=program.clock.app, roots=roots, jobs=jobs
    )
    statuses = set()
    with closing(verdicts):
        for verdict in verdicts:
            statuses.add(verdict.exit_status)
            if as_json:
                say_json(verdict.as_json())
            else:
                say(plain_words(verdict).removesuffix("\n"))
    # A failed package is worse news than an unreadable one: the statuses are not in the order of their numbers.
    return next((status for status in (FAILED_CHECK, WRONG_USE) if status in statuses), DONE)


def _listed(path: Path) -> Iterator[str]:
    """The packages that a file names, one a line. Raises Unreadable, WrongUse."""
    try:
        if str(path) == "-":
            text = sys.stdin.buffer.read(_LIST_LIMIT + 1)
        else:
            with path.open("rb") as file:
                text = file.read(_LIST_LIMIT + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(
            "The list of packages cannot be read.",
            safe="Nothing was checked.",
            next="Check that the file is there and that you may read it.",
        ) from error
    if len(text) > _LIST_LIMIT:
        raise WrongUse("The list of packages is too long.", safe="Nothing was checked.", next="Check it in parts.")
    for line in text.split(b"\n"):
        name = line.removesuffix(b"\r")
        if name:
            yield os.fsdecode(name)
