"""Nothing leaves the computer unasked: no connection is ever tried, and without a network all is the same."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from street import Street, Walked, calls, lonely, tracing, walk, watched
from xvfb import VirtualScreen

OPENS_A_SOCKET = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()"


def families(trace: Path) -> set[str]:
    """The kinds of socket that were opened."""
    return {arguments.partition(",")[0] for _name, arguments in calls(trace, "socket")}


def test_no_socket_but_the_one_to_the_screen_is_ever_opened(walked: Walked) -> None:
    if walked.trace is None:
        pytest.skip("programs cannot be watched with strace here")
    assert families(walked.trace) == {"AF_UNIX"}


def test_a_socket_to_elsewhere_would_be_seen(tmp_path: Path) -> None:
    if not tracing():
        pytest.skip("programs cannot be watched with strace here")
    trace = tmp_path / "trace"
    subprocess.run([*watched(trace), sys.executable, "-c", OPENS_A_SOCKET], check=True, timeout=60)
    assert families(trace) == {"AF_INET"}


def test_without_a_network_the_whole_street_is_the_same(
    walked: Walked, virtual_screen: VirtualScreen, tmp_path: Path
) -> None:
    start = lonely()
    if start is None:
        pytest.skip("a network with nobody in it cannot be made here")
    assert devices(start) == ["lo"]
    virtual_screen.show(walked.evidence.on_the_screen)
    said = walk(Street(tmp_path / "street", virtual_screen.display, start), walked.evidence)
    assert [command.comparable for command in said] == [command.comparable for command in walked.said]


def devices(start: tuple[str | Path, ...]) -> list[str]:
    """The network devices that a program started like this has."""
    done = subprocess.run([*start, "ip", "-o", "link"], capture_output=True, text=True, check=True, timeout=60)
    return re.findall(r"(?m)^\d+: ([^:@]+)", done.stdout)
