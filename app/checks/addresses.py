"""Addresses on the internet: e-mail, domains and links. Nothing is looked up."""

import re
from dataclasses import dataclass

from app.checks.result import Check, mistake, on_any_text, plain, right, unknown

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_HERE_ONLY = {"file", "blob", "data", "javascript", "about", "chrome", "edge", "content", "view-source"}


@dataclass(frozen=True, slots=True)
class Link:
    """The parts of a link as they stand, but for small letters in scheme and host. `port` has its colon."""

    scheme: str
    before: str
    host: str
    port: str
    rest: str


@on_any_text
def email(text: str) -> Check:
    """An e-mail address by its form (RFC 5321, sections 2.3.11 and 4.5.3.1); quoted names are not read."""
    address = re.sub(r"^mailto:", "", text, flags=re.IGNORECASE)
    shown = re.fullmatch(r"[^<>]{0,200}<([^<>\s]+)>", address)
    local, _, host = (shown[1] if shown else address).rpartition("@")
    name = domain_name(host)
    wrong = _wrong_in_email(local, host, name)
    if wrong or name is None:
        return mistake(wrong)
    if not local.isascii():
        return unknown("An e-mail address with letters that most services do not allow.", f"{local}@{name}")
    return right(f"{local}@{name}", "The form of an e-mail address. Whether it exists, nobody has looked up.")


def _wrong_in_email(local: str, host: str, name: str | None) -> str:
    if not local:
        return "An e-mail address has a name, an @ and a domain."
    if re.search(r"[\s,;]", local + host):
        return "There is a space or a comma in this e-mail address."
    if len(local) > 64 or local.startswith(".") or local.endswith(".") or ".." in local or "@" in local:
        return "The part before the @ has not the form of one in an e-mail address."
    if local.isascii() and not re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+", local):
        return "There is a character before the @ that e-mail addresses do not have."
    return "" if name else "The part after the @ is not a whole domain, such as example.com."


@on_any_text
def domain(text: str) -> Check:
    """The name of a site: labels of letters, digits and dashes (RFC 1123, section 2.1), or a numeric address."""
    link = split_link(text if "://" in text else "http://" + text)
    if link is None:
        return mistake("This is not the name of a site, such as example.com.")
    if re.fullmatch(r"[0-9.]+", link.host):
        return _numeric(link.host)
    name = domain_name(link.host)
    if name is None:
        return mistake("This is not the whole name of a site, such as example.com.")
    if name.endswith(".onion"):
        return right(name, "A site in the Tor network.")
    return right(name, "The form of a domain. Whether it exists, nobody has looked up.")


@on_any_text
def link(text: str) -> Check:
    """A link: whether it is whole. Where it leads is read elsewhere (app/platforms).

    `hxxp` and `[.]`, with which people make links harmless, are read as what they stand for.
    """
    other = _other_than_web(text)
    if other:
        return other
    if re.search(r"\s", text):
        return mistake("There is a space in this address. One link belongs here, and nothing else.")
    if re.search(r"…|\.{3}$", text):
        return mistake("This address is cut short. Copy all of it from the address bar.")
    found = split_link(text)
    if found is None:
        return _without_beginning(text)
    if domain_name(found.host) is None and not re.fullmatch(r"[0-9.]+|\[[0-9a-f:.]+\]", found.host):
        return mistake("The name of the site in this address is not whole.")
    normal = f"{found.scheme}://{found.before}{found.host}{found.port}{found.rest}"
    return right(normal, "A whole address. Nobody has opened it.")


def _other_than_web(text: str) -> Check | None:
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]{1,30}):(?![0-9])", text)
    if scheme is None or re.match(r"h(?:tt|xx)ps?://", text, re.IGNORECASE):
        return None
    if scheme[1].lower() in _HERE_ONLY:
        return mistake("This address works on one computer only. Copy the address of the page on the internet.")
    return unknown("A link that opens an app.")


def _without_beginning(text: str) -> Check:
    name = domain_name(re.split(r"[/?#:]", text, maxsplit=1)[0])
    if name is not None:
        return mistake("The beginning of this address is missing: https:// or http://.")
    return mistake("This is not a whole address, such as https://example.com/page.")


def split_link(text: str) -> Link | None:
    """The parts of a text that is one link to the web, `hxxp` and `[.]` included; None for any other."""
    found = re.fullmatch(
        r"h(?:tt|xx)p(?P<s>s?)://(?P<before>(?:[^/?#@\s]*@)?)(?P<host>\[[0-9A-Fa-f:.]{2,45}\]|[^/?#:\s]{1,300})"
        r"(?P<port>:[0-9]{1,5})?(?P<rest>(?:[/?#]\S*)?)",
        re.sub(r"\[\.\]|\(\.\)", ".", text),
        re.IGNORECASE,
    )
    if found is None:
        return None
    secure = found["s"].lower()
    return Link("http" + secure, found["before"], found["host"].lower(), found["port"] or "", found["rest"])


def domain_name(host: str) -> str | None:
    """The domain as computers compare it, in small letters and with xn-- for other scripts; none if it has no form."""
    name = plain(host).rstrip(".").lower()
    if not name.isascii():
        if len(name) > 253:
            return None
        try:
            name = name.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return None
    labels = name.split(".")
    if len(name) > 253 or len(labels) < 2 or labels[-1].isdigit() or len(labels[-1]) < 2:
        return None
    return name if all(_LABEL.fullmatch(label) for label in labels) else None


def _numeric(host: str) -> Check:
    parts = host.split(".")
    if len(parts) == 4 and all(re.fullmatch(r"[0-9]{1,3}", part) and int(part) <= 255 for part in parts):
        return right(".".join(str(int(part)) for part in parts), "A numeric address (IP).")
    return mistake("A numeric address has four numbers from 0 to 255.")
