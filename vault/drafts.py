"""Entries that are still to be appended, and the row of the log that each becomes."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from vault.chain import (
    LINE_LIMIT,
    Action,
    Author,
    Clock,
    Data,
    Entry,
    EntryId,
    Kind,
    Link,
    Malformed,
    StoredObject,
    body_hash,
    next_link,
)
from vault.errors import NotAllowed, TooLong
from vault.head import Head
from vault.log import Row


@dataclass(frozen=True, slots=True)
class Stamp:
    """When, by whom and with what an entry is made, as it stands in the entry."""

    at: str
    zone: str
    clock: Clock
    by: Author
    app: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that is still to be appended: the vault adds its number, salt and link."""

    action: Action
    kind: Kind
    id: EntryId
    data: Data
    objects: tuple[StoredObject, ...] = ()


def new_entry_id() -> EntryId:
    """A random id for a new subject."""
    return EntryId(secrets.token_hex(16))


def row_of(head: Head, draft: Draft, stamp: Stamp) -> tuple[Row, Entry]:
    """The next row of a log and its entry. Raises NotAllowed, TooLong."""
    entry = Entry(
        seq=head.entries + 1,
        id=draft.id,
        action=draft.action,
        kind=draft.kind,
        at=stamp.at,
        zone=stamp.zone,
        clock=stamp.clock,
        by=stamp.by,
        app=stamp.app,
        data=draft.data,
        salt=secrets.token_hex(32),
        objects=draft.objects,
    )
    try:
        body = entry.to_bytes()
        if len(body) > LINE_LIMIT:
            raise TooLong
        Entry.from_bytes(body)
    except Malformed as error:
        raise NotAllowed(f"This cannot be written into the log: {error}.") from error
    link = next_link(head.link, entry.seq, entry.id, body_hash(body))
    return Row(entry.seq, entry.id, body, Link(link)), entry


def require_allowed(draft: Draft, before: Sequence[Entry]) -> None:
    """Let an entry follow those that its subject has. Raises NotAllowed."""
    if draft.action is Action.ADD:
        if before or draft.kind is Kind.VAULT:
            raise NotAllowed("There is already an entry with this id.")
        return
    if not before or before[0].kind is not draft.kind or draft.kind is Kind.VAULT:
        raise NotAllowed("There is nothing like that to change.")
    if before[-1].action is Action.WITHDRAW:
        raise NotAllowed("This was withdrawn and cannot be changed any more.")
    if draft.action is Action.WITHDRAW and any(entry.data.get("held") == "yes" for entry in before):
        raise NotAllowed("This is held and cannot be withdrawn: nothing that is held is deleted.")
