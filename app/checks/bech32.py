"""Bech32 and Bech32m: the addresses of Bitcoin that begin with bc1."""

from dataclasses import dataclass

_CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32 = 1
_BECH32M = 0x2BC830A3
_LONGEST = 90
_CHECKSUM = 6


class BadBech32(ValueError):
    """The text breaks a rule of BIP 173 or BIP 350; `args[0]` says which, for a person."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A segwit address: `prefix` (bc for Bitcoin), witness version 0 to 16, program of 2 to 40 bytes."""

    prefix: str
    version: int
    program: bytes


def decode_segwit(text: str) -> Witness:
    """Read a segwit address as BIP 350 says: version 0 is Bech32 (BIP 173), all later ones are Bech32m.

    Raises BadBech32.
    """
    prefix, values, constant = decode(text)
    if not values:
        raise BadBech32("A part of this address is missing.")
    version = values[0]
    if version > 16:
        raise BadBech32("This address has a version that does not exist.")
    if constant != (_BECH32 if version == 0 else _BECH32M):
        raise BadBech32("The check letters of this address do not fit.")
    program = _bytes_of(values[1:])
    if not 2 <= len(program) <= 40 or (version == 0 and len(program) not in {20, 32}):
        raise BadBech32("This address has not the right length.")
    return Witness(prefix, version, program)


def decode(text: str) -> tuple[str, list[int], int]:
    """Prefix, values of 5 bits, and the constant of the checksum (1 Bech32, 0x2bc830a3 Bech32m). Raises BadBech32."""
    if text not in {text.lower(), text.upper()}:
        raise BadBech32("Capital and small letters are mixed: such an address has only one kind.")
    lower = text.lower()
    prefix, separator, rest = lower.rpartition("1")
    if not separator or not prefix or len(rest) < _CHECKSUM or len(lower) > _LONGEST:
        raise BadBech32("This address has not the right length.")
    values = [_CHARSET.find(character) for character in rest]
    if -1 in values or not all("!" <= character <= "~" for character in prefix):
        raise BadBech32("There is a character in this address that never occurs in one.")
    constant = _polymod([*(ord(c) >> 5 for c in prefix), 0, *(ord(c) & 31 for c in prefix), *values])
    if constant not in {_BECH32, _BECH32M}:
        raise BadBech32("The check letters of this address do not fit.")
    return prefix, values[:-_CHECKSUM], constant


def _polymod(values: list[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            if top >> bit & 1:
                checksum ^= generator
    return checksum


def _bytes_of(values: list[int]) -> bytes:
    """Groups of 5 bits -> bytes; the padding is shorter than a group and all zero (BIP 173, segwit addresses)."""
    bits = number = 0
    found = bytearray()
    for value in values:
        number = (number << 5 | value) & 0xFFF
        bits += 5
        if bits >= 8:
            bits -= 8
            found.append(number >> bits & 0xFF)
    if bits >= 5 or number & ((1 << bits) - 1):
        raise BadBech32("The end of this address does not fit.")
    return bytes(found)
