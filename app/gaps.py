"""What is still missing in a case: suggestions, each with the thing it is about and a few words on what would help."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.finding import PAGE, read_subjects
from app.kinds import Under18
from app.platforms import page_of
from app.subjects import Subject
from vault.chain import EntryId, Kind
from vault.search import Facet

if TYPE_CHECKING:
    from app.casefile import Casefile
    from vault.log import Log


class Missing(StrEnum):
    """What is missing, what is most urgent first. The names are those of the command line and of --json."""

    PAYMENT_PERHAPS_NOT_COLLECTED = "payment-perhaps-not-collected"
    REMOVAL_WITHOUT_CAPTURE = "removal-without-capture"
    ACCOUNT_WITHOUT_ID = "account-without-id"
    THREAT_WITHOUT_WORDS = "threat-without-words"
    DEMAND_WITHOUT_WORDS = "demand-without-words"
    DEMAND_WITHOUT_ADDRESS = "demand-without-address"
    PAYMENT_COLLECTED_WHERE = "payment-collected-where"
    STILL_NEEDED = "still-needed"
    EXHIBIT_NOT_SORTED = "exhibit-not-sorted"
    EXHIBIT_WITHOUT_LINK = "exhibit-without-link"
    EXHIBIT_WITHOUT_ACCOUNT = "exhibit-without-account"
    ACCOUNT_WITHOUT_EXHIBIT = "account-without-exhibit"
    WITHOUT_TIME = "without-time"
    REMOVAL_WITHOUT_PROOF = "removal-without-proof"
    REMOVAL_WITHOUT_REFERENCE = "removal-without-reference"
    POLICE_WITHOUT_REFERENCE = "police-without-reference"


SUGGESTIONS = {
    Missing.PAYMENT_PERHAPS_NOT_COLLECTED: "Has this money been collected? If not, it may still be possible to cancel.",
    Missing.REMOVAL_WITHOUT_CAPTURE: "Nothing shows this page. Capture it before it goes.",
    Missing.ACCOUNT_WITHOUT_ID: "The ID of this account is not written down. It helps the police more than the name.",
    Missing.THREAT_WITHOUT_WORDS: "The exact words of this threat are not written down.",
    Missing.DEMAND_WITHOUT_WORDS: "The exact words of this demand are not written down.",
    Missing.DEMAND_WITHOUT_ADDRESS: "Where the money was to go is not written down: number, account or address.",
    Missing.PAYMENT_COLLECTED_WHERE: "Where was this money collected? The provider can say: agent, town, country.",
    Missing.STILL_NEEDED: "You noted that evidence is still needed.",
    Missing.EXHIBIT_NOT_SORTED: "Nobody has said yet whether this is ordinary or intimate.",
    Missing.EXHIBIT_WITHOUT_LINK: "This exhibit has no link. If it came from a page, its whole address helps.",
    Missing.EXHIBIT_WITHOUT_ACCOUNT: "Whose message or post this is, is not written down.",
    Missing.ACCOUNT_WITHOUT_EXHIBIT: "No exhibit shows this account. A picture of the whole profile helps.",
    Missing.WITHOUT_TIME: "When this happened is not written down. About when is enough.",
    Missing.REMOVAL_WITHOUT_PROOF: "It is gone, and nothing shows that yet.",
    Missing.REMOVAL_WITHOUT_REFERENCE: "The reference of this request is not written down.",
    Missing.POLICE_WITHOUT_REFERENCE: "The reference the police gave is not written down. You can ask for it.",
}
"""Words for each; never that something has to be done."""

FIELDS = {
    Missing.PAYMENT_PERHAPS_NOT_COLLECTED: "collected",
    Missing.REMOVAL_WITHOUT_CAPTURE: "exhibits",
    Missing.ACCOUNT_WITHOUT_ID: "persistent_id",
    Missing.THREAT_WITHOUT_WORDS: "exact_words",
    Missing.DEMAND_WITHOUT_WORDS: "exact_words",
    Missing.DEMAND_WITHOUT_ADDRESS: "reference",
    Missing.PAYMENT_COLLECTED_WHERE: "collected_where",
    Missing.STILL_NEEDED: "evidence_still_needed",
    Missing.EXHIBIT_NOT_SORTED: "sensitivity",
    Missing.EXHIBIT_WITHOUT_LINK: "url",
    Missing.EXHIBIT_WITHOUT_ACCOUNT: "accounts",
    Missing.ACCOUNT_WITHOUT_EXHIBIT: "exhibits",
    Missing.REMOVAL_WITHOUT_PROOF: "proof",
    Missing.REMOVAL_WITHOUT_REFERENCE: "reference",
    Missing.POLICE_WITHOUT_REFERENCE: "reference",
}
"""The field of the subject that would hold what is missing."""

Shape = frozenset[str]
"""Which fields of a subject hold something (`exact_words`), and which one-word answer (`kind=threat`)."""

_PICTURES = frozenset({Missing.REMOVAL_WITHOUT_CAPTURE, Missing.REMOVAL_WITHOUT_PROOF, Missing.ACCOUNT_WITHOUT_EXHIBIT})
"""What only a capture would fill."""
_OFTEN_WITHOUT_ID = frozenset({"platform=image_board", "platform=website", "platform=dating"})
_GONE = frozenset({"state=removed", "state=site_gone"})
_BACK = frozenset({"state=back_again", "reappeared_url", "reappeared_at"})
_THREATS = frozenset({"kind=threat", "kind=demand"})
_WHERE_TO_PAY = frozenset({"reference", "account_number", "gift_code", "recipient", "transaction", "what_else"})
_FROM_A_PAGE = frozenset({"platform", "place", "page_title"})


_TIMES = {Kind.PAYMENT: "demanded_at", Kind.INCIDENT: "when"}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing, and the subject it is missing at."""

    subject: EntryId
    kind: Kind
    missing: Missing

    @property
    def suggestion(self) -> str:
        """What would help, in words."""
        return SUGGESTIONS[self.missing]

    @property
    def field(self) -> str:
        """The field of the subject that would hold it."""
        return FIELDS.get(self.missing) or _TIMES[self.kind]


def gaps(casefile: "Casefile") -> list[Gap]:
    """Everything that is missing, what matters most to the police first. Raises VaultError.

    Where somebody could be under 18, nobody is asked to capture anything.
    It reads the shapes of the subjects, not the subjects: a case of 10,000 entries takes a fraction of a second.
    """
    log = casefile.vault.log
    words_only = casefile.case().under18 is not Under18.NO
    shown = log.shown(Facet.NAMES, Kind.EXHIBIT) | _captured(log)
    somebodys = log.shown(Facet.NAMES, Kind.ACCOUNT) | log.shown(Facet.NAMES, Kind.INCIDENT)
    found = [
        Gap(subject, kind, missing)
        for subject, kind, shape in log.shapes()
        for missing in _RULES.get(kind, _nothing)(shape, subject in (somebodys if kind is Kind.EXHIBIT else shown))
        if not (words_only and missing in _PICTURES)
    ]
    order = {missing: place for place, missing in enumerate(Missing)}
    return sorted(found, key=lambda gap: order[gap.missing])


def with_subjects(casefile: "Casefile", found: Sequence[Gap]) -> Iterator[tuple[Gap, Subject]]:
    """Each with the thing it is about, which is read when it is its turn. Raises VaultError."""
    for start in range(0, len(found), PAGE):
        page = found[start : start + PAGE]
        ids = list(dict.fromkeys(gap.subject for gap in page))
        subjects = {subject.id: subject for subject in read_subjects(casefile.vault, ids)}
        yield from ((gap, subjects[gap.subject]) for gap in page if gap.subject in subjects)


def lacks_capture(casefile: "Casefile", takedown: EntryId) -> bool:
    """Whether nothing shows yet what a request for removal is about. Raises VaultError."""
    return any(gap.subject == takedown and gap.missing is Missing.REMOVAL_WITHOUT_CAPTURE for gap in gaps(casefile))


def _captured(log: "Log") -> set[str]:
    """The requests for removal whose page an exhibit shows, however the two links to it are written."""
    pages = {page_of(link) for link in log.shown(Facet.LINK, Kind.EXHIBIT)}
    return {takedown for takedown, link in log.valued(Facet.LINK, Kind.TAKEDOWN) if page_of(link) in pages}


def _nothing(_shape: Shape, _shown: bool) -> Iterator[Missing]:
    return iter(())


def _of_account(account: Shape, shown: bool) -> Iterator[Missing]:
    if "relationship=mine" in account:
        return
    if not _has(account, "persistent_id") and not account & _OFTEN_WITHOUT_ID:
        yield Missing.ACCOUNT_WITHOUT_ID
    if not shown and not _has(account, "exhibits"):
        yield Missing.ACCOUNT_WITHOUT_EXHIBIT


def _of_payment(payment: Shape, _shown: bool) -> Iterator[Missing]:
    paid = payment & {"status=paid", "status=part"}
    if paid and not payment & {"collected=yes", "collected=no"} and not _has(payment, "cancel_result"):
        yield Missing.PAYMENT_PERHAPS_NOT_COLLECTED
    if "collected=yes" in payment and not _has(payment, "collected_where"):
        yield Missing.PAYMENT_COLLECTED_WHERE
    if not _has(payment, "exact_words", "exhibits", "demand"):
        yield Missing.DEMAND_WITHOUT_WORDS
    if not _has(payment, *_WHERE_TO_PAY):
        yield Missing.DEMAND_WITHOUT_ADDRESS
    if not _has(payment, "demanded_at", "paid_at"):
        yield Missing.WITHOUT_TIME


def _of_incident(incident: Shape, _shown: bool) -> Iterator[Missing]:
    if incident & _THREATS and not _has(incident, "exact_words", "exhibits"):
        yield Missing.THREAT_WITHOUT_WORDS
    if not _has(incident, "when") and "when_precision=unknown" not in incident:
        yield Missing.WITHOUT_TIME
    if _has(incident, "evidence_still_needed"):
        yield Missing.STILL_NEEDED


def _of_takedown(takedown: Shape, shown: bool) -> Iterator[Missing]:
    gone = not takedown & _BACK and (_has(takedown, "removed_at") or bool(takedown & _GONE))
    if _has(takedown, "url") and not shown and not gone and not _has(takedown, "exhibits", "copy_of"):
        yield Missing.REMOVAL_WITHOUT_CAPTURE
    if gone and not _has(takedown, "proof", "how_confirmed"):
        yield Missing.REMOVAL_WITHOUT_PROOF
    if _has(takedown, "sent_at") and not _has(takedown, "reference"):
        yield Missing.REMOVAL_WITHOUT_REFERENCE


def _of_exhibit(exhibit: Shape, somebodys: bool) -> Iterator[Missing]:
    if "held=yes" in exhibit:
        return
    if not _has(exhibit, "url") and _has(exhibit, *_FROM_A_PAGE):
        yield Missing.EXHIBIT_WITHOUT_LINK
    if not somebodys and not _has(exhibit, "accounts", "sent_by"):
        yield Missing.EXHIBIT_WITHOUT_ACCOUNT
    if not exhibit & {"sensitivity=ordinary", "sensitivity=intimate"}:
        yield Missing.EXHIBIT_NOT_SORTED


def _of_contact(contact: Shape, _shown: bool) -> Iterator[Missing]:
    if "kind=police" in contact and not _has(contact, "reference"):
        yield Missing.POLICE_WITHOUT_REFERENCE


def _has(shape: Shape, *fields: str) -> bool:
    """Whether one of the fields holds something."""
    return any(field in shape for field in fields)


_RULES: dict[Kind, Callable[[Shape, bool], Iterator[Missing]]] = {
    Kind.PAYMENT: _of_payment,
    Kind.ACCOUNT: _of_account,
    Kind.INCIDENT: _of_incident,
    Kind.TAKEDOWN: _of_takedown,
    Kind.EXHIBIT: _of_exhibit,
    Kind.CONTACT: _of_contact,
}
