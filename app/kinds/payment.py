"""A payment or a demand for one; demands that were never paid count as much."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from app.kinds.field import Ask, Form
from app.kinds.record import Record
from vault.chain import Kind


class PaymentStatus(StrEnum):
    """What became of a demand."""

    DEMANDED = "demanded"
    PAID = "paid"
    PART = "part"
    TRIED = "tried"


class PaymentKind(StrEnum):
    """By which way the money was asked for or sent."""

    WESTERN_UNION = "western_union"
    MONEYGRAM = "moneygram"
    UK_BANK = "uk_bank"
    IBAN = "iban"
    PAYPAL = "paypal"
    REVOLUT = "revolut"
    CASH_APP = "cash_app"
    GIFT_CARD = "gift_card"
    CRYPTO = "crypto"
    CASH = "cash"
    OTHER = "other"


class Collected(StrEnum):
    """Whether somebody picked the money up."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Record):
    """A demand or a payment. Amounts are texts, as written."""

    KIND: ClassVar[Kind] = Kind.PAYMENT

    status: Annotated[PaymentStatus | None, Ask("Was it paid?")] = None
    kind: Annotated[PaymentKind | None, Ask("How was it asked for or sent?")] = None
    amount: Annotated[str, Ask("Amount", "For example 300 or 300.50.", Form.AMOUNT)] = ""
    currency: Annotated[str, Ask("Currency", "For example GBP, EUR, USD, BTC.")] = ""
    recipient: Annotated[str, Ask("Name of the recipient", "As it was given to you.")] = ""
    reference: Annotated[
        str,
        Ask(
            "Number or address",
            "MTCN, MoneyGram reference, IBAN, wallet address, e-mail, gift card number: exactly as it stands.",
            Form.IDENTIFIER,
        ),
    ] = ""
    sort_code: Annotated[str, Ask("Sort code", form=Form.IDENTIFIER)] = ""
    account_number: Annotated[str, Ask("Account number", form=Form.IDENTIFIER)] = ""
    network: Annotated[str, Ask("Network", "For crypto: Bitcoin, Ethereum, Tron…")] = ""
    transaction: Annotated[str, Ask("Transaction hash or number", form=Form.IDENTIFIER)] = ""
    deadline: Annotated[str, Ask("Deadline they set", form=Form.MOMENT)] = ""
    exact_words: Annotated[str, Ask("Their exact words", "Copied, with their mistakes.", Form.EXACT_WORDS)] = ""
    paid_at: Annotated[str, Ask("When it was paid", form=Form.MOMENT)] = ""
    collected: Annotated[
        Collected | None,
        Ask("Has the money been collected?", "If not, you may still be able to cancel it: ask the provider first."),
    ] = None
    collected_where: Annotated[str, Ask("Where it was collected", "Agent or branch, town, country.")] = ""
    collected_when: Annotated[str, Ask("When it was collected", form=Form.MOMENT)] = ""
    how_known: Annotated[str, Ask("How you know that")] = ""
    cancel_attempted_at: Annotated[str, Ask("When you tried to cancel it", form=Form.MOMENT)] = ""
    cancel_result: Annotated[str, Ask("What came of it")] = ""
    provider_reference: Annotated[str, Ask("Reference of the bank or provider", form=Form.IDENTIFIER)] = ""
    account: Annotated[str, Ask("Account that demanded it", refers_to=Kind.ACCOUNT)] = ""
    notes: Annotated[str, Ask("Notes", form=Form.TEXT)] = ""
