"""What is said before anything is typed about a payment: whom to ask at once to cancel it or call it back."""

from PySide6.QtCore import QCoreApplication, Qt, Signal

from ui import theme
from ui.widgets.card import Card
from ui.widgets.flow import flow_of
from ui.widgets.text import Button, Look, Text


class StopItFirst(Card):
    """Money that is on its way can often still be stopped, and the minutes count more than what is written here.

    The keyboard begins at it, so that those who do not see it hear it first.
    """

    help_asked = Signal()
    """Somebody wants to see whom they can ring."""

    def __init__(self) -> None:
        super().__init__(
            _tr("First: can it still be stopped?"),
            _tr("If money has gone out, ask at once. Write it down afterwards."),
            soft=True,
        )
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        edge = theme.px(16)
        self.body.setContentsMargins(edge, theme.px(14), edge, theme.px(6))
        lines = (
            _tr("Bank or card: ring your bank, and ask them to stop or recall it."),
            _tr("Western Union, MoneyGram and the like: ask them to cancel it, as long as nobody has collected it."),
            _tr("Gift card: tell whoever issued it, and ask for the money back. Keep the card and the receipt."),
            _tr("Crypto: tell the exchange or app you sent it from, and ask whether they can still hold it."),
            _tr("PayPal, Revolut, Cash App: cancel it in the app, or ask their support."),
        )
        for line in lines:
            self.add(Text(line, Look.SMALL))
        self.setAccessibleDescription(" ".join((self.sentence.text(), *lines)))
        whom = Button(_tr("Whom to ring"), Look.QUIET)
        whom.clicked.connect(self.help_asked)
        self.add(flow_of(whom))
        self.hide()


def _tr(text: str) -> str:
    return QCoreApplication.translate("StopItFirst", text)
