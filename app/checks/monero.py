"""Monero's addresses: Base58 in blocks of eight bytes, and a Keccak-256 checksum."""

from app import lazy
from app.checks.base58 import ALPHABET
from app.checks.result import Check, mistake, on_any_text, right

_BLOCK = 11
_LAST = {7: 5, 11: 8}
"""Characters of the last block -> bytes in it, for the two lengths that addresses have."""

_KINDS = {
    (18, 69): "Monero.",
    (19, 77): "Monero, with a payment id in it (integrated address).",
    (42, 69): "Monero, subaddress.",
    (53, 69): "Monero, test network: worth no money.",
    (54, 77): "Monero, test network: worth no money.",
    (63, 69): "Monero, test network: worth no money.",
    (24, 69): "Monero, test network: worth no money.",
    (25, 77): "Monero, test network: worth no money.",
    (36, 69): "Monero, test network: worth no money.",
}
"""First byte and length in bytes -> what it is (network bytes of Monero's cryptonote_config)."""


@on_any_text
def monero(text: str) -> Check:
    """An address of 95 characters, or of 106 with a payment id."""
    if len(text) not in {95, 106}:
        return mistake(f"A Monero address has 95 characters, some have 106; this has {len(text)}.")
    if not all(character in ALPHABET for character in text):
        return mistake("There is a character in this address that never occurs in one; 0, O, I and l never do.")
    data = _decode(text)
    if data is None or lazy.keccak_256()(data[:-4])[:4] != data[-4:]:
        return mistake("The check digits of this Monero address do not fit.")
    kind = _KINDS.get((data[0], len(data)))
    return right(text, kind) if kind else mistake("This is not an address of Monero.")


def _decode(text: str) -> bytes | None:
    """Each block of 11 characters is 8 bytes; a block whose number is too large is none."""
    found = b""
    for start in range(0, len(text), _BLOCK):
        block = text[start : start + _BLOCK]
        number = 0
        for character in block:
            number = number * 58 + ALPHABET.index(character)
        size = _LAST[len(block)]
        if number >= 256**size:
            return None
        found += number.to_bytes(size, "big")
    return found
