"""The case as a whole, and the people who record in it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from app.kinds.field import Ask, Form
from app.kinds.record import Record
from app.kinds.times import Known
from app.under18_words import under18_words
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


class Agreed(StrEnum):
    """Whether the person it happened to agreed that somebody else writes it down."""

    YES = "yes"
    NO = "no"
    CANNOT = "cannot"


class Age(StrEnum):
    """How old the person is to whom it happened: by groups, as helplines ask."""

    UNDER_13 = "under_13"
    FROM_13 = "from_13"
    FROM_16 = "from_16"
    ADULT = "adult"


_FOR_ANOTHER = tuple(role.value for role in Role if role is not Role.SELF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Record):
    """What this vault is about, in neutral words."""

    KIND: ClassVar[Kind] = Kind.CASE
    DECIDING: ClassVar[str] = "capacity"

    title: Annotated[str, Ask("A neutral title", "For example “Case AB”. It stands on the report.", report="Case")] = ""
    capacity: Annotated[
        Role | None, Ask("Who is writing this down?", "You, or somebody for you.", report="Written down by")
    ] = None
    under18: Annotated[
        Under18 | None,
        Ask(
            "Could anybody in the intimate pictures be under 18, or have been when they were taken?",
            lambda: under18_words().reassurance,
            report="Anybody under 18 in the pictures",
        ),
    ] = None
    path: Annotated[Path | None, Ask("Do you know the person who is doing this?", report="Who is doing this")] = None
    country: Annotated[str, Ask("Country", "The country you live in.")] = ""
    police_force: Annotated[str, Ask("Police force", "If you know it.")] = ""
    police_reference: Annotated[
        str, Ask("Reference of the police", "Log or crime number, once you have one.", Form.IDENTIFIER)
    ] = ""
    agreed: Annotated[
        Agreed | None,
        Ask(
            "Has the person it happened to agreed that you write this down?",
            report="Agreed to this record",
            section="If you do this for somebody else",
            only_for=_FOR_ANOTHER,
        ),
    ] = None
    consent: Annotated[
        str,
        Ask(
            "What exactly did they agree to?",
            "Only if you write this down for somebody else.",
            Form.TEXT,
            report="Consent of the person",
            only_for=_FOR_ANOTHER,
        ),
    ] = ""
    person_knows: Annotated[
        Known | None,
        Ask("Do they know what happened to them?", report="The person knows of it", only_for=_FOR_ANOTHER),
    ] = None
    age: Annotated[Age | None, Ask("How old are they now?", report="Age of the person", only_for=_FOR_ANOTHER)] = None
    present: Annotated[
        str, Ask("Who else is there while you write", "An interpreter, too, and the language.", report="Present")
    ] = ""
    closed_at: Annotated[
        str,
        Ask(
            "When you closed this case",
            "Only if you want. Everything stays, and you can go on with it at any time.",
            Form.MOMENT,
            report="Closed",
            section="When it is over",
        ),
    ] = ""
    notes: Annotated[str, Ask("Notes", form=Form.TEXT)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """Somebody who records. Never shown in a package."""

    KIND: ClassVar[Kind] = Kind.PERSON

    name: Annotated[str, Ask("Name", "It stays in the vault and never enters a package.")] = ""
    initials: Annotated[str, Ask("Initials", "Two to four letters; they begin the references of your exhibits.")] = ""
    role: Annotated[Role | None, Ask("Role")] = None
    relation: Annotated[str, Ask("Relation to the person it happened to")] = ""
    organisation: Annotated[str, Ask("Organisation", "If you do this for your work.")] = ""
    safe_contact: Annotated[
        str, Ask("A safe way to reach you", "A number or address that nobody else reads.", Form.TEXT)
    ] = ""
