"""The whole street as a person walks it: the real command line, a process for each command, in a home of its own."""

import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from street_marks import Evidence, make_evidence
from xvfb import VirtualScreen

CLI = Path(sys.executable).parent / "holdfast-cli"
CHEAP_CLI = Path(__file__).with_name("street_cheap.py")
WATCHABLE = (sys.executable, Path(__file__).with_name("watchable.py"))
"""Start a program by its name so that strace can read what it notes, also for an ordinary user."""
FOLDERS = {
    "HOME": "home",
    "TMPDIR": "temp",
    "XDG_CONFIG_HOME": "home/config",
    "XDG_CACHE_HOME": "home/cache",
    "XDG_DATA_HOME": "home/data",
    "XDG_STATE_HOME": "home/state",
    "XDG_RUNTIME_DIR": "run",
}
"""Where programs put what they leave behind, by the variable that says so."""

_HEARS_CTRL_C = ("env", "--default-signal=INT")
"""A test run in the background may ignore Ctrl-C, and would hand that down."""

WRITING = (
    *("open", "openat", "creat", "truncate", "mkdir", "mkdirat", "mknod", "mknodat"),
    *("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"),
)
"""The calls by which a program makes, changes or renames a file."""


@dataclass(frozen=True)
class Said:
    """What one command did."""

    command: str
    status: int
    out: str
    err: str

    @property
    def comparable(self) -> tuple[str, int, str, str]:
        """The same without what differs each time: ids, hashes, receipts and moments."""
        return self.command, self.status, _without_ids(self.out), _without_ids(self.err)


@dataclass(frozen=True)
class Street:
    """A vault, a home and a place to hand over to. `wrapped_in` is a command line that starts each program."""

    folder: Path
    display: str = ""
    wrapped_in: tuple[str | Path, ...] = ()
    passphrase: str = field(default_factory=lambda: f"lantern {secrets.token_hex(6)} windows")

    def __post_init__(self) -> None:
        for name in (*FOLDERS.values(), "kept", "handed-over", "stick"):
            (self.folder / name).mkdir(parents=True, mode=0o700, exist_ok=True)

    @property
    def vault(self) -> Path:
        return self.folder / "kept" / "notes.holdfast"

    @property
    def handed_over(self) -> Path:
        """Where exports and extracted files go."""
        return self.folder / "handed-over"

    @property
    def stick(self) -> Path:
        """Where the evidence comes from."""
        return self.folder / "stick"

    @property
    def closed(self) -> tuple[Path, ...]:
        """The folders in which nothing may be found."""
        return tuple(self.folder / name for name in ("kept", "home", "temp", "run"))

    def may_hold(self, path: Path) -> bool:
        """Whether a program may write there: beside and in the vault, and where it was told to hand over."""
        return bool({self.vault.parent, self.handed_over} & {path, *path.parents})

    @property
    def environ(self) -> dict[str, str]:
        """A bare environment whose folders are all here."""
        folders = {name: str(self.folder / place) for name, place in FOLDERS.items()}
        shown = {"DISPLAY": self.display} if self.display else {}
        return folders | shown | {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}

    def start(self, command: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
        """Start a command that works on the vault; its passphrase is already sent."""
        program = (sys.executable, CHEAP_CLI) if command == "create" else self._cli
        process = subprocess.Popen(
            [*_HEARS_CTRL_C, *self.wrapped_in, *program, command, self.vault, *arguments, "--passphrase-file", "-"],
            env=self.environ,
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdin is not None
        process.stdin.write(self.passphrase.encode())
        process.stdin.close()
        process.stdin = None
        return process

    def __call__(self, command: str, *arguments: str | Path) -> Said:
        """Run a command on the vault to its end."""
        process = self.start(command, *arguments)
        out, err = process.communicate(timeout=120)
        return Said(command, process.returncode, out.decode(), err.decode())

    def verify(self, *arguments: str | Path) -> Said:
        """Check packages; that needs no vault."""
        done = subprocess.run(
            [*self.wrapped_in, *self._cli, "verify", *arguments],
            env=self.environ,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Said("verify", done.returncode, done.stdout.decode(), done.stderr.decode())

    @property
    def _cli(self) -> tuple[str | Path, ...]:
        return (*WATCHABLE, "holdfast-cli") if "strace" in self.wrapped_in else (CLI,)

    def new_vault(self, *options: str) -> Said:
        made = self("create", "--initials", "AB", "--under18", "no", *options)
        assert made.status == 0, made.err
        return made

    @property
    def package(self) -> Path:
        """The package that was handed over."""
        (package,) = (self.handed_over / "report").glob("*.zip")
        return package


def walk(street: Street, evidence: Evidence) -> list[Said]:
    """From an empty folder to a verified package, with marks in everything."""
    word = evidence.words
    left, top, width, height = evidence.area
    ordinary = ("--sensitivity", "ordinary")
    return [
        street("create", "--initials", "AB", "--under18", "no", "--name", word["name"]),
        street("case", f"title={word['case']}"),
        street("person", "initials=AB", f"safe_contact={word['contact']}"),
        street("screen", "--area", f"{left},{top},{width},{height}", "--title", word["screen"], *ordinary),
        street("add", *evidence.files, "--url", word["url"], *ordinary),
        street("record", "account", "platform=skype", f"display_name={word['account']}", "persistent_id=live:x"),
        street("record", "payment", "status=demanded", "amount=300", f"exact_words={word['payment']}"),
        street("record", "incident", f"what_happened={word['incident']}"),
        street("amend", "AB/2", f"title={word['amended']}"),
        street("list"),
        street("list", "--find", word["account"], "--json"),
        street("show", "AB/1"),
        street("show", "AB/2", "--history"),
        street("extract", "AB/3", street.handed_over / "extracted.png"),
        street("receipt"),
        street("check"),
        street("export", street.handed_over / "report", "--for", "police"),
        street.verify(street.package),
    ]


@dataclass(frozen=True)
class Walked:
    """A street that was walked to its end. `trace` is what the system saw, if it could be watched."""

    street: Street
    evidence: Evidence
    said: Sequence[Said]
    began: float
    trace: Path | None = field(default=None)


@pytest.fixture(scope="session")
def walked(virtual_screen: VirtualScreen, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """One walk that several tests look at from their own side."""
    folder = tmp_path_factory.mktemp("street")
    trace = folder / "trace" if tracing() else None
    street = Street(folder, virtual_screen.display, watched(trace) if trace else ())
    evidence = make_evidence(street.stick)
    virtual_screen.show(evidence.on_the_screen)
    began = time.time()
    return Walked(street, evidence, walk(street, evidence), began, trace)


def watched(trace: Path, *options: str) -> tuple[str | Path, ...]:
    """The start of a command line that notes in a file what the program asks of the system."""
    chosen = options or ("--seccomp-bpf", "-e", f"trace={','.join((*WRITING, 'socket'))}")
    return ("strace", "-f", "-q", "-s", "4096", "-A", "-o", trace, *chosen, "--")


@cache
def tracing() -> bool:
    """Whether programs can be watched here: some containers forbid it."""
    return _works(*watched(Path(os.devnull)), "true")


def calls(trace: Path, *names: str) -> Iterator[tuple[str, str]]:
    """The calls of these names that succeeded, as (name, arguments)."""
    begun: dict[str, str] = {}
    for line in trace.read_text(errors="backslashreplace").splitlines():
        process, _space, call = line.partition(" ")
        if call.endswith("<unfinished ...>"):
            begun[process] = call.removesuffix("<unfinished ...>")
            continue
        if " resumed>" in call:
            call = begun.pop(process, "") + call.partition(" resumed>")[2]
        found = re.fullmatch(r" *(\w+)\((.*)\) += (-?\d+).*", call)
        if found and found[1] in names and not found[3].startswith("-"):
            yield found[1], found[2]


def written_paths(trace: Path, cwd: Path) -> set[Path]:
    """Every path that was made, opened for writing or given a new name."""
    paths: set[Path] = set()
    for name, arguments in calls(trace, *WRITING):
        if not name.startswith("open") or re.search(r"\bO_(WRONLY|RDWR|CREAT|TMPFILE)\b", arguments):
            paths |= {cwd / text for text in re.findall(r'"((?:[^"\\]|\\.)*)"', arguments)}
    return paths - {Path("/dev/null"), Path("/dev/tty")}


LONELY = ("sh", "-c", 'ip link set lo up && exec "$@"', "sh")


@cache
def lonely() -> tuple[str, ...] | None:
    """The start of a command line that gives a program a network with nobody in it; None where that is forbidden."""
    for options in ("-n", "-rn"):
        start = ("unshare", options, "--", *LONELY)
        if _works(*start, "true"):
            return start
    return None


def _works(*command: str | Path) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    except FileNotFoundError:
        return False


def temp_folders() -> tuple[Path, ...]:
    """Where programs of this computer leave temporary files."""
    return tuple({Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp"), Path("/dev/shm")})


_CHANGING = (
    (re.compile(r"\d+-(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}"), "RECEIPT"),
    (re.compile(r"(?:[0-9a-f]{4} ){15}[0-9a-f]{4}"), "FINGERPRINT"),
    (re.compile(r"[0-9a-f]{32,64}"), "ID"),
    (re.compile(r"(?m)^[0-9a-f]{8} "), "ID8 "),
    (re.compile(r"\d{8}T\d{6}Z|\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d:\d\d(?:\.\d+Z)?)?"), "MOMENT"),
    (re.compile(r"/\S*/street[^/]*/"), "STREET/"),
    (re.compile(r"(?m)(?:^[ █▀▄]+\n)+"), "SQUARE\n"),
)


def _without_ids(text: str) -> str:
    for pattern, name in _CHANGING:
        text = pattern.sub(name, text)
    return text
