"""Stage chain: every line follows from the one before, and every line of the record is the one that the chain names."""

import re
from collections.abc import Iterator

from app.package.verify.bag import CHAIN, RECORD
from app.package.verify.container import Container
from app.package.verify.verdict import Code, Findings, NoticeCode
from app.report.disclosure import Line
from vault.chain import (
    LINE_LIMIT,
    Digest,
    Entry,
    EntryId,
    Link,
    Malformed,
    VaultId,
    body_hash,
    first_link,
    next_link,
    parse_line,
)

_CHAIN_LINE = re.compile(rb"([1-9][0-9]{0,15}) ([0-9a-f]{32}) ([0-9a-f]{64}) ([0-9a-f]{64})")
_CHAIN_LINE_LIMIT = 256
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Broken(Exception):
    """The chain does not hold; the message says where."""


def check_chain(package: Container, vault: VaultId, found: Findings) -> tuple[Line, ...] | None:
    """The lines of chain and record, if they hold together; None, and a problem, where they first do not."""
    part = CHAIN
    try:
        lines = list(_chain(package, vault))
        part = RECORD
        _fill_in(package, lines)
    except Malformed as error:
        found.problem(Code.MALFORMED, part, str(error))
        return None
    except Broken as error:
        found.problem(Code.CHAIN_BROKEN, part, str(error))
        return None
    _notice_clock(lines, found)
    return tuple(lines)


def _chain(package: Container, vault: VaultId) -> Iterator[Line]:
    """The lines of chain.txt. Raises Malformed, and Broken where one does not follow from the one before."""
    link, seq = first_link(vault), 0
    for seq, text in enumerate(package.lines(CHAIN, _CHAIN_LINE_LIMIT), start=1):
        match = _CHAIN_LINE.fullmatch(text)
        if match is None:
            raise Malformed(f"Line {seq}: not a number, an id, a hash and a link")
        number, entry, body, said = (part.decode("ascii") for part in match.groups())
        link = next_link(link, seq, EntryId(entry), Digest(body))
        if int(number) != seq or link != said:
            raise Broken(f"Line {seq} does not follow from the one before.")
        yield Line(seq, EntryId(entry), Digest(body), Link(link), None)
    if seq == 0:
        raise Malformed("an empty chain")


def _fill_in(package: Container, lines: list[Line]) -> None:
    """Put the shown entries in. Raises Malformed, and Broken where record and chain part."""
    count = 0
    for count, text in enumerate(package.lines(RECORD, LINE_LIMIT + 1), start=1):
        if count > len(lines):
            raise Broken("The record has more lines than the chain.")
        line = lines[count - 1]
        try:
            body, entry = _record_line(text)
        except Malformed as error:
            raise Malformed(f"Line {count}: {error}") from error
        if body != line.body_hash:
            raise Broken(f"Entry {count} is not the one that the chain names.")
        if entry is not None:
            if (entry.seq, entry.id) != (count, line.id):
                raise Broken(f"Entry {count} bears another number or id than in the chain.")
            lines[count - 1] = Line(line.seq, line.id, line.body_hash, line.link, entry)
    if count < len(lines):
        raise Broken("The record has fewer lines than the chain.")


def _record_line(text: bytes) -> tuple[Digest, Entry | None]:
    """The body_hash of a line, and its entry unless it is withheld. Raises Malformed."""
    members = parse_line(text)
    if set(members) != {"withheld"}:
        return body_hash(text), Entry.from_members(members)
    digest = members["withheld"]
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise Malformed("a withheld entry that is no hash")
    return Digest(digest), None


def _notice_clock(lines: list[Line], found: Findings) -> None:
    latest = ""
    for line in lines:
        if line.entry is not None:
            if line.entry.at < latest:
                found.notice(
                    NoticeCode.CLOCK_BACKWARDS,
                    RECORD,
                    f"The computer's clock went back before entry {line.seq}; the order of the entries still holds.",
                )
                return
            latest = line.entry.at
