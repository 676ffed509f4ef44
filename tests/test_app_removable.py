"""What can be carried away: sticks, cards and USB disks on Linux, told from made-up trees of the kernel's files."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from app.removable import LinuxVolumes, volumes


@dataclass
class Machine:
    """A made-up /sys and mountinfo."""

    top: Path
    lines: str = "1 0 254:0 / / rw - ext4 /dev/vda rw\n"

    def disk(self, number: str, where: str, partition: str = "", **says: str) -> None:
        """A disk, or a partition of it, under `where` in /sys/devices; `says`: files of the disk."""
        disk = self.top / "sys/devices" / where
        for name, content in {"removable": "0", **says}.items():
            file = disk / name.replace("__", "/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{content}\n", encoding="ascii")
        folder = disk
        if partition:
            folder = disk / partition
            folder.mkdir()
            (folder / "partition").write_text("1\n", encoding="ascii")
        for kind, name in (("dev/block", number), ("class/block", folder.name)):
            link = self.top / "sys" / kind / name
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(folder)

    def mount(self, number: str, place: str, source: str, kind: str = "vfat") -> None:
        self.lines += f"9 1 {number} / {place} rw,nosuid shared:3 - {kind} {source} rw\n"

    def is_removable(self, path: str) -> bool:
        mountinfo = self.top / "mountinfo"
        mountinfo.write_text(self.lines, encoding="utf-8")
        return LinuxVolumes(mountinfo, self.top / "sys").is_removable(Path(path))


@pytest.fixture
def machine(tmp_path):
    made = Machine(tmp_path)
    made.disk("254:0", "pci0000:00/virtio1/block/vda")
    return made


def test_a_stick_is_removable_and_the_rest_of_the_computer_is_not(machine):
    machine.disk("8:17", "pci0000:00/usb1/1-2/host2/block/sdb", "sdb1", removable="1")
    machine.mount("8:17", "/run/media/ann/STICK", "/dev/sdb1")
    assert machine.is_removable("/run/media/ann/STICK")
    assert machine.is_removable("/run/media/ann/STICK/folder")
    assert not machine.is_removable("/run/media/ann")
    assert not machine.is_removable("/home/ann")


def test_a_usb_disk_that_says_it_is_fixed_can_be_carried_away_too(machine):
    machine.disk("8:33", "pci0000:00/usb2/2-1/host3/block/sdc", "sdc1")
    machine.mount("8:33", "/mnt/disk", "/dev/sdc1", "ext4")
    assert machine.is_removable("/mnt/disk")


def test_a_second_disk_inside_the_computer_is_not_whatever_the_desktop_calls_it(machine):
    machine.disk("8:1", "pci0000:00/ata1/host0/block/sda", "sda1")
    machine.mount("8:1", "/media/ann/Data", "/dev/sda1", "ext4")
    assert not machine.is_removable("/media/ann/Data")


def test_a_card_in_the_reader_is_and_soldered_memory_is_not(machine):
    machine.disk("179:1", "platform/mmc0/block/mmcblk0", "mmcblk0p1", device__type="SD")
    machine.disk("179:9", "platform/mmc1/block/mmcblk1", "mmcblk1p1", device__type="MMC")
    machine.mount("179:1", "/media/card", "/dev/mmcblk0p1")
    machine.mount("179:9", "/media/inside", "/dev/mmcblk1p1")
    assert machine.is_removable("/media/card")
    assert not machine.is_removable("/media/inside")


def test_an_encrypted_stick_is_looked_through(machine):
    machine.disk("8:17", "pci0000:00/usb1/1-2/host2/block/sdb", "sdb1", removable="1")
    machine.disk("253:0", "virtual/block/dm-0")
    slaves = machine.top / "sys/devices/virtual/block/dm-0/slaves"
    slaves.mkdir()
    (slaves / "sdb1").symlink_to(machine.top / "sys/devices/pci0000:00/usb1/1-2/host2/block/sdb/sdb1")
    machine.mount("253:0", "/media/ann/SAFE", "/dev/mapper/luks-1", "ext4")
    assert machine.is_removable("/media/ann/SAFE")


def test_a_stick_behind_a_program_is_found_by_its_device(machine):
    machine.disk("8:17", "pci0000:00/usb1/1-2/host2/block/sdb", "sdb1", removable="1")
    machine.mount("0:52", "/media/ann/NTFS", "/dev/sdb1", "fuseblk")
    assert machine.is_removable("/media/ann/NTFS")


def test_memory_networks_and_the_unknown_are_not(machine):
    machine.mount("0:40", "/tmp", "tmpfs", "tmpfs")
    machine.mount("0:41", "/media/share", "//server/share", "cifs")
    machine.mount("0:42", "/mnt/x", "/dev/who-knows", "ext4")
    for place in ("/tmp", "/media/share", "/mnt/x"):
        assert not machine.is_removable(place)
    assert not LinuxVolumes(machine.top / "missing", machine.top / "sys").is_removable(Path("/"))


def test_a_mount_with_a_space_in_its_name_and_one_over_another(machine):
    machine.disk("8:17", "pci0000:00/usb1/1-2/host2/block/sdb", "sdb1", removable="1")
    machine.mount("8:17", "/media/MY\\040STICK", "/dev/sdb1")
    assert machine.is_removable("/media/MY STICK")
    machine.mount("254:0", "/media/MY\\040STICK", "/dev/vda")
    assert not machine.is_removable("/media/MY STICK")


def test_this_computers_own_temporary_folder_is_not(tmp_path):
    assert not volumes().is_removable(tmp_path)
