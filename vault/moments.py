"""Times as people write them down: what a text says about when, and in which zone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import Enum
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>[0-9]{2}):(?P<minutes>[0-9]{2})$")
_ALONE = re.compile(
    r"(?:(?:UTC|GMT) ?)?(?P<sign>[+-])(?P<hours>[0-9]{2}(?=[0-9]{2}$)|[0-9]{1,2}(?=:|$)):?(?P<minutes>[0-9]{2})?",
    re.IGNORECASE,
)
"""An offset and nothing else: `+01:00`, `+0100`, `UTC+1`, `GMT-5:30`."""
_LOCAL = "local"
"""What entries call the zone of a computer that has no name for it."""
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
    else, and the zone of a time is known; otherwise `at` serves for the order only, and the text itself is shown.
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
    known = found["zone"] == "Z" or is_known_zone(found["zone"] or zone)
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
    exact = precision is not Precision.MONTH and found.end() == len(text.strip())
    if not known and precision in {Precision.MINUTE, Precision.SECOND}:
        # An hour in a zone that nobody understands: the day is all that is known of it.
        return Moment(at, Precision.DAY, exact=False)
    return Moment(at, precision, exact=exact)


def is_known_zone(zone: str) -> bool:
    """Whether a zone can be read. Where nothing is written, nothing is misread."""
    return not zone.strip() or _read_zone(zone) is not None


def zone_of(zone: str) -> tzinfo:
    """The zone that `Europe/London +00:00` names, whose offset depends on the day; its offset where it has no name.

    A time of last July that was written down in November counts as summer time. What cannot be read counts as UTC:
    `is_known_zone` tells.
    """
    return _read_zone(zone) or UTC


def timezone_of(zone: str) -> timezone | None:
    """The offset that `Europe/London +00:00` ends with, or that `+0100` or `UTC+1` is; None where there is none."""
    found = _ALONE.fullmatch(zone.strip()) or _OFFSET.search(zone)
    if found is None:
        return None
    hours, minutes = (int(digits) for digits in (found["hours"], found["minutes"] or "0"))
    if hours > 23 or minutes > 59:
        return None
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(ahead if found["sign"] == "+" else -ahead)


def zone_name(zone: str) -> str:
    """`Europe/London` of `Europe/London +00:00`; of an offset alone, the offset; of what cannot be read, UTC."""
    written = zone.strip()
    if _ALONE.fullmatch(written):
        return written if timezone_of(written) else "UTC"
    name = _OFFSET.sub("", written).strip()
    named = _named(name)
    if named is not None:
        return named.key
    offset = _OFFSET.search(written)
    if offset is None or timezone_of(written) is None:
        return "UTC"
    return name if name == _LOCAL else offset[0]


def _read_zone(zone: str) -> tzinfo | None:
    written = zone.strip()
    if _ALONE.fullmatch(written):
        return timezone_of(written)
    return _named(_OFFSET.sub("", written).strip()) or timezone_of(written)


def _named(name: str) -> ZoneInfo | None:
    """The zone of that name, in capitals or not."""
    for key in (name, None):
        try:
            known = key or _names().get(name.casefold())
            return ZoneInfo(known) if known else None
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None


@cache
def _names() -> Mapping[str, str]:
    return {name.casefold(): name for name in available_timezones()}
