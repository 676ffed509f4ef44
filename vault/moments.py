"""Times as people write them down: what a text says about when, and in which zone."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import Enum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OFFSET = re.compile(r"([+-])([0-9]{2}):([0-9]{2})$")
_WRITTEN = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:[T ]+(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r" ?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?)?)?"
)


class Precision(Enum):
    """How much of a time was written down."""

    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that was read from a text, and how much of the text it was.

    `at` is aware, in the zone it was written in. `exact`: the text is a date, with or without a time, and nothing
    else; otherwise `at` serves for the order only, and the text itself is shown.
    """

    at: datetime
    precision: Precision
    exact: bool


def read_moment(text: str, zone: str) -> Moment | None:
    """The time a text begins with, as ISO 8601 writes it; `zone` (as in entries) counts where the text names none."""
    found = _WRITTEN.match(text.strip())
    if found is None:
        return None
    part = {name: int(digits) for name, digits in found.groupdict(default="0").items() if name != "zone"}
    offset = UTC if found["zone"] == "Z" else zone_of(found["zone"] or zone)
    try:
        at = datetime(
            part["year"], part["month"], part["day"] or 1, part["hour"], part["minute"], part["second"], tzinfo=offset
        )
        at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    written = [precision for precision in Precision if found[precision.value] is not None]
    precision = written[-1] if written else Precision.MONTH
    return Moment(at, precision, exact=precision is not Precision.MONTH and found.end() == len(text.strip()))


def zone_of(zone: str) -> tzinfo:
    """The zone that `Europe/London +00:00` names, whose offset depends on the day; its offset where it has no name.

    A time of last July that was written down in November counts as summer time.
    """
    try:
        return ZoneInfo(zone_name(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return timezone_of(zone)


def timezone_of(zone: str) -> timezone:
    """The offset that `Europe/London +00:00` ends with; UTC where there is none."""
    found = _OFFSET.search(zone)
    if found is None or int(found[2]) > 23 or int(found[3]) > 59:
        return UTC
    minutes = int(found[2]) * 60 + int(found[3])
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))


def zone_name(zone: str) -> str:
    """`Europe/London` of `Europe/London +00:00`; of an offset alone, the offset."""
    return _OFFSET.sub("", zone).strip() or zone.strip() or "UTC"
