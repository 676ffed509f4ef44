"""Stage PDF: report.pdf bears one signature, by the package's key, over the entire file (ISO 32000-2, 12.8)."""

import re
import struct
import sys
import zlib
from io import SEEK_SET, BufferedReader, RawIOBase
from typing import BinaryIO

from asn1crypto.parser import peek
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from app.lazy import PyHanko, pyhanko
from app.package.verify.bag import REPORT
from app.package.verify.certificate import Certificate
from app.package.verify.container import Container
from app.package.verify.signature import PublicKey
from app.package.verify.verdict import Code, Findings
from vault.chain import Malformed

_TAIL = re.compile(rb"startxref\s+([0-9]{1,12})\s+%%EOF\s*")
_SUBSECTION = re.compile(rb"\s*([0-9]{1,10}) ([0-9]{1,10})\s*\n")
_PREVIOUS = re.compile(rb"/Prev\s+([0-9]{1,12})(?=[\s/>])")
_TAIL_LIMIT, _TRAILER_LIMIT = 64, 4096
_REVISION_LIMIT, _OBJECT_LIMIT = 8, 500_000
_PARSED_LIMIT = 256 * 1024
"""Bytes that pyHanko may read before it comes to the digest, beside the tables."""
_ENTRY = 20
"""Bytes of a line in a cross-reference table."""

_REFUSALS = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, OSError, RuntimeError,
    TypeError, ValueError, struct.error, zlib.error, InvalidSignature, UnsupportedAlgorithm,
)  # fmt: skip
"""What pyHanko and the libraries under it raise over files made to be wrong; its own PdfError comes on top."""


class NotSigned(Exception):
    """The report is not signed as it should be; the message says how."""


def check_report(package: Container, key: PublicKey, certificate: Certificate | None, found: Findings) -> None:
    """report.pdf's signature covers the entire file, is intact, and is by this key under this very certificate."""
    size = package.sizes[REPORT]
    if size > (1 << 20) + 2 * package.weight:
        found.problem(Code.MALFORMED, REPORT, "too large for what it is packed in")
        return
    try:
        with package.seekable(REPORT) as file:
            objects = _require_plain_tables(file, size)
            ration = Ration(file, _PARSED_LIMIT + 2 * _ENTRY * objects)
            _check_signature(ration, size, key, certificate)
        # It was read in pieces, here and there: what was read is what the manifest names, or was changed meanwhile.
        package.hashed(REPORT)
    except Malformed as error:
        found.problem(Code.MALFORMED, REPORT, str(error))
    except NotSigned as error:
        found.problem(Code.PDF_SIGNATURE, REPORT, str(error))


class Ration(RawIOBase):
    """A file of which only so many bytes are handed out: what pyHanko parses is bounded, whatever points where."""

    def __init__(self, file: BinaryIO, left: int) -> None:
        """`left` in bytes."""
        self._file, self._left = file, left

    def lift(self) -> None:
        """Hand out the rest, once parsing is done."""
        self._left = sys.maxsize

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Move, in bytes."""
        return self._file.seek(offset, whence)

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Read up to a buffer's length. Raises NotSigned where the ration is used up."""
        view = memoryview(buffer).cast("B")
        found = self._file.read(len(view))
        self._left -= len(found)
        if self._left < 0:
            raise NotSigned("The report's signature is not where Holdfast puts it.")
        view[: len(found)] = found
        return len(found)


def _check_signature(ration: Ration, size: int, key: PublicKey, certificate: Certificate | None) -> None:
    """Raises NotSigned."""
    library = pyhanko()
    try:
        _check_with(library, ration, size, key, certificate)
    except (*_REFUSALS, library.error) as error:
        raise NotSigned("The report's signature cannot be read.") from error


def _check_with(library: PyHanko, ration: Ration, size: int, key: PublicKey, certificate: Certificate | None) -> None:
    stream = BufferedReader(ration)
    reader = library.reader(stream)
    fields = reader.root["/AcroForm"]["/Fields"]
    # pyHanko walks every way through a form, and each level of fields can double them: there is one field, and no more.
    if len(fields) != 1 or "/Kids" in fields[0] or len(reader.embedded_signatures) != 1:
        raise NotSigned("The report does not bear exactly one signature.")
    signature = reader.embedded_signatures[0]
    # pyHanko adds up the lengths only; where the second range starts matters as much, and bounds what is hashed.
    digits = signature.pkcs7_content.hex().upper().encode()
    gap = len(digits) + 2
    first = int(signature.byte_range[1])
    if [int(number) for number in signature.byte_range] != [0, first, first + gap, size - first - gap] or first <= 0:
        raise NotSigned("The report's signature does not cover the entire file.")
    ration.lift()
    # Written otherwise, the signature would leave room for bytes that nothing covers.
    stream.seek(first)
    if stream.read(gap) != b"<" + digits + b">":
        raise NotSigned("The report's signature does not cover the entire file.")
    # So would what stands behind its own end: zeros alone fill up the room that was kept for it.
    if any(signature.pkcs7_content[peek(signature.pkcs7_content) :]):
        raise NotSigned("The report's signature does not cover the entire file.")
    signature.compute_integrity_info(skip_diff=True)
    if signature.coverage is not library.coverage.ENTIRE_FILE:
        raise NotSigned("The report's signature does not cover the entire file.")
    if signature.signer_cert.public_key.dump() != key.spki:
        raise NotSigned("The report was signed with another key.")
    if certificate is not None and signature.signer_cert.dump() != certificate.der:
        raise NotSigned("The report was signed under another certificate.")
    intact, valid = library.check_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )
    if not intact:
        raise NotSigned("The report was changed after it was signed.")
    if not valid:
        raise NotSigned("The report's signature is not by its key.")


def _require_plain_tables(stream: BinaryIO, size: int) -> int:
    """The number of objects. Only classic cross-reference tables, few and not too long, so that nothing is inflated.

    Holdfast's reports have no others. Raises NotSigned.
    """
    stream.seek(max(0, size - _TAIL_LIMIT))
    tail = stream.read(_TAIL_LIMIT)
    match = _TAIL.fullmatch(tail, max(0, tail.find(b"startxref")))
    if match is None:
        raise NotSigned("The report is not a PDF, or something was added to its end.")
    at: int | None = int(match[1])
    before, objects = size, 0
    for _ in range(_REVISION_LIMIT):
        if at is None:
            return objects
        if at >= before:
            break
        before = at
        at, count = _table(stream, at)
        objects += count
        if objects > _OBJECT_LIMIT:
            break
    raise NotSigned("The report's table of contents is not one that Holdfast writes.")


def _table(stream: BinaryIO, at: int) -> tuple[int | None, int]:
    """Where the table before this one stands, and how many objects this one has."""
    stream.seek(at)
    if stream.readline(16).strip() != b"xref":
        raise NotSigned("The report's table of contents is not one that Holdfast writes.")
    objects = 0
    while match := _SUBSECTION.fullmatch(stream.readline(32)):
        objects += int(match[2])
        if objects > _OBJECT_LIMIT:
            break
        stream.seek(_ENTRY * int(match[2]), 1)
        at = stream.tell()
    stream.seek(at)
    trailer = stream.read(_TRAILER_LIMIT)
    trailer, mark, _ = trailer.partition(b"startxref")
    previous = _PREVIOUS.findall(trailer)
    if (
        not trailer.lstrip().startswith(b"trailer")
        or not mark
        or len(previous) > 1
        or trailer.count(b"/Prev") != len(previous)
        or any(word in trailer for word in (b"/XRefStm", b"/Encrypt", b"#"))
    ):
        raise NotSigned("The report's table of contents is not one that Holdfast writes.")
    return (int(previous[0]) if previous else None), objects
