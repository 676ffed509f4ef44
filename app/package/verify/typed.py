"""What people type or paste: every kind of space and hyphen that a program puts between groups is dropped."""

import re

SAYS_NOTHING = "This says nothing about the package."
"""Whether the evidence is safe, when what was typed has a mistake in it."""

_SEPARATORS = re.compile("[\\s\u200b\u2060\ufeff\u2010-\u2015\u2212-]")


def without_separators(typed: str) -> str:
    """The text without spaces and hyphens, whatever their width: no-break, thin, zero-width, dashes, minus."""
    return _SEPARATORS.sub("", typed)
