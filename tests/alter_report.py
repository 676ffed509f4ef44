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
    return pdf[: digits.start(1)] + cms.hex().upper().encode().ljust(len(digits[1]), b"0") + pdf[digits.end(1) :]


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


def signed_with_room_to_spare(package: Package) -> None:
    """The signature stands in round brackets, which take half the room of hex digits; the rest nothing covers."""
    pdf = signed_over(package, package.files[REPORT], ranges_of(package.files[REPORT]))
    digits = re.search(rb"<([0-9a-fA-F]+)>", pdf[ranges_of(pdf)[1] :])
    assert digits is not None
    content = bytes.fromhex(digits[1].decode())
    literal = b"(" + b"".join(b"\\" + bytes([one]) if one in b"()\\\r" else bytes([one]) for one in content) + b")"
    literal = literal.replace(b"\\\r", b"\\r")
    free = len(digits[0]) - len(literal)
    start = ranges_of(pdf)[1]
    put_report(package, pdf[:start] + literal + b"% free".ljust(free) + pdf[start + len(digits[0]) :])


def signed_in_small_letters(package: Package) -> None:
    """The same signature, whose digits nothing covers, written in another way."""
    pdf = package.files[REPORT]
    start, end = ranges_of(pdf)[1:3]
    put_report(package, pdf[:start] + pdf[start:end].lower() + pdf[end:])


def something_behind_the_signature(package: Package) -> None:
    """In the room that was kept for the signature, behind its end, where zeros are."""
    pdf = package.files[REPORT]
    second = ranges_of(pdf)[2]
    assert pdf[second - 9 : second] == b"00000000>"
    put_report(package, pdf[: second - 5] + b"9" + pdf[second - 4 :])


def plain_pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first of them its root."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + head + table + end


def doubling_form(levels: int) -> bytes:
    """A form of few fields, each of which names the next one twice: there are 2^levels ways through it."""
    fields = [b"<< /T (a) /FT /Tx /Kids [%d 0 R %d 0 R] >>" % (number, number) for number in range(4, levels + 4)]
    root = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [3 0 R] >> >>"
    return plain_pdf_of([root, b"<< /Type /Pages /Kids [] /Count 0 >>", *fields, b"<< /T (a) /FT /Sig >>"])


ROWS: list[tuple[str, str, Alter]] = [
    ("report updated by a program", "pdf-signature", updated_by_a_program),
    ("report signed but for its last bytes", "pdf-signature", signed_but_for(at_the_end=6)),
    ("report signed but for its first bytes behind the signature", "pdf-signature",
     signed_but_for(behind_the_signature=2)),
    ("report signed but for bytes that the lengths make up for", "pdf-signature", signed_but_for(twice=10)),
    ("report signed anew over all of itself", "", signed_but_for()),
    ("report signed with room to spare", "pdf-signature", signed_with_room_to_spare),
    ("report signed in small letters", "pdf-signature", signed_in_small_letters),
    ("something behind the signature of the report", "pdf-signature", something_behind_the_signature),
    ("report signed under the certificate of another vault", "pdf-signature", signed_under_another_certificate),
    ("report signed under a second certificate", "pdf-signature", signed_under_a_second_certificate),
]  # fmt: skip
