"""What the window shows of a case as a whole: its timeline, what is missing, its sums, its tables; loaded at first use.

It stands behind `lazy.case_views`: the window shows its first page before any of this is there.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.finding import read_subjects
from app.gaps import Gap, Missing, gaps, lacks_capture, with_subjects
from app.kinds import Incident, Kind
from app.money import Total
from app.notes import impact_notes
from app.platforms import recognise
from app.sheets import (
    Encoding,
    Imported,
    MatchedSheet,
    Progress,
    import_and_set_aside,
    kind_table,
    match_sheet,
    read_sheet,
    write_new_file,
)
from app.subjects import Subject
from app.summaries import AccountSummary, PlatformSummary, by_account, by_platform, money
from app.timeline import Event, TimelinePage, event_of, read_timeline
from vault.chain import EntryId
from vault.search import Wanted
from vault.timing import Line, Place, places

if TYPE_CHECKING:
    from app.casefile import Casefile

_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that is missing, what it is missing at, and the field that would hold it."""

    subject: Subject
    missing: Missing
    words: str
    field: str

    @property
    def key(self) -> tuple[EntryId, Missing]:
        """What tells it from every other one."""
        return self.subject.id, self.missing


@dataclass(frozen=True, slots=True)
class Sums:
    """Totals per currency, and how much there is about each platform and each account."""

    money: list[Total]
    platforms: list[PlatformSummary]
    accounts: list[AccountSummary]


class CaseViews:
    """All of them ask the case at every call and remember nothing. Each raises VaultError."""

    def timeline(
        self, casefile: "Casefile", limit: int, after: Place | None, *, ahead: bool, newest_first: bool, words: str = ""
    ) -> TimelinePage:
        """A page of what happened, or of what is to come; with `words`, of what holds them."""
        line = Line.AHEAD if ahead else Line.PAST
        among = None
        if words:
            among = {entry_id for _seq, entry_id in casefile.vault.log.find(Wanted(text=words), _ALL, None)}
        return read_timeline(casefile, limit, after, line=line, newest_first=newest_first, among=among)

    def sums(self, casefile: "Casefile") -> Sums:
        """All sums and counts."""
        return Sums(money(casefile), by_platform(casefile), by_account(casefile))

    def missing(self, casefile: "Casefile") -> list[Gap]:
        """Everything that is missing, the most urgent first."""
        return gaps(casefile)

    def suggestions(self, casefile: "Casefile", found: list[Gap]) -> list[Suggestion]:
        """These with the things they are about."""
        return [
            Suggestion(subject, gap.missing, gap.suggestion, gap.field)
            for gap, subject in with_subjects(casefile, found)
        ]

    def lacks_capture(self, casefile: "Casefile", takedown: EntryId) -> bool:
        """Whether nothing shows yet what this request for removal is about."""
        return lacks_capture(casefile, takedown)

    def in_order_of_next(self, casefile: "Casefile", wanted: Wanted) -> list[EntryId]:
        """The ids of all that is looked for: first by the day of what is next, then those without one, newest first."""
        log = casefile.vault.log
        found = [entry_id for _seq, entry_id in log.find(wanted, _ALL, None)]
        among = set(found)
        dated = dict.fromkeys(
            subject for _place, subject in log.times(Line.AHEAD, _ALL, None, newest_first=False) if subject in among
        )
        return [*dated, *(subject for subject in found if subject not in dated)]

    def next_of(self, subject: Subject) -> Event | None:
        """What comes next of a subject, the earliest; None where nothing with a date does."""
        found = places(subject.kind, subject.data, subject.first.zone)
        ahead = [(at, field) for line, at, field in found if line is Line.AHEAD]
        return event_of(subject, min(ahead)[1]) if ahead else None

    def read(self, casefile: "Casefile", ids: list[EntryId]) -> list[Subject]:
        """The subjects with these ids, in their order."""
        return list(read_subjects(casefile.vault, ids))

    def has_impact_notes(self, casefile: "Casefile") -> bool:
        """Whether anybody wrote down what it did to the person."""
        return any(True for _note in impact_notes(casefile))

    def platform_of(self, link: str) -> str:
        """The platform that a link is of, as a note begins with it; empty where that is not known. Asks nobody."""
        found = recognise(link)
        return found.fields_for(Incident).get("platform", "") if found is not None else ""

    # -- tables ---------------------------------------------------------------------------------------------------

    def look_into(
        self, casefile: "Casefile", path: Path, kind: Kind, ignored: list[str], encoding: str, told: Progress
    ) -> MatchedSheet:
        """A table beside this case; nothing is changed. `encoding` may be empty. Raises Unreadable, WrongUse too."""
        chosen = Encoding(encoding) if encoding else None
        sheet = read_sheet(path, kind, encoding=chosen, ignored=ignored, progress=told)
        return match_sheet(casefile, sheet, told)

    def bring_in(
        self, casefile: "Casefile", matched: MatchedSheet, bad_file: Path | None, told: Progress, *, again: bool
    ) -> Imported:
        """Import what can be. The bad rows are in their file before the good ones are in the log.

        Raises WrongUse and NoRoom too.
        """
        return import_and_set_aside(casefile, matched, bad_file, told, again=again)

    def write_table(self, casefile: "Casefile", kind: Kind, out: Path) -> int:
        """Write the table of a kind into a new file, in plain; how many rows it has. Raises WrongUse, NoRoom too."""
        content, rows = kind_table(casefile, kind)
        write_new_file(out, content)
        return rows
