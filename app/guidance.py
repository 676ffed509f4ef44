"""Whom one can turn to: the dated list of resources/contacts.json, read once and typed."""

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache

import resources


@dataclass(frozen=True, slots=True)
class HelpContact:
    """Somebody who helps. `ways` are numbers and addresses as they are dialled or typed.

    `checked` says that they were seen on the contact's own pages; otherwise they are believed to be right.
    """

    name: str
    about: str
    ways: tuple[str, ...]
    hours: str
    checked: bool


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """Contacts for one situation."""

    title: str
    contacts: tuple[HelpContact, ...]


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """A number for when it is urgent, and whose it is."""

    about: str
    number: str


@dataclass(frozen=True, slots=True)
class Crisis:
    """The numbers of one country that are answered at any hour. `also`: other names that people write for it."""

    country: str
    also: tuple[str, ...]
    lines: tuple[CrisisLine, ...]


@dataclass(frozen=True, slots=True)
class Guidance:
    """All contacts, and the day on which somebody looked at them last. `crisis`: the most general one comes first."""

    checked_on: date
    crisis: tuple[Crisis, ...]
    groups: tuple[HelpGroup, ...]

    def crisis_in(self, country: str) -> Crisis:
        """The numbers for a country as somebody wrote it: `England, UK`; the most general ones where it names none."""
        said = country.replace(".", "").casefold()
        parts = {part.strip().removeprefix("the ") for part in (said, *re.split(r"[,;/()]", said))}
        found = [known for known in self.crisis if parts & {name.casefold() for name in (known.country, *known.also)}]
        return found[0] if len(found) == 1 else self.crisis[0]


@cache
def guidance() -> Guidance:
    """The contacts that come with the program. Nothing is fetched."""
    found = json.loads(resources.text("contacts.json"))
    return Guidance(
        date.fromisoformat(found["checked_on"]),
        tuple(
            Crisis(
                str(each["country"]),
                tuple(str(name) for name in each["also"]),
                tuple(CrisisLine(str(line["about"]), str(line["number"])) for line in each["lines"]),
            )
            for each in found["crisis"]
        ),
        tuple(
            HelpGroup(
                str(group["title"]),
                tuple(
                    HelpContact(
                        str(contact["name"]),
                        str(contact["about"]),
                        tuple(str(way) for way in contact["ways"]),
                        str(contact["hours"]),
                        bool(contact["checked"]),
                    )
                    for contact in group["contacts"]
                ),
            )
            for group in found["groups"]
        ),
    )
