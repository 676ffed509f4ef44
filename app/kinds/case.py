"""The case as a whole, and the people who record in it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from app.kinds.field import Ask, Form
from app.kinds.record import Record
from vault.chain import Kind, Role


class Under18(StrEnum):
    """Could anybody in the intimate pictures be under 18, or have been when they were taken?"""

    NO = "no"
    YES = "yes"
    UNSURE = "unsure"


class Path(StrEnum):
    """Which advice fits: somebody known, or somebody met online."""

    KNOWN_PERSON = "known_person"
    MET_ONLINE = "met_online"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Record):
    """What this vault is about, in neutral words."""

    KIND: ClassVar[Kind] = Kind.CASE

    title: Annotated[str, Ask("A neutral title", "For example “Case AB”. It stands on the report.")] = ""
    capacity: Annotated[Role | None, Ask("Who is writing this down?", "You, or somebody for you.")] = None
    consent: Annotated[
        str, Ask("Does the person it happened to agree?", "Only if you write this down for somebody else.", Form.TEXT)
    ] = ""
    under18: Annotated[
        Under18 | None,
        Ask(
            "Could anybody in the intimate pictures be under 18, or have been when they were taken?",
            "Blackmailers often claim this afterwards. You can keep messages, names and payments whatever you answer.",
        ),
    ] = None
    path: Annotated[Path | None, Ask("Do you know the person who is doing this?")] = None
    country: Annotated[str, Ask("Country", "The country you live in.")] = ""
    police_force: Annotated[str, Ask("Police force", "If you know it.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """Somebody who records. Never shown in a package."""

    KIND: ClassVar[Kind] = Kind.PERSON

    name: Annotated[str, Ask("Name", "It stays in the vault and never enters a package.")] = ""
    initials: Annotated[str, Ask("Initials", "Two to four letters; they begin the references of your exhibits.")] = ""
    role: Annotated[Role | None, Ask("Role")] = None
    relation: Annotated[str, Ask("Relation to the person it happened to")] = ""
    safe_contact: Annotated[
        str, Ask("A safe way to reach you", "A number or address that nobody else reads.", Form.TEXT)
    ] = ""
