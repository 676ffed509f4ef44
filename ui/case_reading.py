"""Timeline, gaps, sums and tables of an open case, typed: what reads them is loaded at first use."""

from typing import TYPE_CHECKING

from app import lazy

if TYPE_CHECKING:
    from app.case_views import CaseViews


def views() -> "CaseViews":
    """What is asked of a case as a whole; to be called in the background."""
    return lazy.case_views()
