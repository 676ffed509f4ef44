"""holdfast-cli as it is, in a process of its own, but for one thing: a vault that it makes has cheap keys."""

import sys

from vaults import CHEAP

from app.__main__ import run
from app.clock import RecordingClock
from app.commands.program import Program
from capture.context import this_computer

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], Program(RecordingClock(this_computer()), kdf_cost=CHEAP)))
