"""Links made to deceive, and texts made to break a reader: nothing passes for what it is not, nothing takes long."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.kinds import Platform
from app.platforms import Caution, What, links_in, recognise
from app.platforms.address import read_address

DECEIVING = [
    "https://facebook.com@evil.example/",
    "https://www.facebook.com:pw@evil.example/profile.php?id=100001234567890",
    "https://facebook.com%2F@evil.example/anna",
    "https://facebook.com.evil.example/anna",
    "https://www.facebook.com.evil.example/profile.php?id=100001234567890",
    "https://evil.example/facebook.com/anna",
    "https://evil.example/https://www.facebook.com/anna",
    "https://evil.example?https://www.facebook.com/anna",
    "https://evil.example#@facebook.com/anna",
    "https://evil.example/@facebook.com/anna",
    "https://faceb00k.com/anna",
    "https://face-book.com/anna",
    "https://facebook.co/anna",
    "https://facebook.corn/anna",
    "https://notfacebook.com/anna",
    "https://facebook-login.example/anna",
    "https://xn--fcebook-8va.com/anna",
    "https://XN--FCEBOOK-8VA.com/anna",
    "https://fаcebook.com/anna",
    "https://ｆacebook.com/anna",
    "https://facebook。com.evil.example/anna",
    "https://facebook.com。evil.example/anna",
    "https://www.facebook.com．evil.example/anna",
    "https://faceboo\u212a.com/anna",
    "https://face\u00adbook.com/anna",
    "https://evil.example。facebook.com/anna",
    "https://xcom.example/anna",
    "https://netflix.com/anna",
    "https://t.me.evil.example/anna_example",
    "https://discord.com.evil.example/channels/@me/319674150115610528/80351110224678912",
    "https://discorcl.com/users/80351110224678912",
    "https://dlscord.com/users/80351110224678912",
    "https://lnstagram.com/anna",
    "https://instaqram.com/anna",
    "https://onIyfans.example/anna",
    "https://steamcomrnunity.com/profiles/76561190000000000",
    "https://wa.me.evil.example/447700900123",
    "https://xn--/anna",
    "https://xn--99999999999999999999.com/anna",
]


@pytest.mark.parametrize("link", DECEIVING)
def test_a_link_to_another_host_is_never_taken_for_the_platform(link: str) -> None:
    found = recognise(link)
    if found is not None:
        assert found.platform in {Platform.WEBSITE, Platform.DISCOURSE, Platform.IMAGE_BOARD}
        assert "persistent_id" not in found.ids
    for inside in links_in(link):
        assert inside.recognised.platform is not Platform.FACEBOOK


@pytest.mark.parametrize(
    ("link", "host", "passes_for"),
    [
        ("https://facebook.com.evil.example/anna", "facebook.com.evil.example", Platform.FACEBOOK),
        ("https://faceb00k.com/anna", "faceb00k.com", Platform.FACEBOOK),
        ("https://fаcebook.com/anna", "fаcebook.com", Platform.FACEBOOK),
        ("https://xn--fcebook-8va.com/anna", "xn--fcebook-8va.com", Platform.FACEBOOK),
        ("https://dlscord.com/users/1", "dlscord.com", Platform.DISCORD),
        ("https://lnstagram.com/anna", "lnstagram.com", Platform.INSTAGRAM),
        ("https://steamcomrnunity.com/id/a", "steamcomrnunity.com", Platform.GAME),
        ("https://twltter.example/a", "twltter.example", Platform.X),
        ("https://linкedin.example/a", "linкedin.example", Platform.LINKEDIN),
        ("https://γoutube.example/a", "γoutube.example", Platform.YOUTUBE),
        ("https://facebօօk.example/a", "facebօօk.example", Platform.FACEBOOK),
    ],
)
def test_a_look_alike_is_pointed_out_with_the_real_name_of_the_site(link: str, host: str, passes_for: Platform) -> None:
    found = recognise(link)
    assert found is not None
    assert found.host == host
    assert found.resembles is passes_for
    assert Caution.LOOK_ALIKE in found.cautions
    assert any(f"The site is {host}." in text for text in found.advice)


def test_letters_of_other_alphabets_and_names_before_an_at_are_pointed_out() -> None:
    foreign = recognise("https://fаcebook.com/anna")
    before = recognise("https://facebook.com@evil.example/")
    real = recognise("https://anna@facebook.com/anna")
    assert foreign is not None
    assert before is not None
    assert real is not None
    assert Caution.FOREIGN_LETTERS in foreign.cautions
    written_out = recognise("https://www.xn--fcebook-8va.com/anna")
    assert written_out is not None
    assert Caution.FOREIGN_LETTERS in written_out.cautions
    assert Caution.FOREIGN_LETTERS not in before.cautions
    assert before.host == "evil.example"
    assert Caution.NAME_BEFORE_AT in before.cautions
    assert (real.platform, Caution.NAME_BEFORE_AT in real.cautions) == (Platform.FACEBOOK, True)


@pytest.mark.parametrize(
    "link",
    ["https://www.facebook.com/anna", "https://discord.gg/a1", "https://example.com/", "https://bücher.example/"],
)
def test_an_honest_link_is_not_said_to_pass_for_another(link: str) -> None:
    found = recognise(link)
    assert found is not None
    assert found.resembles is None
    assert Caution.NAME_BEFORE_AT not in found.cautions


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example\\@facebook.com/anna",
        "https://facebook.com\\@evil.example/anna",
        "https:facebook.com/anna",
        "https:/facebook.com/anna",
        "https:///facebook.com/anna",
        "https://",
        "https://facebook.com:port/anna",
        "https://[::1]/anna",
        "https://localhost/anna",
        "https://facebook..com/anna",
        "https://face%62ook.com/anna",
        "https://face\x00book.com/anna",
        "https://facebook.com/an\nna",
        "https://facebook.com/anna b",
        "javascript:alert(1)//facebook.com/anna",
        "data:text/html,https://facebook.com/anna",
        "file:///etc/passwd",
        "ftp://facebook.com/anna",
        "https://" + "a" * 64 + ".com/",
        "https://facebook.com/" + "a" * 20_000,
        "example.com/anna",
        "skype:",
        "mailto:",
        "tel:nobody",
    ],
)
def test_what_is_no_address_that_all_readers_agree_on_is_left_alone(text: str) -> None:
    assert recognise(text) is None


def test_steps_up_and_double_slashes_in_a_path_are_walked_as_a_browser_walks_them() -> None:
    found = recognise("https://www.facebook.com/groups/1/../../anna.beispiel//./")
    encoded = recognise("https://www.facebook.com/help/%2e%2e/anna.beispiel")
    assert found is not None
    assert encoded is not None
    assert dict(found.ids) == dict(encoded.ids) == {"handle": "anna.beispiel"}


def test_an_id_of_the_wrong_form_is_not_given_as_an_id() -> None:
    for link in (
        "https://www.facebook.com/profile.php?id=100001234567890%00",
        "https://www.facebook.com/profile.php?id=" + "1" * 400,
        "https://discord.com/users/123",
        "https://discord.com/users/१२३४५६७८९०१२३४५६७",
        "https://steamcommunity.com/profiles/12345678901234567",
        "https://www.youtube.com/channel/UCshort",
        "https://x.com/a/status/12%0A34",
    ):
        found = recognise(link)
        assert found is not None
        assert found.what is What.PAGE
        assert not found.ids


def quickly(work: Callable[[], object], seconds: float = 8.0) -> None:
    """Run it; far beyond what it takes, far below what a runaway pattern would take."""
    start = time.perf_counter()
    work()
    assert time.perf_counter() - start < seconds


@pytest.mark.parametrize(
    "piece",
    [
        "https://", "https://a.b/", "https://x.com/a/status/1 ", "/", "a", "a.", "-", ")", "(", "](", "@", "%", "%41",
        "&id=1", "#", "?", "tel:", "skype:a;", "mailto:a@", "-activity-1", "_-activity-", "www.", "x.com/", ".t.me/",
        "xn--", "а", ",https://", "\\", "😀", "\u202e", "\x00", " ", "\n", "'", "…",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "start",
    [
        "", "https://www.linkedin.com/posts/a_", "https://f.example/t/", "https://facebook.com?", "https://", "skype:",
    ],
)  # fmt: skip
def test_a_hundred_thousand_hostile_characters_take_no_time(start: str, piece: str) -> None:
    long = start + piece * (100_000 // len(piece))
    short = start + piece * (12_000 // len(piece))
    quickly(lambda: (recognise(long), recognise(short), links_in(long)))


LINKLIKE = st.text(
    st.sampled_from([*"abc01.-_@:/?#&=%+~;,()[]'\\ \n\x00", "а", "。", "😀", "\u202e", "\ud800", "İ"]), max_size=60
)
HOSTS = st.sampled_from(
    ["www.facebook.com", "t.me", "x.com", "discord.com", "www.youtube.com", "evil.example", "boards.4chan.org", "xn--a"]
)


@given(st.text(max_size=400))
@example("https://facebook.com/\ud800")
@example("\ufeffhttps://x.com/a")
def test_any_text_is_read_without_an_error_and_every_link_in_it_stands_there(text: str) -> None:
    recognise(text)
    end = 0
    for found in links_in(text):
        assert end <= found.start < found.end
        assert found.recognised.raw == text[found.start : found.end]
        end = found.end


@given(st.sampled_from(["https://", "http://", "", "tg://", "skype:", "mailto:", "tel:", "//"]), HOSTS, LINKLIKE)
def test_whatever_follows_a_host_the_link_is_kept_letter_by_letter(scheme: str, host: str, rest: str) -> None:
    text = f"{scheme}{host}{rest}"
    found = recognise(text)
    if found is not None:
        assert found.raw == text
        assert found.fields["url"] == text.strip()
        for value in found.ids.values():
            assert value
            assert not any(ord(letter) < 32 for letter in value)
            assert len(value) <= 1100
        assert recognise(text) == found


@given(LINKLIKE, HOSTS, LINKLIKE)
@example("facebook.com", "evil.example", "")
@example("", "evil.example", "@facebook.com")
def test_the_host_is_the_one_that_the_standard_library_finds(before: str, host: str, rest: str) -> None:
    text = f"https://{before}{host}{rest}"
    found = recognise(text)
    if found is None:
        return
    expected = urlsplit(text.strip()).hostname
    assert expected is not None
    assert found.host.lower() == expected.removesuffix(".")


@given(LINKLIKE, LINKLIKE)
def test_nothing_outside_the_hosts_of_a_platform_is_certainly_of_that_platform(before: str, rest: str) -> None:
    found = recognise(f"https://{before}.example{rest}")
    if found is not None and found.certain and found.host.endswith(".example"):
        assert found.platform is Platform.WEBSITE


@pytest.mark.parametrize("handle", ["anna", "Anna.B-1_x", "日本", "%41nna", "a%2Fb", "anna%00", "a" * 3000])
def test_parts_of_an_address_never_hold_a_slash_that_was_written_out(handle: str) -> None:
    address = read_address(f"https://example.com/{handle}/x", frozenset())
    assert address is not None
    assert len(address.segments) == 2
