"""Stage signature, second part: certificate.pem has the one form that Holdfast writes, byte for byte (RFC 5280).

What may differ is the serial number, the vault in the name, the key and the signature: the certificate is built again
from these and compared. So no two readers can see two certificates in it.
"""

import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from app.package.verify.container import Container
from app.package.verify.signature import (
    CERTIFICATE,
    PEM_LIMIT,
    SPKI_LENGTH,
    SPKI_PREFIX,
    PublicKey,
    pem_body,
    strict_der,
)
from app.package.verify.verdict import Code, Findings
from vault.chain import Malformed, VaultId

_VERSION_3 = bytes.fromhex("a003020102")
_ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
_NAME = bytes.fromhex("302b3129302706035504030c20")
"""One common name, a UTF8String of 32 bytes, which follow."""
_VALIDITY = b"\x30\x20\x17\x0d000101000000Z\x18\x0f99991231235959Z"
_EXTENSIONS = bytes.fromhex("a320301e300c0603551d130101ff04023000300e0603551d0f0101ff0404030206c0")
"""basicConstraints, no CA; keyUsage, digitalSignature and nonRepudiation; both critical."""
_SERIAL_AT = 15
_SERIAL_LIMIT = 20
_HEX32 = re.compile(rb"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that is sound: its DER, and the vault that it names."""

    der: bytes
    vault: VaultId


def check_certificate(package: Container, key: PublicKey, found: Findings) -> Certificate | None:
    """certificate.pem holds this key and is signed by it; None, and a problem, where it does not."""
    if CERTIFICATE not in package.sizes:
        return None
    try:
        return read_certificate(pem_body(package.read(CERTIFICATE, PEM_LIMIT), "CERTIFICATE"), key)
    except Malformed as error:
        found.problem(Code.MALFORMED, CERTIFICATE, str(error))
    except InvalidSignature:
        found.problem(Code.MANIFEST_SIGNATURE, CERTIFICATE, "The certificate is not of this key, signed by itself.")
    return None


def read_certificate(der: bytes, key: PublicKey) -> Certificate:
    """Raises Malformed for another form, and InvalidSignature where the certificate is another's."""
    serial_length = der[_SERIAL_AT - 1] if len(der) >= _SERIAL_AT else 0
    at = _SERIAL_AT + serial_length
    serial = der[_SERIAL_AT:at]
    at += len(_ECDSA_SHA256) + len(_NAME)
    vault = der[at : at + 32]
    at += 32 + len(_VALIDITY) + len(_NAME) + 32
    spki = der[at : at + SPKI_LENGTH]
    at += SPKI_LENGTH + len(_EXTENSIONS) + len(_ECDSA_SHA256) + 3
    signature = der[at:]
    name = _NAME + vault
    serial_number = b"\x02" + bytes([serial_length]) + serial
    signed = _sequence(_VERSION_3, serial_number, _ECDSA_SHA256, name, _VALIDITY, name, spki, _EXTENSIONS)
    bits = b"\x03" + bytes([(len(signature) + 1) & 0xFF]) + b"\0" + signature
    again = _sequence(signed, _ECDSA_SHA256, bits)
    if again != der or not _is_serial(serial) or not _HEX32.fullmatch(vault) or not spki.startswith(SPKI_PREFIX):
        raise Malformed("not a certificate of the one form that a vault has")
    strict_der(signature)
    if spki != key.spki:
        raise InvalidSignature
    key.key.verify(signature, signed, ec.ECDSA(SHA256()))
    return Certificate(der, VaultId(vault.decode("ascii")))


def _sequence(*parts: bytes) -> bytes:
    """A DER sequence of 256 to 65535 bytes, which those of a certificate are."""
    content = b"".join(parts)
    return b"\x30\x82" + (len(content) & 0xFFFF).to_bytes(2, "big") + content


def _is_serial(number: bytes) -> bool:
    """A positive integer in its shortest form."""
    if not 1 <= len(number) <= _SERIAL_LIMIT or number[0] >= 0x80:
        return False
    return number[0] > 0 or (len(number) > 1 and number[1] >= 0x80)
