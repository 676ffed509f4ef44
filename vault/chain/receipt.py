"""Receipt codes: the head in a form that can be read out on the phone (FORMAT.md, section 2)."""

import hashlib
from dataclasses import dataclass

from vault.chain.links import Link

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford base 32."""
_LINK_DIGITS = 26
_CODE_DIGITS = _LINK_DIGITS + 2
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None, "\t": None, "\n": None, "\r": None})


class MistypedReceipt(Exception):
    """This receipt code holds a typing mistake; it is no verdict on anything."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt code that was read: the number of entries and the first 130 bits of their last link."""

    entries: int
    digits: str

    def matches(self, link: Link) -> bool:
        """Whether link(entries) begins with this receipt's 130 bits."""
        return _digits(link) == self.digits


def receipt_code(entries: int, link: Link) -> str:
    """The code for a chain of that many entries: `128-7KQ4-…`, the number and seven groups of four."""
    digits = _digits(link)
    code = digits + _check(entries, digits)
    return "-".join([str(entries), *(code[i : i + 4] for i in range(0, _CODE_DIGITS, 4))])


def parse_receipt(text: str) -> Receipt:
    """Read a code as people write it: spaces, hyphens, case, O for 0, I and L for 1. Raises MistypedReceipt."""
    if len(text) > 200 or not text.isascii():
        raise MistypedReceipt("longer than a receipt code, or with letters that none holds")
    plain = text.upper().translate(_READ_AS)
    number, digits, check = plain[:-_CODE_DIGITS], plain[-_CODE_DIGITS:-2], plain[-2:]
    if not number.isdigit() or number[0] == "0" or len(number) > 16:
        raise MistypedReceipt("does not begin with a number of entries")
    if not set(digits + check) <= set(ALPHABET):
        raise MistypedReceipt("a letter that no receipt code holds")
    if _check(int(number), digits) != check:
        raise MistypedReceipt("the check characters do not fit")
    return Receipt(int(number), digits)


def _digits(link: Link) -> str:
    bits = int(link, 16) >> (256 - 5 * _LINK_DIGITS)
    return _base32(bits, _LINK_DIGITS)


def _check(entries: int, digits: str) -> str:
    digest = hashlib.sha256(f"holdfast receipt v1\n{entries}-{digits}\n".encode()).digest()
    return _base32(int.from_bytes(digest[:2], "big") >> 6, 2)


def _base32(bits: int, length: int) -> str:
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(length)))
