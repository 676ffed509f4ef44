"""Both programs leave no core dump, and no other program of the same user can look into their memory."""

import os
import subprocess
import sys
from pathlib import Path

from command_line import new_case
from xvfb import wait_until

CLI = Path(sys.executable).with_name("holdfast-cli")

# An administrator may look into everything; that right is given up here.
AS_ANYBODY = (
    ("setpriv", "--bounding-set", "-sys_ptrace", "--inh-caps", "-sys_ptrace", "--") if os.geteuid() == 0 else ()
)

WINDOW = """
import ctypes, os, threading
import ui.__main__

def look():
    while ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) != 0:
        threading.Event().wait(0.02)
    os.write(1, open("/proc/self/limits", "rb").read())
    os._exit(0)

threading.Thread(target=look).start()
ui.__main__.main([])
"""


def can_be_looked_into(process: "subprocess.Popen[bytes]") -> bool:
    """Whether another program of the same user may open its memory."""
    command = [*AS_ANYBODY, "dd", f"if=/proc/{process.pid}/mem", "count=0"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_nobody_can_look_into_the_command_line(tmp_path: Path) -> None:
    line = new_case(tmp_path)
    command = [*AS_ANYBODY, CLI, "list", line.vault, "--passphrase-file", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        # Only then: before its rights were given up, a program cannot be looked into anyway.
        wait_until(lambda: core_size(Path(f"/proc/{program.pid}/limits").read_text(encoding="ascii")) == ["0", "0"])
        wait_until(lambda: not can_be_looked_into(program))
        program.communicate(line.secret.read_bytes(), timeout=60)
        assert program.returncode == 0


def test_another_program_could_be_looked_into() -> None:
    """What shows that the test above would notice."""
    with subprocess.Popen([*AS_ANYBODY, "cat"], stdin=subprocess.PIPE) as program:
        wait_until(lambda: can_be_looked_into(program))
        program.communicate(timeout=60)


def test_the_window_does_the_same_soon_after_its_start(tmp_path: Path) -> None:
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", WINDOW], env=environ, capture_output=True, check=True, timeout=60, text=True
    )
    assert core_size(done.stdout) == ["0", "0"]


def core_size(limits: str) -> list[str]:
    (line,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
    return line.split()[4:6]
