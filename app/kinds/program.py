"""The kinds that the program itself writes: the vault, receipts given, exports made, sessions of the window."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from app.kinds.field import Ask, Form
from app.kinds.record import Record
from vault.chain import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultOpening(Record):
    """Entry 1: which format, which vault, which key."""

    KIND: ClassVar[Kind] = Kind.VAULT

    format: Annotated[str, Ask("Format", form=Form.IDENTIFIER, kept_by_program=True)] = ""
    vault: Annotated[str, Ask("Vault", form=Form.IDENTIFIER, kept_by_program=True)] = ""
    fingerprint: Annotated[str, Ask("Fingerprint", form=Form.IDENTIFIER, kept_by_program=True)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor(Record):
    """A receipt that was given out, or a timestamp token, for the head after `entries` entries."""

    KIND: ClassVar[Kind] = Kind.ANCHOR

    entries: Annotated[int | None, Ask("Entries", form=Form.NUMBER, kept_by_program=True)] = None
    head: Annotated[str, Ask("Head", form=Form.IDENTIFIER, kept_by_program=True)] = ""
    receipt: Annotated[str, Ask("Receipt code", form=Form.IDENTIFIER, kept_by_program=True)] = ""
    token: Annotated[str, Ask("Timestamp token", form=Form.IDENTIFIER, kept_by_program=True)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export(Record):
    """What was handed over: head, profile, withheld ids, and hash, size and name of each file."""

    KIND: ClassVar[Kind] = Kind.EXPORT

    entries: Annotated[int | None, Ask("Entries", form=Form.NUMBER, kept_by_program=True)] = None
    head: Annotated[str, Ask("Head", form=Form.IDENTIFIER, kept_by_program=True)] = ""
    profile: Annotated[str, Ask("Made for", kept_by_program=True)] = ""
    withheld: Annotated[tuple[str, ...], Ask("Withheld", form=Form.IDENTIFIER, kept_by_program=True)] = ()
    files: Annotated[tuple[str, ...], Ask("Files", form=Form.IDENTIFIER, kept_by_program=True)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Record):
    """The window opened and closed this copy of the vault, and what it found wrong at opening."""

    KIND: ClassVar[Kind] = Kind.SESSION

    opened_at: Annotated[str, Ask("Opened", form=Form.MOMENT, kept_by_program=True)] = ""
    closed_at: Annotated[str, Ask("Closed", form=Form.MOMENT, kept_by_program=True)] = ""
    found: Annotated[tuple[str, ...], Ask("Found at opening", kept_by_program=True)] = ()
    lost_entries: Annotated[int | None, Ask("Entries before", form=Form.NUMBER, kept_by_program=True)] = None
    lost_link: Annotated[str, Ask("Head before", form=Form.IDENTIFIER, kept_by_program=True)] = ""
