"""What a capture yields: the untouched bytes, and how, when and where they came in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO, Protocol

from capture.context import Context
from capture.media import HEAD_SIZE, may_hold_a_picture


class Provenance(StrEnum):
    """How something came in."""

    CAPTURED_LIVE = "captured_live"
    IMPORTED = "imported"


class Method(StrEnum):
    """By which means it was captured."""

    SCREEN = "screen"
    AREA = "area"
    FILE = "file"


class Caution(StrEnum):
    """What a person may want to look at again. Nothing is left out because of it."""

    ONE_COLOUR = "one_colour"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, eq=False)
class Artifact:
    """Something that was captured.

    `name` is for display: bytes of a file name that are not UTF-8 stand as U+FFFD, and `name_hex` then holds the
    whole name's bytes. `size` is in bytes, None where it is not known beforehand. `captured_at` is aware UTC.
    `open` gives the bytes from the beginning, as often as it is called; whoever calls it closes the stream. For a
    file it raises UnreadableFile when that is no longer the file that was captured.
    """

    media_type: str
    name: str
    name_hex: str | None
    size: int | None
    provenance: Provenance
    method: Method
    captured_at: datetime
    context: Context
    open: Callable[[], BinaryIO] = field(repr=False)
    warnings: tuple[Caution, ...] = ()

    def may_hold_a_picture(self) -> bool:
        """Whether a picture or video may be in it; plain text is read to its end. Raises UnreadableFile."""
        with self.open() as stream:
            head = stream.read(HEAD_SIZE)
            return may_hold_a_picture(self.media_type, head, iter(lambda: stream.read(HEAD_SIZE), b""))


class Source(Protocol):
    """Something that evidence comes from."""

    def capture(self) -> Artifact:
        """Capture now. Raises CaptureError."""
        ...
