"""An object file: 256 KiB chunks under AES-256-GCM, in constant memory (FORMAT.md, section 4; age's STREAM)."""

import hashlib
import secrets
from collections.abc import Callable, Iterator
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
    """The plaintext, chunk by chunk; each is authenticated before it is given out and valid until the next.

    Raises BrokenObject for any change, a missing end included: what came before it was whole.
    """
    header = file.read(HEADER_BYTES)
    if len(header) != HEADER_BYTES or not header.startswith(MAGIC):
        raise BrokenObject("the header")
    cipher = AESGCM(object_file_key(object_key, header[8:], object_id))
    sealed, following = memoryview(bytearray(_SEALED_CHUNK)), memoryview(bytearray(_SEALED_CHUNK))
    plain = memoryview(bytearray(CHUNK))
    filled, counter = _fill(file, sealed), 0
    while True:
        ahead = _fill(file, following) if filled == _SEALED_CHUNK else 0
        length = filled - TAG_BYTES
        if length < 0 or (length == 0 and counter > 0):
            raise BrokenObject("its end")
        try:
            cipher.decrypt_into(_nonce(counter, last=ahead == 0), sealed[:filled], header, plain[:length])
        except InvalidTag:
            # The buffer holds bytes that nobody vouches for.
            plain[:] = bytes(CHUNK)
            raise BrokenObject(f"chunk {counter + 1}") from None
        yield plain[:length]
        if ahead == 0:
            return
        sealed, following, filled = following, sealed, ahead
        counter += 1


def sealed_size(size: int) -> int:
    """The bytes of the object file for so many bytes of plaintext."""
    return HEADER_BYTES + size + TAG_BYTES * max(1, -(-size // CHUNK))


def measure(chunks: Iterator[memoryview]) -> Measure:
    """SHA-256 and size of what an iterator yields."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
    return Measure(digest.hexdigest(), size)


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
