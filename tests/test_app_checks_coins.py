"""Addresses of coins: known ones look right, and every single changed character is noticed."""

import hashlib
import string

import pytest

from app.checks.coins import bitcoin, crypto_address, transaction_hash, tron
from app.checks.ethereum import ethereum
from app.checks.monero import monero
from app.checks.result import Looks

TAPROOT = "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr"
SEGWIT = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"
FIRST_KIND = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"
SCRIPT = "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"
TETHER_ON_TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
ETHER = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
MONERO = (
    "4AdUndXHHZ6cfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2684Rge",
    "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
)
XRP = ("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", "rvYAfWj5gh67oV6fW32ZzP3Aw4Eubs59B", "rrrrrrrrrrrrrrrrrrrrrhoLvTp")
CASH = "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"
INVOICE = "lnbc20u1p3y0x3hpp5743k2g0fsqqxj7n8qzuhns5gmkk4djeejk3wkp64ppevgekvc0jsdqcve5kzar2v9nr5gpqd4hkuetesp5"
INTEGRATED = (
    "4LL9oSLmtpccfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2bYXZKKQePHES9khPK"
)
SUBADDRESS = "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H"
CHECKSUMMED = [
    *((bitcoin, text) for text in (TAPROOT, SEGWIT, FIRST_KIND, SCRIPT)),
    *((tron, text) for text in (TETHER_ON_TRON, "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC")),
    *((monero, text) for text in (MONERO[0], INTEGRATED, SUBADDRESS)),
]


@pytest.mark.parametrize(
    ("check", "text", "detail"),
    [
        (bitcoin, TAPROOT, "Bitcoin, taproot."),
        (bitcoin, SEGWIT, "Bitcoin, segwit."),
        (bitcoin, FIRST_KIND, "Bitcoin, address of the first kind."),
        (bitcoin, SCRIPT, "Bitcoin, script address."),
        (bitcoin, "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", "Bitcoin, test network: worth no money."),
        (tron, TETHER_ON_TRON, "TRON."),
        (monero, MONERO[0], "Monero."),
        (monero, MONERO[1], "Monero."),
        (monero, INTEGRATED, "Monero, with a payment id in it (integrated address)."),
        (monero, SUBADDRESS, "Monero, subaddress."),
    ],
)
def test_a_known_address_looks_right_and_is_named(check, text, detail):
    for found in (check(text), crypto_address(text), check(f" {text}\n")):
        assert (found.looks, found.normal, found.detail) == (Looks.RIGHT, text, detail)


@pytest.mark.parametrize(("check", "text"), CHECKSUMMED, ids=[text[:12] for _, text in CHECKSUMMED])
def test_every_single_changed_character_is_noticed(check, text):
    for position, before in enumerate(text):
        for changed in set(string.ascii_letters + string.digits) - {before}:
            wrong = text[:position] + changed + text[position + 1 :]
            assert check(wrong).looks is Looks.MISTAKE, wrong


@pytest.mark.parametrize(("check", "text"), CHECKSUMMED, ids=[text[:12] for _, text in CHECKSUMMED])
def test_a_lost_or_doubled_or_swapped_character_is_noticed(check, text):
    for position in range(len(text) - 1):
        assert check(text[:position] + text[position + 1 :]).looks is Looks.MISTAKE
        assert check(text[:position] + text[position] + text[position:]).looks is Looks.MISTAKE
        swapped = text[:position] + text[position + 1] + text[position] + text[position + 2 :]
        assert swapped == text or check(swapped).looks is Looks.MISTAKE


EIP_55 = """0x52908400098527886E0F7030069857D2E4169EE7 0x8617E340B3D01FA5F11F306F4090FD50E238070D
    0xde709f2102306220921060314715629080e2fb77 0x27b1fdb04752bbc536007a920d24acb045561c26
    0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359
    0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB 0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb""".split()


@pytest.mark.parametrize("text", EIP_55)
def test_the_examples_of_eip_55_come_out_as_published(text):
    assert ethereum(text).normal == text
    assert ethereum(text.lower()).normal == text
    assert ethereum(text.lower()).looks is Looks.UNKNOWN
    assert ethereum("0x" + text[2:].upper()).looks is Looks.UNKNOWN


@pytest.mark.parametrize("text", EIP_55[4:])
def test_every_single_changed_character_of_these_ethereum_addresses_is_noticed(text):
    assert ethereum(text).looks is Looks.RIGHT
    for position in range(2, 42):
        for changed in set("0123456789abcdefABCDEF") - {text[position]}:
            wrong = text[:position] + changed + text[position + 1 :]
            assert ethereum(wrong).looks is Looks.MISTAKE, wrong


@pytest.mark.parametrize(
    ("text", "coin", "network", "looks", "words"),
    [
        (TETHER_ON_TRON, "USDT", "TRC-20", Looks.RIGHT, "TRON"),
        (TETHER_ON_TRON, "USDT", "", Looks.RIGHT, "TRON"),
        (ETHER, "USDT", "ERC20", Looks.RIGHT, "Ethereum"),
        (TETHER_ON_TRON, "USDT", "Ethereum (ERC20)", Looks.MISTAKE, "form of an address of TRON, but Ethereum"),
        (ETHER, "Bitcoin", "", Looks.MISTAKE, "form of an address of Ethereum, but Bitcoin"),
        (FIRST_KIND[:-1], "btc", "", Looks.MISTAKE, "check digits"),
        (f"bitcoin:{SEGWIT}?amount=0.1", "", "", Looks.RIGHT, "segwit"),
        ("someone.eth", "ETH", "", Looks.UNKNOWN, "name"),
        ("4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T", "SOL", "", Looks.UNKNOWN, "coin and network"),
        ("0x" + "a" * 64, "ETH", "", Looks.MISTAKE, "transaction"),
        ("0x123", "", "", Looks.MISTAKE, "40 characters"),
        ("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVNO", "", "", Looks.MISTAKE, "“O” never occurs"),
        ("LVg2kJoFNg45Nbpy53h7Fe1wKyeXVRhMH9", "LTC", "", Looks.RIGHT, "Litecoin"),
        (CASH, "Bitcoin Cash", "", Looks.UNKNOWN, "Bitcoin Cash"),
        (CASH.removeprefix("bitcoincash:"), "BTC", "", Looks.UNKNOWN, "Bitcoin Cash"),
        (ETHER, "Bitcoin SV", "", Looks.RIGHT, "Ethereum"),
        (INVOICE, "BTC", "", Looks.UNKNOWN, "Lightning"),
        (f"lightning:{INVOICE.upper()}", "Bitcoin", "Bitcoin", Looks.UNKNOWN, "Lightning"),
        ("ask me", "", "", Looks.UNKNOWN, "coin and network"),
    ],
)
def test_an_address_is_read_as_the_network_or_else_the_coin_or_else_its_shape_says(text, coin, network, looks, words):
    found = crypto_address(text, coin, network)
    assert found.looks is looks
    assert words in found.detail


def test_a_part_of_a_transaction_hash_is_pointed_out_and_a_whole_one_looks_right():
    whole = hashlib.sha256(b"a transaction").hexdigest()
    assert transaction_hash(whole.upper()).normal == whole
    assert transaction_hash("0x" + whole).normal == "0x" + whole
    for part in (whole[:12], f"{whole[:6]}…{whole[-6:]}", f"0x{whole[:6]}...", whole[:-1]):
        assert transaction_hash(part).looks is Looks.MISTAKE
        assert "part" in transaction_hash(part).detail
    assert transaction_hash(whole + "0").looks is Looks.MISTAKE
    assert transaction_hash("MTR-99").looks is Looks.UNKNOWN


@pytest.mark.parametrize("text", XRP)
@pytest.mark.parametrize("coin", ["XRP", "Ripple", ""])
def test_an_address_of_xrp_is_read_in_its_own_order_of_letters(text, coin):
    found = crypto_address(text, coin)
    assert (found.looks, found.normal, found.detail) == (Looks.RIGHT, text, "XRP.")
    wrong = text[:-1] + ("x" if text[-1] != "x" else "y")
    assert crypto_address(wrong, coin).detail == "The check digits of this address do not fit."
