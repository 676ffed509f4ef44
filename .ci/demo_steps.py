"""The way of the demonstration: what is typed at each step, and what must be true before the next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

import demo_chat
from demo_screen import Screen, Stuck

PASSPHRASE = "lantern gravel orchid seven windows"
INITIALS = "DV"
WINDOW = "Holdfast"


@dataclass(frozen=True)
class Traces:
    """What a vault shows on disk to whoever cannot open it."""

    head: bytes
    objects: int


@dataclass(frozen=True)
class World:
    """The screen, and the places that the demonstration fills. `before` is the vault as it was when a step began."""

    screen: Screen
    vault: Path
    handed_over: Path
    before: Traces = Traces(b"", 0)

    def traces(self) -> Traces:
        """The vault now."""
        head = self.vault / "head"
        objects = self.vault / "objects"
        return Traces(
            head.read_bytes() if head.is_file() else b"",
            sum(path.is_file() and not path.name.startswith("tmp-") for path in objects.glob("*/*")),
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
    """A step: its name (also that of its picture), what is done, and what must then be true within `seconds`."""

    name: str
    do: tuple[Deed, ...]
    until: tuple[Condition, ...]
    seconds: float = 20


# What can be done: only what a person does with keyboard and mouse.


def keys(*names: str) -> Deed:
    """Press keys, one after the other: "ctrl+2", "Tab", "Return"."""
    return lambda world: world.screen.run("xdotool", "key", "--clearmodifiers", "--delay", "30", *names)


def text(words: str | Callable[[World], str]) -> Deed:
    """Type words on the keyboard."""

    def deed(world: World) -> None:
        typed = words if isinstance(words, str) else words(world)
        world.screen.run("xdotool", "type", "--clearmodifiers", "--delay", "8", typed)

    return deed


def click(x: int, y: int) -> Deed:
    """Click at a place in the window that is in front."""

    def deed(world: World) -> None:
        window = world.screen.run("xdotool", "getactivewindow").strip()
        world.screen.run("xdotool", "mousemove", "--window", window, str(x), str(y), "click", "1")

    return deed


def start(*command: str) -> Deed:
    """Start a program that stays."""
    return lambda world: world.screen.start(*command)


# What can be true.


def shown(title: str) -> Condition:
    """A window has these words in its title."""

    def holds(world: World) -> bool:
        return any(title in other for other in world.screen.titles())

    holds.__name__ = f"a window “{title}”"
    return holds


def in_front(title: str) -> Condition:
    """The keyboard goes to a window with these words in its title."""

    def holds(world: World) -> bool:
        return title in world.screen.active_title()

    holds.__name__ = f"the keyboard in “{title}”"
    return holds


def settled(world: World) -> bool:
    """Nothing moves on the screen."""
    return world.screen.settled()


def vault_made(world: World) -> bool:
    """The vault has its parts on disk."""
    return all((world.vault / part).is_file() for part in ("slots.json", "log.db", "head"))


def entry_kept(world: World) -> bool:
    """The vault has a new last entry: its head was replaced."""
    return vault_made(world) and world.traces().head != world.before.head


def picture_kept(world: World) -> bool:
    """The vault holds one more object, and the entry that names it."""
    return entry_kept(world) and world.traces().objects == world.before.objects + 1


def handed_over(world: World) -> bool:
    """The folder of the export has a package and a report."""
    return bool(list(world.handed_over.glob("*.zip"))) and bool(list(world.handed_over.glob("*.pdf")))


def walk(world: World, steps: Iterable[Step]) -> None:
    """Do the steps one after the other, with a picture after each. Raises Stuck, with a picture of where."""
    for number, step in enumerate(steps, start=1):
        name = f"{number:02d}-{step.name.replace(' ', '-')}"
        now = replace(world, before=world.traces())
        for deed in step.do:
            deed(now)
        for condition in step.until:
            if not now.screen.wait(partial(condition, now), step.seconds):
                picture = now.screen.picture(f"{name}-stuck")
                raise Stuck(
                    f"after “{step.name}”, {step.seconds:.0f} s were not enough for: {condition.__name__}\n{picture}"
                )
        now.screen.wait(now.screen.settled, step.seconds)
        now.screen.picture(name)
        print(f"  {number:2d}. {step.name}", flush=True)


def way(holdfast: Path, python: Path, chat: Path) -> tuple[Step, ...]:
    """The whole way, from the chat to the hand-over."""
    next_field = keys("Tab")
    return (
        Step("the chat", (start(str(python), str(chat)),), (shown(demo_chat.TITLE), settled)),
        Step("the window opens", (start(str(holdfast)),), (in_front(WINDOW), settled)),
        Step(
            "a new vault",
            (
                text(lambda world: str(world.vault)),
                next_field,
                text(INITIALS),
                next_field,
                text(PASSPHRASE),
                next_field,
                text(PASSPHRASE),
                keys("Return"),
            ),
            (vault_made, settled),
            seconds=60,
        ),
        Step("the screen is captured", (keys("ctrl+shift+s"),), (picture_kept, in_front(WINDOW)), seconds=30),
        Step(
            "the account is recorded",
            (
                keys("ctrl+3", "ctrl+n"),
                text("skype"),
                next_field,
                text(demo_chat.DISPLAY_NAME),
                next_field,
                next_field,
                text(demo_chat.SKYPE_ID),
                keys("ctrl+Return"),
            ),
            (entry_kept,),
        ),
        Step(
            "the demand is recorded",
            (
                keys("ctrl+4", "ctrl+n"),
                text("demanded"),
                next_field,
                text("western"),
                next_field,
                text("300"),
                next_field,
                text("GBP"),
                next_field,
                text("Marek Dolan"),
                keys("ctrl+Return"),
            ),
            (entry_kept,),
        ),
        Step(
            "the report is handed over",
            (keys("ctrl+5"), text(lambda world: str(world.handed_over)), keys("Return")),
            (handed_over, settled),
            seconds=120,
        ),
        Step("the case is locked", (keys("ctrl+l"),), (settled,)),
    )
