"""The command line, holdfast-cli: puts the commands together and turns every error into words and an exit status."""

import multiprocessing
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from app.clock import RecordingClock
from app.commands.capturing import add, screen
from app.commands.copies import backup, check
from app.commands.destroying import destroy
from app.commands.handover import export_package, receipt
from app.commands.holding import hold
from app.commands.notes import note
from app.commands.overviews import gaps_command, summary, timeline
from app.commands.program import Program
from app.commands.reading import extract, list_subjects, show
from app.commands.records import amend, record, withdraw
from app.commands.schemas import schema_command
from app.commands.sheets import import_table, table
from app.commands.streams import drop_streams, take_streams
from app.commands.telling import (
    DONE,
    TELLING,
    WRONG_USE,
    tell,
    tell_interruption,
    tell_misuse,
    tell_no_memory,
    tell_system,
    tell_unexpected,
)
from app.commands.vaults import case, create, person
from app.commands.verifying import verify_packages
from app.commands.ways import passphrase, recover, rekey_vault, slots
from app.hardening import harden
from app.recovery_words import refuse_typed_words
from capture.context import this_computer

NAME = "holdfast-cli"
READER_GONE = 141


class _InOrder(click.Group):
    """Its help lists the commands in the order in which a case goes, not by their letters."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """The names of the commands."""
        return list(self.commands)


@click.group(cls=_InOrder, name=NAME, no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="holdfast", prog_name=NAME)
def cli() -> None:
    """Keep evidence of online abuse in an encrypted vault, and make a report from it that anyone can check.

    Exit status: 0 done; 1 a check failed; 2 wrong use, or something unreadable; 3 wrong passphrase; 4 refused to keep
    somebody safe; 5 no room, or the disk failed.
    """


for _command in (
    create,
    case,
    person,
    screen,
    add,
    record,
    amend,
    withdraw,
    import_table,
    hold,
    note,
    list_subjects,
    show,
    timeline,
    gaps_command,
    summary,
    table,
    extract,
    receipt,
    export_package,
    verify_packages,
    check,
    backup,
    passphrase,
    recover,
    slots,
    rekey_vault,
    destroy,
    schema_command,
):
    cli.add_command(_command)


def run(arguments: Sequence[str], program: Program) -> int:
    """Run one command; returns its exit status, with everything said. BrokenPipeError comes through."""
    try:
        refuse_typed_words(arguments)
        with cli.make_context(NAME, list(arguments), obj=program) as context:
            status = cli.invoke(context)
        return status if isinstance(status, int) else DONE
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except BrokenPipeError:
        raise
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - whatever it is, nobody is to see a traceback
        return _told(error)


def _told(error: BaseException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        status = WRONG_USE
    elif isinstance(error, click.ClickException):
        status = tell_misuse(error, _help_command(error))
    elif isinstance(error, TELLING):
        status = tell(error)
    elif isinstance(error, click.Abort | KeyboardInterrupt | EOFError):
        status = tell_interruption()
    elif isinstance(error, MemoryError):
        status = tell_no_memory()
    elif isinstance(error, OSError):
        status = tell_system(error)
    else:
        status = tell_unexpected(type(error).__name__, _place(error))
    return status


def main() -> None:
    """The program holdfast-cli."""
    # The processes that check packages begin here as well, in the program that was made for handing out.
    multiprocessing.freeze_support()
    take_streams()
    harden()
    _end_cleanly_when_told()
    try:
        status = run(sys.argv[1:], Program(RecordingClock(this_computer())))
        sys.stdout.flush()
    except BrokenPipeError:
        drop_streams()
        status = READER_GONE
    except OSError as error:
        status = tell_system(error)
    sys.exit(status)


def _end_cleanly_when_told() -> None:
    """A closed terminal or an ended session unwinds like Ctrl-C, so that nothing half-written stays behind."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def _help_command(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return context.command_path if context is not None else NAME


def _place(error: BaseException) -> str:
    """The innermost line of the program itself: file name and number, no content."""
    place, trace = "an unknown place", error.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.parent.name != "click":
            place = f"{path.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


if __name__ == "__main__":
    main()
