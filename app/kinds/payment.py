"""A payment or a demand for one; demands that were never paid count as much."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from app.kinds.field import Ask, Form
from app.kinds.record import Record
from app.kinds.times import Known, Recorded
from vault.chain import Kind


class PaymentStatus(StrEnum):
    """What became of a demand."""

    DEMANDED = "demanded"
    PAID = "paid"
    PART = "part"
    TRIED = "tried"


class PaymentKind(StrEnum):
    """By which way the money was asked for or sent; or what was asked for in its place."""

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
    TRANSFER = "transfer"
    GOODS = "goods"
    IMAGES = "images"
    OTHER = "other"


class GiftBrand(StrEnum):
    """Whose gift card it is."""

    STEAM = "steam"
    AMAZON = "amazon"
    APPLE = "apple"
    GOOGLE = "google"
    RAZER = "razer"
    PAYSAFE = "paysafe"
    OTHER = "other"


Collected = Known
"""Whether somebody picked the money up."""

_AGENT = (PaymentKind.WESTERN_UNION.value, PaymentKind.MONEYGRAM.value, PaymentKind.TRANSFER.value)
_BANK = (PaymentKind.UK_BANK.value, PaymentKind.IBAN.value)
_UK = (PaymentKind.UK_BANK.value,)
_ABROAD = (PaymentKind.IBAN.value,)
_CRYPTO = (PaymentKind.CRYPTO.value,)
_GIFT = (PaymentKind.GIFT_CARD.value,)
_PICKED_UP = (*_AGENT, PaymentKind.CASH.value, PaymentKind.GOODS.value)
_NOT_MONEY = (PaymentKind.IMAGES.value, PaymentKind.GOODS.value, PaymentKind.OTHER.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Record):
    """A demand or a payment. Amounts are texts, as written."""

    KIND: ClassVar[Kind] = Kind.PAYMENT
    DECIDING: ClassVar[str] = "kind"

    status: Annotated[
        PaymentStatus | None,
        Ask(
            "Was it paid?",
            "You need not pay, and you need not send any more pictures. If money is on its way, ring the provider "
            "first: it may still be stopped.",
            report="Status",
        ),
    ] = None
    kind: Annotated[PaymentKind | None, Ask("How was it asked for or sent?", report="Way of payment")] = None
    amount: Annotated[str, Ask("Amount", "For example 300 or 300.50.", Form.AMOUNT)] = ""
    currency: Annotated[str, Ask("Currency", "For example GBP, EUR, USD, BTC.")] = ""
    what_else: Annotated[
        str,
        Ask("What they want in place of money", "More pictures, a parcel, a favour…", Form.TEXT, only_for=_NOT_MONEY),
    ] = ""
    recipient: Annotated[str, Ask("Name of the recipient", "As it was given to you.", report="Recipient")] = ""
    reference: Annotated[
        str,
        Ask(
            "Number or address",
            "MTCN, MoneyGram reference, IBAN, wallet address, e-mail, gift card number: exactly as it stands.",
            Form.IDENTIFIER,
        ),
    ] = ""
    sort_code: Annotated[str, Ask("Sort code", form=Form.IDENTIFIER, only_for=_UK)] = ""
    account_number: Annotated[str, Ask("Account number", form=Form.IDENTIFIER, only_for=_UK)] = ""
    bic: Annotated[str, Ask("BIC", "Also called SWIFT code.", Form.IDENTIFIER, only_for=_ABROAD)] = ""
    bank: Annotated[str, Ask("Bank", "Name and country of the bank it goes to.", only_for=_BANK)] = ""
    payee_check: Annotated[
        str,
        Ask(
            "What your bank said about the name",
            "Some banks say whether the name fits the account.",
            report="Name and account fit",
            only_for=_UK,
        ),
    ] = ""
    uetr: Annotated[
        str,
        Ask(
            "Tracking number of the transfer (UETR)",
            "36 characters, from your bank.",
            Form.IDENTIFIER,
            only_for=_ABROAD,
        ),
    ] = ""
    company: Annotated[
        str, Ask("Company", "Ria, Remitly, WorldRemit, Wise…", only_for=(PaymentKind.TRANSFER.value,))
    ] = ""
    sender_name: Annotated[str, Ask("Name of the sender on the form", report="Sender on the form", only_for=_AGENT)] = (
        ""
    )
    receive_country: Annotated[
        str, Ask("Country where it is to be collected", report="To be collected in", only_for=_AGENT)
    ] = ""
    agent: Annotated[
        str,
        Ask("Shop or agent where you paid in", report="Paid in at", only_for=(*_AGENT, PaymentKind.GIFT_CARD.value)),
    ] = ""
    transfer_status: Annotated[
        str,
        Ask("What the provider shows", "Available, received, paid…", report="Status at the provider", only_for=_AGENT),
    ] = ""
    coin: Annotated[str, Ask("Coin", "Bitcoin, Ethereum, USDT, Monero…", only_for=_CRYPTO)] = ""
    network: Annotated[
        str, Ask("Network", "For crypto: Bitcoin, Ethereum, Tron… For USDT it matters.", only_for=_CRYPTO)
    ] = ""
    from_address: Annotated[
        str, Ask("Address it was sent from", form=Form.IDENTIFIER, report="Sent from", only_for=_CRYPTO)
    ] = ""
    exchange: Annotated[str, Ask("Exchange or app you used", report="Exchange", only_for=_CRYPTO)] = ""
    gift_brand: Annotated[GiftBrand | None, Ask("Whose gift card is it?", report="Gift card", only_for=_GIFT)] = None
    gift_code: Annotated[
        str,
        Ask(
            "Code of the gift card",
            "It stands in a report in full: the police and the company need all of it to trace the card, and whoever "
            "has it can spend what is left. Ask the company to stop the card. Keep the card and the receipt.",
            Form.IDENTIFIER,
            only_for=_GIFT,
        ),
    ] = ""
    redeemed: Annotated[Known | None, Ask("Has the card been used?", report="Used", only_for=_GIFT)] = None
    transaction: Annotated[
        str,
        Ask("Transaction hash or number", "All of it, not only its beginning.", Form.IDENTIFIER, report="Transaction"),
    ] = ""
    paid_from: Annotated[
        str, Ask("Paid from", "The last four digits of your card or account. Not the whole number.", Form.IDENTIFIER)
    ] = ""
    demanded_at: Annotated[str, Ask("When it was demanded", form=Form.MOMENT, report="Demanded", section="When")] = ""
    deadline: Annotated[str, Ask("Deadline they set", form=Form.MOMENT)] = ""
    paid_at: Annotated[str, Ask("When it was paid", form=Form.MOMENT, report="Paid")] = ""
    exact_words: Annotated[
        str, Ask("Their exact words", "Letter by letter, as they wrote it.", Form.EXACT_WORDS, section="In their words")
    ] = ""
    collected: Annotated[
        Collected | None,
        Ask(
            "Has the money been collected?",
            "Ask the provider. If it has not been, cancel it first and write this down afterwards.",
            report="Collected",
            section="Where the money went",
        ),
    ] = None
    collected_where: Annotated[
        str,
        Ask("Where it was collected", "Agent or branch, town, country.", report="Collected where", only_for=_PICKED_UP),
    ] = ""
    collected_when: Annotated[
        str, Ask("When it was collected", form=Form.MOMENT, report="Collected when", only_for=_PICKED_UP)
    ] = ""
    how_known: Annotated[str, Ask("How you know that", "Tracker, agent, text…", report="How that is known")] = ""
    collected_asked_at: Annotated[
        str, Ask("When you asked or looked", form=Form.MOMENT, report="That was asked on")
    ] = ""
    cancel_attempted_at: Annotated[
        str, Ask("When you tried to cancel it", form=Form.MOMENT, report="Cancelling tried")
    ] = ""
    cancel_result: Annotated[str, Ask("What came of it")] = ""
    provider_reference: Annotated[
        str, Ask("Reference of the bank or provider", form=Form.IDENTIFIER, report="Reference of the provider")
    ] = ""
    account: Annotated[
        str,
        Ask("Account that demanded it", report="Demanded by", refers_to=Kind.ACCOUNT, section="What belongs to it"),
    ] = ""
    demand: Annotated[
        str,
        Ask("The demand it answers", "If you wrote that down on its own.", report="Answers", refers_to=Kind.PAYMENT),
    ] = ""
    exhibits: Annotated[
        tuple[str, ...], Ask("Exhibits that show it", "The receipt, too.", report="Exhibits", refers_to=Kind.EXHIBIT)
    ] = ()
    recorded: Annotated[
        Recorded | None, Ask("Are you writing this as it happens, or from memory?", report="Written down")
    ] = None
    notes: Annotated[str, Ask("Notes", form=Form.TEXT)] = ""
