"""Which page a link is of, so that two links to one page are known as that: compared as text, nothing is opened.

What differs without leading to another page is left out (RFC 3986, section 6.2, and more): http or https, www., the
port that needs no saying, capitals of the host, a slash at the end, what only tells who shared the link, and a place
within the page. Everything else may be another page and stays.
"""

import re
from collections.abc import Iterator

from app.checks.addresses import domain, link
from app.platforms.patterns import patterns

_WHOLE = re.compile(
    r"http(?P<s>s?)://(?P<before>(?:[^/?#@]*@)?)(?P<host>\[[^\]]*\]|[^/?#:]*)(?P<port>(?::[0-9]+)?)"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?"
)
_ANCHOR = re.compile(r"[A-Za-z0-9][\w:.-]*|:~:.*")
"""A place within a page. Others, such as #/chat/1, #!id or #@name, are how some sites name their pages."""
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(rb"[A-Za-z0-9._~\x80-\xff-]")


def page_of(text: str) -> str:
    """The page that a link is of: equal for links to the same page. A text that is no web address stands for itself."""
    found = _WHOLE.fullmatch(link(text).normal or link(f"https://{text.strip()}").normal)
    if found is None:
        return text.strip()
    host = (domain(found["host"]).normal or found["host"]).removeprefix("www.")
    port = "" if found["port"] == (":443" if found["s"] else ":80") else found["port"]
    query = "&".join(_telling(_unescaped(found["query"] or ""), host))
    fragment = "" if _ANCHOR.fullmatch(found["fragment"] or "") else _unescaped(found["fragment"] or "")
    path = _unescaped(found["path"]).rstrip("/")
    return "".join((found["before"], host, port, path, query and f"?{query}", fragment and f"#{fragment}"))


def _telling(query: str, host: str) -> Iterator[str]:
    """The parts of a query that may name what is shown."""
    for pair in query.split("&"):
        if pair and not patterns().is_tracking(pair.partition("=")[0], host):
            yield pair


def _unescaped(text: str) -> str:
    """Percent signs undone where they stand for a letter, as browsers show it (RFC 3986, section 6.2.2)."""
    return _ESCAPED.sub(_letter, text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogateescape")


def _letter(found: re.Match[bytes]) -> bytes:
    raw = bytes((int(found[1], 16),))
    return raw if _UNRESERVED.fullmatch(raw) else found[0].upper()
