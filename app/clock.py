"""When and with what something is recorded: the stamp of every entry, from this computer's clock."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version

from capture.context import Computer, zone_text
from vault.chain import Author, Clock, utc_text
from vault.drafts import Stamp


def program() -> str:
    """This program and its version, as entries and packages name it: "holdfast 0.1.0"."""
    return f"holdfast {version('holdfast')}"


@dataclass(frozen=True, slots=True)
class RecordingClock:
    """The clock of one start of the program. `uptime` counts seconds that no clock change disturbs."""

    computer: Computer
    app: str = field(default_factory=program)
    boot: str = field(default_factory=lambda: secrets.token_hex(16))
    uptime: Callable[[], float] = time.monotonic

    def now(self) -> datetime:
        """Now, as an aware datetime in this computer's zone."""
        return self.computer.clock().astimezone(self.computer.zone)

    def zone(self, moment: datetime) -> str:
        """The zone at that moment, as entries write it: "Europe/London +00:00"."""
        return zone_text(moment, self.computer.zone)

    def stamp(self, by: Author) -> Stamp:
        """A stamp for an entry that is made now."""
        now = self.now()
        clock = Clock(self.boot, int(self.uptime() * 1000))
        return Stamp(utc_text(now), self.zone(now), clock, by, self.app)
