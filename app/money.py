"""Sums of what was demanded and paid, per currency; what is not a plain number is counted and said so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Context, Decimal

from app.checks.money import currency, is_coin, two_ways
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
    """One total per currency, in order of appearance: `£` and `gbp` are GBP; `$` stands alone, as written."""
    found: dict[str, Total] = {}
    for payment in payments:
        if not payment.amount.strip():
            continue
        written = payment.currency.strip()
        name = currency(written).normal or (written.upper() if written.isascii() else written)
        total = found.setdefault(name.upper(), Total(name))
        amount = plain_amount(payment.amount, written or payment.coin)
        if amount is None:
            total.not_plain += 1
        else:
            total.sums[payment.status] = _EXACT.add(total.sums.get(payment.status, Decimal(0)), amount)
    return list(found.values())


def plain_amount(text: str, unit: str = "") -> Decimal | None:
    """The number in a text such as `300` or `300.50`; None for anything else.

    `1,000` can be read in two ways, and so can `1.000`, unless `unit` is a coin: coins are counted in small parts.
    """
    number = text.strip()
    if not _PLAIN.fullmatch(number) or (two_ways(number) and not is_coin(unit)):
        return None
    return Decimal(number)


def plain_text(amount: Decimal) -> str:
    """The number as people write it, without an exponent."""
    return f"{amount:f}"
