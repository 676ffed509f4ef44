"""Pages of a list in the window: what is looked for, newest first; the search is loaded when a case is open."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from app import lazy
from app.kinds import Sensitivity
from app.overview import is_unsorted
from app.subjects import Subject
from vault.chain import EntryId, Kind

if TYPE_CHECKING:
    from app.casefile import Casefile
    from app.finding import Page
    from vault.search import Wanted

LISTED = (Kind.EXHIBIT, Kind.INCIDENT, Kind.ACCOUNT, Kind.PAYMENT, Kind.TAKEDOWN, Kind.CONTACT)
"""The kinds that have a list in the window."""
_MOST_ACCOUNTS = 200


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for: everything given must hold. `kind` None: all that have a list; days are inclusive.

    `account`: what names that account. `platform` is one of those that `choices` gives.
    """

    text: str = ""
    kind: Kind | None = None
    account: EntryId | None = None
    platform: str = ""
    sensitivity: Sensitivity | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be filtered by in this case: its newest accounts, and every platform that is named in it."""

    accounts: tuple[Subject, ...]
    platforms: tuple[str, ...]


def listed(casefile: "Casefile", sought: Sought, limit: int, before: int | None) -> "Page":
    """A page of what is looked for; it may hold fewer than `limit`, and still not be the last. Raises VaultError."""
    page = casefile.search(wanted_for(sought), limit=limit, before=before)
    shown = (subject for subject in page.subjects if subject.kind in LISTED)
    if sought.sensitivity is Sensitivity.NOT_SAID:
        # Those that are held are waiting for nobody.
        shown = (subject for subject in shown if is_unsorted(subject))
    return replace(page, subjects=tuple(shown))


def wanted_for(sought: Sought) -> "Wanted":
    """What is looked for, as the vault is asked for it."""
    return lazy.wanted_class()(
        text=sought.text,
        kind=sought.kind,
        names=sought.account,
        platform=sought.platform,
        sensitivity=sought.sensitivity.value if sought.sensitivity else "",
        since=sought.since,
        until=sought.until,
    )


def choices(casefile: "Casefile") -> Choices:
    """What can be filtered by. Raises VaultError."""
    accounts = (found for found in casefile.subjects(Kind.ACCOUNT, limit=_MOST_ACCOUNTS) if not found.withdrawn)
    return Choices(tuple(accounts), tuple(casefile.vault.log.platforms()))
