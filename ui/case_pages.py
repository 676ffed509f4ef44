"""The pages of one open case; they are made when it is opened and gone when it is locked."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.pages.about_case import AboutCasePage
from ui.pages.capture import CapturePage
from ui.pages.evidence import EvidencePage
from ui.pages.first_words import FirstWordsPage
from ui.pages.home import HomePage
from ui.pages.page import Page
from ui.pages.records import RecordsPage, RecordWords
from ui.pages.report import ReportPage
from ui.pages.safe import SafePage
from ui.places import Place
from ui.shutter import Shutter
from vault.chain import Kind


class CasePages:
    """All pages that show something of a case."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        self.capture = CapturePage(desk, Shutter(desk, window, desk.computer))
        self.report = ReportPage(desk)
        self.safe = SafePage(desk)
        self.words = FirstWordsPage(desk)
        self.by_place: dict[Place, Page] = {
            Place.HOME: HomePage(desk),
            Place.EVIDENCE: EvidencePage(desk),
            Place.ACCOUNTS: RecordsPage(desk, Kind.ACCOUNT, _accounts()),
            Place.MONEY: RecordsPage(desk, Kind.PAYMENT, _money()),
            Place.REPORT: self.report,
            Place.SAFE: self.safe,
            Place.CAPTURE: self.capture,
            Place.HAPPENED: RecordsPage(desk, Kind.INCIDENT, _happened()),
            Place.CASE: AboutCasePage(desk),
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
