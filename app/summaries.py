"""What there is about each platform and each account, what money was demanded and paid, and what is still online."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.kinds import Kind, Payment, TakedownState
from app.money import Total, totals
from app.subjects import Subject
from vault.search import Facet

if TYPE_CHECKING:
    from app.casefile import Casefile


_GONE = frozenset({TakedownState.REMOVED, TakedownState.SITE_GONE})
_CAME_BACK = frozenset({"reappeared_url", "reappeared_at"})


@dataclass(frozen=True, slots=True)
class PlatformSummary:
    """How much of each kind is about one platform, named as it is compared: `image board`."""

    platform: str
    counts: dict[Kind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """An account, how much of each kind names it, and what it demanded or was paid."""

    account: Subject
    counts: dict[Kind, int]
    money: list[Total]


@dataclass(frozen=True, slots=True)
class Removals:
    """How requests for removal stand, in numbers of requests. One that was never said to be gone counts as online.

    One that says where or when it came back counts as back, whatever its state says.
    """

    online: int
    gone: int
    back: int
    states: dict[TakedownState | None, int]


def removals(casefile: "Casefile") -> Removals:
    """What is still online, as far as it was written down. Raises VaultError."""
    online = gone = back = 0
    states: dict[TakedownState | None, int] = {}
    for _subject, kind, shape in casefile.vault.log.shapes():
        if kind is not Kind.TAKEDOWN:
            continue
        state = next((each for each in TakedownState if f"state={each.value}" in shape), None)
        states[state] = states.get(state, 0) + 1
        if state is TakedownState.BACK_AGAIN or shape & _CAME_BACK:
            back += 1
        elif state in _GONE or (state is None and "removed_at" in shape):
            gone += 1
        else:
            online += 1
    return Removals(online, gone, back, states)


def money(casefile: "Casefile") -> list[Total]:
    """One total per currency over all demands and payments. Raises VaultError."""
    return totals(_payment(subject) for subject in casefile.subjects(Kind.PAYMENT) if not subject.withdrawn)


def by_platform(casefile: "Casefile") -> list[PlatformSummary]:
    """What there is about each platform, that with most first. Raises VaultError."""
    found: dict[str, PlatformSummary] = {}
    for platform, kind, count in casefile.vault.log.counts(Facet.PLATFORM):
        found.setdefault(platform, PlatformSummary(platform)).counts[kind] = count
    return sorted(found.values(), key=lambda each: (-sum(each.counts.values()), each.platform))


def by_account(casefile: "Casefile") -> list[AccountSummary]:
    """What names each account, and its money, newest account first. Raises VaultError."""
    counts: dict[str, dict[Kind, int]] = {}
    for account, kind, count in casefile.vault.log.counts(Facet.NAMES):
        counts.setdefault(account, {})[kind] = count
    payments: dict[str, list[Payment]] = {}
    for subject in casefile.subjects(Kind.PAYMENT):
        payment = _payment(subject)
        if not subject.withdrawn and payment.account:
            payments.setdefault(payment.account, []).append(payment)
    return [
        AccountSummary(account, counts.get(account.id, {}), totals(payments.get(account.id, ())))
        for account in casefile.subjects(Kind.ACCOUNT)
        if not account.withdrawn
    ]


def _payment(subject: Subject) -> Payment:
    return subject.record_of(Payment)
