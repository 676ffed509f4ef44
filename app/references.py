"""References from one thing to others: as people give them (AB/1, the beginning of an id), as entries hold them."""

from collections.abc import Callable

from app.errors import WrongUse
from app.kinds import Record
from app.subjects import Subject
from vault.chain import Data, Kind

Find = Callable[[str], Subject]
"""Finds a subject by what somebody typed. Raises WrongUse."""


def resolved(kind: type[Record], fields: Data, find: Find) -> dict[str, str | int | bool | list[str] | None]:
    """The fields with every reference to another subject as its whole id.

    Raises WrongUse for a reference that leads nowhere, or to something of another kind than the field asks for.
    """
    specs = {spec.name: spec for spec in kind.specs()}
    data = dict(fields)
    for name, value in fields.items():
        spec = specs.get(name)
        if spec is None or spec.ask.refers_to is None:
            continue
        if isinstance(value, list):
            data[name] = [_id_of(item, spec.ask.refers_to, find) for item in value]
        elif isinstance(value, str) and value:
            data[name] = _id_of(value, spec.ask.refers_to, find)
    return data


def _id_of(text: str, kind: Kind, find: Find) -> str:
    found = find(text)
    if found.kind is not kind:
        raise WrongUse(f"“{text}” is not of the kind {kind.value}.", next=f"Choose one of the kind {kind.value}.")
    return found.id
