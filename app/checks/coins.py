"""Addresses and transaction hashes of coins: which kind it is, by what was said about it and by its shape."""

import re
from collections.abc import Callable
from enum import StrEnum

from app.checks.base58 import ALPHABET, BadBase58, checked_payload
from app.checks.bech32 import BadBech32, decode_segwit
from app.checks.ethereum import ethereum
from app.checks.monero import monero
from app.checks.result import Check, Looks, mistake, on_any_text, right, unknown


class Chain(StrEnum):
    """The kinds of address that are told apart, under the name that people know."""

    BITCOIN = "Bitcoin"
    ETHEREUM = "Ethereum"
    TRON = "TRON"
    MONERO = "Monero"


_NAMES = {
    Chain.BITCOIN: "btc xbt bitcoin bitcoins segwit taproot",
    Chain.ETHEREUM: "eth ethereum ether erc20 evm bsc bep20 bnbsmartchain binancesmartchain polygon matic arbitrum"
    " optimism base avalanche etc ethereumclassic dai shib",
    Chain.TRON: "trx tron trc20",
    Chain.MONERO: "xmr monero",
}
_FORKS = re.compile(r"bitcoin[\s_-]*(?:cash|sv|gold)\b")
"""Coins of their own that have Bitcoin in their names."""
_BY_NAME = {name: chain for chain, names in _NAMES.items() for name in names.split()}

_VERSIONS = {
    0x00: "Bitcoin, address of the first kind.",
    0x05: "Bitcoin, script address.",
    0x6F: "Bitcoin, test network: worth no money.",
    0xC4: "Bitcoin, test network: worth no money.",
}
_OTHER_VERSIONS = {0x30: "Litecoin.", 0x32: "Litecoin, script address.", 0x1E: "Dogecoin.", 0x4C: "Dash."}
_TEST = "Bitcoin, test network: worth no money."
_OTHER_PREFIXES = {"tb": _TEST, "bcrt": _TEST, "ltc": "Litecoin."}
_TRON = 0x41
_XRP = 0x00
_LETTERS_OF_XRP = str.maketrans("rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz", ALPHABET)
"""The XRP Ledger writes Base58Check with the same letters in another order."""
_HASH_BYTES = 20
_NO_FIT = "The check digits of this address do not fit."
_HEX_HASH = 64


@on_any_text
def bitcoin(text: str) -> Check:
    """A Bitcoin address: Base58Check, Bech32 (BIP 173) or Bech32m, which taproot uses (BIP 350)."""
    text = _bare(text)
    if re.match(r"(?:bc|tb|bcrt)1", text, re.IGNORECASE):
        return _segwit(text)
    if not 26 <= len(text) <= 35:
        return mistake("This has not the length of a Bitcoin address.")
    payload = _payload(text)
    if isinstance(payload, Check):
        return payload
    found = _VERSIONS.get(payload[0])
    if found and len(payload) == 1 + _HASH_BYTES:
        return right(text, found)
    return mistake("This is an address of something else than Bitcoin.")


@on_any_text
def tron(text: str) -> Check:
    """A TRON address: Base58Check with version byte 0x41, so that it begins with T."""
    text = _bare(text)
    if not text.startswith("T") or len(text) != 34:
        return mistake("A TRON address begins with T and has 34 characters.")
    payload = _payload(text)
    if isinstance(payload, Check):
        return payload
    if payload[0] != _TRON or len(payload) != 1 + _HASH_BYTES:
        return mistake("This is not an address of TRON.")
    return right(text, "TRON.")


_BY_CHAIN: dict[Chain, Callable[[str], Check]] = {
    Chain.BITCOIN: bitcoin,
    Chain.ETHEREUM: ethereum,
    Chain.TRON: tron,
    Chain.MONERO: monero,
}


@on_any_text
def crypto_address(text: str, coin: str = "", network: str = "") -> Check:
    """An address, read as the network says, else as the coin says, else by its shape."""
    text = _bare(text)
    uncheckable = _of_another_form(text)
    if uncheckable:
        return uncheckable
    named = chain_named(network) or chain_named(coin)
    shaped = chain_shaped(text)
    if named is None:
        return _unnamed(text, shaped)
    check = _BY_CHAIN[named](text)
    if check.looks is Looks.MISTAKE and shaped not in {None, named}:
        return mistake(f"This has the form of an address of {shaped}, but {named} is named: look at both again.")
    return check


@on_any_text
def transaction_hash(text: str) -> Check:
    """The hash of a transaction: 64 hex digits. A part of one is kept and pointed out: people copy partial values."""
    shown = re.fullmatch(r"(0[xX])?([0-9a-fA-F]+)(?:\s*(?:…|\.{2,})\s*([0-9a-fA-F]*))?", text)
    if not shown:
        if re.fullmatch(rf"[{ALPHABET}]{{80,90}}", text):
            return unknown("It may be a Solana transaction: these have no check digits.", text)
        return unknown("This has not the form of the usual transaction hashes: 64 characters, 0 to 9 and a to f.")
    digits = shown[2]
    if shown[3] is not None or len(digits) < _HEX_HASH:
        return mistake("This is only a part of a transaction hash. If you can, copy all of its 64 characters.")
    if len(digits) > _HEX_HASH:
        return mistake(f"A transaction hash has 64 characters; this has {len(digits)}.")
    return right((shown[1] or "").lower() + digits.lower(), "64 characters, as a transaction hash has.")


def chain_named(words: str) -> Chain | None:
    """The chain that somebody's words for a coin or network mean, as far as they are known: “USDT (TRC-20)” is TRON."""
    lower = _FORKS.sub(" ", words[:200].lower())
    said = re.findall(r"[a-z0-9]+", lower.replace("-", ""))
    found = {_BY_NAME[word] for word in [*said, "".join(said)] if word in _BY_NAME}
    return found.pop() if len(found) == 1 else None


def chain_shaped(text: str) -> Chain | None:
    """The chain whose addresses look like this, whether or not the check digits fit."""
    if re.fullmatch(r"0[xX][0-9a-fA-F]{40}", text):
        return Chain.ETHEREUM
    if re.fullmatch(r"T[0-9A-Za-z]{33}", text):
        return Chain.TRON
    if re.fullmatch(r"[48][0-9A-Za-z]{94}|4[0-9A-Za-z]{105}", text):
        return Chain.MONERO
    if re.fullmatch(r"[13][0-9A-Za-z]{25,34}|(?:bc|BC|tb|TB)1[0-9A-Za-z]{6,87}", text):
        return Chain.BITCOIN
    return None


def _of_another_form(text: str) -> Check | None:
    """What people pay with under the name of Bitcoin, though it is no Bitcoin address."""
    if re.fullmatch(r"ln(?:bc|tb)[0-9a-z]{50,}", text, re.IGNORECASE):
        return unknown("A Lightning invoice of Bitcoin.", text.lower())
    if re.match(r"bitcoincash:", text, re.IGNORECASE) or re.fullmatch(r"[qp][02-9ac-hj-np-z]{41}", text):
        return unknown("An address of Bitcoin Cash. Its check digits cannot be checked here.")
    return None


def _unnamed(text: str, shaped: Chain | None) -> Check:
    if shaped:
        return _BY_CHAIN[shaped](text)
    if re.fullmatch(r"0[xX][0-9a-fA-F]*|\S{1,250}\.eth", text):
        return ethereum(text)
    if re.fullmatch(r"ltc1[0-9a-z]{6,87}", text, re.IGNORECASE):
        return _segwit(text)
    if re.fullmatch(r"r[0-9A-Za-z]{24,34}", text):
        return _xrp(text)
    if re.fullmatch(r"[0-9A-Za-z]{26,35}", text):
        return _base58_of_any_coin(text)
    return unknown("This is not a kind of address that can be checked. Write down which coin and network it is.")


def _xrp(text: str) -> Check:
    payload = _payload(text.translate(_LETTERS_OF_XRP))
    if isinstance(payload, Check):
        return payload
    if payload[0] != _XRP or len(payload) != 1 + _HASH_BYTES:
        return mistake("This is not an address of XRP.")
    return right(text, "XRP.")


def _base58_of_any_coin(text: str) -> Check:
    payload = _payload(text)
    if isinstance(payload, Check):
        return payload
    found = _OTHER_VERSIONS.get(payload[0]) or _VERSIONS.get(payload[0])
    return right(text, found) if found else unknown("The check digits fit, but which coin it is cannot be told.", text)


def _segwit(text: str) -> Check:
    try:
        witness = decode_segwit(text)
    except BadBech32 as bad:
        return mistake(str(bad))
    if witness.prefix == "bc":
        taproot = witness.version == 1 and len(witness.program) == 32
        kind = "segwit" if witness.version == 0 else "taproot" if taproot else "a kind of address not in use yet"
        return right(text.lower(), f"Bitcoin, {kind}.")
    found = _OTHER_PREFIXES.get(witness.prefix)
    return right(text.lower(), found) if found else mistake("This is an address of something else than Bitcoin.")


def _payload(text: str) -> bytes | Check:
    strange = sorted({character for character in text if character not in ALPHABET})
    if strange:
        shown = strange[0] if strange[0] in "0OIl" else ""
        which = f" “{shown}” never occurs in one." if shown else " Only letters and digits occur in one."
        return mistake("There is a character in this address that does not belong." + which)
    try:
        return checked_payload(text)
    except BadBase58:
        return mistake(_NO_FIT)


def _bare(text: str) -> str:
    """The address alone, out of what a QR code holds: `bitcoin:bc1…?amount=1`."""
    found = re.fullmatch(
        r"(?:bitcoin|ethereum|lightning|litecoin|monero|tron):([0-9A-Za-z]+)(?:[?@/].*)?", text, re.IGNORECASE
    )
    return found[1] if found else text
