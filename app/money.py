"""Sums of what was demanded and paid, per currency; what is not a plain number is counted and said so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Context, Decimal

from app.kinds import Payment, PaymentStatus

_PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,18})?")
_EXACT = Context(prec=80)


@dataclass
class Total:
    """What is recorded in one currency: a sum per status, and how many amounts could not be added."""

    currency: str
    sums: dict[PaymentStatus | None, Decimal] = field(default_factory=dict)
    not_plain: int = 0

    @property
    def everything(self) -> Decimal:
        """The sum over every status."""
        total = Decimal(0)
        for amount in self.sums.values():
            total = _EXACT.add(total, amount)
        return total


def totals(payments: Iterable[Payment]) -> list[Total]:
    """One total per currency as it was written (case and spaces around it do not matter), in order of appearance."""
    found: dict[str, Total] = {}
    for payment in payments:
        if not payment.amount.strip():
            continue
        written = payment.currency.strip()
        total = found.setdefault(written.upper(), Total(written.upper() if written.isascii() else written))
        amount = plain_amount(payment.amount)
        if amount is None:
            total.not_plain += 1
        else:
            total.sums[payment.status] = _EXACT.add(total.sums.get(payment.status, Decimal(0)), amount)
    return list(found.values())


def plain_amount(text: str) -> Decimal | None:
    """The number in a text such as `300` or `300.50`; None for anything else, `1,000` too: it can be read two ways."""
    return Decimal(text.strip()) if _PLAIN.fullmatch(text.strip()) else None


def plain_text(amount: Decimal) -> str:
    """The number as people write it, without an exponent."""
    return f"{amount:f}"
