"""Hints beside what is typed: one line each, never in the way, and nothing is asked twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.hints import Tone, hints
from app.kinds import KINDS, WRITTEN_BY_HAND, Kind


def told(about: Kind, **data: str) -> list[tuple[str, Tone]]:
    return [(hint.field, hint.tone) for hint in hints(about, data)]


def test_a_payment_detail_says_how_it_looks():
    right = {"kind": "iban", "reference": "GB29 NWBK 6016 1331 9268 19"}
    assert told(Kind.PAYMENT, **right) == [("reference", Tone.RIGHT)]
    assert told(Kind.PAYMENT, **right | {"reference": "GB29 NWBK 6016 1331 9268 18"}) == [
        ("reference", Tone.LOOK_AGAIN)
    ]


def test_a_skype_name_alone_asks_kindly_for_the_id_and_an_id_in_the_wrong_field_is_offered():
    (asked,) = hints(Kind.ACCOUNT, {"platform": "skype", "display_name": "Ann"})
    assert (asked.field, asked.tone, asked.fills) == ("persistent_id", Tone.MISSING, {})
    assert "Skype ID" in asked.words
    found = hints(Kind.ACCOUNT, {"platform": "skype", "handle": "live:.cid.1a2b3c4d5e6f7a8b"})
    assert {"persistent_id": "live:.cid.1a2b3c4d5e6f7a8b"} in [hint.fills for hint in found]
    assert told(Kind.ACCOUNT, platform="skype", display_name="Ann", relationship="mine") == []


def test_a_link_offers_what_it_holds_for_empty_fields_alone():
    link = {"profile_url": "https://www.instagram.com/some.user_1/"}
    (hint,) = hints(Kind.ACCOUNT, link)
    assert hint.fills == {"platform": "instagram", "handle": "some.user_1"}
    assert "user name “some.user_1”" in hint.words
    kept = hints(Kind.ACCOUNT, link | {"platform": "instagram", "handle": "as typed"})
    assert not any(hint.fills.get("handle") for hint in kept)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("https://bit.ly/3abc", "copy the whole address"),
        ("https://vm.tiktok.com/ZM123/", "copy the whole address"),
        ("https://www.facebook.com/share/p/abc/", "copy the whole address"),
        ("https://www.reddit.com/r/a/s/abc", "copy the whole address"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com", "leads on to another address"),
        ("https://paypal.com@example.com/", "The site is example.com."),
        ("https://facebook.com@evil.example/x", "The site is evil.example."),
        ("https://faceb00k.com/x", "The site is faceb00k.com."),
        ("https://example.com/a…", "cut short"),
        ("https://bit.ly/a…", "cut short"),
        ("https://bit.ly/a…", "copy the whole address"),
        ("https://example.com/a and more", "There is a space"),
        ("example.com/page", "https://"),
        ("file:///home/me/x.html", "one computer only"),
    ],
)
def test_a_link_that_deceives_leads_on_or_is_not_whole_is_pointed_out_once(link, words):
    for kind, field in ((Kind.INCIDENT, "url"), (Kind.TAKEDOWN, "reappeared_url"), (Kind.ACCOUNT, "profile_url")):
        (hint,) = [hint for hint in hints(kind, {field: link}) if hint.tone is not Tone.SUGGESTION]
        assert (hint.field, hint.tone) == (field, Tone.LOOK_AGAIN)
        assert words in hint.words


def test_a_foreign_letter_in_a_name_is_spelled_out():
    (hint, *_rest) = hints(Kind.ACCOUNT, {"display_name": "Аnn", "persistent_id": "1"})
    assert hint.field == "display_name"
    assert "U+0410" in hint.words
    assert told(Kind.ACCOUNT, display_name="Анна") == []


def test_many_odd_letters_are_counted_and_one_that_resembles_nothing_is_named():
    (hint,) = hints(Kind.ACCOUNT, {"display_name": "pаypаl аnd оthers"})
    assert hint.words.count("U+0") == 3
    assert hint.words.endswith("; and 1 more.")
    (three,) = hints(Kind.ACCOUNT, {"display_name": "pаypаl аnd"})
    assert "more" not in three.words
    (unseen,) = hints(Kind.ACCOUNT, {"display_name": "An\u200bna"})
    assert "(U+200B, zero width space) is a character that nobody sees" in unseen.words


def test_nobody_hears_that_an_amount_or_a_currency_looks_right_only_that_it_may_not():
    assert told(Kind.PAYMENT, amount="300", currency="GBP") == []
    assert told(Kind.PAYMENT, amount="1,000", currency="GBP") == [("amount", Tone.LOOK_AGAIN)]


def test_a_link_offers_nothing_for_an_account_elsewhere_nor_about_a_site_that_nobody_knows():
    link = "https://www.instagram.com/some.user_1/"
    assert told(Kind.ACCOUNT, platform="telegram", profile_url=link, persistent_id="1234567") == [
        ("persistent_id", Tone.RIGHT)
    ]
    assert told(Kind.INCIDENT, url="https://example.com/page") == []
    (hint,) = hints(Kind.INCIDENT, {"url": "https://x.com/a/status/1234567890", "platform": "as typed"})
    assert hint.fills == {"place": "post 1234567890"}


def test_what_could_be_filled_in_is_called_as_people_know_it():
    (hint,) = hints(Kind.ACCOUNT, {"profile_url": "https://www.facebook.com/profile.php?id=100001234567890"})
    assert hint.fills["platform"] == "facebook"
    assert "“Facebook and Messenger”" in hint.words


def test_a_zone_that_is_not_understood_is_pointed_out():
    for kind, field in ((Kind.INCIDENT, "when_zone"), (Kind.EXHIBIT, "act_zone")):
        (hint,) = hints(kind, {field: "BST"})
        assert (hint.field, hint.tone) == (field, Tone.LOOK_AGAIN)
        assert hint.words == "This zone is not understood. Write it like Europe/London or +01:00."
        for zone in ("", " ", "europe/london", "+0100", "UTC+1"):
            assert told(kind, **{field: zone}) == []


@given(st.sampled_from(WRITTEN_BY_HAND), st.data())
def test_no_text_breaks_a_hint(kind, data):
    names = [spec.name for spec in KINDS[kind].specs() if not spec.many]
    fields = data.draw(st.dictionaries(st.sampled_from(names), st.text(max_size=60), max_size=6))
    for hint in hints(kind, fields):
        assert hint.words
        assert all(not fields.get(name) for name in hint.fills)
