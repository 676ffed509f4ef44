"""The order of a write: nothing is called Saved before it was synced, named, read back and entered."""

import io
import threading
from pathlib import Path

import pytest
from cases import ORDINARY, artifact, clock, new_case
from vaults import PASSPHRASE, STAMP, add_incident, files_in, new_vault

from app.casefile import Casefile
from app.errors import CheckFailed
from app.package.export import Stage, export
from vault.chain import Action, Kind, StoredObject
from vault.disk import Disk
from vault.drafts import Draft, new_entry_id
from vault.errors import DiskFailed
from vault.vault import Vault


class RecordingDisk(Disk):
    """Does what a disk does, and remembers what was asked of it in which order."""

    def __init__(self) -> None:
        super().__init__()
        self.deeds: list[tuple[str, str]] = []

    def sync(self, file):
        self.deeds.append(("sync", Path(f"/proc/self/fd/{file.fileno()}").readlink().name))
        super().sync(file)

    def rename(self, source, target):
        self.deeds.append(("rename", target.name))
        super().rename(source, target)

    def sync_folder(self, path):
        self.deeds.append(("sync folder", path.name))
        return super().sync_folder(path)


class SpoilingDisk(Disk):
    """A disk that says that everything is well, and keeps other bytes than it was given."""

    def rename(self, source, target):
        if target.parent.parent.name == "objects":
            content = source.read_bytes()
            source.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        super().rename(source, target)


def reopened(folder, disk) -> Vault:
    made = new_vault(folder)
    made.close()
    return Vault.open(made.path, PASSPHRASE, disk=disk)


def test_a_file_is_synced_before_it_gets_its_name_and_the_name_before_anybody_says_saved(tmp_path):
    disk = RecordingDisk()
    vault = reopened(tmp_path, disk)
    disk.deeds.clear()
    object_id, measure = vault.store(io.BytesIO(b"content"))
    folders = [f"tmp-{object_id}", object_id, object_id[:2], "objects"]
    kinds = ["sync", "rename", "sync folder", "sync folder"]
    wanted = list(zip(kinds, folders, strict=True))
    places = [disk.deeds.index(deed) for deed in wanted]
    assert places[0] < places[1] < min(places[2], places[3])
    disk.deeds.clear()
    stored = StoredObject(object_id, measure.sha256, measure.size, "text/plain", "a.txt")
    vault.append([Draft(Action.ADD, Kind.EXHIBIT, new_entry_id(), {"ref": "AB/1"}, (stored,))], STAMP)
    assert [deed for deed in disk.deeds if deed[1] in {"tmp-head", "head"}] == [
        ("sync", "tmp-head"),
        ("rename", "head"),
    ]
    assert disk.deeds.index(("rename", "head")) < len(disk.deeds) - 1
    assert disk.deeds[-1] == ("sync folder", vault.path.name)
    vault.close()


def test_what_does_not_read_back_as_it_was_written_is_not_kept(tmp_path):
    vault = reopened(tmp_path, SpoilingDisk())
    before = files_in(vault.path)
    with pytest.raises(DiskFailed):
        vault.store(io.BytesIO(b"content"))
    assert files_in(vault.path) == before
    add_incident(vault, "words still go in")
    vault.close()


def test_a_capture_that_does_not_read_back_is_never_an_exhibit(tmp_path):
    case = new_case(tmp_path)
    case.close()
    again = Casefile(Vault.open(case.vault.path, PASSPHRASE, disk=SpoilingDisk()), clock(), "AB")
    with pytest.raises(DiskFailed):
        again.preserve(artifact(), ORDINARY)
    assert again.count(Kind.EXHIBIT) == 0
    again.close()


def test_a_package_that_does_not_pass_its_own_check_gets_no_name_and_no_entry(tmp_path):
    case = new_case(tmp_path)
    case.preserve(artifact(), ORDINARY)
    head = case.vault.head

    def spoil(stage: Stage, done: int, _all: int) -> None:
        if stage is Stage.CHECKING and done == 0:
            (package,) = tmp_path.glob("tmp-*/*.zip")
            content = bytearray(package.read_bytes())
            content[content.index(b"picture")] ^= 1
            package.write_bytes(content)

    with pytest.raises(CheckFailed):
        export(case, tmp_path / "out", progress=spoil)
    assert {path.name for path in tmp_path.iterdir()} == {"case.holdfast"}
    assert case.vault.head == head
    case.close()


def test_what_is_handed_over_is_on_the_disk_before_it_is_recorded_and_gets_its_name(tmp_path):
    disk = RecordingDisk()
    new_case(tmp_path).close()
    case = Casefile(Vault.open(tmp_path / "case.holdfast", PASSPHRASE, disk=disk), clock(), "AB")
    made = export(case, tmp_path / "out", disk=disk)
    synced = max(disk.deeds.index(("sync", path.name)) for path in (made.package, made.report))
    recorded = max(place for place, deed in enumerate(disk.deeds) if deed == ("rename", "head"))
    named = disk.deeds.index(("rename", "out"))
    assert synced < recorded < named
    assert ("sync folder", tmp_path.name) in disk.deeds[named:]
    case.close()


def test_nobody_writes_between_a_package_and_the_entry_about_it(tmp_path):
    case = new_case(tmp_path)
    others: list[threading.Thread] = []

    def write_meanwhile(stage: Stage, done: int, _all: int) -> None:
        if stage is Stage.PACKING and done == 0:
            thread = threading.Thread(target=lambda: case.record(Kind.INCIDENT, {"what_happened": "meanwhile"}))
            thread.start()
            others.append(thread)

    made = export(case, tmp_path / "out", progress=write_meanwhile)
    (other,) = others
    other.join(20)
    assert next(case.subjects(Kind.EXPORT)).first.seq == made.entries + 1
    assert next(case.subjects(Kind.INCIDENT)).first.seq == made.entries + 2
    case.close()
