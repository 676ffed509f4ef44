"""Two links to one page are known as that, however they are written; links to two pages never are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platforms import page_of

ONE_PAGE = [
    ("https://example.com/a", "http://example.com/a"),
    ("https://example.com/a", "https://www.example.com/a"),
    ("https://example.com/a", "https://EXAMPLE.com/a"),
    ("https://example.com/a", "https://example.com/a/"),
    ("https://example.com", "https://example.com/"),
    ("https://example.com/a", "https://example.com./a"),
    ("https://example.com/a", "https://example.com:443/a"),
    ("https://example.com/a", "http://example.com:80/a"),
    ("https://example.com/a", "example.com/a"),
    ("https://example.com/a", "www.Example.com/a/"),
    ("https://example.com/a?id=7", "https://example.com/a?&id=7&"),
    ("https://example.com/a", "  https://example.com/a\n"),
    ("https://example.com/a", "hxxps://example[.]com/a"),
    ("https://example.com/a", "https://example.com/a?"),
    ("https://example.com/a", "https://example.com/a#part-2"),
    ("https://example.com/a", "https://example.com/a#:~:text=what%20was%20said"),
    ("https://boards.4chan.org/b/thread/123", "https://boards.4chan.org/b/thread/123#p456"),
    ("https://example.com/a?id=7", "https://example.com/a?utm_source=mail&id=7&utm_medium=x"),
    ("https://example.com/a", "https://example.com/a?fbclid=IwAR0&gclid=x&igsh=MzR"),
    ("https://www.instagram.com/p/CabcDEF1/", "https://instagram.com/p/CabcDEF1?igsh=MzRlODBiNWFlZA=="),
    ("https://www.facebook.com/profile.php?id=1", "https://facebook.com/profile.php?id=1&__cft__[0]=AZ&__tn__=-R"),
    ("https://www.facebook.com/profile.php?id=1", "https://facebook.com/profile.php?id=1&__cft__%5B0%5D=AZ"),
    ("https://x.com/a/status/12", "https://x.com/a/status/12?s=20&t=AbC"),
    ("https://www.youtube.com/watch?v=abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk&si=AbC&t=31s"),
    ("https://example.com/%d0%90nna~", "https://example.com/\u0410nna%7E"),
    ("https://example.com/a%2fb", "https://example.com/a%2Fb"),
    ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
    ("http://192.0.2.1/x", "https://192.0.2.1:443/x/"),
]

TWO_PAGES = [
    ("https://example.com/a", "https://example.com/b"),
    ("https://example.com/a", "https://example.com/A"),
    ("https://example.com/a", "https://example.org/a"),
    ("https://example.com/a", "https://shop.example.com/a"),
    ("https://example.com/a", "https://example.com:8443/a"),
    ("https://example.com/a", "https://name@example.com/a"),
    ("https://example.com/a?id=1", "https://example.com/a?id=2"),
    ("https://example.com/a?id=1", "https://example.com/a"),
    ("https://example.com/a?id=1&page=2", "https://example.com/a?id=1&page=3"),
    ("https://example.com/a?a=b%26c", "https://example.com/a?a=b&c"),
    ("https://example.com/a?utm=1", "https://example.com/a?utm=2"),
    ("https://example.com/a?s=20", "https://example.com/a?s=21"),
    ("https://notx.com/a?s=20", "https://notx.com/a?s=21"),
    ("https://example.com/a?fbclid_of=1", "https://example.com/a?fbclid_of=2"),
    ("https://www.facebook.com/photo?fbid=1", "https://www.facebook.com/photo?fbid=2"),
    ("https://www.youtube.com/watch?v=abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijl"),
    ("https://example.com/a/b", "https://example.com/a%2Fb"),
    ("https://example.com/a%3Fid=1", "https://example.com/a?id=1"),
    ("https://example.com/a%23!b", "https://example.com/a#!b"),
    ("https://mega.nz/#F!abc!def", "https://mega.nz/#F!xyz!def"),
    ("https://web.telegram.org/a/#123456789", "https://web.telegram.org/a/#987654321"),
    ("https://web.telegram.org/k/#123456789", "https://web.telegram.org/k/"),
    ("https://app.example/#/chat/1", "https://app.example/#/chat/2"),
    ("https://web.telegram.org/k/#@anna_a", "https://web.telegram.org/k/#@anna_b"),
    ("https://example.com/a…", "https://example.com/a"),
    ("tg://user?id=1", "tg://user?id=2"),
    ("their profile", "their page"),
]


@pytest.mark.parametrize(("one", "other"), ONE_PAGE)
def test_links_to_one_page_are_known_as_that(one: str, other: str) -> None:
    assert page_of(one) == page_of(other)


@pytest.mark.parametrize(("one", "other"), TWO_PAGES)
def test_links_to_two_pages_are_never_taken_for_one(one: str, other: str) -> None:
    assert page_of(one) != page_of(other)


@given(st.text(max_size=200))
def test_any_text_has_a_page_or_stands_for_itself(text: str) -> None:
    assert page_of(text) == page_of(f" {text} ")


SEGMENTS = st.text(st.sampled_from("abAB019_-~%é"), min_size=1, max_size=8).map(lambda text: text.replace("%", "%2F"))


@given(st.lists(SEGMENTS, max_size=4), st.lists(SEGMENTS, max_size=4), st.lists(SEGMENTS, max_size=4))
def test_what_names_the_content_is_never_lost(path: list[str], other: list[str], ids: list[str]) -> None:
    def written(host: str, parts: list[str], *more: str) -> str:
        query = "&".join((*(f"id{n}={value}" for n, value in enumerate(ids)), *more))
        return f"{host}/{'/'.join(parts)}{'?' if query else ''}{query}"

    one = page_of(written("https://example.com", path))
    assert one == page_of(written("http://WWW.Example.com:80", path, "utm_source=x", "fbclid=y"))
    assert (one == page_of(written("https://example.com", other))) == (path == other)
