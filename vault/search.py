"""Finding: an index of words and one of parts of words over what is written, and the question that is put to them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import apsw

from vault.chain import EntryId, Kind
from vault.folding import folded, pieces_of, split_up

TABLES = ("cache_text", "cache_word", "cache_part", "cache_facet")

_MAKE = """
CREATE TABLE cache_text(seq INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE VIRTUAL TABLE cache_word USING fts5(
    text, content='', columnsize=0, detail=none, prefix='1 2',
    tokenize="unicode61 remove_diacritics 2 categories 'L* M* N* P* S* C*'"
);
CREATE VIRTUAL TABLE cache_part USING fts5(
    text, content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1'
);
INSERT INTO cache_word(cache_word, rank) VALUES('secure-delete', 1);
INSERT INTO cache_part(cache_part, rank) VALUES('secure-delete', 1);
CREATE TABLE cache_facet(
    facet TEXT NOT NULL, value TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(facet, value, seq)
) WITHOUT ROWID;
CREATE INDEX cache_facet_of_subject ON cache_facet(seq);
"""
# The indexes say which subjects may hold a piece (detail=none: a quarter of the size); cache_text then decides.
# Text is folded and split before it comes here, so the tokenizers have nothing left to decide.

_PART = 3
"""Characters of the shortest part of a word that is found anywhere; shorter ones are found where words begin."""
_MOST_PIECES, _MOST_PARTS = 64, 32


class Facet(StrEnum):
    """What subjects can be told apart by, beside their words. A day is local to whoever wrote it, `2026-11-20`."""

    PLATFORM = "platform"
    SENSITIVITY = "sensitivity"
    NAMES = "names"
    LINK = "link"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: everything given must hold. `names`: it refers to that subject; `link`: this
    address and no other stands in one of its links; days are inclusive.

    `text` is what somebody typed. Each word of it (the first 64) must be in what is written: anywhere from three
    characters on, shorter ones where a word begins. No character in it has a meaning of its own.
    """

    text: str = ""
    kind: Kind | None = None
    names: EntryId | None = None
    platform: str = ""
    sensitivity: str = ""
    link: str = ""
    since: date | None = None
    until: date | None = None
    withdrawn: bool | None = None


Condition = tuple[str, list[str | int]]
"""SQL of our own words, and the values for its question marks."""


def make(db: apsw.Connection) -> None:
    """Make the tables, empty."""
    for table in TABLES:
        db.execute(f"DROP TABLE IF EXISTS {table}")
    db.execute(_MAKE)


def put(db: apsw.Connection, seq: int, written: str | None, facets: frozenset[tuple[Facet, str]]) -> None:
    """Let the subject that entry `seq` added be found by what is written about it now; None: by no word any more."""
    db.execute("DELETE FROM cache_facet WHERE seq = ?", (seq,))
    db.executemany("INSERT INTO cache_facet VALUES(?, ?, ?)", [(facet, value, seq) for facet, value in facets])
    text = None if written is None else folded(written)
    before = _text(db, seq)
    if text == before:
        return
    if before is not None:
        _in_both(db, "INSERT INTO {0}({0}, rowid, text) VALUES('delete', ?, ?)", seq, before)
        db.execute("DELETE FROM cache_text WHERE seq = ?", (seq,))
    if text is not None:
        db.execute("INSERT INTO cache_text VALUES(?, ?)", (seq, text))
        _in_both(db, "INSERT INTO {0}(rowid, text) VALUES(?, ?)", seq, text)


def plain_name(text: str) -> str:
    """A name of a platform as it is compared: `Image board` is `image_board`."""
    return " ".join(folded(text).replace("_", " ").split())


def statement(wanted: Wanted, limit: int, before: int | None) -> Condition:
    """The SQL for (seq, id) of a page of subjects, newest first, of those added before entry `before`.

    What narrows most leads and is read backwards, so a page costs what it holds and not what there is.
    """
    facets = [(facet, value) for facet, value in _facets(wanted) if value]
    pieces = pieces_of(wanted.text)[:_MOST_PIECES]
    if pieces:
        lead, seq, conditions = _through_an_index(pieces)
    elif facets:
        lead, seq = f"cache_facet d {_SUBJECT} d.seq", "d.seq"
        conditions = [("d.facet = ? AND d.value = ?", [*facets.pop(0)])]
    else:
        lead, seq, conditions = "cache_subject s", "s.seq", []
    conditions += [(f"{_HAS_FACET} = ?)", [*facet]) for facet in facets]
    conditions += [("s.kind = ?", [wanted.kind.value])] if wanted.kind else []
    conditions += [("s.withdrawn = ?", [int(wanted.withdrawn)])] if wanted.withdrawn is not None else []
    if wanted.since or wanted.until:
        days = [(wanted.since or date.min).isoformat(), (wanted.until or date.max).isoformat()]
        conditions.append((f"{_HAS_FACET} BETWEEN ? AND ?)", [Facet.DAY, *days]))
    where = "".join(f" AND {condition}" for condition, _values in conditions)
    values = [value for _condition, given in conditions for value in given]
    newest = _NEWEST if before is None else before
    query = f"SELECT s.seq, s.id FROM {lead} WHERE {seq} < ?{where} ORDER BY {seq} DESC LIMIT ?"  # noqa: S608
    return query, [newest, *values, limit]


def values_of(db: apsw.Connection, facet: Facet, limit: int) -> list[str]:
    """The values that something has of a facet, in the order of their letters, at most `limit`; each costs one look."""
    least = "SELECT min(value) FROM cache_facet WHERE facet = ?1"
    query = f"""
        WITH RECURSIVE found(value) AS (
            {least} UNION ALL SELECT ({least} AND value > found.value) FROM found WHERE value IS NOT NULL
        ) SELECT value FROM found WHERE value IS NOT NULL LIMIT ?2
    """  # noqa: S608 - our own words
    return [str(value) for (value,) in db.execute(query, (facet, limit))]


_NEWEST = 2**62
_SUBJECT = "CROSS JOIN cache_subject s ON s.seq ="
_HAS_FACET = "EXISTS (SELECT 1 FROM cache_facet f WHERE f.seq = s.seq AND f.facet = ? AND f.value"
_IN_WORDS = "d.rowid IN (SELECT rowid FROM cache_word WHERE cache_word MATCH ?)"


def _facets(wanted: Wanted) -> list[tuple[Facet, str]]:
    return [
        (Facet.NAMES, wanted.names or ""),
        (Facet.LINK, wanted.link.strip()),
        (Facet.PLATFORM, plain_name(wanted.platform)),
        (Facet.SENSITIVITY, wanted.sensitivity),
    ]


def _through_an_index(pieces: list[str]) -> tuple[str, str, list[Condition]]:
    """The index that leads, its column of entry numbers, and what must hold; the index only says where to look."""
    parts, words = _parts(pieces), _words(pieces)
    table, match = ("cache_part", parts) if parts else ("cache_word", words)
    conditions: list[Condition] = [(f"d.{table} MATCH ?", [match])]
    conditions += [(_IN_WORDS, [words])] if parts and words else []
    conditions += [("instr(t.text, ?)", [piece]) for piece in pieces]
    return f"{table} d CROSS JOIN cache_text t ON t.seq = d.rowid {_SUBJECT} d.rowid", "d.rowid", conditions


def _parts(pieces: list[str]) -> str:
    """The question to the index of parts: every three characters in a row, spread over a piece that is very long."""
    wanted: dict[str, None] = {}
    for piece in pieces:
        parts = [piece[start : start + _PART] for start in range(len(piece) - _PART + 1)]
        wanted |= dict.fromkeys(parts[:: len(parts) // _MOST_PARTS + 1])
    return " AND ".join(map(_quoted, wanted))


def _words(pieces: list[str]) -> str:
    """The question to the index of words, for what is too short for the other one."""
    wanted: list[str] = []
    for piece in pieces:
        if len(piece) < _PART:
            *whole, last = split_up(piece).split()
            wanted += [*map(_quoted, whole), f"{_quoted(last)}*"]
    return " AND ".join(wanted)


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'


def _text(db: apsw.Connection, seq: int) -> str | None:
    found = db.execute("SELECT text FROM cache_text WHERE seq = ?", (seq,)).fetchone()
    return str(found[0]) if found else None


def _in_both(db: apsw.Connection, command: str, seq: int, text: str) -> None:
    db.execute(command.format("cache_word"), (seq, split_up(text)))
    db.execute(command.format("cache_part"), (seq, text))
