"""Packages whose report is a sound PDF and properly signed, but not over all of itself, or not under the certificate.

Every signature here is good for what it covers, so that only a look at what it covers finds it.
"""

import asyncio
import hashlib
import io
import re

from package_maker import Alter, Package
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from signature_maker import altered_certificate, pdf_signer, pem, signed_pdf

REPORT = "data/report.pdf"


def put_report(package: Package, pdf: bytes) -> None:
    package.files[REPORT] = pdf
    package.resign()


def updated_by_a_program(package: Package) -> None:
    """An incremental update that a PDF program wrote behind the signature: the page is turned on its side."""
    writer = IncrementalPdfFileWriter(io.BytesIO(package.files[REPORT]))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = generic.NumberObject(90)
    writer.mark_update(page.container_ref)
    out = io.BytesIO()
    writer.write(out)
    put_report(package, out.getvalue())


def signed_over(package: Package, pdf: bytes, ranges: tuple[int, int, int, int]) -> bytes:
    """The PDF with other ranges, and a signature that is good for exactly these."""
    numbers = re.search(rb"/ByteRange \[([0-9 ]+)\]", pdf)
    assert numbers is not None
    said = b"%d %d %d %d" % ranges
    pdf = pdf[: numbers.start(1)] + said.ljust(numbers.end(1) - numbers.start(1)) + pdf[numbers.end(1) :]
    covered = b"".join(pdf[start : start + length] for start, length in (ranges[:2], ranges[2:]))
    signer = pdf_signer(package.key, package.vault)
    cms = asyncio.run(signer.async_sign(hashlib.sha256(covered).digest(), "sha256", use_pades=True)).dump()
    digits = re.search(rb"/Contents <([0-9a-fA-F]+)>", pdf)
    assert digits is not None
    return pdf[: digits.start(1)] + cms.hex().encode().ljust(len(digits[1]), b"0") + pdf[digits.end(1) :]


def ranges_of(pdf: bytes) -> tuple[int, int, int, int]:
    numbers = re.search(rb"/ByteRange \[([0-9 ]+)\]", pdf)
    assert numbers is not None
    first, length, second, rest = map(int, numbers[1].split())
    return first, length, second, rest


def signed_but_for(*, at_the_end: int = 0, behind_the_signature: int = 0, twice: int = 0) -> Alter:
    """So many bytes are in no range: the last ones, or those right behind the signature.

    `twice`: that many bytes before the signature's end are skipped and made up for, so that the lengths add up.
    """

    def alter(package: Package) -> None:
        pdf = package.files[REPORT]
        first, length, second, rest = ranges_of(pdf)
        second += behind_the_signature
        rest -= behind_the_signature + at_the_end
        moved = (first, length - twice, second - 2 * twice, rest + twice)
        put_report(package, signed_over(package, pdf, moved))

    return alter


def signed_under_another_certificate(package: Package) -> None:
    """The same key, but a certificate that names another vault."""
    put_report(package, signed_pdf(package.key, "f" * 32))


def signed_under_a_second_certificate(package: Package) -> None:
    """Key and vault are right, and the certificate is good, but it is not the one in certificate.pem."""
    another = altered_certificate(package.key, package.vault, lambda signed: signed[:15] + b"\x07" + signed[16:])
    package.files["certificate.pem"] = pem("CERTIFICATE", another)
    package.resign()


ROWS: list[tuple[str, str, Alter]] = [
    ("report updated by a program", "pdf-signature", updated_by_a_program),
    ("report signed but for its last bytes", "pdf-signature", signed_but_for(at_the_end=6)),
    ("report signed but for its first bytes behind the signature", "pdf-signature",
     signed_but_for(behind_the_signature=2)),
    ("report signed but for bytes that the lengths make up for", "pdf-signature", signed_but_for(twice=10)),
    ("report signed anew over all of itself", "", signed_but_for()),
    ("report signed under the certificate of another vault", "pdf-signature", signed_under_another_certificate),
    ("report signed under a second certificate", "pdf-signature", signed_under_a_second_certificate),
]  # fmt: skip
