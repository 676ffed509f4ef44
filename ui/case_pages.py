"""The pages of one open case; each is made when it is first wanted, and all are gone when it is locked."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.pages.about_case import AboutCasePage
from ui.pages.capture import CapturePage
from ui.pages.evidence import EvidencePage
from ui.pages.first_words import FirstWordsPage
from ui.pages.home import HomePage
from ui.pages.missing import MissingPage
from ui.pages.page import Page
from ui.pages.people import PeoplePage
from ui.pages.questions import QuestionsPage
from ui.pages.records import RecordsPage, RecordWords
from ui.pages.report import ReportPage
from ui.pages.safe import SafePage
from ui.pages.tables import TablesPage
from ui.pages.timeline import TimelinePage
from ui.places import Place
from ui.shutter import Shutter
from ui.suggestions import Suggestions
from vault.chain import Kind

P = TypeVar("P", bound=Page)


class CasePages:
    """All pages that show something of a case."""

    def __init__(self, desk: Desk, window: QWidget, on_made: Callable[[Page], None]) -> None:
        """`on_made`: is handed each page as soon as there is one."""
        self._on_made = on_made
        self._made: dict[Place, Page] = {}
        suggestions = Suggestions(desk)
        self._makers: dict[Place, Callable[[], Page]] = {
            Place.HOME: lambda: HomePage(desk, suggestions),
            Place.EVIDENCE: lambda: EvidencePage(desk),
            Place.HAPPENED: lambda: RecordsPage(desk, Kind.INCIDENT, _happened()),
            Place.ACCOUNTS: lambda: RecordsPage(desk, Kind.ACCOUNT, _accounts()),
            Place.MONEY: lambda: RecordsPage(desk, Kind.PAYMENT, _money()),
            Place.REMOVALS: lambda: RecordsPage(desk, Kind.TAKEDOWN, _removals()),
            Place.CONTACTS: lambda: RecordsPage(desk, Kind.CONTACT, _contacts()),
            Place.TIMELINE: lambda: TimelinePage(desk),
            Place.REPORT: lambda: ReportPage(desk),
            Place.SAFE: lambda: SafePage(desk),
            Place.CAPTURE: lambda: CapturePage(desk, Shutter(desk, window, desk.computer)),
            Place.MISSING: lambda: MissingPage(desk, suggestions),
            Place.TABLES: lambda: TablesPage(desk),
            Place.CASE: lambda: AboutCasePage(desk),
            Place.PEOPLE: lambda: PeoplePage(desk),
            Place.QUESTIONS: lambda: QuestionsPage(desk),
            Place.WORDS: lambda: FirstWordsPage(desk),
        }

    @property
    def made(self) -> list[Page]:
        """The pages that there are by now."""
        return list(self._made.values())

    def at(self, place: Place) -> Page:
        """The page of a place of the case; made where nobody was there yet."""
        page = self._made.get(place)
        if page is None:
            page = self._made[place] = self._makers[place]()
            self._on_made(page)
        return page

    def _known(self, place: Place, kind: type[P]) -> P:
        page = self.at(place)
        if not isinstance(page, kind):
            raise TypeError(place)
        return page

    @property
    def capture(self) -> CapturePage:
        """Where captures are made."""
        return self._known(Place.CAPTURE, CapturePage)

    @property
    def report(self) -> ReportPage:
        """Where a report is made."""
        return self._known(Place.REPORT, ReportPage)

    @property
    def safe(self) -> SafePage:
        """Where a case is kept safe."""
        return self._known(Place.SAFE, SafePage)

    @property
    def tables(self) -> TablesPage:
        """Where tables come in and go out."""
        return self._known(Place.TABLES, TablesPage)


def _accounts() -> RecordWords:
    return RecordWords(
        _tr("Accounts"),
        _tr("Who wrote, posted or threatened, as far as you can see it. The ID matters more than the name."),
        _tr("Add an account"),
        _tr("A new account"),
        _tr("No account is written down yet."),
    )


def _money() -> RecordWords:
    return RecordWords(
        _tr("Money"),
        _tr("Demands count as much as payments. Nobody who asks for a fee to get your money back is honest."),
        _tr("Add a demand or payment"),
        _tr("A new demand or payment"),
        _tr("No demand or payment is written down yet."),
    )


def _removals() -> RecordWords:
    return RecordWords(
        _tr("Removals"),
        _tr("Each request to take something down: one link and one recipient each, and what came of it."),
        _tr("Add a request"),
        _tr("A new request for removal"),
        _tr("No request for removal is written down yet."),
    )


def _contacts() -> RecordWords:
    return RecordWords(
        _tr("Who was told"),
        _tr("Police, helplines, platforms, banks: whom you told, what they said, and their reference."),
        _tr("Add somebody you told"),
        _tr("Somebody who was told"),
        _tr("Nobody is written down yet. You decide whom you tell, and when."),
    )


def _happened() -> RecordWords:
    return RecordWords(
        _tr("What happened"),
        _tr("Facts, in your own words. Every question can stay empty."),
        _tr("Write something down"),
        _tr("Something that happened"),
        _tr("Nothing is written down yet."),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("CasePages", text)
