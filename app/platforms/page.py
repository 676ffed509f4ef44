"""Which page a link is of, so that two links to one page are known as that: compared as text, nothing is opened.

What differs without leading to another page is left out (RFC 3986, section 6.2, and more): http or https, www., the
port that needs no saying, capitals of the host, a slash at the end, what only tells who shared the link, and a place
within the page. Everything else may be another page and stays.
"""

import re
from collections.abc import Iterator

from app.checks.addresses import domain_name, split_link
from app.checks.result import LONGEST, plain
from app.platforms.patterns import patterns

_ANCHOR = re.compile(r"[A-Za-z0-9][\w:.-]*|:~:.*")
"""A place within a page. Others, such as #/chat/1, #!id or #@name, are how some sites name their pages."""
_ONE_PAGE = "web."
"""Hosts that begin like this are apps in one page, which name a chat by its number: web.telegram.org/a/#123456789."""
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(rb"[A-Za-z0-9._~\x80-\xff-]")


def page_of(text: str) -> str:
    """The page that a link is of: equal for links to the same page. A text that is no web address stands for itself."""
    kept = plain(text) if len(text) <= LONGEST else ""
    found = split_link(kept) or split_link(f"https://{kept}")
    if found is None:
        return text.strip()
    host = (domain_name(found.host) or found.host).removeprefix("www.")
    port = "" if found.port == (":443" if found.scheme == "https" else ":80") else found.port
    rest, _, fragment = found.rest.partition("#")
    path, _, query = rest.partition("?")
    page = f"{found.before}{host}{port}{_unescaped(path).rstrip('/')}"
    if query := "&".join(_telling(_unescaped(query), host)):
        page += f"?{query}"
    is_place = _ANCHOR.fullmatch(fragment) and not host.startswith(_ONE_PAGE)
    return page if not fragment or is_place else f"{page}#{_unescaped(fragment)}"


def _telling(query: str, host: str) -> Iterator[str]:
    """The parts of a query that may name what is shown."""
    for pair in query.split("&"):
        if pair and not patterns().is_tracking(pair.partition("=")[0], host):
            yield pair


def _unescaped(text: str) -> str:
    """Percent signs undone where they stand for a letter, as browsers show it (RFC 3986, section 6.2.2)."""
    if "%" not in text:
        return text
    return _ESCAPED.sub(_letter, text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogateescape")


def _letter(found: re.Match[bytes]) -> bytes:
    raw = bytes((int(found[1], 16),))
    return raw if _UNRESERVED.fullmatch(raw) else found[0].upper()
