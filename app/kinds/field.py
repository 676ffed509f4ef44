"""What a field of a kind is: its words for people and its form. Forms, help, tables and --json follow from it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from vault.chain import Kind


class Form(StrEnum):
    """How a field is written down."""

    LINE = "line"
    TEXT = "text"
    EXACT_WORDS = "exact words"
    IDENTIFIER = "identifier"
    LINK = "link"
    MOMENT = "moment"
    ZONE = "zone"
    AMOUNT = "amount"
    CHOICE = "choice"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question beside a field, put to whoever writes it down.

    `hint` is one sentence or two, or gives them when they are shown.
    `report` is what the field is called where others read it, where that is not the label itself.
    `refers_to`: the field holds ids or references of subjects of that kind.
    `section` heads the questions from this one on. `only_for`: it is asked where the kind's deciding field
    (`Record.DECIDING`) has one of these values; on every other form it shows up once it holds something.
    `kept_by_program` marks what the program fills in itself: shown, never asked.
    """

    label: str
    hint: str | Callable[[], str] = ""
    form: Form = Form.LINE
    refers_to: Kind | None = None
    kept_by_program: bool = False
    report: str = ""
    section: str = ""
    only_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of a kind as the rest of the program reads it. `many`: a list of texts."""

    name: str
    ask: Ask
    many: bool
    choices: type[StrEnum] | None

    @property
    def form(self) -> Form:
        """How it is written down."""
        return Form.CHOICE if self.choices else self.ask.form

    @property
    def hint(self) -> str:
        """What stands below the question; empty where nothing does."""
        return self.ask.hint if isinstance(self.ask.hint, str) else self.ask.hint()

    @property
    def term(self) -> str:
        """What it is called in a report or a table."""
        return self.ask.report or self.ask.label

    def is_asked(self, deciding: str) -> bool:
        """Whether the question fits where the kind's deciding field holds that value."""
        return not self.ask.kept_by_program and (not self.ask.only_for or deciding in self.ask.only_for)
