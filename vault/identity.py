"""The signing identity of a vault: one P-256 key and its self-signed certificate (FORMAT.md, section 3)."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from vault.chain import VaultId
from vault.errors import DamagedVault

_NOT_BEFORE = datetime(2000, 1, 1, tzinfo=UTC)
_NOT_AFTER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Identity:
    """A vault's private key and certificate, in memory only while the vault is open."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def create(cls, vault: VaultId) -> Self:
        """A new key and a certificate for it, named after the vault (RFC 5280)."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, vault)])
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(_NOT_BEFORE)
            .not_valid_after(_NOT_AFTER)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_signing_only(), critical=True)
            .sign(key, hashes.SHA256())
        )
        return cls(key, certificate)

    @classmethod
    def load(cls, private_key: bytes, certificate: bytes) -> Self:
        """From PKCS#8 and DER, as the log keeps them. Raises DamagedVault for anything but a P-256 key and its own."""
        try:
            key = serialization.load_der_private_key(private_key, password=None)
            known = x509.load_der_x509_certificate(certificate)
            named = known.public_key()
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise DamagedVault("The vault's signing key is damaged.") from error
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise DamagedVault("The vault's signing key is of another kind.")
        if key.public_key() != named:
            raise DamagedVault("The vault's certificate is of another key.")
        return cls(key, known)

    @property
    def private_bytes(self) -> bytes:
        """PKCS#8, DER, unencrypted: for the encrypted log alone."""
        return self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    @property
    def certificate_bytes(self) -> bytes:
        """The certificate in DER."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def public_bytes(self) -> bytes:
        """SubjectPublicKeyInfo in DER, 91 bytes."""
        return self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the SubjectPublicKeyInfo, 64 hex digits."""
        return hashlib.sha256(self.public_bytes).hexdigest()

    @property
    def certificate_sha256(self) -> str:
        """SHA-256 of the certificate, as PDF viewers show it."""
        return hashlib.sha256(self.certificate_bytes).hexdigest()

    def sign(self, content: bytes) -> bytes:
        """ECDSA P-256 over SHA-256, strict DER (FIPS 186-5)."""
        return self.key.sign(content, ec.ECDSA(hashes.SHA256()))


def _signing_only() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
