"""Whether a path lies on something that can be carried away: a stick, a card, an external disk.

The systems are asked; where one does not know, the answer is no.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes
elif sys.platform == "darwin":
    import ctypes


class Volumes(Protocol):
    """The disks of a computer."""

    def is_removable(self, path: Path) -> bool:
        """Whether the file system that holds this existing folder can be carried away."""
        ...


class _Mount(NamedTuple):
    """A line of mountinfo: device number as `major:minor`, where it stands, what stands there."""

    device: str
    place: Path
    source: str


class LinuxVolumes:
    """The mounts of this process (proc(5), mountinfo) and what the kernel knows of their devices (sysfs)."""

    def __init__(self, mountinfo: Path = Path("/proc/self/mountinfo"), sysfs: Path = Path("/sys")) -> None:
        self._mountinfo = mountinfo
        self._sysfs = sysfs

    def is_removable(self, path: Path) -> bool:
        """Sticks, cards and USB disks, also below an encrypted mapping. A mount that the desktop made under /media
        or /run/media counts where the kernel does not know its device.
        """
        mount = self._mount_of(Path(os.path.realpath(path)))
        if mount is None:
            return False
        disks = list(self._disks(mount))
        if not disks:
            return mount.source.startswith("/dev/") and _is_by_the_desktop(mount.place)
        return all(self._can_be_carried(disk) for disk in disks)

    def _mount_of(self, path: Path) -> _Mount | None:
        found = [mount for mount in self._mounts() if path.is_relative_to(mount.place)]
        # Of several mounts at one place the last one is seen.
        return max(reversed(found), key=lambda mount: len(mount.place.parts), default=None)

    def _mounts(self) -> Iterator[_Mount]:
        with suppress(OSError):
            for line in self._mountinfo.read_text("utf-8", "surrogateescape").splitlines():
                fields, _dash, rest = line.partition(" - ")
                before, after = fields.split(" "), rest.split(" ")
                if len(before) >= 5 and len(after) >= 2:
                    yield _Mount(before[2], Path(_unescaped(before[4])), _unescaped(after[1]))

    def _disks(self, mount: _Mount) -> Iterator[Path]:
        """The whole disks, as folders of sysfs, that hold what is mounted."""
        folder = self._sysfs / "dev" / "block" / mount.device
        if not folder.exists() and mount.source.startswith("/dev/"):
            folder = self._sysfs / "class" / "block" / Path(mount.source).name
        if folder.exists():
            yield from self._below(folder.resolve())

    def _below(self, device: Path) -> Iterator[Path]:
        slaves = list((device / "slaves").iterdir()) if (device / "slaves").is_dir() else []
        if slaves:
            for slave in slaves:
                yield from self._below(slave.resolve())
        else:
            yield device.parent if (device / "partition").exists() else device

    def _can_be_carried(self, disk: Path) -> bool:
        kind = _content(disk / "device" / "type")
        on_usb = any(re.fullmatch(r"usb\d+", part) for part in disk.parts)
        return _content(disk / "removable") == "1" or on_usb or kind == "SD"


if sys.platform == "win32":

    class WindowsVolumes:
        """The drives of Windows (GetVolumePathNameW, GetDriveTypeW). An external disk that says it is fixed is not
        removable here.
        """

        _REMOVABLE = 2
        _LONGEST = 32_768

        def is_removable(self, path: Path) -> bool:
            """Whether its drive is removable."""
            kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
            volume_of, type_of = kernel32.GetVolumePathNameW, kernel32.GetDriveTypeW
            volume_of.argtypes = (wintypes.LPCWSTR, wintypes.LPWSTR, wintypes.DWORD)
            volume_of.restype = wintypes.BOOL
            type_of.argtypes = (wintypes.LPCWSTR,)
            type_of.restype = wintypes.UINT
            root = ctypes.create_unicode_buffer(self._LONGEST)
            if not volume_of(str(Path(os.path.realpath(path))), root, self._LONGEST):
                return False
            return int(type_of(root.value)) == self._REMOVABLE


if sys.platform == "darwin":

    class _StatFs(ctypes.Structure):
        """`struct statfs` with 64-bit inodes (sys/mount.h)."""

        _fields_ = (
            ("f_bsize", ctypes.c_uint32),
            ("f_iosize", ctypes.c_int32),
            ("f_blocks", ctypes.c_uint64),
            ("f_bfree", ctypes.c_uint64),
            ("f_bavail", ctypes.c_uint64),
            ("f_files", ctypes.c_uint64),
            ("f_ffree", ctypes.c_uint64),
            ("f_fsid", ctypes.c_int32 * 2),
            ("f_owner", ctypes.c_uint32),
            ("f_type", ctypes.c_uint32),
            ("f_flags", ctypes.c_uint32),
            ("f_fssubtype", ctypes.c_uint32),
            ("f_fstypename", ctypes.c_char * 16),
            ("f_mntonname", ctypes.c_char * 1024),
            ("f_mntfromname", ctypes.c_char * 1024),
            ("f_flags_ext", ctypes.c_uint32),
            ("f_reserved", ctypes.c_uint32 * 7),
        )

    class MacVolumes:
        """The volumes of macOS (statfs(2)). A mounted disk image counts as removable there, and so it does here."""

        _REMOVABLE, _LOCAL = 0x200, 0x1000

        def is_removable(self, path: Path) -> bool:
            """Whether its volume lies under /Volumes, is no share of a network and can be removed."""
            library = ctypes.CDLL(None, use_errno=True)
            # On Intel the call with 64-bit inodes has a name of its own.
            ask = getattr(library, "statfs$INODE64", None) or library.statfs
            found = _StatFs()
            if ask(os.fsencode(Path(os.path.realpath(path))), ctypes.byref(found)) != 0:
                return False
            wanted = self._REMOVABLE | self._LOCAL
            return bytes(found.f_mntonname).startswith(b"/Volumes/") and int(found.f_flags) & wanted == wanted


def volumes() -> Volumes:
    """The disks of this computer."""
    if sys.platform == "win32":
        return WindowsVolumes()
    elif sys.platform == "darwin":  # noqa: RET505 - the type checker knows the branches of a platform
        return MacVolumes()
    else:
        return LinuxVolumes()


def _is_by_the_desktop(place: Path) -> bool:
    return any(place.is_relative_to(folder) and place != Path(folder) for folder in ("/media", "/run/media"))


def _unescaped(text: str) -> str:
    """mountinfo writes space, tab, line feed and backslash as octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)


def _content(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
