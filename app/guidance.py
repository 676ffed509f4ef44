"""Whom one can turn to: the dated list of resources/contacts.json, read once and typed."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


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
class Guidance:
    """All contacts, and the day on which somebody looked at them last."""

    checked_on: date
    groups: tuple[HelpGroup, ...]


@cache
def guidance() -> Guidance:
    """The contacts that come with the program. Nothing is fetched."""
    found = json.loads(resources.files("resources").joinpath("contacts.json").read_text(encoding="utf-8"))
    return Guidance(
        date.fromisoformat(found["checked_on"]),
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
