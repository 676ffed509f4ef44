"""Base58Check: the addresses of Bitcoin's first kind, of TRON and of coins that came after them."""

import hashlib

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
"""No 0, O, I and l: they are too much alike."""

LONGEST = 120
_CHECKSUM = 4


class BadBase58(ValueError):
    """The text is not Base58Check: a letter that does not occur in it, or check digits that do not fit."""


def decode(text: str) -> bytes:
    """The bytes that `text` stands for, most significant first; a leading 1 is a zero byte. Raises BadBase58."""
    if len(text) > LONGEST:
        raise BadBase58
    number = 0
    for character in text:
        digit = ALPHABET.find(character)
        if digit < 0:
            raise BadBase58
        number = number * 58 + digit
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def checked_payload(text: str) -> bytes:
    """Version byte and payload, after the last four bytes proved to be their double SHA-256. Raises BadBase58.

    Source: the Base58Check encoding of Bitcoin's reference program; TRON uses the same with version 0x41.
    """
    data = decode(text)
    payload, checksum = data[:-_CHECKSUM], data[-_CHECKSUM:]
    if len(data) <= _CHECKSUM or hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:_CHECKSUM] != checksum:
        raise BadBase58
    return payload
