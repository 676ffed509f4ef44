"""A record as it stands: each field is read as the way of payment or the platform says."""

import pytest

from app.checks import Looks, Why, checks_of, look_alikes_of
from app.kinds import Kind

TAPROOT = "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr"


@pytest.mark.parametrize(
    ("kind", "reference", "normal", "words"),
    [
        ("western_union", "123-456-7890", "1234567890", "MTCN"),
        ("moneygram", "12345678", "12345678", "MoneyGram"),
        ("iban", "GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819", "IBAN of GB"),
        ("paypal", "a@example.com", "a@example.com", "e-mail"),
        ("revolut", "@someone", "@someone", "Revtag"),
        ("cash_app", "$someone", "$someone", "$cashtag"),
        ("crypto", TAPROOT, TAPROOT, "taproot"),
        ("other", TAPROOT, TAPROOT, "taproot"),
        ("", "GB29NWBK60161331926819", "GB29NWBK60161331926819", "IBAN"),
    ],
)
def test_a_reference_is_read_as_the_way_of_payment_says(kind, reference, normal, words):
    found = checks_of(Kind.PAYMENT, {"kind": kind, "reference": reference})["reference"]
    assert (found.looks, found.normal) == (Looks.RIGHT, normal)
    assert words in found.detail


def test_a_payment_is_checked_field_by_field_and_empty_fields_are_left_out():
    found = checks_of(
        Kind.PAYMENT,
        {
            "kind": "uk_bank",
            "amount": "1,234.50",
            "currency": "gbp",
            "sort_code": "601613",
            "account_number": "31926819",
            "bic": "NWBKGB2L",
            "uetr": "97ed4827-7b6f-4491-a06f-b548d5a7512d",
            "paid_from": "4111 1111 1111 1111",
            "reference": "",
            "exact_words": "Pay or else",
            "recipient": "J Smith",
            "collected": None,
            "exhibits": ["AB/1"],
        },
    )
    assert {name: check.normal for name, check in found.items()} == {
        "amount": "1234.50",
        "currency": "GBP",
        "sort_code": "60-16-13",
        "account_number": "31926819",
        "bic": "NWBKGB2L",
        "uetr": "97ed4827-7b6f-4491-a06f-b548d5a7512d",
        "paid_from": "",
    }
    assert found["paid_from"].looks is Looks.MISTAKE
    assert "paid_from" not in checks_of(Kind.PAYMENT, {"paid_from": "card ending 1111"})


def test_the_coin_and_the_network_say_how_both_addresses_are_read():
    data = {"kind": "crypto", "reference": TAPROOT, "from_address": "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "coin": "BTC"}
    found = checks_of(Kind.PAYMENT, data)
    assert found["reference"].looks is Looks.RIGHT
    assert "address of TRON, but Bitcoin is named" in found["from_address"].detail
    found = checks_of(Kind.PAYMENT, {**data, "coin": "USDT", "network": "TRC20"})
    assert found["from_address"].looks is Looks.RIGHT
    assert "address of Bitcoin, but TRON is named" in found["reference"].detail


@pytest.mark.parametrize(
    ("said", "looks"),
    [({}, Looks.MISTAKE), ({"currency": "EUR", "coin": "BTC"}, Looks.MISTAKE), ({"coin": "BTC"}, Looks.RIGHT)],
)
def test_an_amount_is_read_with_its_currency_or_else_its_coin(said, looks):
    assert checks_of(Kind.PAYMENT, {"amount": "1.000", **said})["amount"].looks is looks


def test_a_transaction_is_a_hash_for_coins_and_17_characters_at_paypal():
    part = checks_of(Kind.PAYMENT, {"kind": "crypto", "transaction": "4a5e1e4baab8"})["transaction"]
    assert part.looks is Looks.MISTAKE
    assert checks_of(Kind.PAYMENT, {"kind": "paypal", "transaction": "9AB12345CD678901E"})["transaction"].normal
    assert checks_of(Kind.PAYMENT, {"kind": "uk_bank", "transaction": "7"})["transaction"].looks is Looks.UNKNOWN


def test_a_gift_code_is_read_by_its_brand():
    data = {"kind": "gift_card", "gift_code": "1234 5678 9012 345"}
    assert checks_of(Kind.PAYMENT, {**data, "gift_brand": "paysafe"})["gift_code"].looks is Looks.MISTAKE
    assert checks_of(Kind.PAYMENT, {**data, "gift_brand": "other"})["gift_code"].looks is Looks.UNKNOWN


@pytest.mark.parametrize("platform", ["whatsapp", "phone", "signal"])
def test_an_account_that_is_a_phone_number_gets_its_international_form(platform):
    data = {"platform": platform, "persistent_id": "0176 12345678", "phone": "0176 12345678"}
    for name in ("persistent_id", "phone"):
        assert checks_of(Kind.ACCOUNT, data, region="DE")[name].normal == "+4917612345678"


def test_an_account_on_a_board_is_checked_field_by_field():
    data = {"platform": "image_board", "board": "/b/", "thread": "No. 123", "post": ">>456", "tripcode": "!Ep8pui8Vw2"}
    normal = {name: check.normal for name, check in checks_of(Kind.ACCOUNT, data).items()}
    assert normal == {"board": "b", "thread": "123", "post": "456", "tripcode": "!Ep8pui8Vw2"}


def test_links_of_every_kind_are_checked():
    cut = {
        "url": "https://a.example/x…",
        "profile_url": "https://a.example/x…",
        "reappeared_url": "https://a.example/…",
    }
    for kind, name in (
        (Kind.EXHIBIT, "url"),
        (Kind.ACCOUNT, "profile_url"),
        (Kind.INCIDENT, "url"),
        (Kind.TAKEDOWN, "url"),
        (Kind.TAKEDOWN, "reappeared_url"),
    ):
        assert "cut short" in checks_of(kind, cut)[name].detail


def test_an_unknown_platform_or_way_of_payment_or_field_is_left_alone():
    assert checks_of(Kind.ACCOUNT, {"platform": "of tomorrow", "handle": "x", "new_field": "y"}) == {}
    found = checks_of(Kind.PAYMENT, {"kind": "of tomorrow", "reference": "x"})
    assert found["reference"].looks is Looks.UNKNOWN


def test_look_alikes_are_found_in_names_and_ids_but_not_in_running_text():
    found = look_alikes_of(
        Kind.ACCOUNT,
        {
            "platform": "other",
            "display_name": "Pаul",
            "handle": "paul_0l",
            "notes": "Pаul",
            "profile_url": "https://l0.example",
        },
    )
    assert {name: [one.position for one in odd] for name, odd in found.items()} == {
        "display_name": [1],
        "handle": [3, 5, 6],
    }
    assert all(one.why is Why.ALIKE for one in found["handle"])


def test_letters_that_are_hard_to_tell_are_not_hinted_at_where_check_digits_fit():
    data = {"kind": "crypto", "reference": "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"}
    assert look_alikes_of(Kind.PAYMENT, data) == {}
    assert "reference" in look_alikes_of(Kind.PAYMENT, {**data, "reference": "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVNl"})
