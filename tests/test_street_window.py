"""The window leaves no plaintext either: the real program, real keys, and then everything is searched."""

import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from cases import clock
from demo_screen import virtual_screen
from demo_steps import Deed, Step, World, entry_kept, in_front, keys, picture_kept, settled, shown, text, walk
from street import Street, calls, tracing, watched, written_paths
from street_marks import Evidence, make_evidence
from street_searcher import Searcher
from street_secrets import secrets_of

from app.casefile import Casefile
from app.drafts import draft_name
from app.kinds import Kind

HOLDFAST = Path(sys.executable).parent / "holdfast"
SIZE = (1280, 900)


@dataclass
class Eye:
    """Remembers what something was like, to see when it is another."""

    seen: object = field(default=None)

    def look(self, world: World) -> None:
        """Remember the screen and the log."""
        self.seen = world.screen.pixels(), self.log(world)

    def log(self, world: World) -> tuple[int, bool]:
        """The state of the log, and whether it is being written."""
        log = world.vault / "log.db"
        return log.stat().st_mtime_ns, log.with_name("log.db-journal").exists()

    def screen_changed(self, world: World) -> bool:
        """The screen looks different."""
        return isinstance(self.seen, tuple) and world.screen.pixels() != self.seen[0]

    def log_changed(self, world: World) -> bool:
        """The log was written, and is not being written now."""
        now = self.log(world)
        return isinstance(self.seen, tuple) and now != self.seen[1] and not now[1]


def opened(world: World) -> bool:
    """The vault is locked against other programs: somebody has it open."""
    inode = (world.vault / "lock").stat().st_ino
    return any(line.split()[5].endswith(f":{inode}") for line in Path("/proc/locks").read_text().splitlines())


def closed(world: World) -> bool:
    """The vault is not open any more."""
    return not opened(world)


def handed_over(world: World) -> bool:
    """There is a report with its package, under its final name."""
    return bool(list(world.handed_over.glob("[!t]*/*.zip")))


def ended(world: World) -> bool:
    """The program ended as it should."""
    return world.screen.programs[-1].poll() == 0


def way(street: Street, evidence: Evidence, start: Deed) -> tuple[Step, ...]:
    """From the passphrase to the report and out again."""
    eye = Eye()

    def seen(name: str, *deeds: Deed) -> Step:
        return Step(name, (eye.look, *deeds), (eye.screen_changed, settled))

    account, draft = evidence.words["account"], evidence.words["incident"]
    return (
        Step("the window opens", (start,), (in_front("Holdfast"), settled)),
        Step("the case is opened", (text(street.passphrase), keys("Return")), (opened, settled)),
        Step("the screen", (keys("ctrl+shift+s"),), (picture_kept, in_front("Holdfast"), settled)),
        Step("files are asked for", (keys("ctrl+shift+f"),), (shown("Files to add"), settled)),
        Step("a file", (text(str(evidence.files[1])), keys("Return")), (picture_kept, in_front("Holdfast"), settled)),
        seen("accounts", keys("ctrl+3")),
        seen("an account", keys("ctrl+n")),
        seen("its platform", text("skype"), keys("Tab")),
        Step("its name is kept", (text(account), keys("ctrl+Return")), (entry_kept, settled)),
        seen("another account", keys("ctrl+n")),
        Step("a draft", (keys("Tab"), eye.look, text(draft)), (eye.log_changed, settled)),
        seen("report", keys("ctrl+5")),
        seen("a folder is asked for", keys("space")),
        Step("the report", (text(str(street.handed_over)), keys("Return")), (handed_over, settled), seconds=60),
        Step("locked", (keys("ctrl+l"),), (closed, settled)),
        Step("closed", (keys("alt+F4"),), (ended,)),
    )


@dataclass(frozen=True)
class Walked:
    """A street that was walked with the window."""

    street: Street
    evidence: Evidence
    trace: Path | None


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    street = Street(tmp_path_factory.mktemp("window"))
    street.new_vault()
    evidence = make_evidence(street.stick)
    background = street.stick / "screen.png"
    evidence.on_the_screen.save(background)
    trace = street.folder / "trace" if tracing() else None
    with virtual_screen(*SIZE, street.folder / "pictures-of-the-window") as screen:
        shown_on = replace(street, display=screen.display).environ | {"QT_QPA_PLATFORM": "xcb"}
        variables = [f"{name}={value}" for name, value in shown_on.items()]
        screen.run("display", "-window", "root", background)

        def start(world: World) -> None:
            world.screen.start("env", *variables, *(watched(trace) if trace else ()), HOLDFAST, street.vault)

        walk(World(screen, street.vault, street.handed_over), way(street, evidence, start))
    return Walked(street, evidence, trace)


def test_nothing_is_found_in_vault_home_and_temp_folders(window):
    street, evidence = window.street, window.evidence
    words = {"a word": evidence.stem, "the passphrase": street.passphrase}
    assert Searcher(words, evidence.colours, secrets_of(street)).in_folders(*street.closed) == {}


def test_what_was_kept_is_found_in_the_report_and_drafts_keys_and_covered_pictures_are_not(window):
    street, evidence = window.street, window.evidence
    words = evidence.words | {"the passphrase": street.passphrase}
    found = Searcher(words, evidence.colours, secrets_of(street)).in_folders(street.handed_over)
    assert set(found) == {"account"}


def test_the_vault_holds_what_was_captured_added_and_typed(window):
    street, evidence = window.street, window.evidence
    casefile = Casefile.open(street.vault, street.passphrase, clock())
    searcher = Searcher(evidence.words, evidence.colours)
    screen, file = (searcher.in_bytes(content(casefile, ref)) for ref in ("AB/1", "AB/2"))
    draft = casefile.vault.log.draft(draft_name(Kind.ACCOUNT, None)) or ""
    casefile.close()
    assert (screen, file, searcher.in_bytes(draft.encode())) == ({"screen"}, {"png"}, {"incident"})


def content(casefile: Casefile, ref: str) -> bytes:
    (stored,) = casefile.find(ref).objects
    return b"".join(bytes(chunk) for chunk in casefile.vault.objects.read(stored))


def test_it_writes_nowhere_but_in_the_vault_and_where_it_is_told_and_opens_no_connection(window):
    if window.trace is None:
        pytest.skip("programs cannot be watched with strace here")
    written = written_paths(window.trace, Path.cwd())
    assert any(window.street.vault in path.parents for path in written)
    assert sorted(path for path in written if not window.street.may_hold(path)) == []
    assert {arguments.partition(",")[0] for _name, arguments in calls(window.trace, "socket")} == {"AF_UNIX"}
