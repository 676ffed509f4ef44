"""The vault's public key and certificate as the PEM files of a package."""

from cryptography.hazmat.primitives import serialization

from vault.identity import Identity


def public_key_pem(identity: Identity) -> bytes:
    """SubjectPublicKeyInfo in PEM: 64 columns, one final line feed."""
    return identity.key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def certificate_pem(identity: Identity) -> bytes:
    """The certificate in PEM."""
    return identity.certificate.public_bytes(serialization.Encoding.PEM)
