"""What one start of the command line works with: the computer's screen and clocks, made once and handed to all."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from app.clock import RecordingClock
from app.removable import Volumes, volumes
from app.synced import Surroundings
from capture.context import Computer
from vault.keys import KdfCost


@dataclass(frozen=True, slots=True)
class Program:
    """The program as its commands see it. `kdf_cost` is for tests alone; `wait` waits for some seconds.

    `surroundings` tell where synced folders are, `volumes` what can be carried away.
    """

    clock: RecordingClock
    kdf_cost: KdfCost | None = None
    wait: Callable[[float], None] = time.sleep
    surroundings: Surroundings = field(default_factory=Surroundings)
    volumes: Volumes = field(default_factory=volumes)

    @property
    def computer(self) -> Computer:
        """The computer that captures run on."""
        return self.clock.computer
