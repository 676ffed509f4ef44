"""What a check found, and the verdict that follows from it (FORMAT.md, section 7)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from vault.chain import utc_text


class Code(StrEnum):
    """What did not hold."""

    MALFORMED = "malformed"
    MANIFEST_SIGNATURE = "manifest-signature"
    FILE_CHANGED = "file-changed"
    FILE_MISSING = "file-missing"
    FILE_EXTRA = "file-extra"
    CHAIN_BROKEN = "chain-broken"
    HEAD_MISMATCH = "head-mismatch"
    RECORD_MISMATCH = "record-mismatch"
    PDF_SIGNATURE = "pdf-signature"
    TIMESTAMP_INVALID = "timestamp-invalid"
    FINGERPRINT_MISMATCH = "fingerprint-mismatch"
    RECEIPT_MISMATCH = "receipt-mismatch"
    RECEIPT_BEYOND = "receipt-beyond"
    FORKED = "forked"


class NoticeCode(StrEnum):
    """What somebody should know though nothing failed."""

    NOT_CHECKED_HERE = "not-checked-here"
    SEALED_NOT_CHECKED = "sealed-not-checked"
    EARLIER_NOT_CHECKED = "earlier-not-checked"
    TABLES_NOT_COMPARED = "tables-not-compared"
    CLOCK_BACKWARDS = "clock-backwards"
    UNTRUSTED_TIMESTAMP = "untrusted-timestamp"
    NO_OUTSIDE_ANCHOR = "no-outside-anchor"
    LITTER = "litter"


class Outcome(StrEnum):
    """The verdict in one word."""

    INTACT = "intact"
    FAILED = "failed"
    UNREADABLE = "unreadable"


class ReceiptState(StrEnum):
    """What became of a receipt that was given."""

    IN_THE_CHAIN = "in-the-chain"
    MISMATCH = "mismatch"
    BEYOND = "beyond"
    NOT_CHECKED = "not-checked"


class TokenState(StrEnum):
    """What became of a timestamp token."""

    VERIFIED = "verified"
    UNTRUSTED = "untrusted"
    INVALID = "invalid"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold. `path` inside the package, or empty; `detail` is a sentence, from us alone."""

    code: Code
    path: str
    detail: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know that is no failure."""

    code: NoticeCode
    path: str
    detail: str


@dataclass(frozen=True, slots=True)
class CheckedReceipt:
    """A receipt that was given, as typed, and what became of it."""

    code: str
    entries: int
    state: ReceiptState


@dataclass(frozen=True, slots=True)
class CheckedToken:
    """A timestamp token: its path, and when it says that its bytes were there, and who says so, where it holds."""

    path: str
    state: TokenState
    at: datetime | None = None
    authority: str = ""


@dataclass(slots=True)
class Findings:
    """What the stages find, in order. At most `LIMIT` problems are kept of a hostile package; one more says so."""

    LIMIT = 1000

    problems: list[Problem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    _cut: set[Code] = field(default_factory=set)

    def problem(self, code: Code, path: str, detail: str) -> None:
        """Something does not hold."""
        if len(self.problems) < self.LIMIT:
            self.problems.append(Problem(code, path, detail))
        elif code not in self._cut:
            self._cut.add(code)
            self.problems.append(Problem(code, "", "There are too many problems to list."))

    def notice(self, code: NoticeCode, path: str, detail: str) -> None:
        """Something to know."""
        if len(self.notices) < self.LIMIT:
            self.notices.append(Notice(code, path, detail))


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result for one package. What could not be read is None; `package` is the path as it was given."""

    package: str
    problems: tuple[Problem, ...]
    notices: tuple[Notice, ...]
    entries: int | None = None
    disclosed: int | None = None
    withheld: int | None = None
    exhibits: int | None = None
    sealed: tuple[str, ...] | None = None
    """`<sha256> <name>` of each sealed file that was made beside the package."""
    head: str | None = None
    fingerprint: str | None = None
    timestamp: str | None = None
    """Of the token over the tag manifest: `none`, or a TokenState."""
    tokens: tuple[CheckedToken, ...] = ()
    """Every token that was judged; that over the tag manifest first."""
    receipts: tuple[CheckedReceipt, ...] = ()
    continues: tuple[str, ...] = ()
    """The packages, as given, whose record is the beginning of this one's: the longest of those that are shorter."""
    doubtful: tuple[str, ...] = ()
    """Those of these that do not hold themselves; for words only, not part of the JSON."""
    compared: bool = False
    """A fingerprint was given, and was compared; for words only, not part of the JSON."""
    repacked: bool = False
    """It is a zip that another program packed again; for words only, not part of the JSON."""

    @property
    def outcome(self) -> Outcome:
        """Failed where anything but malformed was found, else unreadable where anything was."""
        if any(problem.code is not Code.MALFORMED for problem in self.problems):
            return Outcome.FAILED
        return Outcome.UNREADABLE if self.problems else Outcome.INTACT

    @property
    def exit_status(self) -> int:
        """Of the command line: 0 intact, 1 failed, 2 unreadable."""
        return {Outcome.INTACT: 0, Outcome.FAILED: 1, Outcome.UNREADABLE: 2}[self.outcome]

    def as_json(self) -> dict[str, object]:
        """The object that `verify --json` prints."""
        return {
            "package": self.package,
            "verdict": self.outcome.value,
            "problems": [_members(problem) for problem in self.problems],
            "notices": [_members(notice) for notice in self.notices],
            "entries": self.entries,
            "disclosed": self.disclosed,
            "withheld": self.withheld,
            "exhibits": self.exhibits,
            "sealed": None if self.sealed is None else list(self.sealed),
            "head": self.head,
            "fingerprint": self.fingerprint,
            "timestamp": self.timestamp,
            "receipts": [
                {"receipt": receipt.code, "entries": receipt.entries, "state": receipt.state.value}
                for receipt in self.receipts
            ],
            "timestamps": [
                {
                    "path": token.path,
                    "state": token.state.value,
                    "at": None if token.at is None else utc_text(token.at),
                    "authority": token.authority,
                }
                for token in self.tokens
            ],
            "continues": list(self.continues),
        }


def _members(found: Problem | Notice) -> dict[str, str]:
    return {"code": found.code.value, "path": found.path, "detail": found.detail}
