"""Small cases for tests: a fixed computer and clock, captures from memory, cheap keys."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from vaults import CHEAP, PASSPHRASE

from app.casefile import Casefile
from app.clock import RecordingClock
from app.kinds import Case, Exhibit, Person, Sensitivity, Under18
from capture import Artifact, Caution, Method, Provenance
from capture.context import Computer, Family

LONDON = ZoneInfo("Europe/London")
ORDINARY = Exhibit(sensitivity=Sensitivity.ORDINARY)


class SteppingTime:
    """A time that goes on by a second at each look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 10, 15, 30, 123000, UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def computer() -> Computer:
    return Computer(Family.LINUX, "Debian GNU/Linux 12", LONDON, SteppingTime())


def clock() -> RecordingClock:
    return RecordingClock(computer())


def new_case(folder: Path, *, under18: Under18 | None = Under18.NO, window: bool = False) -> Casefile:
    return Casefile.create(
        folder / "case.holdfast",
        PASSPHRASE,
        clock(),
        Person(initials="AB", name="Ann Bee"),
        Case(title="Case AB", under18=under18),
        cost=CHEAP,
        window=window,
    )


def artifact(
    content: bytes = b"\x89PNG\r\n\x1a\n picture",
    *,
    media_type: str = "image/png",
    name: str = "screen.png",
    warnings: tuple[Caution, ...] = (),
) -> Artifact:
    machine = computer()
    now = machine.clock()
    return Artifact(
        media_type=media_type,
        name=name,
        name_hex=None,
        size=len(content),
        provenance=Provenance.CAPTURED_LIVE,
        method=Method.SCREEN,
        captured_at=now,
        context=machine.context(now),
        open=lambda: io.BytesIO(content),
        warnings=warnings,
    )
