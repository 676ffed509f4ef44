"""What kinds share about time and memory: how exactly a time is known, and whether it was written down at once."""

from enum import StrEnum


class Precision(StrEnum):
    """How exactly a time is known. `between`: from the time that is given until a second one."""

    EXACT = "exact"
    ABOUT = "about"
    BETWEEN = "between"
    UNKNOWN = "unknown"


class Recorded(StrEnum):
    """Whether it was written down when it happened or later."""

    AT_THE_TIME = "at_the_time"
    FROM_MEMORY = "from_memory"


class Known(StrEnum):
    """Yes, no, or nobody knows."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


ZONE_HINT = "For example Europe/London or +01:00. Empty: the zone of this computer."
EXACTLY = "How exactly do you know that time?"
