"""Whether an identifier looks right: payment details, user names, ids, links, and letters that look like others.

A check never blocks, never raises on a text and asks nobody; the text as typed is always kept beside what it says.
"""

from app.checks.fields import checks_of, look_alikes_of
from app.checks.look_alikes import LookAlike, Why, look_alikes
from app.checks.result import Check, Looks

__all__ = ["Check", "LookAlike", "Looks", "Why", "checks_of", "look_alikes", "look_alikes_of"]
