"""The warning about a folder that is copied to a cloud: why, what that means, and what can be done instead."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from app.plaintext import visible
from app.synced import Service, Sign, SyncedFolder
from ui.marking import QT_TRANSLATE_NOOP
from ui.widgets.card import Card
from ui.widgets.flow import flow_of
from ui.widgets.text import Button, Look, Text


class SyncedWarning(Card):
    """Shown where a case is to be kept in such a folder; it stays until one of its buttons was pressed."""

    elsewhere_asked = Signal()
    choose_asked = Signal()
    anyway_asked = Signal()

    def __init__(self, elsewhere: Path) -> None:
        """`elsewhere`: a place on this computer that is offered instead."""
        super().__init__(self.tr("This folder leaves your computer"), amber=True)
        self._elsewhere = elsewhere
        self._why = Text("")
        self.add(self._why)
        self.first = Button(self.tr("Keep it on this computer"), Look.PRIMARY)
        self.first.clicked.connect(self.elsewhere_asked)
        self._where = Text("", Look.SMALL)
        choose = Button(self.tr("Choose another folder"))
        choose.clicked.connect(self.choose_asked)
        anyway = Button(self.tr("Keep it here anyway"))
        anyway.clicked.connect(self.anyway_asked)
        self._buttons: QWidget = flow_of(self.first, choose, anyway)
        self.add(self._buttons, gap=4)
        self.add(self._where)
        self._settled = Text("", Look.SMALL)
        self.add(self._settled)
        self.hide()

    def warn(self, found: SyncedFolder) -> None:
        """Say why, and ask."""
        self._why.say(f"{synced_words(found)} {self.tr('And a case that is copied while it is open can be damaged.')}")
        local = not self._elsewhere.is_relative_to(found.folder)
        self.first.setVisible(local)
        self._where.say(self.tr("On this computer it would be {0}").format(visible(str(self._elsewhere))))
        self._where.setVisible(local)
        self._buttons.show()
        self._settled.hide()
        self.show()

    def settle(self) -> None:
        """It stays there: somebody chose that."""
        self._buttons.hide()
        self._where.hide()
        self._settled.say(self.tr("You chose to keep it here anyway. You can change the folder above."))
        self._settled.show()


_SIGNS = {
    Sign.TOLD: QT_TRANSLATE_NOOP("SyncedWarning", "OneDrive has told this computer so"),
    Sign.ICLOUD_FILES: QT_TRANSLATE_NOOP("SyncedWarning", "this is where macOS keeps the files of iCloud"),
    Sign.TAKEN_ALONG: QT_TRANSLATE_NOOP("SyncedWarning", "iCloud takes the folder {0} along"),
    Sign.CLOUD_STORAGE: QT_TRANSLATE_NOOP("SyncedWarning", "this is where macOS keeps the files of cloud services"),
    Sign.DROPBOX_SETTINGS: QT_TRANSLATE_NOOP("SyncedWarning", "the settings of Dropbox name this folder"),
    Sign.SETTINGS: QT_TRANSLATE_NOOP("SyncedWarning", "the settings of that program name this folder"),
    Sign.USUAL_NAME: QT_TRANSLATE_NOOP("SyncedWarning", "the folder “{0}” is the one that it uses"),
    Sign.DROPBOX_MARK: QT_TRANSLATE_NOOP("SyncedWarning", "“{0}” holds the mark that Dropbox leaves"),
    Sign.MARK: QT_TRANSLATE_NOOP("SyncedWarning", "“{0}” holds “{1}”, the mark that this program leaves"),
}
_SERVICES = {
    Service.NEXTCLOUD: QT_TRANSLATE_NOOP("SyncedWarning", "Nextcloud or ownCloud"),
    Service.ANOTHER: QT_TRANSLATE_NOOP("SyncedWarning", "a cloud service"),
}
"""The others are called by their name in every language."""


def service_words(service: Service) -> str:
    """Who copies a folder."""
    return _tr(_SERVICES.get(service, service.value))


def sign_words(found: SyncedFolder) -> str:
    """By what a synced folder was recognised, as the end of a sentence."""
    return _tr(_SIGNS[found.sign]).format(*map(visible, found.names))


def synced_words(found: SyncedFolder) -> str:
    """Why a folder is thought to be copied elsewhere, and what that means for what is put there."""
    return " ".join(
        (
            _tr("This place is copied to {0}: {1}.").format(service_words(found.service), sign_words(found)),
            _tr(
                "Somebody who gets into that account gets the encrypted files and can try passphrases on them, and the "
                "company keeps old ones: what you withdraw or destroy here may stay there."
            ),
        )
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("SyncedWarning", text)
