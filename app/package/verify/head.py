"""Stage head: head.json says what the package is, and must agree with chain, record, bag-info.txt and key."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.package.verify.bag import BAG_INFO, HEAD, RECORD, CheckedFiles, anchored
from app.package.verify.certificate import Certificate
from app.package.verify.container import Container
from app.package.verify.signature import CERTIFICATE, PublicKey
from app.package.verify.verdict import Code, Findings
from app.report.disclosure import Line
from vault.chain import LINE_LIMIT, Action, Kind, Malformed, Value, VaultId, parse_line, parse_moment

_FORMAT = "holdfast-package/1"
_VAULT_FORMAT = "holdfast-vault/1"
_HEX32, _HEX64 = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")
_SEALED = re.compile(r"[0-9a-f]{64} [A-Za-z0-9_-]+(?:\.[a-z0-9]+)*")
_MEMBERS = frozenset(
    "format vault entries head fingerprint exported_at profile app "
    "disclosed withheld exhibits since timestamp sealed".split()
)
_BAG_INFO = re.compile(
    rb"Bagging-Date: ([0-9]{4}-[0-9]{2}-[0-9]{2})\n"
    rb"Payload-Oxum: (0|[1-9][0-9]{0,15})\.(0|[1-9][0-9]{0,15})\n"
    rb"External-Identifier: ([0-9a-f]{32})-([1-9][0-9]{0,15})\n"
)
_BAG_INFO_LIMIT = 1024


@dataclass(frozen=True, slots=True)
class Head:
    """head.json, read."""

    vault: VaultId
    entries: int
    head: str
    fingerprint: str
    app: str
    disclosed: int
    withheld: int
    exhibits: int
    since: int
    timestamp: str
    sealed: tuple[str, ...]


def read_head(package: Container, found: Findings) -> Head | None:
    """head.json; None, and a problem, where it is malformed."""
    try:
        line, feed, rest = package.read(HEAD, LINE_LIMIT + 1).partition(b"\n")
        return _head(parse_line(line), one_line=bool(feed) and not rest)
    except Malformed as error:
        found.problem(Code.MALFORMED, HEAD, str(error))
        return None


def check_head(head: Head, lines: Sequence[Line], key: PublicKey, found: Findings) -> None:
    """Head, counts and key are those of chain and record; entry 1 is shown and names this vault and this key."""
    shown = [line.entry for line in lines if line.entry is not None]
    added = {entry.id for entry in shown if entry.kind is Kind.EXHIBIT and entry.action is Action.ADD}
    withdrawn = {entry.id for entry in shown if entry.action is Action.WITHDRAW}
    for what, said, is_so in (
        ("the number of entries", head.entries, len(lines)),
        ("the last link of the chain", head.head, lines[-1].link),
        ("the fingerprint of the key", head.fingerprint, key.fingerprint),
        ("the number of entries shown", head.disclosed, len(shown)),
        ("the number of entries withheld", head.withheld, len(lines) - len(shown)),
        ("the number of exhibits", head.exhibits, len(added - withdrawn)),
    ):
        if said != is_so:
            found.problem(Code.HEAD_MISMATCH, HEAD, f"head.json is wrong about {what}.")
    if head.since > len(lines):
        found.problem(Code.HEAD_MISMATCH, HEAD, "head.json says that it follows a later package.")
    opening = lines[0].entry
    if opening is None:
        found.problem(Code.HEAD_MISMATCH, RECORD, "Entry 1, which names the vault and its key, is withheld.")
    elif (opening.kind, opening.action) != (Kind.VAULT, Action.ADD) or dict(opening.data) != {
        "format": _VAULT_FORMAT,
        "vault": head.vault,
        "fingerprint": key.fingerprint,
    }:
        found.problem(Code.HEAD_MISMATCH, RECORD, "Entry 1 does not name this vault and this key.")
    if any(entry.kind is Kind.VAULT and entry.seq != 1 for entry in shown):
        found.problem(Code.HEAD_MISMATCH, RECORD, "Another entry than the first says which vault this is.")


def check_certified_vault(head: Head, certificate: Certificate | None, found: Findings) -> None:
    """The certificate, where it is sound, names this vault."""
    if certificate is not None and certificate.vault != head.vault:
        found.problem(Code.HEAD_MISMATCH, CERTIFICATE, "The certificate names another vault.")


def check_anchors(files: CheckedFiles, head: Head, lines: Sequence[Line], found: Findings) -> tuple[str, ...]:
    """Each head in data/anchors/ is that of the chain at its number; the paths of those that are, by number."""
    agreeing = []
    for path, number in sorted(anchored(files).items(), key=lambda anchor: anchor[1]):
        if number > len(lines):
            found.problem(Code.TIMESTAMP_INVALID, path, "This timestamp is for an entry beyond the last one.")
            continue
        text = f"holdfast head v1\n{head.vault}\n{number}\n{lines[number - 1].link}\n"
        if files.hashes[path] == hashlib.sha256(text.encode()).hexdigest():
            agreeing.append(path)
        else:
            found.problem(Code.TIMESTAMP_INVALID, path, "This timestamp is for something else than the chain.")
    return tuple(agreeing)


def check_bag_info(package: Container, files: CheckedFiles, head: Head, found: Findings) -> None:
    """bag-info.txt names this vault and this number of entries, and counts the payload."""
    if BAG_INFO not in files:
        return
    try:
        said = _bag_info(package.read(BAG_INFO, _BAG_INFO_LIMIT))
    except Malformed as error:
        found.problem(Code.MALFORMED, BAG_INFO, str(error))
        return
    if (said.vault, said.entries) != (head.vault, head.entries):
        found.problem(Code.HEAD_MISMATCH, BAG_INFO, "bag-info.txt names another vault or another number of entries.")
    sizes = [size for path, size in package.sizes.items() if path.startswith("data/")]
    if files.payload_holds and (said.octets, said.files) != (sum(sizes), len(sizes)):
        found.problem(Code.HEAD_MISMATCH, BAG_INFO, "bag-info.txt counts the files in data/ differently.")


@dataclass(frozen=True, slots=True)
class _BagInfo:
    octets: int
    files: int
    vault: str
    entries: int


def _bag_info(text: bytes) -> _BagInfo:
    """Raises Malformed."""
    match = _BAG_INFO.fullmatch(text)
    if match is None:
        raise Malformed("not the three lines of a package")
    parse_moment(f"{match[1].decode('ascii')}T00:00:00.000Z")
    return _BagInfo(int(match[2]), int(match[3]), match[4].decode("ascii"), int(match[5]))


def _head(members: Mapping[str, Value], *, one_line: bool) -> Head:
    """Raises Malformed."""
    if not one_line:
        raise Malformed("not exactly one line")
    if members.get("format") != _FORMAT:
        raise Malformed("not a package of a format that this version knows")
    if set(members) != _MEMBERS:
        raise Malformed("head.json does not have exactly its members")
    parse_moment(_text(members["exported_at"]))
    profile, timestamp = _text(members["profile"]), _text(members["timestamp"])
    if profile not in {"police", "solicitor"} or timestamp not in {"none", "attached"}:
        raise Malformed("a word that head.json does not know")
    sealed = members["sealed"]
    if not isinstance(sealed, list):
        raise Malformed("sealed is not a list")
    return Head(
        vault=VaultId(_text(members["vault"], _HEX32)),
        entries=_count(members["entries"]),
        head=_text(members["head"], _HEX64),
        fingerprint=_text(members["fingerprint"], _HEX64),
        app=_text(members["app"]),
        disclosed=_count(members["disclosed"]),
        withheld=_count(members["withheld"]),
        exhibits=_count(members["exhibits"]),
        since=_count(members["since"]),
        timestamp=timestamp,
        sealed=tuple(_text(item, _SEALED) for item in sealed),
    )


def _text(value: Value, shape: re.Pattern[str] | None = None) -> str:
    if not isinstance(value, str) or (shape is not None and not shape.fullmatch(value)):
        raise Malformed("a member of head.json that does not have its form")
    return value


def _count(value: Value) -> int:
    if type(value) is not int or value < 0:
        raise Malformed("a number in head.json that is none")
    return value
