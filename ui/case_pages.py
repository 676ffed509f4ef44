"""The pages of one open case; they are made when it is opened and gone when it is locked."""

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


class CasePages:
    """All pages that show something of a case."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        self.capture = CapturePage(desk, Shutter(desk, window, desk.computer))
        self.report = ReportPage(desk)
        self.safe = SafePage(desk)
        self.words = FirstWordsPage(desk)
        self.people = PeoplePage(desk)
        self.tables = TablesPage(desk)
        suggestions = Suggestions(desk)
        self.by_place: dict[Place, Page] = {
            Place.HOME: HomePage(desk, suggestions),
            Place.EVIDENCE: EvidencePage(desk),
            Place.HAPPENED: RecordsPage(desk, Kind.INCIDENT, _happened()),
            Place.ACCOUNTS: RecordsPage(desk, Kind.ACCOUNT, _accounts()),
            Place.MONEY: RecordsPage(desk, Kind.PAYMENT, _money()),
            Place.REMOVALS: RecordsPage(desk, Kind.TAKEDOWN, _removals()),
            Place.CONTACTS: RecordsPage(desk, Kind.CONTACT, _contacts()),
            Place.TIMELINE: TimelinePage(desk),
            Place.REPORT: self.report,
            Place.SAFE: self.safe,
            Place.CAPTURE: self.capture,
            Place.MISSING: MissingPage(desk, suggestions),
            Place.TABLES: self.tables,
            Place.CASE: AboutCasePage(desk),
            Place.PEOPLE: self.people,
            Place.QUESTIONS: QuestionsPage(desk),
            Place.WORDS: self.words,
        }


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
