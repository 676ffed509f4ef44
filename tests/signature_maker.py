"""Keys, certificates and signed PDFs for tests, from the text of FORMAT.md alone."""

import base64
import functools
import io
import random
from collections.abc import Callable
from datetime import UTC, datetime

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen.canvas import Canvas


def pem(label: str, der: bytes) -> bytes:
    text = base64.b64encode(der).decode()
    lines = [text[i : i + 64] for i in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""]).encode()


@functools.cache
def key(seed: int) -> ec.EllipticCurvePrivateKey:
    """A key for tests, the same for the same seed."""
    return ec.derive_private_key(random.Random(seed).getrandbits(250), ec.SECP256R1())


@functools.cache
def certificate(
    private: ec.EllipticCurvePrivateKey, vault: str, signer: ec.EllipticCurvePrivateKey | None = None
) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, vault)])
    usage = dict.fromkeys(
        "key_encipherment data_encipherment key_agreement key_cert_sign crl_sign encipher_only decipher_only".split(),
        False,
    )
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(int(vault[:16], 16) + 1)
        .not_valid_before(datetime(2000, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .sign(signer or private, hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.DER)


def altered_certificate(
    private: ec.EllipticCurvePrivateKey, vault: str, change: Callable[[bytes], bytes], signature: bytes | None = None
) -> bytes:
    """A certificate in DER whose signed part was changed and then signed by that key, or bears the signature given."""
    good = x509.load_der_x509_certificate(certificate(private, vault)).tbs_certificate_bytes
    signed = _sequence(change(good[4:]))
    bits = b"\0" + (private.sign(signed, ec.ECDSA(hashes.SHA256())) if signature is None else signature)
    return _sequence(signed + bytes.fromhex("300a06082a8648ce3d040302") + b"\x03" + bytes([len(bits)]) + bits)


def _sequence(content: bytes) -> bytes:
    length = bytes([len(content)]) if len(content) < 128 else b"\x82" + len(content).to_bytes(2, "big")
    return b"\x30" + length + content


def plain_pdf() -> bytes:
    page = io.BytesIO()
    canvas = Canvas(page, invariant=1)
    canvas.drawString(72, 720, "A report.")
    canvas.save()
    return page.getvalue()


def pdf_signer(private: ec.EllipticCurvePrivateKey, vault: str) -> signers.SimpleSigner:
    der = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate(private, vault)),
        signing_key=asn1_keys.PrivateKeyInfo.load(der),
        cert_registry=SimpleCertificateStore(),
    )


@functools.cache
def signed_pdf(
    private: ec.EllipticCurvePrivateKey, vault: str, pdf: bytes | None = None, field_name: str = "Holdfast"
) -> bytes:
    """A page signed with a key, PAdES, the whole file covered."""
    about = PdfSignatureMetadata(field_name=field_name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf or plain_pdf()))
    signers.PdfSigner(about, signer=pdf_signer(private, vault)).sign_pdf(writer, output=out)
    return out.getvalue()
