"""The links of the chain (FORMAT.md, section 2): lower-case hex over ASCII, so that printf and sha256sum can follow."""

import hashlib
from typing import NewType

from vault.chain.entry import EntryId, VaultId

Digest = NewType("Digest", str)
"""A SHA-256 in 64 lower-case hex digits."""
Link = NewType("Link", str)
"""A link of the chain in 64 lower-case hex digits; the last one is the head."""


def body_hash(body: bytes) -> Digest:
    """SHA-256 of an entry's canonical bytes."""
    return Digest(hashlib.sha256(body).hexdigest())


def first_link(vault: VaultId) -> Link:
    """link(0), which stands before entry 1."""
    return Link(hashlib.sha256(f"holdfast chain v1\n{vault}\n".encode("ascii")).hexdigest())


def next_link(previous: Link, seq: int, entry: EntryId, body: Digest) -> Link:
    """link(seq), from link(seq - 1), the entry's subject and its body_hash."""
    return Link(hashlib.sha256(f"{previous}\n{seq}\n{entry}\n{body}\n".encode("ascii")).hexdigest())
