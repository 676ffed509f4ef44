"""Ethereum's addresses, and those of the networks that copied them: the capital letters are the check (EIP-55)."""

import re

from app import lazy
from app.checks.result import Check, mistake, on_any_text, right, unknown


@on_any_text
def ethereum(text: str) -> Check:
    """An address of 40 hex digits. Written all small or all capital, it carries no check.

    Source: EIP-55. Each letter a to f is capital where the Keccak-256 of the small address has a high nibble; about one
    typing mistake in 4,000 goes unnoticed.
    """
    found = re.fullmatch(r"(?:0[xX])?([0-9a-fA-F]{40})", text)
    if not found:
        return _not_one(text)
    digits = found[1]
    normal = "0x" + capitals(digits)
    if digits in {digits.lower(), digits.upper()}:
        return unknown("An Ethereum address written without the capital letters that would let it be checked.", normal)
    if normal[2:] != digits:
        return mistake("The capital letters of this Ethereum address do not fit: one of its characters may be wrong.")
    return right(normal, "Ethereum, or a network with the same addresses.")


def capitals(digits: str) -> str:
    """40 hex digits with the capital letters of EIP-55."""
    small = digits.lower()
    nibbles = lazy.keccak_256()(small.encode("ascii")).hex()
    return "".join(
        digit.upper() if nibble >= "8" else digit for digit, nibble in zip(small, nibbles, strict=False)
    )  # hex digits are in ASCII order, as numbers are


def _not_one(text: str) -> Check:
    if re.fullmatch(r"0[xX][0-9a-fA-F]{64}", text):
        return mistake("This is a transaction hash, not an address.")
    if re.fullmatch(r"[^\s]{1,250}\.eth", text):
        return unknown("A name that stands for an Ethereum address. Write the address behind it down, too.")
    digits = re.fullmatch(r"0[xX]([0-9a-fA-F]*)", text)
    if digits:
        return mistake(f"An Ethereum address has 40 characters after 0x; this has {len(digits[1])}.")
    return mistake("This has not the form of an Ethereum address: 0x and 40 characters, 0 to 9 and a to f.")
