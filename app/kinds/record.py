"""The base of all kinds: a frozen dataclass <-> the data of an entry."""

import dataclasses
import functools
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Self, Union, get_args, get_origin, get_type_hints

from app.errors import WrongUse
from app.kinds.field import Ask, FieldSpec, Form
from vault.chain import Data, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What somebody wrote down about one subject. Every field may be empty.

    `extra` holds fields that this version does not know, or values it has no word for, as they came.
    """

    KIND: ClassVar[Kind]
    DECIDING: ClassVar[str] = ""
    """The field whose answer decides which other questions fit (Ask.only_for); empty where all always do."""
    VERSION: ClassVar[int] = 1
    """Of what the fields mean. New fields do not change it: who does not know them keeps them as they are."""

    extra: Mapping[str, str | int | bool | list[str] | None] = field(default_factory=dict)

    @classmethod
    def specs(cls) -> tuple[FieldSpec, ...]:
        """The fields, in the order in which they are asked."""
        return _specs(cls)  # type: ignore[arg-type]  # mypy asks whether the instances are hashable

    @classmethod
    def spec(cls, name: str) -> FieldSpec:
        """The field of that name. Raises WrongUse where this kind has none."""
        for spec in cls.specs():
            if spec.name == name:
                return spec
        raise WrongUse(
            what=f"{cls.KIND.value} has no field “{name}”.",
            next=f"The fields are: {', '.join(spec.name for spec in cls.specs())}.",
        )

    @classmethod
    def from_data(cls, data: Data) -> Self:
        """Read an entry's data; nothing in it is lost or refused."""
        known: dict[str, Any] = {}
        extra: dict[str, str | int | bool | list[str] | None] = {}
        specs = {spec.name: spec for spec in cls.specs()}
        for name, value in data.items():
            spec = specs.get(name)
            if spec is None or not _fits(spec, value):
                extra[name] = value
            elif isinstance(value, list):
                known[name] = tuple(spec.choices(item) if spec.choices else item for item in value)
            else:
                known[name] = spec.choices(str(value)) if spec.choices else value
        return cls(extra=extra, **known)

    def to_data(self) -> dict[str, str | int | bool | list[str] | None]:
        """The data of an entry: the fields that are not empty, and what was not understood as it came."""
        data = dict(self.extra)
        for spec in self.specs():
            value = getattr(self, spec.name)
            if isinstance(value, StrEnum):
                data[spec.name] = value.value
            elif isinstance(value, tuple):
                data.update({spec.name: [str(item) for item in value]} if value else {})
            elif value not in {None, ""}:
                data[spec.name] = value
        return data


def parse_assignments(kind: type[Record], pairs: Sequence[tuple[str, str]]) -> dict[str, str | int | list[str] | None]:
    """`field=value` pairs as typed on a command line or in a form -> data; an empty value removes (None).

    A list field is given by repeating it. Raises WrongUse for a field or a word that the kind does not have.
    """
    data: dict[str, str | int | list[str] | None] = {}
    for name, text in pairs:
        spec = kind.spec(name)
        if spec.ask.kept_by_program:
            raise WrongUse(what=f"“{name}” is filled in by the program.", next="You can change the other fields.")
        value = _parse(spec, text)
        if spec.many and value is not None:
            before = data.get(name)
            data[name] = [*(before if isinstance(before, list) else []), text]
        elif name in data:
            raise WrongUse(what=f"“{name}” is given twice.", next="Give it once; only lists are repeated.")
        else:
            data[name] = value
    return data


def _parse(spec: FieldSpec, text: str) -> str | int | None:
    if text == "":
        return None
    if spec.choices is not None:
        words = [choice.value for choice in spec.choices]
        if text not in words:
            raise WrongUse(what=f"“{spec.name}” has no choice “{text}”.", next=f"Choose one of: {', '.join(words)}.")
    if spec.form is Form.NUMBER:
        if not text.isascii() or not text.isdigit() or len(text) > 15:
            raise WrongUse(what=f"“{spec.name}” is a number.", next="Type digits only.")
        return int(text)
    return text


def _fits(spec: FieldSpec, value: str | int | bool | list[str] | None) -> bool:
    if spec.form is Form.NUMBER:
        return type(value) is int
    if spec.many is not isinstance(value, list):
        return False
    texts = value if isinstance(value, list) else [value]
    words = None if spec.choices is None else {choice.value for choice in spec.choices}
    return all(isinstance(text, str) and (words is None or text in words) for text in texts)


@functools.cache
def _specs(kind: type[Record]) -> tuple[FieldSpec, ...]:
    hints = get_type_hints(kind, include_extras=True)
    return tuple(_spec(item.name, hints[item.name]) for item in dataclasses.fields(kind) if item.name != "extra")


def _spec(name: str, hint: Any) -> FieldSpec:
    annotated, ask = get_args(hint)
    if not isinstance(ask, Ask):
        raise TypeError(f"{name} is not annotated with Ask")
    many = get_origin(annotated) is tuple
    arms = get_args(annotated) if many or get_origin(annotated) in {Union, types.UnionType} else (annotated,)
    choices = next((arm for arm in arms if isinstance(arm, type) and issubclass(arm, StrEnum)), None)
    return FieldSpec(name, ask, many, choices)
