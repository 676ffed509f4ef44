"""An object file: 256 KiB chunks under AES-256-GCM, in constant memory (FORMAT.md, section 4; age's STREAM)."""

import hashlib
import secrets
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.disk import Sink, write_all
from vault.keys import object_file_key

MAGIC = b"HFOBJ\0\0\x01"
HEADER_BYTES = 40
CHUNK = 256 * 1024
TAG_BYTES = 16
_SEALED_CHUNK = CHUNK + TAG_BYTES
_BLOCK = 4 * CHUNK
"""What is read, hashed and encrypted at a time, in bytes: it fits the processor's second-level cache."""
_SEALED_BLOCK = 4 * _SEALED_CHUNK

Progress = Callable[[int], None]
"""Called with the bytes done so far; it may raise to stop the work."""


class BrokenObject(Exception):
    """An object file is not what was written."""


@dataclass(frozen=True, slots=True)
class Measure:
    """SHA-256 (hex) and size in bytes of a plaintext."""

    sha256: str
    size: int


def encrypt(object_key: bytes, object_id: str, source: BinaryIO, sink: Sink, progress: Progress) -> Measure:
    """Encrypt a stream to its end. The hash is over the very buffers that are encrypted.

    A block is hashed while it is encrypted, and written while the next one is.
    """
    header = MAGIC + secrets.token_bytes(32)
    write_all(sink, header)
    cipher = AESGCM(object_file_key(object_key, header[8:], object_id))
    digest = hashlib.sha256()
    size = counter = 0
    block, following = memoryview(bytearray(_BLOCK)), memoryview(bytearray(_BLOCK))
    sealed, being_written = memoryview(bytearray(_SEALED_BLOCK)), memoryview(bytearray(_SEALED_BLOCK))
    filled = _fill(source, block)
    with ThreadPoolExecutor(2, "object") as threads:
        written: Future[None] = threads.submit(lambda: None)
        while True:
            hashed = threads.submit(digest.update, block[:filled])
            ahead = _fill(source, following) if filled == _BLOCK else 0
            end = _encrypt_block(cipher, header, block[:filled], sealed, counter, last=ahead == 0)
            written.result()
            written = threads.submit(write_all, sink, sealed[:end])
            hashed.result()
            size += filled
            counter += _BLOCK // CHUNK
            if ahead == 0:
                written.result()
                progress(size)
                return Measure(digest.hexdigest(), size)
            progress(size)
            block, following, filled = following, block, ahead
            sealed, being_written = being_written, sealed


def decrypt(object_key: bytes, object_id: str, file: BinaryIO) -> Iterator[memoryview]:
    """The plaintext in blocks of 1 MiB, the last one shorter; each is authenticated before it is given out.

    A block is valid until the next but one is asked for. The file is read ahead while a block is decrypted and used.
    Raises BrokenObject for any change, a missing end included: what came before it was whole.
    """
    header = file.read(HEADER_BYTES)
    if len(header) != HEADER_BYTES or not header.startswith(MAGIC):
        raise BrokenObject("the header")
    cipher = AESGCM(object_file_key(object_key, header[8:], object_id))
    sealed = memoryview(bytearray(_SEALED_BLOCK))
    filled, counter = _fill(file, sealed), 0
    plain = memoryview(bytearray(filled))
    if filled < _SEALED_BLOCK:
        # Most files are no longer than this: they need neither a thread nor more room.
        yield _decrypt_block(cipher, header, sealed[:filled], plain, counter, last=True)
        return
    following, free, in_use = (memoryview(bytearray(_SEALED_BLOCK)) for _buffer in range(3))
    with ThreadPoolExecutor(1, "object") as thread:
        reading = thread.submit(_fill, file, following)
        while True:
            ahead = reading.result()
            reading = thread.submit(_fill, file, free)
            yield _decrypt_block(cipher, header, sealed[:filled], plain, counter, last=ahead == 0)
            if ahead == 0:
                return
            sealed, following, free, filled = following, free, sealed, ahead
            plain, in_use = in_use, plain
            counter += _BLOCK // CHUNK


def sealed_size(size: int) -> int:
    """The bytes of the object file for so many bytes of plaintext."""
    return HEADER_BYTES + size + TAG_BYTES * max(1, -(-size // CHUNK))


def measured(blocks: Iterator[memoryview]) -> Generator[memoryview, None, Measure]:
    """Give on the blocks of `decrypt`; each is hashed while it is used and the next one is made.

    Returns SHA-256 and size of them all, once they were all asked for.
    """
    digest, size = hashlib.sha256(), 0
    with ThreadPoolExecutor(1, "hash") as thread:
        hashed: Future[None] | None = None
        for block in blocks:
            if hashed is not None:
                hashed.result()
            if len(block) < _BLOCK:
                digest.update(block)
            else:
                hashed = thread.submit(digest.update, block)
            size += len(block)
            yield block
    return Measure(digest.hexdigest(), size)


def measure(blocks: Iterator[memoryview]) -> Measure:
    """SHA-256 and size of what `decrypt` gives."""
    passing = measured(blocks)
    while True:
        try:
            next(passing)
        except StopIteration as end:
            found: Measure = end.value
            return found


def _encrypt_block(
    cipher: AESGCM, header: bytes, block: memoryview, sealed: memoryview, counter: int, *, last: bool
) -> int:
    """Encrypt a block of whole chunks (the last one of a file may be short); returns the bytes in `sealed`."""
    end = 0
    starts = range(0, max(len(block), 1), CHUNK)
    for start in starts:
        chunk = block[start : start + CHUNK]
        room = sealed[end : end + len(chunk) + TAG_BYTES]
        cipher.encrypt_into(_nonce(counter, last=last and start == starts[-1]), chunk, header, room)
        end += len(room)
        counter += 1
    return end


def _decrypt_block(
    cipher: AESGCM, header: bytes, sealed: memoryview, plain: memoryview, counter: int, *, last: bool
) -> memoryview:
    """Decrypt a block of whole chunks (the last one of a file may be short) into `plain`; returns its used part."""
    end = 0
    starts = range(0, max(len(sealed), 1), _SEALED_CHUNK)
    for start in starts:
        chunk = sealed[start : start + _SEALED_CHUNK]
        length = len(chunk) - TAG_BYTES
        if length < 0 or (length == 0 and counter > 0):
            raise BrokenObject("its end")
        nonce = _nonce(counter, last=last and start == starts[-1])
        try:
            cipher.decrypt_into(nonce, chunk, header, plain[end : end + length])
        except InvalidTag:
            # The buffer holds bytes that nobody vouches for.
            plain[:] = bytes(len(plain))
            raise BrokenObject(f"chunk {counter + 1}") from None
        end += length
        counter += 1
    return plain[:end]


def _nonce(counter: int, *, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + bytes([last])


def _fill(source: BinaryIO, buffer: memoryview) -> int:
    """Read until the buffer is full or the stream ends; returns the bytes read."""
    filled = 0
    readinto = getattr(source, "readinto", None)
    while filled < len(buffer):
        if readinto is not None:
            count = readinto(buffer[filled:])
        else:
            part = source.read(len(buffer) - filled)
            buffer[filled : filled + len(part)] = part
            count = len(part)
        if not count:
            break
        filled += count
    return filled
