"""User names and ids by platform: those that fit look right, and the usual mix-ups are named."""

import pytest

from app.checks.platforms import handle, persistent_id
from app.checks.result import Looks
from app.kinds import Platform

CID = "live:.cid.1a2b3c4d5e6f7a8b"


@pytest.mark.parametrize(
    ("platform", "text", "normal"),
    [
        ("skype", CID, CID),
        ("skype", "8:" + CID.upper(), CID),
        ("skype", "live:john_doe", "live:john_doe"),
        ("skype", "echo123", "echo123"),
        ("skype", "skype:echo123?chat", "echo123"),
        ("teams", "8:orgid:97ed4827-7b6f-4491-a06f-b548d5a7512d", "8:orgid:97ed4827-7b6f-4491-a06f-b548d5a7512d"),
        ("facebook", "100001234567890", "100001234567890"),
        ("facebook", "https://www.facebook.com/profile.php?id=100001234567890&x=1", "100001234567890"),
        ("discord", "80351110224678912", "80351110224678912"),
        ("discord", "<@80351110224678912>", "80351110224678912"),
        ("telegram", "-1001234567890", "-1001234567890"),
        ("reddit", "t2_1w72", "t2_1w72"),
        ("youtube", "UCXuqSBlHAE6Xw-yeJA0Tunw", "UCXuqSBlHAE6Xw-yeJA0Tunw"),
        ("onlyfans", "u12345", "u12345"),
        ("game", "76561197960287930", "76561197960287930"),
        ("game", "STEAM_0:0:11101", "76561197960287930"),
        ("game", "[U:1:22202]", "76561197960287930"),
        ("snapchat", "TeamSnapchat", "teamsnapchat"),
        ("linkedin", "urn:li:member:12345", "urn:li:member:12345"),
    ],
)
def test_an_id_that_does_not_change_is_known_by_its_form(platform, text, normal):
    found = persistent_id(text, Platform(platform))
    assert (found.looks, found.normal) == (Looks.RIGHT, normal)


@pytest.mark.parametrize(
    ("platform", "text", "words"),
    [
        ("skype", "John Doe", "no spaces"),
        ("skype", CID[:-1], "16 characters"),
        ("discord", "user#1234", "user name"),
        ("discord", "12345", "17 to 20 digits"),
        ("discord", "9" * 20, "too large"),
        ("telegram", "@durov", "digits only"),
        ("facebook", "john.doe.5", "digits only"),
        ("youtube", "UCXuqSBlHAE6Xw-yeJA0Tunx", "24 characters"),
        ("reddit", "t3_abc", "begins with t2_"),
        ("game", "7656119796028793", "17 digits"),
    ],
)
def test_what_is_often_mistaken_for_the_id_is_named(platform, text, words):
    found = persistent_id(text, Platform(platform))
    assert found.looks is Looks.MISTAKE
    assert words in found.detail


def test_a_discord_id_tells_the_day_on_which_the_account_was_made():
    assert "2015-08-10" in persistent_id("80351110224678912", Platform.DISCORD).detail


@pytest.mark.parametrize(
    ("platform", "text", "normal"),
    [
        ("x", "@Jack", "jack"),
        ("instagram", "some.user_1", "some.user_1"),
        ("telegram", "https://t.me/Durov", "durov"),
        ("reddit", "/u/Spez", "spez"),
        ("discord", "some.one", "some.one"),
        ("discord", "Some One#1234", "Some One#1234"),
        ("tiktok", "@Some.One", "some.one"),
        ("signal", "name.01", "name.01"),
        ("youtube", "@Handle", "@handle"),
        ("facebook", "john.doe.5", "john.doe.5"),
    ],
)
def test_a_user_name_is_brought_into_one_form(platform, text, normal):
    found = handle(text, Platform(platform))
    assert (found.looks, found.normal) == (Looks.RIGHT, normal)


@pytest.mark.parametrize("platform", list(Platform))
def test_what_has_no_known_form_is_not_called_wrong(platform):
    assert handle("(??)", platform).looks is Looks.UNKNOWN
    assert handle("https://example.com/someone", platform).looks is Looks.UNKNOWN
