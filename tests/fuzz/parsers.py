"""The parsers of what a package holds, each as a function of bytes that may refuse them in its own words alone."""

import functools
import io
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature
from package_mutations import GOOD, files_of

from app.errors import WrongUse
from app.lazy import token_reader
from app.package.verify import Outcome, verify
from app.package.verify.archive import Archive
from app.package.verify.bag import BAG_INFO, CHAIN, HEAD, MANIFEST, NOT_INCLUDED, RECORD, REPORT, TOKEN, check_files
from app.package.verify.certificate import read_certificate
from app.package.verify.container import Container, is_path, require_distinct
from app.package.verify.continuity import check_chain
from app.package.verify.exhibits import check_exhibits, compare_tables, read_not_included
from app.package.verify.head import CheckedFiles, check_bag_info, check_head, read_head
from app.package.verify.outside import read_receipts
from app.package.verify.pdf import check_report
from app.package.verify.record import check_record
from app.package.verify.signature import (
    CERTIFICATE,
    PUBLIC_KEY,
    SIGNATURE,
    TAG_MANIFEST,
    pem_body,
    read_fingerprint,
    read_public_key,
    strict_der,
)
from app.package.verify.timestamps import NotAToken, read_roots
from app.package.verify.verdict import Findings
from vault.chain import Digest, Entry, EntryId, Malformed, body_hash, first_link, next_link, parse_line

STAMPED = next(path for path in GOOD if path.name == "good-timestamp.zip")
ROOT = STAMPED.with_name("good-timestamp-root.pem")


class Memory(Container):
    """A package in memory."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__()
        self._files = files
        self.sizes = {path: len(data) for path, data in files.items()}
        self.weight = sum(self.sizes.values())

    def stream(self, path: str) -> RawIOBase:
        return _Raw(self._files[path])

    def seekable(self, path: str) -> BinaryIO:
        return io.BytesIO(self._files[path])

    def close(self) -> None:
        """There is nothing to close."""


class _Raw(RawIOBase):
    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._data[self._at : self._at + len(view)]
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


@functools.cache
def good() -> dict[str, bytes]:
    """The files of a good package that was timestamped, without the folder's name."""
    files = files_of(STAMPED.read_bytes())
    assert files is not None
    return {path.partition("/")[2]: data for path, data in files.items()}


def with_file(path: str, data: bytes) -> Memory:
    return Memory({**good(), path: data})


def _key():
    return read_public_key(good()[PUBLIC_KEY])


def _zip(data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as file:
        file.write(data)
        file.flush()
        with Archive(Path(file.name)) as archive:
            for path in archive.sizes:
                archive.hashed(path)


def _package(data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as file:
        file.write(data)
        file.flush()
        if verify(file.name).outcome is Outcome.INTACT:
            found = files_of(data)
            assert found is not None
            assert found in [files_of(path.read_bytes()) for path in GOOD]


def _record_line(data: bytes) -> None:
    assert Entry.from_members(parse_line(data)).to_bytes() == data


def _files(path: str) -> Callable[[bytes], object]:
    return lambda data: check_files(with_file(path, data), Findings())


def _bag_info(data: bytes) -> None:
    head = read_head(with_file(HEAD, good()[HEAD]), Findings())
    assert head is not None
    files = CheckedFiles({BAG_INFO: ""}, {}, payload_holds=True)
    check_bag_info(with_file(BAG_INFO, data), files, head, Findings())


def _chain(path: str) -> Callable[[bytes], object]:
    def parse(data: bytes) -> None:
        head = read_head(Memory(good()), Findings())
        assert head is not None
        check_chain(with_file(path, data), head.vault, Findings())

    return parse


def _meaning(data: bytes) -> None:
    """A record whose chain and files fit it, whatever it says: its rules, its exhibits, its tables."""
    head = read_head(Memory(good()), Findings())
    assert head is not None
    link, chain = first_link(head.vault), []
    for seq, line in enumerate(data.split(b"\n")[:-1], start=1):
        members = parse_line(line)
        withheld, entry = members.get("withheld"), members.get("id")
        body = Digest(withheld) if isinstance(withheld, str) else body_hash(line)
        entry_id = EntryId(entry if isinstance(entry, str) and entry.isascii() else "0" * 32)
        if not body.isascii():
            return
        link = next_link(link, seq, entry_id, body)
        chain.append(f"{seq} {entry_id} {body} {link}\n")
    package = Memory({**good(), CHAIN: "".join(chain).encode(), RECORD: data})
    found = Findings()
    lines = check_chain(package, head.vault, found)
    if lines is None:
        return
    check_head(head, lines, _key(), Findings())
    expected = check_record(lines, found)
    rows = read_not_included(package, found)
    assert rows is not None
    paths = {path: package.hashed(path).sha256 for path in package.sizes}
    files = CheckedFiles(paths, paths, payload_holds=True)
    check_exhibits(package, files, head, expected, rows, found)
    if not found.problems:
        compare_tables(package, files, lines, expected, rows, found)


def _names(data: bytes) -> None:
    paths = [path for path in data.decode("utf-8", "replace").split("\n") if is_path(path)]
    require_distinct(paths)
    assert len({path.casefold() for path in paths}) == len(paths)


def _report(data: bytes) -> None:
    found = Findings()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        check_report(with_file(REPORT, data), _key(), None, found)
    assert found.problems or data == good()[REPORT]


def _token(data: bytes) -> None:
    token = token_reader()(data, good()[TAG_MANIFEST])
    token.is_vouched_for(_roots())


@functools.cache
def _roots() -> tuple[bytes, ...]:
    return read_roots(ROOT)


def _root(data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as file:
        file.write(data)
        file.flush()
        read_roots(Path(file.name))


@dataclass(frozen=True)
class Parser:
    """What is tried, and bytes that it takes."""

    parse: Callable[[bytes], object]
    seed: Callable[[], bytes]

    def __call__(self, data: bytes) -> None:
        """Parse; raises only what is no refusal."""
        try:
            self.parse(data)
        except (Malformed, NotAToken, WrongUse, InvalidSignature):
            return


def _part(path: str) -> Callable[[], bytes]:
    return lambda: good()[path]


PARSERS = {
    "zip": Parser(_zip, GOOD[0].read_bytes),
    "package": Parser(_package, GOOD[0].read_bytes),
    "tag-manifest": Parser(_files(TAG_MANIFEST), _part(TAG_MANIFEST)),
    "manifest": Parser(_files(MANIFEST), _part(MANIFEST)),
    "public-key": Parser(read_public_key, _part(PUBLIC_KEY)),
    "signature": Parser(strict_der, _part(SIGNATURE)),
    "certificate": Parser(lambda data: read_certificate(pem_body(data, "CERTIFICATE"), _key()), _part(CERTIFICATE)),
    "certificate-der": Parser(
        lambda data: read_certificate(data, _key()), lambda: pem_body(good()[CERTIFICATE], "CERTIFICATE")
    ),
    "head": Parser(lambda data: read_head(with_file(HEAD, data), Findings()), _part(HEAD)),
    "bag-info": Parser(_bag_info, _part(BAG_INFO)),
    "chain": Parser(_chain(CHAIN), _part(CHAIN)),
    "record": Parser(_chain(RECORD), _part(RECORD)),
    "record-line": Parser(_record_line, lambda: good()[RECORD].split(b"\n")[0]),
    "meaning": Parser(_meaning, _part(RECORD)),
    "names": Parser(_names, lambda: "\n".join(good()).encode()),
    "not-included": Parser(
        lambda data: read_not_included(with_file(NOT_INCLUDED, data), Findings()), _part(NOT_INCLUDED)
    ),
    "report": Parser(_report, _part(REPORT)),
    "token": Parser(_token, _part(TOKEN)),
    "roots": Parser(_root, ROOT.read_bytes),
    "receipt": Parser(
        lambda data: read_receipts([data.decode("utf-8", "replace")]),
        lambda: b"128-7KQ4-M2XP-9D3H-R5TW-0C8N-E6VA-3FVN",
    ),
    "fingerprint": Parser(lambda data: read_fingerprint(data.decode("utf-8", "replace")), lambda: b"0f" * 32),
}
