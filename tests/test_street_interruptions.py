"""Ended at any moment, a vault keeps all that was shown as Saved, and nothing half-written stays behind."""

import hashlib
import os
import random
import re
import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cases import artifact, clock, new_case
from street import Said, Street, tracing, watched
from vaults import PASSPHRASE
from xvfb import wait_until

from app.casefile import Casefile
from app.kinds import Kind
from app.sheets import import_and_set_aside, match_sheet, read_sheet
from vault.disk import Disk
from vault.errors import DiskFull, NotConfirmed
from vault.vault import Vault

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "mkdir")
"""The disk changes at these alone: a program that ends in between has left what the last one left."""
KILLS = 12
CTRL_CS = 8
SEED = 2026
EVIDENCE = [random.Random(size).randbytes(size) for size in (1_500_001, 262_144 * 4, 300_000, 2_500_000)]


@dataclass(frozen=True)
class Moment:
    """Just before a program's n-th call of that name."""

    call: str
    number: int


@pytest.fixture
def street(tmp_path: Path) -> Street:
    street = Street(tmp_path)
    street.new_vault()
    for place, content in enumerate(EVIDENCE):
        (street.stick / f"{place}.bin").write_bytes(content)
    return street


def files(street: Street) -> list[Path]:
    return sorted(street.stick.iterdir())


def interrupted(street: Street, trace: Path, moment: Moment, sent: str, *command: str | Path) -> Said:
    """Run a command that is sent a signal at a moment."""
    trace.unlink(missing_ok=True)
    chosen = ("-e", f"trace={moment.call}", "-e", f"inject={moment.call}:signal={sent}:when={moment.number}")
    return replace(street, wrapped_in=watched(trace, *chosen))(*map(str, command))


def moments(street: Street, trace: Path, count: int, *command: str | Path) -> Sequence[Moment]:
    """Moments of a command between its first and its last change of the disk, drawn from all there are."""
    done = replace(street, wrapped_in=watched(trace, "-y", "-e", f"trace={','.join(CALLS)}"))(*map(str, command))
    assert done.status == 0, done.err
    drawn: dict[str, list[Moment]] = {}
    for moment in _of_ours(trace.read_text().splitlines()):
        drawn.setdefault(moment.call, []).append(moment)
    chance = random.Random(SEED)
    return [chance.choice(drawn[call]) for call in (sorted(drawn) * count)[:count]]


def _of_ours(lines: list[str]) -> list[Moment]:
    """The main thread's calls from the first file that is made to the last line that is printed."""
    main, counted = lines[0].split()[0], Counter[str]()
    found: list[tuple[Moment, bool]] = []
    for line in lines:
        call = re.match(rf"{main} +(\w+)\(", line)
        if call:
            counted[call[1]] += 1
            found.append((Moment(call[1], counted[call[1]]), "/tmp-" in line or "Saved" in line))
    first, *_, last = [place for place, (_moment, ours) in enumerate(found) if ours]
    return [moment for moment, _ours in found[first : last + 1]]


def saved(said: Said) -> dict[str, str]:
    """The exhibits that were shown as Saved, with the hash that was shown."""
    return dict(re.findall(r"^(AB/\d+)  Saved  ([0-9a-f]{64})  ", said.out, re.MULTILINE))


def half_written(street: Street) -> list[Path]:
    return list(street.folder.rglob("tmp-*"))


def require_sound(street: Street, promised: dict[str, str]) -> None:
    """Open the vault again: everything promised is there with its bytes, and nothing is damaged."""
    casefile = Casefile.open(street.vault, street.passphrase, clock())
    try:
        assert half_written(street) == []
        report = casefile.check()
        assert report.faults == []
        for ref, digest in promised.items():
            (stored,) = casefile.find(ref).objects
            content = b"".join(bytes(chunk) for chunk in casefile.vault.objects.read(stored))
            assert hashlib.sha256(content).hexdigest() == digest
            assert content in EVIDENCE
    finally:
        casefile.close()


def test_a_vault_survives_being_killed_at_any_moment(street: Street) -> None:
    if not tracing():
        pytest.skip("programs cannot be watched with strace here")
    trace = street.folder / "trace"
    promised: dict[str, str] = {}
    for moment in moments(street, trace, KILLS, "add", *files(street)):
        said = interrupted(street, trace, moment, "KILL", "add", *files(street))
        assert said.status == -signal.SIGKILL, moment
        promised |= saved(said)
        require_sound(street, promised)
    assert promised
    assert street("check").status == 0


def test_ctrl_c_at_any_moment_leaves_nothing_half_written(street: Street) -> None:
    if not tracing():
        pytest.skip("programs cannot be watched with strace here")
    trace = street.folder / "trace"
    promised: dict[str, str] = {}
    for moment in moments(street, trace, CTRL_CS, "add", *files(street)):
        said = interrupted(street, trace, moment, "INT", "add", *files(street))
        assert said.status == 130, (moment, said)
        assert len(said.err.splitlines()) == 3
        assert half_written(street) == [], moment
        promised |= saved(said)
        require_sound(street, promised)


class NoRoomForTheHead(Disk):
    """A disk that is full just when the last file of a write is to be replaced."""

    def replace(self, path: Path, content: bytes) -> None:
        if path.name == "head":
            raise DiskFull
        super().replace(path, content)


def test_a_file_whose_entry_is_in_the_log_stays_even_when_it_could_not_be_shown_as_saved(tmp_path: Path) -> None:
    new_case(tmp_path).close()
    path = tmp_path / "case.holdfast"
    casefile = Casefile(Vault.open(path, PASSPHRASE, disk=NoRoomForTheHead()), clock(), "AB")
    with pytest.raises(NotConfirmed):
        casefile.preserve(artifact(b"the only copy"))
    casefile.close()
    again = Casefile.open(path, PASSPHRASE, clock())
    assert again.check().faults == []
    assert again.find("AB/1").objects[0].size == len(b"the only copy")
    again.close()


def test_bad_rows_stay_set_aside_when_the_good_ones_may_be_in_the_log(tmp_path: Path) -> None:
    new_case(tmp_path).close()
    table, bad = tmp_path / "table.csv", tmp_path / "bad.csv"
    table.write_text("url,state\nhttps://good.example,waiting\nhttps://bad.example,gone\n", encoding="utf-8")
    path = tmp_path / "case.holdfast"
    casefile = Casefile(Vault.open(path, PASSPHRASE, disk=NoRoomForTheHead()), clock(), "AB")
    with pytest.raises(NotConfirmed):
        import_and_set_aside(casefile, match_sheet(casefile, read_sheet(table, Kind.TAKEDOWN)), bad)
    casefile.close()
    again = Casefile.open(path, PASSPHRASE, clock())
    assert [subject.data["url"] for subject in again.subjects(Kind.TAKEDOWN)] == ["https://good.example"]
    assert "https://bad.example" in bad.read_text(encoding="utf-8-sig")
    again.close()


def test_ctrl_c_while_files_are_added_keeps_those_that_were_shown(street: Street) -> None:
    more = [street.stick / f"more-{place}.bin" for place in range(6)]
    for path in more:
        path.write_bytes(EVIDENCE[3] * 5)
    # However late Ctrl-C comes, it comes before the last one is saved.
    os.truncate(more[-1], 4 << 30)
    process = street.start("add", files(street)[0], *more)
    assert process.stdout is not None
    assert process.stderr is not None
    first = process.stdout.readline().decode()
    process.send_signal(signal.SIGINT)
    rest, err = process.communicate(timeout=60)
    said = Said("add", process.returncode, first + rest.decode(), err.decode())
    assert said.status == 130
    assert said.err.splitlines()[0] == "Stopped."
    assert 1 <= len(saved(said)) < 7
    assert half_written(street) == []
    assert len(stored(street)) == len(saved(said))


def stored(street: Street) -> list[Path]:
    return [path for path in (street.vault / "objects").rglob("*") if path.is_file()]


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_export_that_is_stopped_leaves_nothing_and_is_not_recorded(street: Street, sent: signal.Signals) -> None:
    street("add", *files(street), "--sensitivity", "ordinary")
    before = street("list").out
    process = street.start("export", street.handed_over / "report", "--for", "police")
    wait_until(lambda: bool(half_written(street)))
    process.send_signal(sent)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert err.decode().splitlines()[0] == "Stopped."
    assert list(street.handed_over.iterdir()) == []
    assert half_written(street) == []
    assert street("list").out == before
    assert street("export", street.handed_over / "report", "--for", "police").status == 0
