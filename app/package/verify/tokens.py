"""Reads a timestamp token and judges it at its own time (RFC 3161; CMS, RFC 5652). Loaded at its first use.

What the token says of itself either holds or is `NotAToken`; whether anybody who is known vouches for it is asked
apart, with the roots that somebody brought along.
"""

import asyncio
import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import cms, tsp, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import CMSExtractionError, CMSStructuralError, extract_signer_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    get_signing_cert_attr,
    validate_sig_integrity,
)
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import CRLValidationError, OCSPValidationError, PathError, ValidationError

from app.package.verify.timestamps import NotAToken

_CERTIFICATE_LIMIT = 8
"""Certificates in a token: the paths through them are tried one after the other."""
_HASHES = {"sha256", "sha384", "sha512"}
_RSA_BITS = range(2048, 8193)
_EXPONENT_LIMIT = 1 << 33
_CURVES = {"secp256r1", "secp384r1", "secp521r1"}

_REFUSALS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, OSError, RuntimeError, TypeError,
    ValueError, struct.error, InvalidSignature, UnsupportedAlgorithm, CMSExtractionError, CMSStructuralError, PdfError,
    SignatureValidationError, CRLValidationError, OCSPValidationError, PathError, ValidationError,
)  # fmt: skip
"""What pyHanko and the libraries under it raise over tokens made to be wrong."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token that holds by itself. `at` is when it says that the bytes were there, an aware datetime in UTC."""

    at: datetime
    authority: str
    """The subject of the certificate that signed it, in words; nobody has vouched for that yet."""
    _certificate: x509.Certificate = field(repr=False)
    _others: tuple[x509.Certificate, ...] = field(repr=False)

    def is_vouched_for(self, roots: Sequence[bytes]) -> bool:
        """Whether a path leads from one of these root certificates (DER) to the token's, as it was at its own time.

        Revocation is not looked up: that would need the network.
        """
        if not roots:
            return False
        try:
            context = ValidationContext(
                trust_roots=[x509.Certificate.load(root) for root in roots],
                other_certs=[other for other in self._others if _has_sane_key(other)],
                moment=self.at,
                allow_fetching=False,
            )
            asyncio.run(CertificateValidator(self._certificate, validation_context=context).async_validate_path())
        except _REFUSALS:
            return False
        return True


def read_token(response: bytes, message: bytes) -> Token:
    """The token in a TimeStampResp (DER) over a message. Raises NotAToken where it does not hold by itself."""
    try:
        return _token(response, message)
    except _REFUSALS as error:
        raise NotAToken("it cannot be read") from error


def _token(response: bytes, message: bytes) -> Token:
    signed = _signed_data(response)
    info = _info(signed)
    algorithm = info["message_imprint"]["hash_algorithm"]["algorithm"].native
    if algorithm not in _HASHES:
        raise NotAToken("it is over a kind of hash that is not taken any more")
    if hashlib.new(algorithm, message).digest() != info["message_imprint"]["hashed_message"].native:
        raise NotAToken("it is over other bytes")
    signer = extract_signer_info(signed)
    found = extract_certs_for_validation(signed)
    certificate = found.signer_cert
    if not _has_sane_key(certificate):
        raise NotAToken("its certificate has a kind of key that no timestamp service uses")
    _require_signed_by(signed, signer, certificate)
    at = info["gen_time"].native
    _require_for_timestamps(certificate, at)
    return Token(at, certificate.subject.human_friendly, certificate, tuple(found.other_certs))


def _signed_data(response: bytes) -> cms.SignedData:
    """The CMS in a response that was granted. Raises NotAToken."""
    answer = tsp.TimeStampResp.load(response, strict=True)
    if answer["status"]["status"].native not in {"granted", "granted_with_mods"}:
        raise NotAToken("the timestamp service refused it")
    content = answer["time_stamp_token"]
    if content["content_type"].native != "signed_data":
        raise NotAToken("it is not signed")
    signed = content["content"]
    if len(signed["signer_infos"]) != 1 or len(signed["certificates"] or ()) > _CERTIFICATE_LIMIT:
        raise NotAToken("it does not have exactly one signature, or has more certificates than a token needs")
    return signed


def _info(signed: cms.SignedData) -> tsp.TSTInfo:
    """What was signed. Raises NotAToken."""
    enclosed = signed["encap_content_info"]
    if enclosed["content_type"].native != "tst_info":
        raise NotAToken("it is not a timestamp")
    info = enclosed["content"].parsed
    if info["version"].native != "v1":
        raise NotAToken("it is of an unknown version")
    return info


def _require_signed_by(signed: cms.SignedData, signer: cms.SignerInfo, certificate: x509.Certificate) -> None:
    """The signature is by the key of this certificate, which the signed part names. Raises NotAToken."""
    algorithm = signer["digest_algorithm"]["algorithm"].native
    if algorithm not in _HASHES:
        raise NotAToken("it is signed with a kind of hash that is not taken any more")
    if not signer["signed_attrs"] or get_signing_cert_attr(signer["signed_attrs"]) is None:
        raise NotAToken("it does not name its certificate")
    intact, valid = validate_sig_integrity(
        signer,
        certificate,
        expected_content_type="tst_info",
        actual_digest=hashlib.new(algorithm, bytes(signed["encap_content_info"]["content"])).digest(),
    )
    if not intact or not valid:
        raise NotAToken("its signature does not hold")


def _require_for_timestamps(certificate: x509.Certificate, at: datetime) -> None:
    """RFC 3161, section 2.3: the certificate is for timestamps and nothing else, and was in force. Raises NotAToken."""
    usage = certificate.extended_key_usage_value
    critical = "extended_key_usage" in certificate.critical_extensions
    if usage is None or usage.native != ["time_stamping"] or not critical:
        raise NotAToken("its certificate is not one for timestamps")
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        raise NotAToken("its certificate was not in force at the time that it names")


def _has_sane_key(certificate: x509.Certificate) -> bool:
    """Whether a signature of this key can be checked in no time: RSA of a usual length, or a usual curve."""
    key = certificate.public_key
    if key.algorithm == "rsa":
        numbers = key["public_key"].parsed
        modulus, exponent = numbers["modulus"].native, numbers["public_exponent"].native
        return modulus.bit_length() in _RSA_BITS and 2 < exponent < _EXPONENT_LIMIT
    return key.algorithm == "ec" and key.curve[0] == "named" and key.curve[1] in _CURVES
