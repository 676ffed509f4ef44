"""Signing report.pdf with the vault's one key: PAdES (ETSI EN 319 142-1), over the entire file."""

from typing import BinaryIO

from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from vault.identity import Identity


def sign_pdf(identity: Identity, unsigned: BinaryIO, signed: BinaryIO) -> None:
    """Sign a PDF so that the signature covers the entire file and no later change is allowed.

    `unsigned` is read from its start, `signed` is open for reading and writing. Raises OSError.
    """
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(identity.certificate_bytes),
        signing_key=keys.PrivateKeyInfo.load(identity.private_bytes),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    signature = signers.PdfSignatureMetadata(
        field_name="Signature",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signers.sign_pdf(IncrementalPdfFileWriter(unsigned), signature, signer=signer, output=signed)
