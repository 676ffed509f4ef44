"""The computer around a capture: its system, clock, time zone and screen. Never its user, its name or its address."""

import os
import platform
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import Protocol

import tzlocal


class Family(StrEnum):
    """The family of the operating system."""

    LINUX = "Linux"
    WINDOWS = "Windows"
    MACOS = "macOS"
    OTHER = "other"


class Clock(Protocol):
    """What tells the time."""

    def __call__(self) -> datetime:
        """Now, as an aware datetime."""
        ...


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen: width and height in physical pixels, scale in percent where it is known."""

    width: int
    height: int
    scale: int | None = None

    def __str__(self) -> str:
        size = f"screen {self.width}x{self.height}"
        return size if self.scale is None else f"{size} at {self.scale} %"


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounded a capture: the system, its screen where one was looked at, and the time zone.

    `zone` is the IANA zone and its offset at that moment: "Europe/London +00:00".
    """

    family: Family
    system: str
    screen: Screen | None
    zone: str

    @property
    def device(self) -> str:
        """In words: "Debian GNU/Linux 12, screen 1920x1080 at 100 %"."""
        return self.system if self.screen is None else f"{self.system}, {self.screen}"


@dataclass(frozen=True, slots=True)
class Computer:
    """The computer that a capture runs on.

    `system` is name and version: "Debian GNU/Linux 12". `display` is the X display (":0"), None where there is none;
    `wayland` says that the session is a Wayland one. `scale` is that of the screen in percent, where it is known.
    """

    family: Family
    system: str
    zone: tzinfo
    clock: Clock
    display: str | None = None
    wayland: bool = False
    scale: int | None = None

    def context(self, moment: datetime, screen: Screen | None = None) -> Context:
        """The context of something captured at that moment (aware)."""
        return Context(self.family, self.system, screen, zone_text(moment, self.zone))


def utc_now() -> datetime:
    """The time of the system's clock."""
    return datetime.now(UTC)


def this_computer(environ: Mapping[str, str] = os.environ, clock: Clock = utc_now) -> Computer:
    """The computer this program runs on, as it is now."""
    family, system = _system()
    return Computer(
        family=family,
        system=system,
        zone=local_zone(),
        clock=clock,
        display=environ.get("DISPLAY") or None,
        wayland=bool(environ.get("WAYLAND_DISPLAY")) or environ.get("XDG_SESSION_TYPE") == "wayland",
    )


def local_zone() -> tzinfo:
    """The time zone of this computer; only its offset where the zone has no IANA name that is known here."""
    try:
        return tzlocal.reload_localzone()
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return utc_now().astimezone().tzinfo or UTC


def zone_text(moment: datetime, zone: tzinfo) -> str:
    """A zone as entries write it, with the offset it has at that moment (aware): "Europe/London +01:00"."""
    name = zone.key if isinstance(zone, zoneinfo.ZoneInfo) else None
    offset = moment.astimezone(zone).isoformat(timespec="minutes")[len("2026-11-20T10:15") :]
    return f"{name or 'local'} {offset}"


def _system() -> tuple[Family, str]:
    match platform.system():
        case "Linux":
            return Family.LINUX, _distribution()
        case "Windows":
            release, version, *_ = platform.win32_ver()
            return Family.WINDOWS, f"Windows {release} {version}".strip()
        case "Darwin":
            return Family.MACOS, f"macOS {platform.mac_ver()[0]}".strip()
        case other:
            return Family.OTHER, f"{other} {platform.release()}".strip() or "unknown system"


def _distribution() -> str:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return "Linux"
    return f"{release['NAME']} {release.get('VERSION_ID', '')}".strip()
