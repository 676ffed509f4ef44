"""Entries found page by page in the log's file, where the pages that lead to them are damaged.

SQLite reaches a row through the pages above it: one damaged page takes along all that is below. The rows themselves
stand in leaf pages, and each page is encrypted for itself. So this room opens every page by itself, as SQLite3 Multiple
Ciphers wrote it (cipher chacha20; https://utelle.github.io/SQLite3MultipleCiphers/docs/ciphers/cipher_chacha20), and
reads the cells of leaf pages as SQLite's file format says (https://www.sqlite.org/fileformat2.html, sections 1.6, 2.1).
"""

import struct
from collections.abc import Container, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20
from cryptography.hazmat.primitives.poly1305 import Poly1305

from vault.chain import LINE_LIMIT, EntryId, Link, Malformed
from vault.log import Row

_PAGE = 4096
_NONCE = _TAG = 16
_USABLE = _PAGE - _NONCE - _TAG
_TABLE_LEAF = 13
_LARGEST_LOCAL = _USABLE - 35
_SMALLEST_LOCAL = (_USABLE - 12) * 32 // 255 - 23
_ID_TYPE, _LINK_TYPE = 13 + 2 * 32, 13 + 2 * 64
"""SQLite's types of a text of 32 and of 64 bytes."""
_FIRST_BLOB = 12


class _Broken(Exception):
    """A page, or a row on it, that cannot be read."""


def rows_on_pages(path: Path, key: bytes, known: Container[int] = ()) -> Iterator[Row]:
    """Every row of the table of entries that stands on pages which can be read, in no order. Raises OSError.

    `known`: numbers of entries that are not looked at again.
    """
    with path.open("rb", buffering=0) as file:
        # No entry stands on the first page: it holds the names of the tables.
        for number in range(2, path.stat().st_size // _PAGE + 1):
            try:
                page = _opened(file, number, key)
            except _Broken:
                continue
            if page[0] == _TABLE_LEAF:
                yield from _rows(page, file, key, known)


def _opened(file: BinaryIO, number: int, key: bytes) -> bytes:
    """A page (counted from 1, not the first), authenticated and decrypted."""
    file.seek((number - 1) * _PAGE)
    page = file.read(_PAGE)
    if len(page) != _PAGE:
        raise _Broken
    nonce, counter = page[_USABLE : _USABLE + 12], struct.unpack_from("<I", page, _USABLE + 12)[0] ^ number
    once = _chacha20(key, counter, nonce, bytes(64))
    try:
        Poly1305.verify_tag(once[:32], page[: _USABLE + _NONCE], page[_USABLE + _NONCE :])
    except InvalidSignature:
        raise _Broken from None
    return _chacha20(once[32:], counter + 1, nonce, page[:_USABLE])


def _chacha20(key: bytes, counter: int, nonce: bytes, content: bytes) -> bytes:
    start = struct.pack("<I", counter & 0xFFFFFFFF) + nonce
    return Cipher(ChaCha20(key, start), None).encryptor().update(content)


def _rows(page: bytes, file: BinaryIO, key: bytes, known: Container[int] = ()) -> Iterator[Row]:
    (cells,) = struct.unpack_from(">H", page, 3)
    for index in range(min(cells, _USABLE // 2 - 4)):
        try:
            (at,) = struct.unpack_from(">H", page, 8 + 2 * index)
            size, at = _varint(page, at)
            seq, at = _varint(page, at)
            if size <= LINE_LIMIT + 200 and seq not in known:
                yield _row(seq, _payload(page, at, size, file, key))
        except (_Broken, Malformed, IndexError, struct.error, UnicodeDecodeError):
            continue


def _payload(page: bytes, at: int, size: int, file: BinaryIO, key: bytes) -> bytes:
    """The content of a cell: what stands on its page, and what overflowed onto others."""
    local = size
    if size > _LARGEST_LOCAL:
        local = _SMALLEST_LOCAL + (size - _SMALLEST_LOCAL) % (_USABLE - 4)
        local = local if local <= _LARGEST_LOCAL else _SMALLEST_LOCAL
    content = bytearray(page[at : at + local])
    at += local
    following = struct.unpack_from(">I", page, at)[0] if size > local else 0
    while len(content) < size:
        if following < 2:
            raise _Broken
        more = _opened(file, following, key)
        (following,) = struct.unpack_from(">I", more)
        content += more[4 : 4 + size - len(content)]
    return bytes(content)


def _row(seq: int, content: bytes) -> Row:
    """A record of the table of entries; records of other tables have other types. Raises Malformed for those."""
    length, at = _varint(content, 0)
    types: list[int] = []
    while at < length:
        found, at = _varint(content, at)
        types.append(found)
    if len(types) != 4 or (types[0], types[1], types[3]) != (0, _ID_TYPE, _LINK_TYPE) or types[2] < _FIRST_BLOB:
        raise Malformed("a row of another table")
    subject, rest = content[length : length + 32], content[length + 32 :]
    body, link = rest[:-64], rest[-64:]
    row = Row(seq, EntryId(subject.decode("ascii")), body, Link(link.decode("ascii")))
    entry = row.entry
    if (entry.seq, entry.id) != (row.seq, row.id):
        raise Malformed("a row in another's place")
    return row


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """SQLite's integers of one to nine bytes; the value, and where it ends."""
    value = 0
    for count in range(9):
        byte = content[at + count]
        if count == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count + 1
    raise _Broken
