"""The bag: the tag files and manifests of a package, as bytes (BagIt 1.0, RFC 8493; FORMAT.md, section 1)."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
SIGNATURE = TAG_MANIFEST + ".sig"
BAG_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the payload: its path under the bag, its size in bytes, and its bytes as often as asked for."""

    path: str
    size: int
    chunks: Callable[[], Iterator[bytes | memoryview]]


def part_of(path: str, content: bytes) -> Part:
    """A small part that is in memory."""
    return Part(path, len(content), lambda: iter((content,)))


def bag_info(day: date, identifier: str, payload: Iterable[Part]) -> bytes:
    """bag-info.txt: the day, how many bytes and files the payload has, and which log it shows."""
    sizes = [part.size for part in payload]
    return (
        f"Bagging-Date: {day.isoformat()}\nPayload-Oxum: {sum(sizes)}.{len(sizes)}\nExternal-Identifier: {identifier}\n"
    ).encode("ascii")


def manifest(hashes: Mapping[str, str]) -> bytes:
    """A manifest: SHA-256 in hex and path, sorted by path."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(hashes.items())).encode("ascii")


def sha256(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()
