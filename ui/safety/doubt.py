"""What a disk that fails leaves open about the ways into a case, in words: what opens it now, and what to keep."""

from PySide6.QtCore import QCoreApplication

from app.errors import NoRoom
from ui.messages import Message, message_for
from vault.errors import DiskFailed, DiskFull, NotRekeyed, NotReopened, RekeyUnsure, WaysUnsure


def passphrase_words(error: Exception) -> str:
    """Why a new passphrase or key was not set, and which passphrase opens the case now."""
    if isinstance(error, NotReopened):
        return _joined(
            _tr("Everything is encrypted anew, but the case could not be opened again just now."),
            _tr("Nothing is lost: all of it was checked before."),
            _tr("Open it with the new passphrase. The old one, and older recovery words, open it no more."),
        )
    if isinstance(error, RekeyUnsure):
        return _joined(
            _tr("The disk failed at the last step, when everything was encrypted anew and checked."),
            _tr("Nothing is lost, but nobody can tell which passphrase opens the case now."),
            _tr("Look at the disk. Then try the new passphrase first. If it does not open the case, the old one does."),
            _tr("Keep your older recovery words until you know."),
        )
    if isinstance(error, WaysUnsure):
        return _joined(
            _tr("The disk failed while the passphrase was changed. Nothing that was kept is lost."),
            _tr("Either the new passphrase opens this case now, or still the old one: keep both in mind."),
            _tr(
                "Keep your older recovery words too. Look at the disk, and set a new passphrase once more: whichever of"
                " the two is taken as the present one opens the case."
            ),
        )
    words = message_for(error).sentences
    if isinstance(error, DiskFull | DiskFailed | NoRoom) and not isinstance(error, NotRekeyed):
        return _joined(words, _tr("The passphrase was not changed: the present one still opens this case."))
    return words


def recovery_words(error: Exception) -> str:
    """Why new recovery words were not kept, and which words open the case now."""
    if isinstance(error, WaysUnsure):
        return _joined(
            _tr("The disk failed while the words were kept. Nothing that was kept is lost."),
            _tr("Either these words open the case now, or still the older ones: keep both papers."),
            _tr("The passphrase opens it as before. Look at the disk, and try once more."),
        )
    return message_for(error).sentences


def removal_words(error: Exception) -> str:
    """Why a way in was not removed, and whether it opens the case now."""
    if isinstance(error, WaysUnsure):
        return _joined(
            _tr("The disk failed while this was removed. Nothing that was kept is lost."),
            _tr("It may still open the case. Look at the disk, and remove it once more."),
        )
    return message_for(error).sentences


def recovering_message(error: Exception) -> Message:
    """Why a forgotten passphrase has no new one, and what opens the case now."""
    known = message_for(error)
    if not isinstance(error, WaysUnsure):
        return known
    return Message(
        known.title,
        _tr("The disk failed while the new passphrase was set."),
        _tr("Nothing that was kept is lost. Either the new passphrase opens the case now, or still your words."),
        _tr("Keep the paper. Look at the disk, then try the new passphrase first, and after that the words."),
    )


def _joined(*sentences: str) -> str:
    return " ".join(sentences)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Doubt", text)
