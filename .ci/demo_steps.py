"""The way through the window: what is typed at each step, and what must be true before the next.

The demonstration goes it, and tests/test_street_window.py.
"""

import os
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from demo_screen import Screen, Stuck

WINDOW = "Holdfast"
_PLACES = """
from PySide6.QtWidgets import QApplication
from ui.widgets.side_column import PlaceButton, SideColumn
application = QApplication([])
column = SideColumn()
for button in column.findChildren(PlaceButton):
    print(button.accessibleName(), button.toolTip(), sep="\\t")
"""


@dataclass(frozen=True)
class Told:
    """What somebody has to tell. A `file` is added, and a `draft` is typed and not kept, where there is one."""

    passphrase: str
    capture: str
    display_name: str
    skype_id: str
    amount: str
    currency: str
    recipient: str
    file: Path | None = None
    draft: str = ""


@dataclass(frozen=True)
class Traces:
    """What a vault shows on disk to whoever cannot open it."""

    head: bytes
    objects: int
    written: int


@dataclass(frozen=True)
class World:
    """The screen, the vault, and the folder to hand over in. `before` is the vault as it was when a step began."""

    screen: Screen
    vault: Path
    handed_over: Path
    before: Traces = Traces(b"", 0, 0)

    def traces(self) -> Traces:
        """The vault now."""
        head, log, objects = self.vault / "head", self.vault / "log.db", self.vault / "objects"
        return Traces(
            head.read_bytes() if head.is_file() else b"",
            sum(path.is_file() and not path.name.startswith("tmp-") for path in objects.glob("*/*")),
            log.stat().st_mtime_ns if log.is_file() else 0,
        )


class Condition(Protocol):
    """Something that must be true; its name says what."""

    __name__: str

    def __call__(self, world: World, /) -> bool:
        """Whether it is true now."""
        ...


Deed = Callable[[World], object]


@dataclass(frozen=True)
class Step:
    """A step: its name (also that of its picture), what is done, and what must then be true.

    After each deed the screen has `seconds` to look different and come to rest, and after the last one the conditions
    have as many to become true.
    """

    name: str
    do: tuple[Deed, ...]
    until: tuple[Condition, ...] = ()
    seconds: float = 60


# What can be done: only what a person does with the keyboard.


def keys(*names: str) -> Deed:
    """Press keys, one after the other: "ctrl+2", "Tab", "Return"."""
    return lambda world: world.screen.run("xdotool", "key", "--clearmodifiers", "--delay", "10", *names)


def text(words: str) -> Deed:
    """Type words on the keyboard."""
    return lambda world: world.screen.run("xdotool", "type", "--clearmodifiers", "--delay", "2", "--", words)


def together(*deeds: Deed) -> Deed:
    """Several deeds without waiting in between: nothing that comes later depends on what is done in the background."""

    def deed(world: World) -> None:
        for one in deeds:
            one(world)

    return deed


def start(*command: str | Path) -> Deed:
    """Start a program that stays."""
    return lambda world: world.screen.start(*command)


# What can be true.


def in_front(title: str) -> Condition:
    """The keyboard goes to a window with these words in its title."""

    def holds(world: World) -> bool:
        return title in world.screen.active_title()

    holds.__name__ = f"the keyboard in “{title}”"
    return holds


def asked(world: World) -> bool:
    """The keyboard goes to a dialog of Holdfast."""
    return world.screen.active_title() not in {WINDOW, ""}


def opened(world: World) -> bool:
    """The vault is locked against other programs: somebody has it open."""
    lock = world.vault / "lock"
    inode = f":{lock.stat().st_ino}" if lock.is_file() else "none"
    return any(line.split()[5].endswith(inode) for line in Path("/proc/locks").read_text().splitlines())


def closed(world: World) -> bool:
    """The vault is not open any more."""
    return not opened(world)


def entry_kept(world: World) -> bool:
    """The vault has a new last entry: its head was replaced."""
    return world.traces().head not in {b"", world.before.head}


def picture_kept(world: World) -> bool:
    """The vault holds one more object, and the entry that names it."""
    return entry_kept(world) and world.traces().objects == world.before.objects + 1


def draft_kept(world: World) -> bool:
    """The log was written, without a new entry."""
    now = world.traces()
    return now.head == world.before.head and now.written != world.before.written


def handed_over(world: World) -> bool:
    """There is a folder with the package and the report, under its final name."""
    folders = [path for path in world.handed_over.iterdir() if not path.name.startswith("tmp-")]
    return any(list(folder.glob("*.zip")) and list(folder.glob("*.pdf")) for folder in folders)


def ended(world: World) -> bool:
    """The program that was started last ended as it should."""
    return world.screen.programs[-1].poll() == 0


# The way.


def places_of(python: Path) -> Mapping[str, str]:
    """The keys that lead to each place of the left column, by its name: as the program of that Python shows them."""
    done = subprocess.run(
        [python, "-c", _PLACES],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    lines = (line.split("\t") for line in done.stdout.splitlines())
    return {name: shortcut.lower() for name, shortcut in lines if shortcut}


def begun(told: Told, initials: str) -> Step:
    """Begin a case in which everybody was 18, where the window was started with the place for it."""
    past_show, past_show_and_suggest = keys("Tab", "Tab"), keys("Tab", "Tab", "Tab")
    passphrase = text(told.passphrase)
    nobody_under_18 = keys("Tab", "space", "shift+Tab")
    typed = together(passphrase, past_show, passphrase, past_show_and_suggest, text(initials), nobody_under_18)
    return Step("a case is begun", (typed, keys("Return")), (entry_kept, opened, in_front(WINDOW)))


def unlocked(name: str, passphrase: str) -> Step:
    """Open a case whose place is filled in."""
    return Step(name, (text(passphrase), keys("Return")), (opened, in_front(WINDOW)))


def way(told: Told, folder: Path, places: Mapping[str, str]) -> tuple[Step, ...]:
    """From an open case to a report in a folder, and the case closed again. `places`: as `places_of` gives them."""
    keep = keys("ctrl+Return")
    accounts, money, report = (keys(places[name]) for name in ("Accounts", "Money", "Report"))
    return (
        Step("the screen is captured", (keys("ctrl+shift+s"),), (picture_kept, in_front(WINDOW))),
        Step("it is described", (keys("Tab"), keys("Return"), _description(told), keep), (entry_kept,)),
        *(_added(told.file) if told.file else ()),
        Step("the account is recorded", (accounts, keys("ctrl+n"), _account(told), keep), (entry_kept,)),
        Step("the demand is recorded", (money, keys("ctrl+n"), _demand(told), keep), (entry_kept,)),
        *(_typed(told.draft, accounts) if told.draft else ()),
        Step("a folder is asked for", (report, keys("Return")), (asked,)),
        Step("the report is made", (text(str(folder)), keys("Return")), (handed_over, in_front(WINDOW)), seconds=180),
        Step("the case is locked", (keys("ctrl+l"),), (closed,)),
    )


def _description(told: Told) -> Deed:
    ordinary = keys("Tab", "space")
    return together(text(told.capture), ordinary)


def _added(file: Path) -> tuple[Step, ...]:
    return (
        Step("files are asked for", (keys("ctrl+shift+f"),), (asked,)),
        Step("a file is added", (text(str(file)), keys("Return")), (picture_kept, in_front(WINDOW))),
    )


# In a list of choices the first letter alone: those that a busy machine takes one by one would each search anew.


def _account(told: Told) -> Deed:
    skype = keys("s", "Tab")
    return together(skype, text(told.display_name), keys("Tab"), text(told.skype_id))


def _demand(told: Told) -> Deed:
    past_how_to_stop_it = keys("Tab", "Tab")
    demanded_by_western_union = keys("d", "Tab", "w", "Tab")
    next_line = keys("Tab")
    amount = together(text(told.amount), next_line, text(told.currency), next_line)
    return together(past_how_to_stop_it, demanded_by_western_union, amount, text(told.recipient))


def _typed(draft: str, accounts: Deed) -> tuple[Step, ...]:
    deeds = (accounts, keys("ctrl+n"), together(keys("Tab"), text(draft)))
    return (Step("something is typed and not kept", deeds, (draft_kept,)),)


def closed_for_good() -> Step:
    """Close the window."""
    return Step("the window is closed", (keys("alt+F4"),), (ended,))


def walk(world: World, steps: Iterable[Step]) -> None:
    """Do the steps one after the other, with a picture after each. Raises Stuck, with a picture of where."""
    for number, step in enumerate(steps, start=1):
        name = f"{number:02d}-{step.name.replace(' ', '-')}"
        try:
            _take(replace(world, before=world.traces()), step)
        except Stuck as stuck:
            picture = world.screen.picture(f"{name}-stuck")
            raise Stuck(f"in “{step.name}”: {stuck}\n{picture}") from stuck
        world.screen.picture(name)
        print(f"  {number:2d}. {step.name}", flush=True)


def _take(world: World, step: Step) -> None:
    screen = world.screen
    for deed in step.do:
        screen.require(screen.settled, "the screen at rest", step.seconds)
        before = screen.pixels()
        deed(world)
        screen.require(partial(screen.differs_from, before), "another look of the screen", step.seconds)
    for condition in step.until:
        screen.require(partial(condition, world), condition.__name__, step.seconds)
    screen.require(screen.settled, "the screen at rest", step.seconds)
