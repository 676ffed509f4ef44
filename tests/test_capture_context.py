"""What is noted about the computer: enough to judge a capture, and nothing that names a person or place."""

import getpass
import platform
import socket
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from capture import Family, Screen, local_zone, this_computer, zone_text


def test_the_device_is_system_screen_and_scale() -> None:
    computer = this_computer({})
    context = computer.context(datetime(2026, 1, 1, tzinfo=UTC), Screen(1920, 1080, 100))
    assert context.device == f"{computer.system}, screen 1920x1080 at 100 %"
    assert computer.context(datetime(2026, 1, 1, tzinfo=UTC)).device == computer.system


def test_the_system_is_named_with_its_version() -> None:
    computer = this_computer({})
    assert computer.family is Family.LINUX
    assert platform.freedesktop_os_release()["NAME"] in computer.system
    assert platform.freedesktop_os_release()["VERSION_ID"] in computer.system


def test_neither_user_nor_host_nor_kernel_is_noted() -> None:
    computer = this_computer({"DISPLAY": ":0", "USER": "jane-of-flat-3", "HOSTNAME": "janes-laptop"})
    noted = repr(computer.context(computer.clock(), Screen(1, 1)))
    for private in ("jane", socket.gethostname(), platform.release(), str(Path.home())):
        assert private not in noted
    assert f"{getpass.getuser()!r}" not in noted


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 1, 15, 12, tzinfo=UTC), "Europe/London +00:00"),
        (datetime(2026, 7, 15, 12, tzinfo=UTC), "Europe/London +01:00"),
    ],
)
def test_the_offset_is_that_of_the_moment_and_not_of_today(moment: datetime, text: str) -> None:
    assert zone_text(moment, ZoneInfo("Europe/London")) == text


def test_a_zone_without_a_name_still_has_its_offset() -> None:
    moment = datetime(2026, 1, 15, 12, tzinfo=UTC)
    assert zone_text(moment, timezone(timedelta(hours=-3, minutes=-30))) == "local -03:30"


def test_the_zone_of_the_computer_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    assert zone_text(datetime(2026, 1, 15, 12, tzinfo=UTC), local_zone()) == "Asia/Kathmandu +05:45"


def test_a_zone_that_does_not_exist_does_not_stop_a_capture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Nowhere/Atlantis")
    assert zone_text(datetime(2026, 1, 15, 12, tzinfo=UTC), local_zone()).startswith("local ")
