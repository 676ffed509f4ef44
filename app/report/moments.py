"""Times for people: the local time where it was recorded, and UTC."""

from datetime import UTC, datetime

from vault.moments import Moment, Precision, read_moment, zone_name, zone_of

__all__ = ["Moment", "Precision", "both_times", "local_time", "read_moment", "zone_name", "zone_of"]

_MONTHS = "January February March April May June July August September October November December".split()


def local_time(at: datetime, zone: str, precision: Precision = Precision.MINUTE) -> str:
    """`20 November 2026, 10:42 (Europe/London)`; a day alone as such."""
    if precision is Precision.DAY:
        return _day(at)
    local = at.astimezone(zone_of(zone))
    return f"{_day(local)}, {local:%H:%M} ({zone_name(zone)})"


def both_times(at: datetime, zone: str, precision: Precision = Precision.SECOND) -> str:
    """`20 November 2026, 10:42:30 (Europe/London), 10:42:30 UTC`; the day twice where it is another one in UTC."""
    if precision is Precision.DAY:
        return _day(at)
    clock = "%H:%M:%S" if precision is Precision.SECOND else "%H:%M"
    local, utc = at.astimezone(zone_of(zone)), at.astimezone(UTC)
    day = "" if utc.date() == local.date() else f"{_day(utc)}, "
    return f"{_day(local)}, {local:{clock}} ({zone_name(zone)}), {day}{utc:{clock}} UTC"


def _day(at: datetime) -> str:
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"
