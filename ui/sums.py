"""Sums of what was demanded and paid, and how much there is about each platform and account, as far as is known."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.kinds import PaymentStatus
from app.plaintext import visible_sentence
from ui.marking import QT_TRANSLATE_NOOP
from ui.rows import short_words
from ui.widgets.card import Card
from ui.widgets.text import Look, Text
from ui.words import platform_words
from vault.chain import Kind

if TYPE_CHECKING:
    from app.case_views import Sums
    from app.money import Total

_MOST = 40
"""So many platforms and accounts are named; of more, the number is told."""
_COUNTED = {
    Kind.EXHIBIT: QT_TRANSLATE_NOOP("sums", "evidence: %n"),
    Kind.INCIDENT: QT_TRANSLATE_NOOP("sums", "written down: %n"),
    Kind.ACCOUNT: QT_TRANSLATE_NOOP("sums", "accounts: %n"),
    Kind.PAYMENT: QT_TRANSLATE_NOOP("sums", "money: %n"),
    Kind.TAKEDOWN: QT_TRANSLATE_NOOP("sums", "removals: %n"),
    Kind.CONTACT: QT_TRANSLATE_NOOP("sums", "told: %n"),
}


class SumsCard(Card):
    """All sums and counts."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("sums", "Sums and counts"))
        self._shown: list[Text] = []

    def show_sums(self, sums: "Sums") -> None:
        """Show these instead of those before."""
        for text in self._shown:
            text.deleteLater()
        self._shown = []
        self._part(_tr("Money, as it was written down"), [total_words(total) for total in sums.money])
        self._part(
            _tr("By platform"),
            [f"{platform_words(each.platform)}: {_counts(each.counts)}" for each in sums.platforms],
        )
        accounts = []
        for each in sums.accounts:
            parts = [_counts(each.counts), *(total_words(total) for total in each.money)]
            accounts.append(f"{short_words(each.account)}: {'; '.join(part for part in parts if part)}")
        self._part(_tr("By account"), accounts)
        if not self._shown:
            self._say(_tr("There is nothing to add up yet."), Look.MUTED)

    def _part(self, title: str, lines: list[str]) -> None:
        if not lines:
            return
        self._say(title, Look.LABEL)
        for line in lines[:_MOST]:
            self._say(line)
        if len(lines) > _MOST:
            self._say(_many("and %n more", len(lines) - _MOST), Look.MUTED)

    def _say(self, words: str, look: Look = Look.PLAIN) -> None:
        text = Text(words, look)
        self._shown.append(text)
        self.body.addWidget(text)


def sums_line(money: "list[Total]") -> str:
    """The totals in one line; empty where there is no money."""
    return " · ".join(total_words(total) for total in money)


def total_words(total: "Total") -> str:
    """`GBP: at least 300 paid, 500 demanded and not paid. 1 amount is not a plain number and is not in this.`"""
    currency = visible_sentence(total.currency) or _tr("No currency named")
    statuses = {
        None: _tr("{0} of which nobody said whether it was paid"),
        PaymentStatus.DEMANDED: _tr("{0} demanded and not paid"),
        PaymentStatus.PAID: _tr("{0} paid"),
        PaymentStatus.PART: _tr("{0} partly paid"),
        PaymentStatus.TRIED: _tr("{0} tried, and did not go through"),
    }
    words = ", ".join(statuses[status].format(f"{amount:f}") for status, amount in total.sums.items())
    if not total.not_plain:
        return f"{currency}: {words}"
    if total.not_plain == 1:
        left = _tr("1 amount is not a plain number and is not in this.")
    else:
        left = _many("%n amounts are not plain numbers and are not in this.", total.not_plain)
    return f"{currency}: {_tr('at least {0}.').format(words)} {left}" if words else f"{currency}: {left}"


def _counts(counts: dict[Kind, int]) -> str:
    named = [_many(words, counts[kind]) for kind, words in _COUNTED.items() if counts.get(kind)]
    return ", ".join(named) or _tr("nothing names it yet")


def _many(text: str, number: int) -> str:
    return QCoreApplication.translate("sums", text, "", number)


def _tr(text: str) -> str:
    return QCoreApplication.translate("sums", text)
