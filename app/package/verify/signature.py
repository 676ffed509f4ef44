"""Stage signature: one key, in one strict form, signs the tag manifest."""

import base64
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from app.errors import WrongUse
from app.package.verify.container import MANIFEST_LIMIT, Container
from app.package.verify.typed import SAYS_NOTHING, without_separators
from app.package.verify.verdict import Code, Findings
from vault.chain import Malformed

PUBLIC_KEY, CERTIFICATE = "public-key.pem", "certificate.pem"
TAG_MANIFEST = "tagmanifest-sha256.txt"
SIGNATURE = TAG_MANIFEST + ".sig"

SPKI_PREFIX = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
"""SubjectPublicKeyInfo of an uncompressed P-256 point, up to the point (RFC 5480); 64 bytes follow."""
SPKI_LENGTH = 91
PEM_LIMIT, _SIGNATURE_LIMIT = 16_384, 72


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The key of a package: its DER SubjectPublicKeyInfo, and the key itself."""

    spki: bytes
    key: ec.EllipticCurvePublicKey

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the SubjectPublicKeyInfo, 64 hex digits."""
        return hashlib.sha256(self.spki).hexdigest()


def check_signature(package: Container, found: Findings) -> PublicKey | None:
    """The key of the package, if its signature over the tag manifest holds; nothing else is believed without it."""
    missing = [path for path in (PUBLIC_KEY, TAG_MANIFEST, SIGNATURE) if path not in package.sizes]
    for path in missing:
        found.problem(Code.FILE_MISSING, path, "This file is missing. Without it the signature cannot be checked.")
    if missing:
        return None
    path = PUBLIC_KEY
    try:
        key = read_public_key(package.read(path, PEM_LIMIT))
        path = SIGNATURE
        signature = strict_der(package.read(path, _SIGNATURE_LIMIT))
        path = TAG_MANIFEST
        message = package.read(path, min(MANIFEST_LIMIT, package.text_limit))
    except Malformed as error:
        found.problem(Code.MALFORMED, path, str(error))
        return None
    try:
        key.key.verify(signature, message, ec.ECDSA(SHA256()))
    except InvalidSignature:
        found.problem(Code.MANIFEST_SIGNATURE, TAG_MANIFEST, "The signature is not by this key over this file.")
        return None
    return key


def read_public_key(pem: bytes) -> PublicKey:
    """The P-256 key in public-key.pem. Raises Malformed for any other form."""
    spki = pem_body(pem, "PUBLIC KEY")
    if len(spki) != SPKI_LENGTH or not spki.startswith(SPKI_PREFIX):
        raise Malformed("not an uncompressed P-256 key")
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), spki[len(SPKI_PREFIX) - 1 :])
    except ValueError as error:
        raise Malformed("not a point of the curve P-256") from error
    return PublicKey(spki, point)


def pem_body(pem: bytes, label: str) -> bytes:
    """The DER in a PEM file: 64 columns, LF, one final LF, one block. Raises Malformed."""
    begin, end = f"-----BEGIN {label}-----\n".encode(), f"-----END {label}-----\n".encode()
    if not pem.startswith(begin) or not pem.endswith(end) or len(pem) < len(begin) + len(end):
        raise Malformed(f"not one PEM block of a {label.lower()}")
    body = pem[len(begin) : -len(end)]
    if not re.fullmatch(rb"(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{1,64}={0,2}\n", body):
        raise Malformed("PEM that is not in lines of 64 columns")
    try:
        der = base64.b64decode(body.replace(b"\n", b""), validate=True)
    except ValueError as error:
        raise Malformed("PEM that is not base64") from error
    text = base64.b64encode(der)
    if b"".join(text[at : at + 64] + b"\n" for at in range(0, len(text), 64)) != body:
        raise Malformed("PEM that is not in its one form")
    return der


def check_fingerprint(key: PublicKey, typed: str, found: Findings) -> None:
    """The fingerprint that came by another way is this key's."""
    if read_fingerprint(typed) != key.fingerprint:
        found.problem(
            Code.FINGERPRINT_MISMATCH, PUBLIC_KEY, "The package was signed with another key than the fingerprint names."
        )


def read_fingerprint(typed: str) -> str:
    """64 hex digits; case, spaces, colons and hyphens do not matter. Raises WrongUse for anything else."""
    plain = without_separators(typed).replace(":", "").lower()
    if not re.fullmatch(r"[0-9a-f]{64}", plain):
        raise WrongUse(
            what="This is not a fingerprint.",
            safe=SAYS_NOTHING,
            next="A fingerprint has 64 digits and letters from a to f. Type it again.",
        )
    return plain


def strict_der(signature: bytes) -> bytes:
    """An ECDSA signature of two positive numbers of at most 32 bytes, as it is. Raises Malformed for any other form."""
    try:
        numbers = decode_dss_signature(signature)
    except ValueError as error:
        raise Malformed("not an ECDSA signature in DER") from error
    if not all(0 < number < 1 << 256 for number in numbers) or encode_dss_signature(*numbers) != signature:
        raise Malformed("an ECDSA signature that is not strict DER")
    return signature
