"""One entry: an immutable line of the log, and the rules its members keep (FORMAT.md, section 1)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import NewType, TypeVar

from vault.chain.canonical import Malformed, Value, canonical, parse_line

VaultId = NewType("VaultId", str)
"""32 lower-case hex digits."""
EntryId = NewType("EntryId", str)
"""The subject of an entry, 32 lower-case hex digits."""
ObjectId = NewType("ObjectId", str)
"""32 lower-case hex digits; the name of the object's file in the vault."""

Data = Mapping[str, str | int | bool | list[str] | None]
"""The fields of a kind; None removes a field and stands in amend alone."""

_Choice = TypeVar("_Choice", bound=StrEnum)

_HEX32 = re.compile(r"[0-9a-f]{32}")
_HEX64 = re.compile(r"[0-9a-f]{64}")
_HEX_BYTES = re.compile(r"(?:[0-9a-f]{2})+")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?!24)[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
"""Python reads 24 o'clock from 3.14 on; nobody else does."""
_INITIALS = re.compile(r"[A-Z]{2,4}")
_MEMBERS = {"v", "seq", "id", "action", "kind", "at", "zone", "clock", "by", "app", "data", "objects", "salt"}


class Action(StrEnum):
    """What an entry does to its subject."""

    ADD = "add"
    AMEND = "amend"
    WITHDRAW = "withdraw"


class Kind(StrEnum):
    """What a subject is."""

    VAULT = "vault"
    CASE = "case"
    PERSON = "person"
    EXHIBIT = "exhibit"
    INCIDENT = "incident"
    ACCOUNT = "account"
    PAYMENT = "payment"
    TAKEDOWN = "takedown"
    CONTACT = "contact"
    ANCHOR = "anchor"
    EXPORT = "export"
    SESSION = "session"


class Role(StrEnum):
    """In what capacity somebody records."""

    SELF = "self"
    SUPPORTER = "supporter"
    PARENT = "parent"
    PROFESSIONAL = "professional"


@dataclass(frozen=True, slots=True)
class Author:
    """Who recorded an entry: initials and role, never a name."""

    initials: str
    role: Role


@dataclass(frozen=True, slots=True)
class Clock:
    """Which clock an entry's time came from; uptime in milliseconds since the start named by `boot`."""

    boot: str
    uptime_ms: int
    source: str = "system"
    offset_s: int | None = None
    compared_at: str | None = None


@dataclass(frozen=True, slots=True)
class StoredObject:
    """The bytes of a captured file as an entry names them: SHA-256 and size are of the plaintext, in bytes."""

    id: ObjectId
    sha256: str
    size: int
    media_type: str
    name: str
    name_hex: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the log. `at` is UTC with milliseconds, `zone` the computer's IANA zone and offset."""

    seq: int
    id: EntryId
    action: Action
    kind: Kind
    at: str
    zone: str
    clock: Clock
    by: Author
    app: str
    data: Data
    salt: str
    objects: tuple[StoredObject, ...] = field(default=())

    def to_bytes(self) -> bytes:
        """The canonical bytes: a line of the log without its line feed."""
        clock: dict[str, object] = {
            "source": self.clock.source,
            "boot": self.clock.boot,
            "uptime_ms": self.clock.uptime_ms,
        }
        if self.clock.offset_s is not None:
            clock |= {"offset_s": self.clock.offset_s, "compared_at": self.clock.compared_at}
        return canonical(
            {
                "v": 1,
                "seq": self.seq,
                "id": self.id,
                "action": self.action.value,
                "kind": self.kind.value,
                "at": self.at,
                "zone": self.zone,
                "clock": clock,
                "by": {"initials": self.by.initials, "role": self.by.role.value},
                "app": self.app,
                "data": dict(self.data),
                "objects": [_object_members(stored) for stored in self.objects],
                "salt": self.salt,
            }
        )

    @classmethod
    def from_bytes(cls, line: bytes) -> "Entry":
        """Read a line. Raises Malformed unless it keeps every rule of FORMAT.md, section 1."""
        return cls.from_members(parse_line(line))

    @classmethod
    def from_members(cls, members: dict[str, Value]) -> "Entry":
        """Read the members of a line that was already parsed. Raises Malformed."""
        if set(members) != _MEMBERS:
            raise Malformed("an entry has exactly thirteen members")
        if type(members["v"]) is not int or members["v"] != 1:
            raise Malformed("entry version is not 1")
        action = _one_of(Action, members["action"], "action")
        kind = _one_of(Kind, members["kind"], "kind")
        objects = tuple(_object(item) for item in _list(members["objects"], "objects"))
        if objects and (kind is not Kind.EXHIBIT or action is Action.WITHDRAW):
            raise Malformed("only an exhibit carries objects")
        by = _dict(members["by"], {"initials", "role"}, "by")
        return cls(
            seq=_integer(members["seq"], "seq", at_least=1),
            id=EntryId(_text(members["id"], "id", _HEX32)),
            action=action,
            kind=kind,
            at=_moment(members["at"], "at"),
            zone=_text(members["zone"], "zone"),
            clock=_clock(members["clock"]),
            by=Author(_text(by["initials"], "initials", _INITIALS), _one_of(Role, by["role"], "role")),
            app=_text(members["app"], "app"),
            data=_data(members["data"], action),
            salt=_text(members["salt"], "salt", _HEX64),
            objects=objects,
        )


def parse_moment(text: str) -> datetime:
    """`2026-11-20T10:15:30.123Z` as an aware UTC datetime. Raises Malformed."""
    if not _MOMENT.fullmatch(text):
        raise Malformed("not a UTC time with milliseconds")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Malformed("not a day or time that exists") from error


def utc_text(moment: datetime) -> str:
    """An aware datetime as entries write it: UTC, milliseconds, Z."""
    # %Y has no zeros in front everywhere: a timestamp may name the year 900.
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def _object_members(stored: StoredObject) -> dict[str, object]:
    members: dict[str, object] = {
        "id": stored.id,
        "sha256": stored.sha256,
        "size": stored.size,
        "media_type": stored.media_type,
        "name": stored.name,
    }
    if stored.name_hex is not None:
        members["name_hex"] = stored.name_hex
    return members


def _object(value: Value) -> StoredObject:
    names = {"id", "sha256", "size", "media_type", "name"}
    if isinstance(value, dict) and "name_hex" in value:
        names.add("name_hex")
    members = _dict(value, names, "object")
    return StoredObject(
        id=ObjectId(_text(members["id"], "object id", _HEX32)),
        sha256=_text(members["sha256"], "sha256", _HEX64),
        size=_integer(members["size"], "size", at_least=0),
        media_type=_text(members["media_type"], "media_type"),
        name=_text(members["name"], "name"),
        name_hex=_text(members["name_hex"], "name_hex", _HEX_BYTES) if "name_hex" in members else None,
    )


def _clock(value: Value) -> Clock:
    names = {"source", "boot", "uptime_ms"}
    compared = isinstance(value, dict) and ("offset_s" in value or "compared_at" in value)
    members = _dict(value, names | {"offset_s", "compared_at"} if compared else names, "clock")
    return Clock(
        source=_text(members["source"], "clock source"),
        boot=_text(members["boot"], "boot", _HEX32),
        uptime_ms=_integer(members["uptime_ms"], "uptime_ms", at_least=0),
        offset_s=_integer(members["offset_s"], "offset_s") if compared else None,
        compared_at=_moment(members["compared_at"], "compared_at") if compared else None,
    )


def _data(value: Value, action: Action) -> Data:
    if not isinstance(value, dict):
        raise Malformed("data is not an object")
    data: dict[str, str | int | bool | list[str] | None] = {}
    for name, item in value.items():
        if isinstance(item, list):
            data[name] = [_text(part, name) for part in item]
        elif isinstance(item, dict) or (item is None and action is not Action.AMEND):
            raise Malformed("a data value that is neither text, integer, boolean nor a list of texts")
        else:
            data[name] = item
    if action is Action.WITHDRAW and (set(data) != {"why"} or not isinstance(data["why"], str)):
        raise Malformed("a withdrawal holds why, and nothing else")
    return data


def _dict(value: Value, names: set[str], what: str) -> dict[str, Value]:
    if not isinstance(value, dict) or set(value) != names:
        raise Malformed(f"{what} does not have exactly its members")
    return value


def _list(value: Value, what: str) -> list[Value]:
    if not isinstance(value, list):
        raise Malformed(f"{what} is not a list")
    return value


def _text(value: Value, what: str, shape: re.Pattern[str] | None = None) -> str:
    if not isinstance(value, str) or (shape is not None and not shape.fullmatch(value)):
        raise Malformed(f"{what} does not have its form")
    return value


def _integer(value: Value, what: str, at_least: int | None = None) -> int:
    if type(value) is not int or (at_least is not None and value < at_least):
        raise Malformed(f"{what} is not an integer in its range")
    return value


def _moment(value: Value, what: str) -> str:
    text = _text(value, what)
    parse_moment(text)
    return text


def _one_of(choices: type[_Choice], value: Value, what: str) -> _Choice:
    try:
        return choices(_text(value, what))
    except ValueError as error:
        raise Malformed(f"{what} is not one of its words") from error
