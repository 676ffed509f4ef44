"""The command line inside the test's own process: cheap keys, a fixed clock, everything that was printed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner
from vaults import CHEAP

from app.__main__ import run
from app.clock import RecordingClock
from app.commands.program import Program
from app.synced import Surroundings
from capture.context import Computer, Family

PASSPHRASE = "vier Wörter und noch eins"
NO_SCREEN = Computer(
    Family.LINUX, "Debian GNU/Linux 12", UTC, lambda: datetime(2026, 11, 20, 10, 15, 30, tzinfo=UTC), None
)


@dataclass(frozen=True)
class Answer:
    """What a command did: exit status and the two streams."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, object]:
        """The only line of the output."""
        (line,) = self.lines
        return line

    @property
    def lines(self) -> list[dict[str, object]]:
        """The output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def sentences(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


@dataclass(frozen=True)
class OneStick:
    """A computer with one removable disk."""

    folder: Path

    def is_removable(self, path: Path) -> bool:
        return path.is_relative_to(self.folder)


@dataclass(frozen=True)
class CommandLine:
    """holdfast-cli over one vault in a folder of its own."""

    folder: Path
    computer: Computer = NO_SCREEN
    waited: list[float] = field(default_factory=list)
    environ: Mapping[str, str] = field(default_factory=dict)

    @property
    def stick(self) -> Path:
        """The one folder of this computer that can be carried away."""
        return self.folder / "stick"

    @property
    def vault(self) -> Path:
        return self.folder / "case.holdfast"

    @property
    def secret(self) -> Path:
        return self.folder / "passphrase"

    @property
    def program(self) -> Program:
        clock = RecordingClock(self.computer, boot="ab" * 16, uptime=lambda: 5.0)
        around = Surroundings(self.environ, self.folder)
        return Program(
            clock, kdf_cost=CHEAP, wait=self.waited.append, surroundings=around, volumes=OneStick(self.stick)
        )

    def raw(self, *arguments: str | Path, stdin: str | bytes = "") -> Answer:
        """Run exactly these arguments."""
        with CliRunner().isolation(input=stdin) as (out, err, _both):
            status = run([str(argument) for argument in arguments], self.program)
            return Answer(status, out.getvalue().decode("utf-8"), err.getvalue().decode("utf-8"))

    def __call__(self, command: str, *arguments: str | Path) -> Answer:
        """Run a command on the vault, with its passphrase from a file."""
        return self.raw(command, self.vault, *arguments, "--passphrase-file", self.secret)

    def on(self, computer: Computer) -> "CommandLine":
        """The same vault at another computer."""
        return replace(self, computer=computer)

    def left_in_vault(self) -> Mapping[str, bytes]:
        """Every file of the vault but the lock, whose content says since when it is open."""
        return {
            str(path.relative_to(self.vault)): path.read_bytes()
            for path in sorted(self.vault.rglob("*"))
            if path.is_file() and path.name != "lock"
        }

    def objects(self) -> list[Path]:
        """The object files of the vault."""
        return sorted(path for path in (self.vault / "objects").rglob("*") if path.is_file())


def new_case(folder: Path, *options: str, under18: str = "no") -> CommandLine:
    """A fresh vault of AB."""
    line = CommandLine(folder)
    line.secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    made = line("create", "--initials", "AB", "--under18", under18, *options)
    assert made.status == 0, made.err
    return line


def is_harmless(text: str) -> bool:
    """Whether a terminal can take nothing in it for a command, and no letter turns the reading direction."""
    return not any(is_dangerous(char) for char in text if char != "\n")


is_dangerous: Callable[[str], bool] = lambda char: (  # noqa: E731
    ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 or char in "\u061c\u200b\u200e\u200f\u2028\u2029\ufeff"
    or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"
)  # fmt: skip
