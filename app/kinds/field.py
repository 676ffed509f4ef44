"""What a field of a kind is: its words for people and its form. Forms, help, tables and --json follow from it."""

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
    AMOUNT = "amount"
    CHOICE = "choice"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question beside a field. `refers_to`: the field holds ids or references of subjects of that kind.

    `kept_by_program` marks what the program fills in itself: shown, never asked.
    """

    label: str
    hint: str = ""
    form: Form = Form.LINE
    refers_to: Kind | None = None
    kept_by_program: bool = False


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
