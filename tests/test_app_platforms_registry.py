"""What is said about each platform: complete, short, plain, dated, and honest about what nobody has confirmed."""

import json
import re
from datetime import date

import pytest

import resources
from app.kinds import Account, Platform
from app.platforms import CanChange, PlatformEntry, Statement, Told, entry, recognise, registry

# Words that put a burden on the reader, promise what nobody can keep, or belong to others' trade.
FORBIDDEN = re.compile(
    r"blam|fault|mistake|should|must\b|careless|stupid|admissible|tamper|trace|hack|porn|victim|anonymous(ly)? report"
    r"|untraceable|military|guarantee|simply|just click|obviously",
    re.IGNORECASE,
)
EVERY = tuple(Platform)


def sentences(known: PlatformEntry) -> list[str]:
    asked = [known.asks.question, known.asks.why] if known.asks else []
    titles = [way.title for way in known.ways]
    return [statement.text for statement in known.statements] + asked + titles


@pytest.mark.parametrize("platform", EVERY)
def test_every_platform_has_an_entry_with_names_and_examples(platform: Platform) -> None:
    known = entry(platform)
    assert known.platform is platform
    assert known.name
    assert "display_name" in known.names
    for name in known.names.values():
        assert name.label
        assert name.example


@pytest.mark.parametrize("platform", EVERY)
def test_the_names_are_fields_of_an_account(platform: Platform) -> None:
    fields = {spec.name: spec for spec in Account.specs()}
    for field in entry(platform).names:
        assert field in fields
        assert fields[field].is_asked(platform.value), f"{field} is not asked for {platform.value}"


@pytest.mark.parametrize("platform", EVERY)
def test_every_platform_says_how_to_find_the_id_or_what_to_write_down_without_one(platform: Platform) -> None:
    known = entry(platform)
    assert known.ways or known.without_id
    for way in known.ways:
        assert way.title
        assert way.steps
    if known.asks:
        assert known.ways
        assert known.asks.field in known.names
        assert set(known.asks.enough) <= {spec.name for spec in Account.specs()}


@pytest.mark.parametrize("platform", EVERY)
def test_no_line_is_longer_than_twenty_words_and_none_burdens_or_promises(platform: Platform) -> None:
    known = entry(platform)
    for text in sentences(known):
        assert len(text.split()) <= 20, text
        assert text[-1] in ".?" or text in {way.title for way in known.ways}, text
    for text in (*sentences(known), *(name.label for name in known.names.values())):
        assert not FORBIDDEN.search(text), text


def test_what_to_do_instead_of_a_screenshot_keeps_people_under_18_out_of_pictures() -> None:
    texts = [statement.text for statement in registry().screenshot_instead]
    assert any("under 18" in text for text in texts)
    assert all(len(text.split()) <= 20 and not FORBIDDEN.search(text) for text in texts)


@pytest.mark.parametrize("platform", EVERY)
def test_every_platform_says_whether_a_screenshot_is_told(platform: Platform) -> None:
    known = entry(platform)
    assert known.screenshot.text
    told = "may be told" in known.screenshot.text or "may tell" in known.screenshot.text
    assert told is (known.screenshot_told in {Told.YES, Told.SOMETIMES}) or known.screenshot_told is Told.UNKNOWN


def test_what_nobody_confirmed_is_marked_wherever_it_is_shown() -> None:
    assert Statement("It is so.", checked=False).shown == "It is so. (not confirmed)"
    assert Statement("It is so.", checked=True).shown == "It is so."
    both = {statement.checked for platform in EVERY for statement in entry(platform).statements}
    assert both == {True, False}


def test_the_statements_have_a_date() -> None:
    assert date(2026, 11, 1) <= registry().checked_on


def test_skype_keeps_name_and_id_apart_and_says_that_it_closed() -> None:
    skype = entry(Platform.SKYPE)
    assert skype.names["display_name"].can_change is CanChange.YES
    assert skype.names["persistent_id"].can_change is CanChange.NO
    assert skype.names["display_name"].label != skype.names["persistent_id"].label
    legacy = " ".join(statement.shown for statement in skype.legacy)
    for said in ("5 May 2025", "Teams Free", "live:.cid.", "January 2026"):
        assert said in legacy
    titles = " ".join(way.title for way in skype.ways)
    for place in ("Teams Free", "exported", "screenshots"):
        assert place in titles


def test_a_platform_that_can_tell_the_other_person_does_not_hide_it() -> None:
    assert entry(Platform.SNAPCHAT).screenshot_told is Told.YES
    for platform in (Platform.INSTAGRAM, Platform.FACEBOOK, Platform.TELEGRAM):
        assert entry(platform).screenshot_told is Told.SOMETIMES


def test_discord_wants_links_and_ids_and_telegram_warns_of_bots() -> None:
    police = " ".join(statement.shown for statement in entry(Platform.DISCORD).police)
    assert "message links" in police
    assert "no screenshots" in police
    assert any("bot" in statement.text for statement in entry(Platform.TELEGRAM).before)


def test_an_image_board_needs_no_user_name_but_much_else() -> None:
    board = entry(Platform.IMAGE_BOARD)
    text = " ".join(statement.text for statement in board.without_id)
    for word in ("No user name", "valid answer", "thread number", "post number", "time", "tripcode", "!!", "file name"):
        assert word in text
    assert board.asks is None


@pytest.mark.parametrize("platform", EVERY)
def test_the_examples_of_links_are_recognised_as_links_of_that_platform(platform: Platform) -> None:
    for field, name in entry(platform).names.items():
        if field in {"profile_url", "message_link"}:
            found = recognise(name.example)
            assert found is not None
            if platform is not Platform.OTHER:
                assert found.platform is platform, name.example


@pytest.mark.parametrize("platform", [each for each in EVERY if entry(each).id_form])
def test_the_form_of_an_id_fits_the_example(platform: Platform) -> None:
    known = entry(platform)
    assert known.id_form is not None
    assert known.id_form.fullmatch(known.names["persistent_id"].example.replace(" ", ""))


def test_the_file_holds_nothing_that_the_program_does_not_read() -> None:
    found = json.loads(resources.text("platforms.json"))
    keys = {
        "platform", "name", "also", "names", "id_form", "asks", "ways", "before", "legacy", "without_id", "screenshot",
        "police",
    }  # fmt: skip
    assert all(set(each) == keys for each in found["platforms"])
    known = {
        "platform", "hosts", "subdomains", "handle_before_host", "shortened", "reserved", "profile", "profile_by_id",
        "times", "rules",
    }  # fmt: skip
    for site in found["links"]["sites"] + found["links"]["anywhere"]:
        assert set(site) <= known, site
        for rule in site["rules"]:
            assert set(rule) <= {"what", "paths", "query", "fragment", "set", "squeeze", "unless"}, rule
    hosts = [host for site in found["links"]["sites"] for host in site["hosts"]]
    assert len(hosts) == len(set(hosts))
    assert all(host == host.lower() for host in hosts)
