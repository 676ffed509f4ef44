"""E-mail addresses, domains, links, phone numbers: whole ones look right, and cut ones are named."""

import pytest

from app.checks.addresses import domain, email, link
from app.checks.phone import phone
from app.checks.result import Looks


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("a.b@Example.COM", "a.b@example.com"),
        ("mailto:a+b@example.co.uk", "a+b@example.co.uk"),
        ("Some One <a@example.com>", "a@example.com"),
        ("a@bücher.example", "a@xn--bcher-kva.example"),
        *(
            (wrong, "")
            for wrong in ("a@b@example.com", "a@example", "@example.com", "a", "a b@example.com", "a..b@c.de")
        ),
        *((wrong, "") for wrong in ("a@example.c", "a@-x.com", ".a@example.com", "a@example.com;b@example.com")),
    ],
)
def test_an_email_address_has_a_name_an_at_and_a_whole_domain(text, normal):
    assert email(text).normal == normal
    assert email(text).looks is (Looks.RIGHT if normal else Looks.MISTAKE)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Example.COM.", "example.com"),
        ("https://www.example.com/a?b", "www.example.com"),
        ("example[.]com", "example.com"),
        ("192.0.2.1", "192.0.2.1"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        *((wrong, "") for wrong in ("example", "exa mple.com", "192.0.2.256", "1.2.3", "-a.com", "a" * 64 + ".com")),
    ],
)
def test_a_domain_is_read_out_of_what_was_pasted(text, normal):
    assert domain(text).normal == normal
    assert domain(text).looks is (Looks.RIGHT if normal else Looks.MISTAKE)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("HTTPS://Example.COM/Path?Q=1#x", "https://example.com/Path?Q=1#x"),
        ("hxxps://example[.]com/a", "https://example.com/a"),
        ("http://example.com:8080/", "http://example.com:8080/"),
        ("https://discord.com/channels/@me/1/2", "https://discord.com/channels/@me/1/2"),
        ("http://192.0.2.1/x", "http://192.0.2.1/x"),
        ("http://[2001:db8::1]/x", "http://[2001:db8::1]/x"),
    ],
)
def test_a_whole_link_looks_right_and_keeps_its_path_as_it_is(text, normal):
    assert link(text).looks is Looks.RIGHT
    assert link(text).normal == normal


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("example.com/page", "https://"),
        ("example.com:443/page", "https://"),
        ("https://example.com/a…", "cut short"),
        ("https://example.com/a...", "cut short"),
        ("https://example.com/a and more", "space"),
        ("https://example", "not whole"),
        ("file:///home/me/x.html", "one computer only"),
        ("see below", "space"),
    ],
)
def test_a_link_that_is_not_whole_is_named(text, words):
    assert link(text).looks is Looks.MISTAKE
    assert words in link(text).detail


@pytest.mark.parametrize("text", ["tg://user?id=1", "skype:live:.cid.1a2b?chat", "magnet:?xt=urn:btih:x"])
def test_a_link_into_an_app_cannot_be_checked(text):
    assert link(text).looks is Looks.UNKNOWN


@pytest.mark.parametrize(
    ("text", "region", "looks", "normal"),
    [
        ("07911 123456", "GB", Looks.RIGHT, "+447911123456"),
        ("+44 (0)20 7946 0958", "GB", Looks.RIGHT, "+442079460958"),
        ("0044 20 7946 0958", "GB", Looks.RIGHT, "+442079460958"),
        ("(650) 253-0000", "us", Looks.RIGHT, "+16502530000"),
        ("+1 650 253 0000", "GB", Looks.RIGHT, "+16502530000"),
        ("030 901820", "DE", Looks.RIGHT, "+4930901820"),
        ("٠٧٩١١ ١٢٣٤٥٦", "GB", Looks.RIGHT, "+447911123456"),
        ("07911 12345", "GB", Looks.MISTAKE, ""),
        ("+44 7911 1234567890", "GB", Looks.MISTAKE, ""),
        ("+999 123 456 789", "GB", Looks.MISTAKE, ""),
        ("07911 123456", "nowhere", Looks.RIGHT, "+447911123456"),
        ("60777", "GB", Looks.UNKNOWN, "60777"),
        ("Royal Mail", "GB", Looks.UNKNOWN, ""),
    ],
)
def test_a_phone_number_gets_its_international_form(text, region, looks, normal):
    found = phone(text, region)
    assert (found.looks, found.normal) == (looks, normal)
