"""No text breaks a check or keeps it busy, and nothing heavy is loaded before it is needed."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.checks import Check, Looks, checks_of, look_alikes, look_alikes_of
from app.checks.addresses import domain, email, link
from app.checks.bank import account_number, bic, card_number, iban, paid_from, sort_code, uetr
from app.checks.coins import bitcoin, crypto_address, transaction_hash, tron
from app.checks.ethereum import ethereum
from app.checks.monero import monero
from app.checks.money import amount, currency
from app.checks.phone import phone
from app.checks.platforms import handle, persistent_id
from app.checks.transfer import cashtag, gift_code, moneygram, mtcn, paypal, revtag
from app.kinds import KINDS, Kind, PaymentKind, Platform

ROOT = Path(__file__).parent.parent
CHECKS = (
    *(account_number, amount, bic, bitcoin, card_number, cashtag, crypto_address, currency, domain, email, ethereum),
    *(gift_code, iban, link, monero, moneygram, mtcn, paid_from, paypal, phone, revtag, sort_code, transaction_hash),
    *(tron, uetr),
)
KEPT_BUSY = [
    *(
        "1" * 100_000,
        "a." * 4_000,
        "a@" * 4_000,
        "bc1" + "q" * 8_000,
        "0x" + "a" * 8_000,
        "9 " * 4_000,
        "1,234" * 1_600,
    ),
    *("https://" + "a." * 4_000, "https://" + "@" * 8_000, "facebook.com/profile.php?&" * 300, "\u0430a" * 4_000),
    *(
        "\u200b" * 100_000,
        "\U000e0061" * 8_000,
        "１" * 8_000,
        "x" * 8_000 + "é.com",
        "+" + "4" * 8_000,
        "\ud800" * 8_000,
    ),
    *(". " * 4_000, "live:.cid." * 800, " " * 100_000, "[.]" * 2_700, "é" * 250 + ".com", "ﷺ" * 8_000, "1." * 125),
]


def hostile_texts():
    parts = st.sampled_from(
        ["bc1q", "0x", "GB29", "live:.cid.", "https://", "@", ".", "+44", "T", "4", "\u200d", "\x00"]
    )
    return st.one_of(
        st.text(max_size=200),
        st.text(alphabet=st.characters(categories=("Cs", "Cf", "Nd", "Mn", "Zs"))),
        st.builds(lambda some, rest: "".join(some) + rest, st.lists(parts, max_size=6), st.text(max_size=40)),
        st.builds(
            lambda text, times: (text * times)[:100_000], st.text(min_size=1, max_size=9), st.integers(1, 50_000)
        ),
    )


@given(hostile_texts())
@example("\ud800@\udfff.com")
@example("\x00")
def test_any_text_gets_an_answer(text):
    for check in CHECKS:
        found = check(text)
        assert isinstance(found, Check)
        assert found.detail.endswith(".")
        assert len(found.detail) <= 160
    for platform in Platform:
        assert isinstance(handle(text, platform), Check)
        assert isinstance(persistent_id(text, platform), Check)


@given(hostile_texts(), st.sampled_from(["", *PaymentKind]), st.sampled_from(["", *Platform]))
def test_any_record_gets_an_answer(text, payment_kind, platform):
    for kind, record in KINDS.items():
        data = {spec.name: text for spec in record.specs()}
        data.update({Kind.PAYMENT: {"kind": payment_kind}, Kind.ACCOUNT: {"platform": platform}}.get(kind, {}))
        assert checks_of(kind, data).keys() <= data.keys()
        assert look_alikes_of(kind, data).keys() <= data.keys()


@given(hostile_texts())
def test_what_looks_right_has_a_normal_form_that_is_its_own_normal_form(text):
    for check in CHECKS:
        found = check(text)
        if found.looks is Looks.RIGHT:
            assert check(found.normal).normal == found.normal


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_no_text_keeps_a_check_busy_for_50_ms(check):
    check("warm up")
    for text in KEPT_BUSY:
        assert seconds(check, text) < 0.05, text[:20]


def test_no_text_keeps_the_search_for_look_alikes_busy_for_50_ms():
    for text in KEPT_BUSY:
        look_alikes(text)
        for identifier in (False, True):
            assert seconds(lambda one, flag=identifier: look_alikes(one, identifier=flag), text) < 0.05, text[:20]


def seconds(check, text):
    """The best of three, so that a busy computer is not taken for a slow check."""
    times = []
    for _ in range(3):
        began = time.process_time()
        check(text)
        times.append(time.process_time() - began)
    return min(times)


def loaded_after(statements):
    done = subprocess.run(
        [sys.executable, "-c", f"{statements}\nimport sys\nprint(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_nothing_heavy_is_loaded_before_it_is_needed():
    heavy = {"phonenumbers", "Cryptodome", "stdnum"}
    some = "from app.checks import checks_of, look_alikes\nfrom app.kinds import Kind\n"
    assert not heavy & loaded_after(some + "checks_of(Kind.PAYMENT, {'kind': 'moneygram', 'reference': '1'})")
    assert heavy & loaded_after(some + "checks_of(Kind.ACCOUNT, {'phone': '07911 123456'})") == {"phonenumbers"}
    assert heavy & loaded_after(some + "checks_of(Kind.PAYMENT, {'bic': 'NWBKGB2L'})") == {"stdnum"}


def test_the_verifier_loads_no_checks():
    assert not [name for name in loaded_after("import app.package.verify") if name.startswith("app.checks")]
