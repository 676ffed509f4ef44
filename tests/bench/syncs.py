"""How often the disk is waited for while one entry is kept: counted by strace in a process of its own."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from vaults import add_incident, new_vault

APPENDS = 20
_MARK = "mark"


def per_append(folder: Path) -> dict[str, float]:
    """Syncs per durably kept entry: of the journal, the log, the head file, and of the folder with their names."""
    trace = folder / "trace"
    command = ["strace", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", trace, sys.executable, "-m", "bench.syncs"]
    subprocess.run([*command, folder], check=True)
    lines = trace.read_text().splitlines()
    first, last = (number for number, line in enumerate(lines) if f"/{_MARK}>" in line)
    synced = [line.rpartition("/")[2].partition(">")[0] for line in lines[first + 1 : last]]
    return {name: count / APPENDS for name, count in Counter(synced).items()}


def explained(counts: dict[str, float]) -> str:
    """The counts in one line."""
    words = {
        "log.db-journal": "journal (its pages, then how many)",
        "log.db": "log",
        "tmp-head": "head file",
        "syncs.holdfast": "folder (the journal comes, it goes: that is the commit; the head file is renamed)",
    }
    return " + ".join(f"{counts[name]:g} {words.get(name, name)}" for name in sorted(counts, key=list(words).index))


def main(folder: Path) -> None:
    vault = new_vault(folder, "syncs.holdfast")
    with (folder / _MARK).open("wb") as mark:
        os.fsync(mark.fileno())
        for _ in range(APPENDS):
            add_incident(vault)
        os.fsync(mark.fileno())
    vault.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
