"""Who records: initials and role of an entry's author, from the people written down in the case."""

import re
from collections.abc import Iterable, Mapping

from app.errors import WrongUse
from app.kinds import Person
from app.subjects import Subject
from vault.chain import Author, Role

_INITIALS = re.compile(r"[A-Z]{2,4}")


def valid_initials(text: str) -> str:
    """Initials as references begin with them: two to four capital letters A to Z. Raises WrongUse."""
    initials = text.strip().upper()
    if not _INITIALS.fullmatch(initials):
        raise WrongUse(
            f"“{text}” cannot stand in a reference.", next="Give initials of two to four letters from A to Z, like AB."
        )
    return initials


def initials_to_add(people: Iterable[Subject], fields: Mapping[str, object]) -> str:
    """The initials of somebody who is to be added. Raises WrongUse where they are taken, and where no role is said."""
    initials = valid_initials(str(fields.get("initials") or ""))
    if any(person.data.get("initials") == initials for person in people):
        raise WrongUse(f"The initials {initials} are taken.", next="Add a middle initial.")
    if not fields.get("role"):
        # Unsaid, each of their entries would be by the person it happened to.
        raise WrongUse("It is not said who this person is.", next=f"Give their role: role={', role='.join(Role)}.")
    return initials


def authors_of(people: Iterable[Subject]) -> tuple[Author, ...]:
    """Initials and role of each of them."""
    return tuple(map(_author, people))


def author_for(people: Iterable[Subject], initials: str | None) -> Author:
    """The author with these initials, or the only one there is. Raises WrongUse."""
    authors = {author.initials: author for author in authors_of(people)}
    if initials is None and len(authors) == 1:
        return next(iter(authors.values()))
    known = ", ".join(authors) or "nobody yet"
    if initials is None:
        raise WrongUse("Several people record in this case.", next=f"Say who it is now: --as, one of {known}.")
    try:
        return authors[valid_initials(initials)]
    except KeyError:
        raise WrongUse(
            f"Nobody with the initials {initials} records in this case.",
            next=f"Choose one of: {known}; or add the person first.",
        ) from None


def _author(person: Subject) -> Author:
    record = person.record
    if not isinstance(record, Person):
        raise TypeError("not a person")
    return Author(record.initials, record.role or Role.SELF)
