"""Reads a timestamp token and judges it at its own time (RFC 3161; CMS, RFC 5652). Loaded at its first use.

What the token says of itself either holds or is `NotAToken`; whether anybody who is known vouches for it is asked
apart, with the roots that somebody brought along.
"""

import hashlib
import re
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
from pyhanko_certvalidator.errors import CRLValidationError, OCSPValidationError, PathError, ValidationError

from app.package.verify.timestamps import NotAToken
from app.package.verify.token_form import require_form
from app.package.verify.token_path import has_sane_key, is_in_force, require_connected, require_way

_CERTIFICATE_LIMIT = 8
"""Certificates in a token: each is compared with those that it may have issued."""
_HASHES = {"sha256", "sha384", "sha512"}
_SIGNATURES = {"rsassa_pkcs1v15", *(f"{name}_{kind}" for name in _HASHES for kind in ("rsa", "ecdsa"))}
_GEN_TIME = re.compile(rb"[0-9]{14}(?:\.[0-9]{1,9})?Z")

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
        """Whether a path leads from one of these root certificates (DER) to the token's, as it was at its own time."""
        try:
            require_way(self._certificate, self._others, [x509.Certificate.load(root) for root in roots], self.at)
        except (*_REFUSALS, NotAToken):
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
    if not has_sane_key(certificate):
        raise NotAToken("its certificate has a kind of key that no timestamp service uses")
    _require_signed_by(signed, signer, certificate)
    at = _time(info)
    _require_for_timestamps(certificate, at)
    others = tuple(found.other_certs)
    require_connected(certificate, others)
    return Token(at, certificate.subject.human_friendly, certificate, others)


def _signed_data(response: bytes) -> cms.SignedData:
    """The CMS in a response that has its form. Raises NotAToken."""
    require_form(response)
    signed: cms.SignedData = tsp.TimeStampResp.load(response, strict=True)["time_stamp_token"]["content"]
    if len(signed["certificates"]) > _CERTIFICATE_LIMIT:
        raise NotAToken("it has more certificates than a token needs")
    return signed


def _info(signed: cms.SignedData) -> tsp.TSTInfo:
    """What was signed. Raises NotAToken."""
    info: tsp.TSTInfo = signed["encap_content_info"]["content"].parsed
    if info["version"].native != "v1":
        raise NotAToken("it is of an unknown version")
    return info


def _require_signed_by(signed: cms.SignedData, signer: cms.SignerInfo, certificate: x509.Certificate) -> None:
    """The signature is by the key of this certificate, which the signed part names. Raises NotAToken."""
    algorithm = signer["digest_algorithm"]["algorithm"].native
    if algorithm not in _HASHES or signer["signature_algorithm"]["algorithm"].native not in _SIGNATURES:
        raise NotAToken("it is signed in a way that is not taken, or not any more")
    if signer["sid"].chosen.dump() != _named(certificate):
        raise NotAToken("it does not name its certificate by issuer and number")
    attributes = signer["signed_attrs"]
    kinds = [attribute["type"].native for attribute in attributes]
    if len(set(kinds)) != len(kinds) or any(len(attribute["values"]) != 1 for attribute in attributes):
        raise NotAToken("it says one thing twice")
    if get_signing_cert_attr(attributes) is None:
        raise NotAToken("it does not name its certificate")
    intact, valid = validate_sig_integrity(
        signer,
        certificate,
        expected_content_type="tst_info",
        actual_digest=hashlib.new(algorithm, bytes(signed["encap_content_info"]["content"])).digest(),
    )
    if not intact or not valid:
        raise NotAToken("its signature does not hold")


def _named(certificate: x509.Certificate) -> bytes:
    """The DER of its issuer and serial number, as they stand in it."""
    signed = certificate["tbs_certificate"]
    names = cms.IssuerAndSerialNumber({"issuer": signed["issuer"], "serial_number": signed["serial_number"]})
    return bytes(names.dump())


def _time(info: tsp.TSTInfo) -> datetime:
    """When the token says that the bytes were there, in UTC. Raises NotAToken."""
    if not _GEN_TIME.fullmatch(info["gen_time"].contents):
        raise NotAToken("it does not say its time in UTC")
    at = info["gen_time"].native
    # The library has a type of its own for the year 0, which no calendar has.
    if not isinstance(at, datetime):
        raise NotAToken("it names a time that never was")
    return at


def _require_for_timestamps(certificate: x509.Certificate, at: datetime) -> None:
    """RFC 3161, section 2.3: the certificate is for timestamps and nothing else, and was in force. Raises NotAToken."""
    usage = certificate.extended_key_usage_value
    critical = "extended_key_usage" in certificate.critical_extensions
    if usage is None or usage.native != ["time_stamping"] or not critical:
        raise NotAToken("its certificate is not one for timestamps")
    if not is_in_force(certificate, at):
        raise NotAToken("its certificate was not in force at the time that it names")
