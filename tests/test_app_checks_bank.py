"""IBAN, BIC, sort codes, cards, transfers, gift cards, amounts: what is right looks right, what is wrong is named."""

import string

import pytest

from app.checks.bank import account_number, bic, card_number, iban, paid_from, sort_code, uetr
from app.checks.money import amount, currency
from app.checks.result import Looks
from app.checks.transfer import cashtag, gift_code, moneygram, mtcn, paypal, paypal_transaction, revtag

REGISTRY = """GB29NWBK60161331926819 DE89370400440532013000 FR1420041010050500013M02606 NL91ABNA0417164300
    NO9386011117947 BE68539007547034 ES9121000418450200051332 CH9300762011623852957 SA0380000000608010167519
    MT84MALT011000012345MTLCAST001S PL61109010140000071219812874 SE4550000000058398257466 IE29AIBK93115212345678
    IT60X0542811101000000123456 TR330006100519786457841326 AE070331234567890123456
    UA213223130000026007233566001 LC55HEMM000100010012001200023015""".split()


@pytest.mark.parametrize("text", REGISTRY)
def test_the_examples_of_the_iban_registry_look_right_however_they_are_spaced(text):
    spaced = " ".join(text[start : start + 4] for start in range(0, len(text), 4))
    for typed in (text, spaced, spaced.lower(), f"\u200b{spaced}\u00a0", spaced.replace(" ", "-")):
        assert iban(typed).looks is Looks.RIGHT
        assert iban(typed).normal == text


@pytest.mark.parametrize("text", REGISTRY)
def test_every_single_changed_digit_or_letter_of_an_iban_is_noticed(text):
    for position, before in enumerate(text):
        alike = string.digits if before.isdigit() else string.ascii_uppercase
        for changed in set(alike) - {before}:
            assert iban(text[:position] + changed + text[position + 1 :]).looks is Looks.MISTAKE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("GB29NWBK60161331926818", "check digits"),
        ("GB24NWBK6016133192681", "another length"),
        ("60-16-13", "sort code"),
        ("31926819", "account number"),
        ("hello", "two letters and two digits"),
        ("GB29" + "9" * 80, "two letters and two digits"),
    ],
)
def test_an_iban_that_is_none_is_named(text, words):
    assert iban(text).looks is Looks.MISTAKE
    assert words in iban(text).detail


def test_an_iban_of_a_country_that_is_not_in_the_list_cannot_be_checked():
    digits = 98 - int("".join(str(int(c, 36)) for c in "WEST12345698765432" + "QQ") + "00") % 97
    found = iban(f"QQ{digits:02d}WEST12345698765432")
    assert found.looks is Looks.UNKNOWN
    assert "QQ" in found.detail


@pytest.mark.parametrize(
    ("check", "text", "looks", "normal"),
    [
        (bic, "nwbk gb 2l", Looks.RIGHT, "NWBKGB2L"),
        (bic, "DEUTDEFF500", Looks.RIGHT, "DEUTDEFF500"),
        (bic, "NWBKGB2", Looks.MISTAKE, ""),
        (bic, "NWBKZZ2L", Looks.MISTAKE, ""),
        (bic, "12345678", Looks.MISTAKE, ""),
        (sort_code, "60 16-13", Looks.RIGHT, "60-16-13"),
        (sort_code, "６０１６１３", Looks.RIGHT, "60-16-13"),
        (sort_code, "60-16-1", Looks.MISTAKE, ""),
        (sort_code, "60-16-1O", Looks.MISTAKE, ""),
        (account_number, "3192 6819", Looks.RIGHT, "31926819"),
        (account_number, "3192681", Looks.MISTAKE, ""),
        (uetr, "97ED4827-7B6F-4491-A06F-B548D5A7512D", Looks.RIGHT, "97ed4827-7b6f-4491-a06f-b548d5a7512d"),
        (uetr, "97ed48277b6f4491a06fb548d5a7512d", Looks.RIGHT, "97ed4827-7b6f-4491-a06f-b548d5a7512d"),
        (uetr, "97ed4827-7b6f-1491-a06f-b548d5a7512d", Looks.MISTAKE, ""),
        (uetr, "97ed4827-7b6f-4491-a06f-b548d5a7512", Looks.MISTAKE, ""),
        (mtcn, "123-456-7890", Looks.RIGHT, "1234567890"),
        (mtcn, "123 456 789", Looks.MISTAKE, ""),
        (moneygram, "1234 5678", Looks.RIGHT, "12345678"),
        (mtcn, "MTCN: 123-456-7890", Looks.RIGHT, "1234567890"),
        (mtcn, "Western Union MTCN no. 1234567890", Looks.RIGHT, "1234567890"),
        (mtcn, "mtcn1234567890", Looks.RIGHT, "1234567890"),
        (mtcn, "MTCN", Looks.MISTAKE, ""),
        (moneygram, "ref 12345678", Looks.RIGHT, "12345678"),
        (moneygram, "Reference: 1234 5678", Looks.RIGHT, "12345678"),
        (moneygram, "referee 12345678", Looks.MISTAKE, ""),
        (paypal, "Pay.Me@Example.com", Looks.RIGHT, "Pay.Me@example.com"),
        (paypal, "https://www.paypal.me/SomeOne/20", Looks.RIGHT, "paypal.me/someone"),
        (paypal, "9ab12345cd678901e", Looks.RIGHT, "9AB12345CD678901E"),
        (paypal_transaction, "9AB12345CD678901", Looks.MISTAKE, ""),
        (paypal, "call me", Looks.UNKNOWN, ""),
        (revtag, "@John1abc", Looks.RIGHT, "@john1abc"),
        (revtag, "https://revolut.me/john1abc", Looks.RIGHT, "@john1abc"),
        (revtag, "??", Looks.UNKNOWN, ""),
        (cashtag, "$Cashtag1", Looks.RIGHT, "$cashtag1"),
        (cashtag, "https://cash.app/$Cashtag1", Looks.RIGHT, "$cashtag1"),
        (cashtag, "$" + "a" * 21, Looks.MISTAKE, ""),
        (card_number, "4111 1111 1111 1111", Looks.RIGHT, "4111111111111111"),
        (card_number, "5500-0000-0000-0004", Looks.RIGHT, "5500000000000004"),
        (card_number, "3400 0000 0000 009", Looks.RIGHT, "340000000000009"),
        (card_number, "4111 1111 1111 1112", Looks.MISTAKE, ""),
        (card_number, "1234", Looks.MISTAKE, ""),
    ],
)
def test_a_number_is_brought_into_one_form_or_pointed_out(check, text, looks, normal):
    assert (check(text).looks, check(text).normal) == (looks, normal)


def test_an_mtcn_and_a_moneygram_reference_are_told_apart():
    assert "MoneyGram" in mtcn("12345678").detail
    assert "Western Union MTCN" in moneygram("123-456-7890").detail


def test_a_whole_card_number_of_ones_own_is_pointed_out_and_never_repeated():
    found = paid_from("my Visa 4111 1111 1111 1111")
    assert found.looks is Looks.MISTAKE
    assert "last four digits" in found.detail
    assert found.normal == ""
    assert "1111" not in found.detail
    assert paid_from("Visa ending 1111").looks is Looks.UNKNOWN
    assert "last four digits" in card_number("4111111111111111").detail


@pytest.mark.parametrize(
    ("text", "brand", "looks"),
    [
        ("AB12-CD34EF-GH56", "amazon", Looks.RIGHT),
        ("ABCDE-FGHIJ-KLMNO", "Steam", Looks.RIGHT),
        ("X" + "A1" * 7 + "B", "apple", Looks.RIGHT),
        ("1234 5678 9012 3456", "paysafe", Looks.RIGHT),
        ("1234 5678 9012 345", "Paysafecard", Looks.MISTAKE),
        ("what they scratched off", "amazon", Looks.UNKNOWN),
        ("123", "steam", Looks.UNKNOWN),
        ("1234567890123456", "", Looks.UNKNOWN),
        ("1234567890123456", "a brand of tomorrow", Looks.UNKNOWN),
    ],
)
def test_a_gift_code_is_never_called_wrong_where_forms_vary(text, brand, looks):
    assert gift_code(text, brand).looks is looks


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        *(("300", "300"), ("300.50", "300.50"), ("£300", "300"), ("1,234.50", "1234.50"), ("1.234,50", "1234.50")),
        *(("300,5", "300.5"), ("1 234 567", "1234567"), ("0.00012", "0.00012"), ("1,234,567", "1234567")),
        *((".5", "0.5"), ("٣٠٠", "300"), ("1,234", ""), ("three hundred", ""), ("-5", ""), ("1e5", ""), ("NaN", "")),
        *(("0,125", "0.125"), ("12.5.5", ""), ("9" * 100, "")),
        *(("₹1,50,000", "150000"), ("5,00,000.50", "500000.50"), ("1,00,00,000", "10000000"), ("1,50,00", "")),
    ],
)
def test_an_amount_is_read_only_where_it_can_be_read_in_one_way(text, normal):
    assert amount(text).normal == normal
    assert (amount(text).looks is Looks.RIGHT) is bool(normal)


@pytest.mark.parametrize(
    ("text", "unit", "looks"),
    [
        ("1.000", "", Looks.MISTAKE),
        ("£1.000", "GBP", Looks.MISTAKE),
        ("0.001", "GBP", Looks.RIGHT),
        ("1.000", "btc", Looks.RIGHT),
        ("1.000", "USDT (TRC20)", Looks.RIGHT),
        ("₿1.000", "", Looks.RIGHT),
        ("1,000", "BTC", Looks.MISTAKE),
    ],
)
def test_three_digits_after_a_point_may_be_thousands_except_of_a_coin(text, unit, looks):
    assert amount(text, unit).looks is looks


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("gbp", "GBP"),
        ("£", "GBP"),
        ("€", "EUR"),
        ("BTC", "BTC"),
        ("usdt", "USDT"),
        ("$", ""),
        ("pounds", ""),
        ("XYZ", ""),
    ],
)
def test_a_currency_is_one_of_iso_4217_or_a_known_coin_or_cannot_be_checked(text, normal):
    assert currency(text).normal == normal
    assert currency(text).looks is (Looks.RIGHT if normal else Looks.UNKNOWN)
