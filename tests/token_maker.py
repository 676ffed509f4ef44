"""Timestamp services for tests: authorities made with the library `cryptography`, tokens made with `openssl ts`.

openssl always takes the time of now; for a token of another time its TSTInfo is changed and signed again.
"""

import functools
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
LONG_AGO, FAR_OFF = datetime(2000, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)
TIMESTAMPS = (ExtendedKeyUsageOID.TIME_STAMPING,)
_CONFIG = """
[tsa]
default_tsa = service
[service]
serial = serial
default_policy = 1.2.3.4.1
digests = sha1, sha256, sha512
signer_digest = sha256
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True)
class Service:
    """A timestamp service: its root, its certificate and its key."""

    root: x509.Certificate
    certificate: x509.Certificate
    key: PrivateKey
    chain: tuple[x509.Certificate, ...] = ()
    """Certificates between the two."""

    @property
    def root_pem(self) -> bytes:
        return self.root.public_bytes(serialization.Encoding.PEM)

    @property
    def root_der(self) -> bytes:
        return self.root.public_bytes(serialization.Encoding.DER)

    def token(self, message: bytes, algorithm: str = "sha256") -> bytes:
        """A response of this service over a message, as `openssl ts` makes it."""
        with tempfile.TemporaryDirectory() as folder:
            at = Path(folder)
            (at / "message").write_bytes(message)
            (at / "config").write_text(_CONFIG)
            (at / "serial").write_text("01\n")
            (at / "signer.pem").write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
            pems = [certificate.public_bytes(serialization.Encoding.PEM) for certificate in self.chain]
            (at / "chain.pem").write_bytes(b"".join(pems))
            (at / "key.pem").write_bytes(_private_pem(self.key))
            query = ["-query", "-data", "message", f"-{algorithm}", "-cert", "-no_nonce", "-out", "query"]
            reply = ["-reply", "-config", "config", "-queryfile", "query", "-signer", "signer.pem", "-inkey", "key.pem"]
            more = ["-chain", "chain.pem"] if self.chain else []
            for arguments in (query, [*reply, *more, "-out", "reply"]):
                subprocess.run(["openssl", "ts", *arguments], cwd=folder, check=True, capture_output=True)
            return (at / "reply").read_bytes()

    def token_at(self, message: bytes, moment: datetime) -> bytes:
        """The same, of another time."""
        response = tsp.TimeStampResp.load(self.token(message))
        signed = response["time_stamp_token"]["content"]
        info = signed["encap_content_info"]["content"].parsed
        info["gen_time"] = moment
        return self.signed_again(response, info.dump(force=True))

    def signed_again(
        self, response: tsp.TimeStampResp, content: bytes, *, with_attributes: bool = True, set_digest: bool = True
    ) -> bytes:
        """The response with another content, signed by this service."""
        signed = response["time_stamp_token"]["content"]
        signed["encap_content_info"]["content"] = cms.ParsableOctetString(content)
        (signer,) = signed["signer_infos"]
        if with_attributes:
            digest = hashes.Hash(hashes.SHA256())
            digest.update(content)
            for attribute in signer["signed_attrs"]:
                if set_digest and attribute["type"].native == "message_digest":
                    attribute["values"] = [digest.finalize()]
            message = signer["signed_attrs"].untag().dump(force=True)
        else:
            signer["signed_attrs"] = None
            message = content
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            signer["signature"] = self.key.sign(message, ec.ECDSA(hashes.SHA256()))
        else:
            signer["signature"] = self.key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return response.dump()


def _private_pem(key: PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def issued(
    subject: str, key: PrivateKey, issuer: str, issuer_key: PrivateKey, serial: int, *, authority: bool = False,
    usages: tuple[x509.ObjectIdentifier, ...] = TIMESTAMPS, critical: bool = True,
    begins: datetime = LONG_AGO, ends: datetime = FAR_OFF,
) -> x509.Certificate:  # fmt: skip
    """A certificate for a key, by another one."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if usages and not authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=critical)
    return builder.sign(issuer_key, hashes.SHA256())


@functools.cache
def service(
    name: str = "Example Timestamps", usages: tuple[x509.ObjectIdentifier, ...] = TIMESTAMPS, *,
    critical: bool = True, begins: datetime = LONG_AGO, ends: datetime = FAR_OFF, rsa_bits: int = 0,
) -> Service:  # fmt: skip
    """A service of its own, with a root of its own, the same at each call."""
    root_key = ec.generate_private_key(ec.SECP256R1())
    key: PrivateKey = rsa.generate_private_key(65537, rsa_bits) if rsa_bits else ec.generate_private_key(ec.SECP256R1())
    root = issued(f"{name} Root", root_key, f"{name} Root", root_key, 1, authority=True)
    certificate = issued(
        name, key, f"{name} Root", root_key, 2, usages=usages, critical=critical, begins=begins, ends=ends
    )
    return Service(root, certificate, key)


@functools.cache
def service_behind_another() -> Service:
    """A service whose certificate is by an authority between it and the root; its tokens bring that one along."""
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(3)]
    root = issued("Far Root", keys[0], "Far Root", keys[0], 1, authority=True)
    between = issued("Near Authority", keys[1], "Far Root", keys[0], 2, authority=True)
    certificate = issued("Far Timestamps", keys[2], "Near Authority", keys[1], 3)
    return Service(root, certificate, keys[2], (between,))


@functools.cache
def good_token(message: bytes) -> bytes:
    """A token of the ordinary service over a message, made once."""
    return service().token(message)


EXPIRED_IN = datetime(2020, 1, 1, tzinfo=UTC)


def expired_service() -> Service:
    """Its certificate ran out in 2020; what it stamped before that still counts."""
    return service("Old Timestamps", begins=EXPIRED_IN - timedelta(days=3650), ends=EXPIRED_IN)
