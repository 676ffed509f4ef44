"""Session entries: that the window opened and closed this copy of the vault, and what it found at opening."""

from collections.abc import Sequence

from app.clock import RecordingClock
from app.kinds import Session
from vault.chain import Action, EntryId, Kind, utc_text
from vault.drafts import Draft, new_entry_id
from vault.opening import Finding


def opening_drafts(findings: Sequence[Finding], opened_at: str, *, window: bool) -> list[Draft]:
    """What stands just before the first other entry: one session entry for the window, and wherever a loss was found.

    The command line writes none, but for a possible loss: it must be in the log before `head` is replaced.
    """
    lost = next((finding.lost for finding in findings if finding.lost is not None), None)
    if not window and lost is None:
        return []
    session = Session(
        opened_at=opened_at,
        found=tuple(finding.words for finding in findings),
        lost_entries=lost.entries if lost else None,
        lost_link=lost.link if lost else "",
    )
    return [Draft(Action.ADD, Kind.SESSION, new_entry_id(), session.to_data())]


def closing_draft(session: EntryId, clock: RecordingClock) -> Draft:
    """The amendment that ends a session."""
    return Draft(Action.AMEND, Kind.SESSION, session, {"closed_at": utc_text(clock.now())})
