"""Links recognised by their text alone: one at a time, or all in a text that somebody pasted. Nothing is opened."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache

from app.kinds.account import Platform
from app.platforms.address import Address, read_address
from app.platforms.patterns import Site, patterns
from app.platforms.posing import has_foreign_letters, resembled
from app.platforms.recognised import Caution, Found, Recognised, TimeInside, What
from app.platforms.registry import entry

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEAR_2100_MS = 4_102_444_800_000
# A Chinese full stop ends a sentence, but before a letter or digit browsers read it as a dot of the host.
_WORD = re.compile(r"(?:[^\s<>\"“”„«»`{}|\\^\x00-\x1f\x7f、。，；！？（）【】「」『』《》]|。(?=[A-Za-z0-9]))+")
_NEXT = re.compile(r"[,;](?=[Hh][Tt][Tt][Pp][Ss]?://)")
_OPENING = "([*_~'‘’"
_ENDING = ".,:;!?'’‘*…"
_LONGEST_HOST = 253


_BY_SOMEBODY = {
    What.POST, What.COMMENT, What.MESSAGE, What.THREAD, What.VIDEO, What.STORY, What.FILE, What.BOARD_POST
}  # fmt: skip


def recognise(text: str) -> Recognised | None:
    """What one link is. None for a text that is no link; a page on any other site is a page of a website.

    Without https:// only the hosts of known platforms, www. and links that look like a forum or board are taken.
    """
    book = patterns()
    address = read_address(text, book.schemes)
    if address is None:
        return None
    owned = book.site(address)
    if owned is not None:
        site, as_read = owned
        if found := site.match(as_read):
            return _recognised(text, address, site, *found, certain=True)
        what = What.SHORTENED if site.shortened else What.PAGE
        return _recognised(text, address, site, what, {}, certain=True) if address.host else None
    for site in book.anywhere:
        if found := site.match(address):
            return _recognised(text, address, site, *found, certain=False)
    if not address.scheme and not address.host.startswith("www."):
        return None
    return _recognised(text, address, None, What.PAGE, {}, certain=True)


def links_in(text: str) -> tuple[Found, ...]:
    """All links in a text, in order. Punctuation after a link is left out; brackets in it stay where they have a pair.

    A link without https:// counts only where it begins with www. or with the host of a known platform.
    """
    found: list[Found] = []
    for start, end in _candidates(text):
        recognised = recognise(text[start:end])
        if recognised is not None:
            found.append(Found(start, end, recognised))
    return tuple(found)


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    for word in _WORD.finditer(text):
        start = word.start()
        for separator in (*_NEXT.finditer(text, word.start(), word.end()), None):
            end = separator.start() if separator else word.end()
            if (first := _first(text, start, end)) is not None:
                yield first, _last(text, first, end)
            start = end + 1


@cache
def _beginning() -> re.Pattern[str]:
    schemes = "|".join(re.escape(scheme) for scheme in sorted(patterns().schemes))
    return re.compile(rf"(?<![A-Za-z0-9])(?:https?://|(?:{schemes}):(?!https?://))", re.IGNORECASE)


def _first(text: str, start: int, end: int) -> int | None:
    """Where a link begins between two places of a text that hold no space, if there is one."""
    if found := _beginning().search(text, start, end):
        return found.start()
    while start < end and text[start] in _OPENING:
        start += 1
    host, slash, rest = text[start : min(end, start + _LONGEST_HOST)].partition("/")
    host = host.lower()
    if host.startswith("www.") and host.count(".") > 1:
        return start
    known = slash and rest and host.isascii() and patterns().site(Address("", host, False, (), {}, "")) is not None
    return start if known and ":" not in host else None


def _last(text: str, start: int, end: int) -> int:
    """Where a link ends when what belongs to the sentence around it is left out."""
    surplus = {
        closing: text.count(closing, start, end) - text.count(opening, start, end) for opening, closing in ("()", "[]")
    }
    while end > start:
        letter = text[end - 1]
        if surplus.get(letter, 0) > 0:
            surplus[letter] -= 1
        elif letter not in _ENDING:
            break
        end -= 1
    return end


def _recognised(
    raw: str, address: Address, site: Site | None, what: What, ids: Mapping[str, str], *, certain: bool
) -> Recognised:
    book = patterns()
    platform = site.platform if site else Platform.WEBSITE
    owned = site is not None and certain
    resembles = None if owned or not address.host else resembled(address.host)
    cautions = {
        Caution.SHORTENED: what is What.SHORTENED,
        Caution.REDIRECT: what is What.REDIRECT,
        Caution.MAY_BE: not certain,
        Caution.NAME_BEFORE_AT: address.name_before_at,
        Caution.LOOK_ALIKE: resembles is not None,
        Caution.FOREIGN_LETTERS: has_foreign_letters(address.host),
    }
    shown = tuple(caution for caution, applies in cautions.items() if applies)
    passes_for = entry(resembles).name if resembles else ""
    named = f"{entry(platform).name}: " if platform and platform is not Platform.WEBSITE else ""
    return Recognised(
        raw=raw,
        platform=platform,
        what=what,
        host=address.host,
        ids=ids,
        fields=_fields(raw.strip(), address.host, platform, what, ids, site),
        certain=certain,
        cautions=shown,
        resembles=resembles,
        time_inside=_time_inside(ids, site),
        words=f"{named}{book.words[what]}" if certain else f"{named}perhaps {book.words[what]}",
        advice=tuple(book.cautions[caution].format(host=address.host, resembles=passes_for) for caution in shown),
    )


def _fields(
    raw: str, host: str, platform: Platform | None, what: What, ids: Mapping[str, str], site: Site | None
) -> dict[str, str]:
    fields = {"url": raw, **ids}
    if platform is not None:
        fields["platform"] = platform.value
    if what is What.PROFILE:
        fields["profile_url"] = raw
    elif site and site.profile_by_id and "persistent_id" in ids:
        fields["profile_url"] = site.profile_by_id.format_map(ids)
    elif site and site.profile and "handle" in ids:
        fields["profile_url"] = site.profile.format_map(ids)
    if what in _BY_SOMEBODY:
        fields["message_link"] = raw
    if what is What.INVITE:
        fields["group"] = raw
    if platform is Platform.WEBSITE:
        fields["domain"] = host
    if place := _place(host, platform, ids):
        fields["place"] = place
    return fields


def _place(host: str, platform: Platform | None, ids: Mapping[str, str]) -> str:
    book = patterns()
    parts = [words.format(ids[name]) for name, words in book.place_words.items() if name in ids]
    if host and platform in book.named_by_host:
        parts.insert(0, host)
    return ", ".join(parts)


def _time_inside(ids: Mapping[str, str], site: Site | None) -> TimeInside | None:
    for name, clock in (site.clocks if site else {}).items():
        if name in ids and ids[name].isascii() and ids[name].isdigit():
            number = int(ids[name])
            passed = (number >> clock.shift) * clock.unit_ms + clock.epoch_ms
            if number >= clock.smallest and passed < _YEAR_2100_MS:
                return TimeInside(name, _EPOCH + timedelta(milliseconds=passed), clock.checked)
    return None
