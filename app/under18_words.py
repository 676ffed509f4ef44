"""What Holdfast says about pictures in which somebody could be under 18: the file that a lawyer reads, typed."""

import json
from dataclasses import dataclass
from functools import cache

import resources


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a picture was not kept. What to do next is another sentence at a prompt than in a window."""

    what: str
    safe: str
    next_on_the_command_line: str
    next_in_the_window: str


@dataclass(frozen=True, slots=True)
class Question:
    """The question about one picture: what has to be said of it (`ordinary`), and the words on its two buttons.

    `words_only` is the second one in full, for those who do not see what stands around it.
    """

    title: str
    why: str
    ordinary: str
    yes: str
    no: str
    words_only: str


@dataclass(frozen=True, slots=True)
class WordsOnly:
    """Why there are words instead of a picture, and what to do with the originals."""

    title: str
    reasons: tuple[str, ...]
    originals: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody to turn to, with one number or address."""

    name: str
    about: str
    way: str


@dataclass(frozen=True, slots=True)
class Hold:
    """What holding means, asked twice."""

    title: str
    what: tuple[str, ...]
    sure: str
    ask: str
    yes: str


@dataclass(frozen=True, slots=True)
class Held:
    """What is said of an exhibit that is held: beside it, when it comes to be held, and at each door it stays behind.

    `refs` and `copies` in braces are filled in.
    """

    title: str
    what: str
    from_now_on: str
    made_before: str
    not_given: str
    not_withdrawn: str
    next: str
    kept_out_of_backup: str
    in_backup_before: str


@dataclass(frozen=True, slots=True)
class Under18Words:
    """All of it. `for_legal_review`: nobody who knows the law has looked at it yet.

    `photograph` is said where a photograph of the screen is suggested instead of a screenshot.
    """

    for_legal_review: bool
    reassurance: str
    refused: Refused
    question: Question
    words_only: WordsOnly
    photograph: str
    contacts: tuple[Turn, ...]
    hold: Hold
    held: Held

    @property
    def whom_to_turn_to(self) -> str:
        """The contacts in one sentence."""
        named = "; ".join(f"{turn.name}: {turn.way}" for turn in self.contacts)
        return f"You can turn to: {named}. In danger: 999."


@cache
def under18_words() -> Under18Words:
    """The words that come with the program. Nothing is fetched."""
    found = json.loads(resources.text("under18.json"))
    words, hold = found["words_only"], found["hold"]
    return Under18Words(
        for_legal_review=bool(found["for_legal_review"]),
        reassurance=str(found["reassurance"]),
        refused=Refused(**{name: str(text) for name, text in found["refused"].items()}),
        question=Question(**{name: str(text) for name, text in found["question"].items()}),
        words_only=WordsOnly(str(words["title"]), tuple(map(str, words["reasons"])), str(words["originals"])),
        photograph=str(found["photograph"]),
        contacts=tuple(Turn(str(turn["name"]), str(turn["about"]), str(turn["way"])) for turn in found["contacts"]),
        hold=Hold(
            str(hold["title"]), tuple(map(str, hold["what"])), str(hold["sure"]), str(hold["ask"]), str(hold["yes"])
        ),
        held=Held(**{name: str(text) for name, text in found["held"].items()}),
    )
