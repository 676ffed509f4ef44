"""The certificates of a timestamp: which one issued which, and whether a way leads from a known root (RFC 5280).

The library tries every order in which names could fit, and whoever made a token chooses the names: seven certificates
of one name keep it busy for seconds. Here each is looked at once, and followed only where its signature holds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA384, SHA512, HashAlgorithm
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pyhanko_certvalidator.authority import CertTrustAnchor
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.validate import async_validate_path

from app.package.verify.timestamps import NotAToken

_HASHES: dict[str, HashAlgorithm] = {"sha256": SHA256(), "sha384": SHA384(), "sha512": SHA512()}
_HASHES_OF_ROOTS = _HASHES | {"sha1": SHA1()}  # noqa: S303 - see below
"""That a certificate which issued itself bears its own signature shows damage; nobody believes it for that."""
_SIGNATURES = {"rsassa_pkcs1v15", "ecdsa"}
_RSA_BITS = range(2048, 8193)
_EXPONENT_LIMIT = 1 << 33
_CURVES = {"secp256r1", "secp384r1", "secp521r1"}


@dataclass(frozen=True, slots=True)
class _Step:
    """A certificate, and the step that it was reached from: one that it issued."""

    certificate: x509.Certificate
    below: "_Step | None" = None


def has_sane_key(certificate: x509.Certificate) -> bool:
    """Whether a signature of this key can be checked in no time: RSA of a usual length, or a usual curve."""
    key = certificate.public_key
    if key.algorithm == "rsa":
        numbers = key["public_key"].parsed
        modulus, exponent = numbers["modulus"].native, numbers["public_exponent"].native
        return modulus.bit_length() in _RSA_BITS and 2 < exponent < _EXPONENT_LIMIT
    return bool(key.algorithm == "ec" and key.curve[0] == "named" and key.curve[1] in _CURVES)


def is_in_force(certificate: x509.Certificate, at: datetime) -> bool:
    """Whether a certificate was in force then. Raises NotAToken where its times never were: the year 0 is none."""
    begins, ends = certificate.not_valid_before, certificate.not_valid_after
    if not (isinstance(begins, datetime) and isinstance(ends, datetime)):
        raise NotAToken("a certificate in it names a time that never was")
    return begins <= at <= ends


def require_connected(certificate: x509.Certificate, others: Sequence[x509.Certificate]) -> None:
    """Every other certificate issued the first, or one that did: none lies idle. Raises NotAToken."""
    for other in others:
        if _fits(other, other) and not _issued(other, other, _HASHES_OF_ROOTS):
            raise NotAToken("a certificate in it that issued itself does not bear its own signature")
    if len(_steps(certificate, others, lambda _other: True)) != 1 + len(others):
        raise NotAToken("it brings a certificate along that did not issue another one of it")


def require_way(
    certificate: x509.Certificate, others: Sequence[x509.Certificate], roots: Sequence[x509.Certificate], at: datetime
) -> None:
    """A way leads from one of these roots to the certificate, all of it in force then. Raises NotAToken.

    Revocation is not looked up: that would need the network.
    """
    steps = _steps(certificate, others, lambda other: is_in_force(other, at))
    for root in roots:
        if not is_in_force(root, at):
            continue
        for step in steps:
            if _fits(root, step.certificate) and _leads(root, step, certificate, at):
                return
    raise NotAToken("no root certificate that was given vouches for it")


def _steps(
    certificate: x509.Certificate, others: Sequence[x509.Certificate], may_go: Callable[[x509.Certificate], bool]
) -> list[_Step]:
    """What can be reached from a certificate by asking who issued it, each once."""
    steps = [_Step(certificate)]
    left = list(others)
    for step in steps:
        found = [other for other in left if may_go(other) and _issued(other, step.certificate, _HASHES)]
        steps += (_Step(other, step) for other in found)
        left = [other for other in left if other not in found]
    return steps


def _fits(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Whether one names the other as its issuer: in the same bytes (RFC 5280, 4.1.2.6), which is quick to see."""
    return bool(issuer.subject.dump() == certificate.issuer.dump())


def _issued(issuer: x509.Certificate, certificate: x509.Certificate, kinds: Mapping[str, HashAlgorithm]) -> bool:
    """Whether the names fit, and the signature is by the issuer's key."""
    algorithm, signed = certificate["signature_algorithm"], certificate["tbs_certificate"]
    if not _fits(issuer, certificate) or not has_sane_key(issuer):
        return False
    if algorithm.dump() != signed["signature"].dump() or algorithm.signature_algo not in _SIGNATURES:
        return False
    if algorithm.hash_algo not in kinds:
        return False
    signature, kind = certificate["signature_value"].native, kinds[algorithm.hash_algo]
    try:
        key = load_der_public_key(issuer.public_key.dump())
        if isinstance(key, rsa.RSAPublicKey) and algorithm.signature_algo == "rsassa_pkcs1v15":
            key.verify(signature, signed.dump(), padding.PKCS1v15(), kind)
        elif isinstance(key, ec.EllipticCurvePublicKey) and algorithm.signature_algo == "ecdsa":
            key.verify(signature, signed.dump(), ec.ECDSA(kind))
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def _leads(root: x509.Certificate, step: _Step, certificate: x509.Certificate, at: datetime) -> bool:
    """Whether this very path is one that RFC 5280 lets through; no other is tried."""
    between = []
    while step.below is not None:
        between.append(step.certificate)
        step = step.below
    path = ValidationPath(CertTrustAnchor(root), between, certificate)
    context = ValidationContext(trust_roots=[root], moment=at, allow_fetching=False)
    # Nothing is fetched, so nothing is waited for: it runs to its end without a loop of events, which opens a socket.
    try:
        async_validate_path(context, path).send(None)
    except StopIteration:
        return True
    except (PathError, ValidationError):
        return False  # another root of the same name may have issued it
    return False
