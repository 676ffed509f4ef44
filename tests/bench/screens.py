"""From the shortcut to a hashed picture, and to Saved, on a real X screen of 1920 x 1080."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from cases import ORDINARY, new_case
from xvfb import noise, running_xvfb

from bench.harness import Measured, rounds_of
from capture import Artifact, ScreenSource


def measure(folder: Path) -> Iterator[Measured]:
    with running_xvfb(1920, 1080, folder) as screen:
        screen.show(noise(1280, 720))
        source = ScreenSource(computer=screen.computer)
        source.capture()
        hashed = [1000 * taken for taken in rounds_of(lambda: _hashed(source.capture()))]
        yield Measured.median("1080p: shortcut to hashed PNG", hashed, 150, "ms")
        case = new_case(folder)
        kept = [1000 * taken for taken in rounds_of(lambda: case.preserve(source.capture(), ORDINARY))]
        yield Measured.median("1080p: shortcut to Saved, read back", kept, 300, "ms")
        case.close()


def _hashed(artifact: Artifact) -> str:
    with artifact.open() as stream:
        return hashlib.sha256(stream.read()).hexdigest()
