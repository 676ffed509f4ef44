"""Amounts and currencies."""

import re
from decimal import Decimal

from app.checks.result import Check, mistake, on_any_text, plain, right, unknown

_CURRENCIES = frozenset(
    """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL
    MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR
    RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD
    TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG""".split()
)
"""ISO 4217, the currencies that people pay in; without funds and metals."""

_COINS = frozenset(
    """ADA AVAX BCH BNB BTC BUSD DAI DASH DOGE DOT ETC ETH LTC MATIC POL SHIB SOL TON TRX USDC USDT XLM XMR XRP
    ZEC""".split()
)
_COIN_NAMES = frozenset(
    "BITCOIN BITCOINS CARDANO DOGECOIN ETHER ETHEREUM LITECOIN MONERO RIPPLE SOLANA STELLAR TETHER TRON XBT".split()
)
_SIGNS = {"£": "GBP", "€": "EUR", "₹": "INR", "₽": "RUB", "₿": "BTC", "₺": "TRY", "₦": "NGN", "₱": "PHP", "₩": "KRW",
          "₪": "ILS", "₫": "VND", "₴": "UAH", "฿": "THB", "US$": "USD"}  # fmt: skip
_SEVERAL = {"$", "¥", "kr", "kr."}
_LONGEST = 60
_INDIAN = r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?"
"""Thousands as they are set apart in India and its neighbours: `1,50,000` is a hundred and fifty thousand."""


@on_any_text
def amount(text: str, unit: str = "") -> Check:
    """A decimal number. The normal form has a point and no separators; one that can be read in two ways has none.

    `unit`: the currency or coin. `1.000` of a coin is one coin; of any other currency it may be a thousand.
    """
    number = plain(text)
    coin = is_coin(unit) or "₿" in number
    for sign in sorted([*_SIGNS, *_SEVERAL], key=len, reverse=True):
        number = number.removeprefix(sign).removesuffix(sign).strip()
    number = re.sub(r"(?<=[0-9])[\s'’_](?=[0-9]{3})", "", number)
    if re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", number):
        return mistake("This can be read in two ways. Write thousands without a comma, and pence after a point.")
    if two_ways(number) and not coin:
        return mistake("This can be read in two ways. Write thousands without a point, and pence as two digits.")
    if re.fullmatch(r"-[0-9.,]+", number):
        return mistake("An amount has no minus sign.")
    decimal = _decimal(number) if len(number) <= _LONGEST else None
    if decimal is None:
        return unknown("This is not one number, for example 300 or 300.50.")
    return right(f"{decimal:f}", "A number.")


@on_any_text
def currency(text: str) -> Check:
    """A currency of ISO 4217, or a coin that is well known."""
    code = text.strip().upper()
    sign = _SIGNS.get(code)
    if sign:
        return right(sign, f"The sign of {sign}.")
    if code in _CURRENCIES:
        return right(code, "A currency of ISO 4217.")
    if code in _COINS:
        return right(code, "A coin.")
    if text.strip().lower() in _SEVERAL:
        return unknown("Several currencies have this sign. Three letters are clearer, for example USD.")
    return unknown(
        "Not one of the currencies and coins that are known here. Three letters are clearer, for example GBP."
    )


def is_coin(unit: str) -> bool:
    """Whether a currency as somebody wrote it is a well-known coin: `BTC`, `Bitcoin`, `USDT (TRC20)`."""
    words = re.findall(r"[A-Z]+|₿", unit[:_LONGEST].upper())
    return any(word in _COINS or word in _COIN_NAMES or word == "₿" for word in words)


def two_ways(number: str) -> bool:
    """Whether a number with a point may be thousands as well as parts of one: `1.000`, but not `0.001`."""
    return re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", number) is not None


def _decimal(number: str) -> Decimal | None:
    """With a point before the pence, or with a comma, as it is written in many countries."""
    if re.fullmatch(rf"[0-9]{{1,3}}(?:,[0-9]{{3}}){{2,}}|[0-9]{{1,3}}(?:,[0-9]{{3}})+\.[0-9]+|{_INDIAN}", number):
        number = number.replace(",", "")
    elif re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+", number):
        number = number.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[0-9]+,[0-9]+", number):
        number = number.replace(",", ".")
    return Decimal(number) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+", number) else None
