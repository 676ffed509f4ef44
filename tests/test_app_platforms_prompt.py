"""The question for an id: it comes when only names are there, it is kind, and it never comes twice or in the way."""

import pytest

from app.kinds import Account, Platform
from app.platforms import entry, missing_id_prompt, registry

CID = "live:.cid.1a2b3c4d5e6f7a8b"


@pytest.mark.parametrize("field", ["display_name", "handle"])
def test_with_only_the_skype_name_the_skype_id_is_asked_for_and_the_place_is_shown(field: str) -> None:
    prompt = missing_id_prompt(Platform.SKYPE, {field: "Anna B"})
    assert prompt is not None
    assert prompt.field == "persistent_id"
    assert "Skype ID" in prompt.question
    assert prompt.question.startswith("If you can")
    steps = " ".join(step.text for way in prompt.ways for step in way.steps)
    assert "View profile" in steps
    assert prompt.checked_on == registry().checked_on
    assert prompt.already == ""


@pytest.mark.parametrize(
    ("platform", "data"),
    [
        (Platform.SKYPE, {}),
        (Platform.SKYPE, {"display_name": "  "}),
        (Platform.SKYPE, {"claimed_identity": "Anna"}),
        (Platform.SKYPE, {"display_name": "Anna", "persistent_id": "live:anna_b"}),
        (Platform.SKYPE, {"display_name": "Anna", "relationship": "mine"}),
        (Platform.SKYPE, {"display_name": "Anna", "relationship": " Mine "}),
        (Platform.WHATSAPP, {"display_name": "Anna", "phone": "+447700900123"}),
        (Platform.TELEGRAM, {"display_name": "Anna", "handle": "@anna_example"}),
        (Platform.INSTAGRAM, {"display_name": "Anna", "profile_url": "https://www.instagram.com/anna/"}),
        (Platform.IMAGE_BOARD, {"display_name": "Anonymous"}),
        (Platform.DATING, {"display_name": "Anna, 29"}),
        (Platform.WEBSITE, {"handle": "anna"}),
        (None, {"display_name": "Anna"}),
        (Platform.SKYPE, {"display_name": ["Anna"], "handle": 7}),
    ],
)
def test_nothing_is_asked_where_enough_or_nothing_is_known(
    platform: Platform | None, data: dict[str, str | int | bool | list[str] | None]
) -> None:
    assert missing_id_prompt(platform, data) is None


@pytest.mark.parametrize("platform", [each for each in Platform if entry(each).asks])
def test_every_platform_that_has_an_id_asks_for_it_until_it_is_there(platform: Platform) -> None:
    data: dict[str, str | int | bool | list[str] | None] = {"display_name": "Anna"}
    prompt = missing_id_prompt(platform, data)
    assert prompt is not None
    assert prompt.ways
    assert prompt.question.endswith((".", "?"))
    assert prompt.why
    data[prompt.field] = "something"
    assert Account.from_data(data).extra == {}
    assert missing_id_prompt(platform, data) is None


@pytest.mark.parametrize(
    ("platform", "data", "already", "already_in"),
    [
        (Platform.SKYPE, {"display_name": "Anna", "handle": CID}, CID, "handle"),
        (Platform.SKYPE, {"display_name": "live:anna_b"}, "live:anna_b", "display_name"),
        (Platform.SKYPE, {"profile_url": "skype:anna.example42?chat"}, "anna.example42", "profile_url"),
        (Platform.FACEBOOK, {"profile_url": "fb.com/profile.php?id=1000012345"}, "1000012345", "profile_url"),
        (Platform.DISCORD, {"handle": "123456789012345678"}, "123456789012345678", "handle"),
        (Platform.DISCORD, {"profile_url": "https://discord.com.evil.example/users/123456789012345678"}, "", ""),
        (Platform.FACEBOOK, {"profile_url": "https://discord.com/users/123456789012345678"}, "", ""),
        (Platform.WHATSAPP, {"profile_url": "https://wa.me/447700900123"}, "+447700900123", "profile_url"),
        (Platform.EMAIL, {"display_name": "anna@example.com"}, "anna@example.com", "display_name"),
        (Platform.SKYPE, {"display_name": "echo123"}, "", ""),
    ],
)  # fmt: skip
def test_an_id_that_stands_in_another_field_is_pointed_out(
    platform: Platform, data: dict[str, str | int | bool | list[str] | None], already: str, already_in: str
) -> None:
    prompt = missing_id_prompt(platform, data)
    assert prompt is not None
    assert (prompt.already, prompt.already_in) == (already, already_in)
