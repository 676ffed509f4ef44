"""The words for a case that is open for reading: why nothing in it can be changed, what is damaged, what to do."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.damaged import Damaged
from ui.messages import Message

if TYPE_CHECKING:
    from app.casefile import Casefile

_NAMED = 12
"""So many references are named one by one; of more, the number is told."""


def why_not(casefile: "Casefile") -> str:
    """Why nothing can be kept in this case, for what stays shut; empty where it can."""
    if casefile.vault.damage is not None:
        return _tr("This case is open for reading, because something in it is damaged: nothing is added to it.")
    if casefile.vault.read_only:
        return _tr("This case is open for reading: nothing can be written where it lies.")
    return ""


def standing_words(damage: Damaged | None) -> Message:
    """What the first page says: what is damaged, what can still be read, what to do next."""
    if damage is None:
        return Message(
            _tr("This case is open for reading"),
            _tr("Nothing can be written where it lies, so nothing new can be kept and nothing changed."),
            _tr("Everything in it can be read and searched, and nothing is lost."),
            _tr("To go on in it, lock it, copy its whole folder to this computer's own disk and open the copy."),
            calm=True,
        )
    title = _tr("This case is open for reading: something is damaged")
    shut = _tr("A part of it is damaged, so nothing is added to it.")
    lost = _lost(damage)
    if not lost:
        return Message(
            title,
            shut,
            _tr("Nothing that was written is lost: every entry can be read and searched."),
            _tr("Make a backup in a new place, under “Keeping it safe”: it is whole again, and you can go on in it."),
            calm=True,
        )
    return Message(
        title,
        " ".join([shut, *lost]),
        _many("The other %n entries can be read and searched.", damage.entries),
        _tr(
            "Delete nothing, and copy the whole folder of this case to another disk or stick. Then open your newest "
            "backup: it may be whole. “Check everything” under “Keeping it safe” names every damaged file as well."
        ),
        calm=True,
    )


def _lost(damage: Damaged) -> list[str]:
    lost = []
    if damage.changed:
        words = _tr("Of {0}, a later change cannot be read; what was written before can.")
        lost.append(words.format(_names(damage.changed)))
    if damage.unread:
        words = _tr("{0} cannot be shown: the entry that describes it cannot be read.")
        lost.append(words.format(_names(damage.unread)))
    if damage.others == 1:
        lost.append(_tr("1 other entry cannot be read."))
    elif damage.others:
        lost.append(_many("%n other entries cannot be read.", damage.others))
    return lost


def _names(refs: tuple[str, ...]) -> str:
    if len(refs) <= _NAMED:
        return ", ".join(refs)
    return f"{', '.join(refs[:_NAMED])}, {_many('%n more', len(refs) - _NAMED)}"


def _many(text: str, number: int) -> str:
    return QCoreApplication.translate("read_only", text, "", number)


def _tr(text: str) -> str:
    return QCoreApplication.translate("read_only", text)
