"""What follows from the entries and is kept beside them, so that nothing has to read the whole log: the caches."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone

import apsw

from vault import search, timing
from vault.chain import Action, Data, Entry, Kind, Malformed, parse_moment
from vault.search import Facet

VERSION = "4"
"""Of everything in this room, search.py, timing.py, folding.py and moments.py: another one in a log, and all is made
anew."""

TABLES = ("cache_subject", "cache_object", "cache_shape", timing.TABLE, *search.TABLES)

_MAKE = """
CREATE TABLE cache_subject(
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, ref TEXT UNIQUE, withdrawn INTEGER NOT NULL
);
CREATE TABLE cache_object(id TEXT PRIMARY KEY, subject TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE cache_shape(seq INTEGER PRIMARY KEY, shape TEXT NOT NULL);
CREATE INDEX cache_subject_of_kind ON cache_subject(kind, seq, withdrawn);
CREATE INDEX cache_object_of_subject ON cache_object(subject);
"""

_ANSWERS = {"sensitivity", "held"}
"""Given again and again, and no words: sorting pictures should not cost an index made anew for each."""

_LINKS = ("url", "url_final", "profile_url", "message_link", "origin_url", "reappeared_url")
_ID = re.compile(r"[0-9a-f]{32}")
_ANSWER = re.compile(r"[a-z0-9_]{1,24}")
_OFFSET = re.compile(r"([+-])([01][0-9]|2[0-3]):([0-5][0-9])$")
_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ]+(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)? ?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?)?"
)


def make(db: apsw.Connection) -> None:
    """Make every cache, empty."""
    for table in ("cache_subject", "cache_object", "cache_shape"):
        db.execute(f"DROP TABLE IF EXISTS {table}")
    db.execute(_MAKE)
    search.make(db)
    timing.make(db)
    db.execute("INSERT OR REPLACE INTO meta VALUES('cache_version', ?)", (VERSION,))


def take(db: apsw.Connection, entry: Entry, *, words: bool = True) -> None:
    """Add what follows from an entry that was just written; without `words`, it is found by everything else."""
    list_subject(db, entry)
    index_words(db, entry, words=words)


def list_subject(db: apsw.Connection, entry: Entry) -> None:
    """Add to the lists of subjects and of objects."""
    if entry.action is Action.ADD:
        ref = entry.data.get("ref") if entry.kind is Kind.EXHIBIT else None
        known = ref if isinstance(ref, str) else None
        db.execute("INSERT INTO cache_subject VALUES(?, ?, ?, ?, 0)", (entry.seq, entry.id, entry.kind.value, known))
    elif entry.action is Action.WITHDRAW:
        db.execute("UPDATE cache_subject SET withdrawn = 1 WHERE id = ?", (entry.id,))
    objects = [(stored.id, entry.id) for stored in entry.objects]
    db.executemany("INSERT INTO cache_object VALUES(?, ?)", objects)


def index_words(db: apsw.Connection, entry: Entry, *, words: bool = True) -> None:
    """Let the subject be found by what is written about it now.

    Not by what an amendment took away: a list shows the current state, and a hit that shows nothing of what was
    looked for reads as a mistake. Of what was withdrawn, only the day on which it was added is left.
    """
    entries = [entry] if entry.action is Action.ADD else list(_until(db, entry))
    if not entries or entries[0].action is not Action.ADD:
        return
    first = entries[0]
    if entries[-1].action is Action.WITHDRAW:
        search.put(db, first.seq, None, frozenset({(Facet.DAY, _day(parse_moment(first.at), first.zone))}))
        timing.put(db, first.seq, first.kind, None, first.zone)
        db.execute("DELETE FROM cache_shape WHERE seq = ?", (first.seq,))
        return
    data = _merged(entries)
    db.execute("INSERT OR REPLACE INTO cache_shape VALUES(?, ?)", (first.seq, _shape(data)))
    timing.put(db, first.seq, first.kind, data, first.zone)
    texts = list(_texts({name: value for name, value in data.items() if name not in _ANSWERS}))
    links = {text for text in texts if _ID.fullmatch(text) and _is_subject(db, text)}
    names = [stored.name for each in entries for stored in each.objects]
    written = [*(text for text in texts if text not in links), *names]
    text = "\n".join(written) if words else None
    search.put(db, first.seq, text, frozenset(_facets(first, data, texts, links)))


def _until(db: apsw.Connection, last: Entry) -> Iterator[Entry]:
    """The entries of a subject up to this one, as far as they can be read."""
    query = "SELECT body FROM entry WHERE id = ? AND seq <= ? ORDER BY seq"
    for (body,) in db.execute(query, (last.id, last.seq)):
        entry = readable(body)
        if entry is not None:
            yield entry


def readable(body: object) -> Entry | None:
    """The entry in a row, None where it is damaged: a check reports it, the others are listed all the same."""
    try:
        return Entry.from_bytes(body) if isinstance(body, bytes) else None
    except Malformed:
        return None


def _merged(entries: Sequence[Entry]) -> Data:
    data: dict[str, str | int | bool | list[str] | None] = {}
    for entry in entries:
        data.update(entry.data)
    return dict(sorted(data.items()))


def _shape(data: Data) -> str:
    """Which fields hold something, and what one-word answers say: `exact_words kind kind=threat`."""
    filled = {name: value for name, value in data.items() if value not in (None, "", [])}
    words = {name: value.strip().lower() for name, value in filled.items() if isinstance(value, str)}
    answers = [f"{name}={word}" for name, word in words.items() if _ANSWER.fullmatch(word)]
    return " ".join([*filled, *answers])


def _texts(data: Data) -> Iterator[str]:
    for value in data.values():
        if isinstance(value, list):
            yield from value
        elif value is not None and not isinstance(value, bool):
            yield str(value)


def _is_subject(db: apsw.Connection, text: str) -> bool:
    return db.execute("SELECT 1 FROM cache_subject WHERE id = ?", (text,)).fetchone() is not None


def _facets(first: Entry, data: Data, texts: Sequence[str], links: set[str]) -> Iterator[tuple[Facet, str]]:
    # Nobody who was not asked has called an exhibit ordinary (FORMAT.md, section 1).
    sensitivity = data.get("sensitivity") or ("not_said" if first.kind is Kind.EXHIBIT else "")
    for facet, value in ((Facet.PLATFORM, data.get("platform")), (Facet.SENSITIVITY, sensitivity)):
        if isinstance(value, str) and value:
            yield facet, search.plain_name(value) if facet is Facet.PLATFORM else value
    yield from ((Facet.NAMES, link) for link in links)
    yield from (
        (Facet.LINK, link.strip()) for name in _LINKS if isinstance(link := data.get(name), str) and link.strip()
    )
    yield Facet.DAY, _day(parse_moment(first.at), first.zone)
    yield from ((Facet.DAY, day) for text in texts if (day := _written_day(text, first.zone)))


def _written_day(text: str, zone: str) -> str | None:
    """The day of a text that is a date or a time and nothing else; of one in UTC, the day that it was in `zone`."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    try:
        day = date.fromisoformat(found["day"])
        if found["zone"] == "Z":
            return _day(datetime.combine(day, time(int(found["hour"]), int(found["minute"])), UTC), zone)
    except ValueError:
        return None
    return day.isoformat()


def _day(moment: datetime, zone: str) -> str:
    found = _OFFSET.search(zone)
    minutes = int(found[2]) * 60 + int(found[3]) if found else 0
    offset = timezone(timedelta(minutes=-minutes if found and found[1] == "-" else minutes))
    try:
        return moment.astimezone(offset).date().isoformat()
    except OverflowError:
        return moment.date().isoformat()
