"""A record as it stands -> what there is to say about each of its fields."""

import re
from collections.abc import Callable, Mapping

from app.checks.addresses import domain, email, link
from app.checks.bank import account_number, bic, iban, paid_from, sort_code, uetr
from app.checks.coins import chain_shaped, crypto_address, transaction_hash
from app.checks.look_alikes import LookAlike, Why, look_alikes
from app.checks.money import amount, currency
from app.checks.phone import HOME, phone
from app.checks.platforms import BOARDS, POSTER_IDS, POSTS, TRIPCODES, first_form, handle, persistent_id
from app.checks.result import Check, Looks, plain, unknown
from app.checks.transfer import cashtag, gift_code, moneygram, mtcn, paypal, paypal_transaction, revtag
from app.kinds import KINDS, Form, Kind, PaymentKind, Platform

_Texts = Mapping[str, str]
_Reader = Callable[[str], Check]

_ACCOUNT: Mapping[str, _Reader] = {
    "email": email,
    "domain": domain,
    "tripcode": lambda text: first_form(text, TRIPCODES, "Tripcodes of this kind cannot be checked."),
    "poster_id": lambda text: first_form(text, POSTER_IDS, "Poster IDs differ from board to board."),
    "board": lambda text: first_form(text, BOARDS, "Boards of this kind cannot be checked."),
    "thread": lambda text: first_form(text, POSTS, "The number of a thread is usually digits only."),
    "post": lambda text: first_form(text, POSTS, "The number of a post is usually digits only."),
}
_PAYMENT: Mapping[str, _Reader] = {
    "currency": currency,
    "sort_code": sort_code,
    "account_number": account_number,
    "bic": bic,
    "uetr": uetr,
}
_REFERENCES: Mapping[str, _Reader] = {
    PaymentKind.WESTERN_UNION: mtcn,
    PaymentKind.MONEYGRAM: moneygram,
    PaymentKind.IBAN: iban,
    PaymentKind.PAYPAL: paypal,
    PaymentKind.REVOLUT: revtag,
    PaymentKind.CASH_APP: cashtag,
}
_BY_PHONE = frozenset({Platform.WHATSAPP, Platform.PHONE, Platform.SIGNAL})


def checks_of(kind: Kind, data: Mapping[str, object], *, region: str = HOME) -> Mapping[str, Check]:
    """What each field of a record looks like, by field name; only fields that hold something and can be spoken of.

    `region`: the country (ISO 3166, two letters) of phone numbers without a country code. Never raises for any text.
    """
    texts = {name: value for name, value in data.items() if isinstance(value, str) and value.strip()}
    found = {name: link(texts[name]) for name in _links_of(kind) if name in texts}
    if kind is Kind.ACCOUNT:
        found.update(_account(texts, region))
    elif kind is Kind.PAYMENT:
        found.update(_payment(texts))
    return found


def look_alikes_of(kind: Kind, data: Mapping[str, object]) -> Mapping[str, tuple[LookAlike, ...]]:
    """The letters to look at again, by field name: in names, identifiers and links, not in running text.

    The gentle hints (l, I, 1, O, 0) are left out where check digits fit, and in links, which are copied.
    """
    proved = _with_check_digits(kind, data)
    found: dict[str, tuple[LookAlike, ...]] = {}
    for spec in KINDS[kind].specs():
        value = data.get(spec.name)
        if not isinstance(value, str) or spec.form not in {Form.LINE, Form.IDENTIFIER, Form.LINK}:
            continue
        gentle = spec.form is Form.IDENTIFIER and spec.name not in proved
        odd = look_alikes(value, identifier=spec.form is not Form.LINE)
        kept = tuple(one for one in odd if gentle or one.why is not Why.ALIKE)
        if kept:
            found[spec.name] = kept
    return found


def _with_check_digits(kind: Kind, data: Mapping[str, object]) -> frozenset[str]:
    if kind is not Kind.PAYMENT or data.get("kind") not in {PaymentKind.IBAN, PaymentKind.CRYPTO}:
        return frozenset()
    checked = checks_of(kind, data)
    return frozenset(name for name in ("reference", "from_address") if _is_right(checked.get(name)))


def _is_right(check: Check | None) -> bool:
    return check is not None and check.looks is Looks.RIGHT


def _links_of(kind: Kind) -> tuple[str, ...]:
    record = KINDS.get(kind)
    return tuple(spec.name for spec in record.specs() if spec.form is Form.LINK) if record else ()


def _account(texts: _Texts, region: str) -> dict[str, Check]:
    found = {name: read(texts[name]) for name, read in _ACCOUNT.items() if name in texts}
    if "phone" in texts:
        found["phone"] = phone(texts["phone"], region)
    platform = _platform(texts.get("platform", ""))
    if platform is None:
        return found
    for name, by_form in (("handle", handle), ("persistent_id", persistent_id)):
        if name in texts:
            found[name] = _of_account(texts[name], platform, by_form, region)
    return found


def _of_account(text: str, platform: Platform, by_form: Callable[[str, Platform], Check], region: str) -> Check:
    if platform is Platform.EMAIL:
        return email(text)
    if platform is Platform.WEBSITE:
        return domain(text)
    if platform in _BY_PHONE:
        name = by_form(text, platform)
        return name if name.looks is Looks.RIGHT else phone(text, region)
    return by_form(text, platform)


def _platform(word: str) -> Platform | None:
    return Platform(word) if word in {platform.value for platform in Platform} else None


def _payment(texts: _Texts) -> dict[str, Check]:
    kind = texts.get("kind", "")
    found = {name: read(texts[name]) for name, read in _PAYMENT.items() if name in texts}
    if "amount" in texts:
        found["amount"] = amount(texts["amount"], texts.get("currency", "") or texts.get("coin", ""))
    if "paid_from" in texts:
        card = paid_from(texts["paid_from"])
        found.update({"paid_from": card} if card.looks is Looks.MISTAKE else {})
    if "from_address" in texts:
        found["from_address"] = _address(texts, "from_address")
    if "gift_code" in texts:
        found["gift_code"] = gift_code(texts["gift_code"], texts.get("gift_brand", ""))
    if "reference" in texts:
        found["reference"] = _reference(kind, texts)
    if "transaction" in texts:
        found["transaction"] = _transaction(kind, texts["transaction"])
    return found


def _reference(kind: str, texts: _Texts) -> Check:
    text = texts["reference"]
    if kind in _REFERENCES:
        return _REFERENCES[kind](text)
    if kind == PaymentKind.CRYPTO:
        return _address(texts, "reference")
    if kind == PaymentKind.GIFT_CARD:
        return gift_code(text, texts.get("gift_brand", ""))
    return _of_any_kind(text)


def _address(texts: _Texts, name: str) -> Check:
    return crypto_address(texts[name], texts.get("coin", "") or texts.get("currency", ""), texts.get("network", ""))


def _of_any_kind(text: str) -> Check:
    """Where nobody said what it is: what fits with its check digits is named, the rest is left alone."""
    kept = plain(text)
    readers: list[_Reader] = []
    if re.match(r"[A-Za-z]{2}[ -]?[0-9]", kept):
        readers.append(iban)
    if chain_shaped(kept):
        readers.append(crypto_address)
    if "@" in kept:
        readers.append(email)
    checks = [read(kept) for read in readers]
    return next((check for check in checks if _is_right(check)), unknown("References of this kind cannot be checked."))


def _transaction(kind: str, text: str) -> Check:
    if kind == PaymentKind.CRYPTO:
        return transaction_hash(text)
    if kind == PaymentKind.PAYPAL:
        return paypal_transaction(text)
    if re.fullmatch(r"(?:0[xX])?[0-9a-fA-F]{64}", plain(text)):
        return transaction_hash(text)
    return unknown("Transaction numbers of this kind cannot be checked.")
