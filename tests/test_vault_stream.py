"""Object files: every byte comes back, and every change is found."""

import io
import os
import secrets
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.stream import CHUNK, BrokenObject, decrypt, encrypt, measure

KEY = secrets.token_bytes(32)
NAME = "0f" * 16
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 4 * CHUNK - 1, 4 * CHUNK, 4 * CHUNK + 1, 9 * CHUNK]


def sealed(content: bytes) -> bytes:
    sink = io.BytesIO()
    encrypt(KEY, NAME, io.BytesIO(content), sink, lambda _done: None)
    return sink.getvalue()


def opened(file: bytes, name: str = NAME) -> bytes:
    return b"".join(bytes(chunk) for chunk in decrypt(KEY, name, io.BytesIO(file)))


@pytest.mark.parametrize("size", SIZES)
def test_every_size_comes_back_and_its_last_chunk_is_empty_only_when_the_file_is(size):
    content = os.urandom(size)
    file = sealed(content)
    assert opened(file) == content
    assert len(file) == 40 + size + 16 * max(1, -(-size // CHUNK))


@pytest.mark.parametrize("size", SIZES)
def test_cutting_growing_and_reordering_are_found(size):
    file = sealed(os.urandom(size))
    body, step = file[40:], CHUNK + 16
    changed = [file[:-1], file[: 40 + (len(body) - 1) // step * step], file + b"\0", file[:20], file + body[-step:]]
    if size > CHUNK:
        changed.append(file[:40] + body[step : 2 * step] + body[:step] + body[2 * step :])
    for other in changed:
        with pytest.raises(BrokenObject):
            opened(other)


@settings(max_examples=60)
@given(st.integers(0, 40 + 16 + 1000 - 1), st.integers(1, 255))
def test_one_changed_byte_anywhere_is_found(place, change):
    file = bytearray(sealed(bytes(1000)))
    file[place] ^= change
    with pytest.raises(BrokenObject):
        opened(bytes(file))


def test_a_file_under_another_name_does_not_open():
    with pytest.raises(BrokenObject):
        opened(sealed(b"abc"), "1f" * 16)


def test_the_same_file_twice_gives_different_bytes():
    assert sealed(b"abc") != sealed(b"abc")


def test_a_source_that_gives_few_bytes_at_a_time_is_read_to_its_end():
    class Trickle(io.RawIOBase):
        left = 300_000

        def readable(self) -> bool:
            return True

        def readinto(self, buffer):
            count = min(len(buffer), 777, self.left)
            buffer[:count] = b"x" * count
            self.left -= count
            return count

    sink = io.BytesIO()
    found = encrypt(KEY, NAME, Trickle(), sink, lambda _done: None)
    assert found == measure(decrypt(KEY, NAME, io.BytesIO(sink.getvalue())))
    assert opened(sink.getvalue()) == b"x" * 300_000


@pytest.mark.parametrize("size", [3 * CHUNK, 12 * CHUNK, 21 * CHUNK + 5])
def test_a_block_stays_as_it_is_until_the_next_but_one_is_asked_for(size):
    content = os.urandom(size)
    before, start = memoryview(b""), 0
    for block in decrypt(KEY, NAME, io.BytesIO(sealed(content))):
        assert before == content[start - len(before) : start]
        before, start = block, start + len(block)
    assert before == content[-len(before) :]
    assert start == size


def test_memory_stays_constant_however_large_the_file(tmp_path):
    class Endless(io.RawIOBase):
        def __init__(self, size: int) -> None:
            self.left = size

        def readable(self) -> bool:
            return True

        def readinto(self, buffer):
            count = min(len(buffer), self.left)
            self.left -= count
            return count

    peaks = []
    for size in (8 << 20, 128 << 20):
        tracemalloc.start()
        with (tmp_path / "sink").open("wb", buffering=0) as sink:
            encrypt(KEY, NAME, Endless(size), sink, lambda _done: None)
        with (tmp_path / "sink").open("rb", buffering=0) as file:
            assert measure(decrypt(KEY, NAME, file)).size == size
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + (1 << 20)
    assert peaks[1] < 8 << 20
