"""What is told while a run goes on, in lines that another process can read; and what a proof says when it fails."""

import hashlib
import json
from dataclasses import dataclass

from vaults import PASSPHRASE

from vault.chain import Data, Entry, canonical
from vault.drafts import Draft


class Loss(AssertionError):
    """Something that was acknowledged is not there, or something that should not be there is."""


@dataclass(frozen=True, slots=True)
class Will:
    """These entries are about to be appended, in one call."""

    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Did:
    """The call came back: the links of the new rows."""

    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """An object was stored: its id, SHA-256 and size."""

    id: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class WaysIn:
    """What opens the vault is about to be this (`sure`: is this, and nothing else).

    `words` are the hex digits of what recovery words stand for; empty where there are none, or nobody has them yet.
    """

    passphrase: str
    words: str
    sure: bool


FIRST = WaysIn(PASSPHRASE, "", sure=True)
"""What opens a new vault."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup is about to be brought up to date, or (`done`) holds everything that the vault holds."""

    done: bool


Event = Will | Did | Stored | WaysIn | BackedUp


def line_of(event: Event) -> str:
    """An event as a line, to be read by another process."""
    return json.dumps([type(event).__name__, *(getattr(event, name) for name in type(event).__slots__)])


def event_of(line: str) -> Event:
    """What `line_of` wrote."""
    match json.loads(line):
        case ["Will", marks]:
            return Will(tuple(marks))
        case ["Did", links]:
            return Did(tuple(links))
        case ["Stored", found, sha256, size]:
            return Stored(found, sha256, size)
        case ["WaysIn", passphrase, words, sure]:
            return WaysIn(passphrase, words, sure)
        case ["BackedUp", done]:
            return BackedUp(done)
    raise ValueError(line)


def mark_of(one: Draft | Entry) -> str:
    """Tells one entry from all others, before and after it was appended."""
    data: Data = one.data
    return f"{one.id} {one.action} {one.kind} {hashlib.sha256(canonical(data)).hexdigest()}"
