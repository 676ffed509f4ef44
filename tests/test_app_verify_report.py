"""A report made to harm the checker does no more than fail, soon and quietly."""

import io
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from package_maker import good_package
from reportlab.pdfgen.canvas import Canvas
from signature_maker import signed_pdf

from app.package.verify import Code, Verdict, verify

REPORT = "data/report.pdf"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports") / "package.zip"


def _verdict_with(report: bytes, place: Path, method: int = 0) -> Verdict:
    package = good_package()
    package.files[REPORT] = report
    package.resign()
    place.write_bytes(package.zipped(method))
    return verify(place)


def _pdf(catalogue: bytes = b"", fields: bytes = b"", field: bytes = b"null") -> bytes:
    """A PDF by hand, with a classic table: something in its catalogue, its form, its one form field (object 4)."""
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm 3 0 R " + catalogue + b" >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Fields [" + fields + b"] >>",
        field,
    )
    out, table = bytearray(b"%PDF-1.4\n"), b"0000000000 65535 f \n"
    for number, body in enumerate(bodies, start=1):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    trailer = b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return bytes(out) + b"xref\n0 5\n" + table + trailer


HOSTILE = {
    "arrays in arrays": _pdf(b"/X " + b"[" * 400_000),
    "a very long array": _pdf(b"/X [" + b"0 " * 500_000 + b"]"),
    "a very long number": _pdf(b"/X " + b"9" * 1_000_000),
    "strings in strings": _pdf(b"/X " + b"(" * 400_000 + b")" * 400_000),
    "very many members": _pdf(b"".join(b"/k%d 0 " % number for number in range(80_000))),
    "very many comments": _pdf(b"%\n" * 500_000),
    "a field that is its own child": _pdf(b"", b"4 0 R", b"<< /T (a) /Kids [4 0 R] >>"),
    "very many fields": _pdf(b"", b"4 0 R " * 150_000, b"<< /T (a) >>"),
    "a stream as long as itself": _pdf(b"", b"4 0 R", b"<< /T (a) /Length 4 0 R >>\nstream\n\nendstream"),
    "a signature over the same bytes again and again": _pdf(
        b"", b"4 0 R",
        b"<< /T (a) /FT /Sig /V 4 0 R /Contents <3000> /SubFilter /adbe.pkcs7.detached /ByteRange ["
        + b"0 900000 " * 100_000 + b"] >>",
    ),
    "a signature of an unknown kind": _pdf(
        b"", b"4 0 R", b"<< /T (a) /FT /Sig /V 4 0 R /Contents <3000> /SubFilter /Own /ByteRange [0 1 2 3] >>"
    ),
    "a table that leads back to itself": _pdf().replace(b"/Size 5", b"/Size 5 /Prev 9"),
    "zeros alone": b"%PDF-1.4\n" + bytes(1_000_000),
    "a line without end": b"%PDF-1.4\n" + bytes(1_000_000) + b"startxref\n9\n%%EOF\n",
    "a table of a billion objects": _pdf().replace(b"xref\n0 5\n", b"xref\n0 1000000000\n"),
}  # fmt: skip


@pytest.mark.parametrize("method", [0, 8], ids=["stored", "deflated"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_report_fails_soon_and_quietly(
    name: str, method: int, place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    began = time.perf_counter()
    verdict = _verdict_with(HOSTILE[name], place, method)
    assert {problem.code for problem in verdict.problems} <= {Code.PDF_SIGNATURE, Code.MALFORMED}
    assert verdict.problems
    assert time.perf_counter() - began < 10
    assert capfd.readouterr() == ("", "")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(at=st.integers(0, 10**6), new=st.binary(min_size=1, max_size=6))
def test_a_report_changed_before_the_package_was_signed_is_found(place: Path, at: int, new: bytes) -> None:
    report = bytearray(good_package().files[REPORT])
    at %= len(report)
    report[at : at + len(new)] = new
    if bytes(report) == good_package().files[REPORT]:
        return
    # The hexadecimal digits of the signature itself may be written in either case, and end in padding.
    codes = {problem.code for problem in _verdict_with(bytes(report), place).problems}
    assert codes == {Code.PDF_SIGNATURE} or _is_in_the_signature(at, len(new))


def _is_in_the_signature(at: int, length: int) -> bool:
    report = good_package().files[REPORT]
    start = report.index(b"/Contents <") + len(b"/Contents <")
    return start <= at and at + length <= report.index(b">", start)


def test_the_second_range_of_the_signature_must_begin_where_the_signature_ends(place: Path) -> None:
    report = good_package().files[REPORT]
    start = report.index(b"/ByteRange [") + len(b"/ByteRange [")
    end = report.index(b"]", start)
    first, length, second, rest = (int(number) for number in report[start:end].split())
    moved = f"{first} {length - 10} {second - 20} {rest + 10}".encode().ljust(end - start)
    assert sum(map(int, moved.split()[1::2])) == length + rest
    verdict = _verdict_with(report[:start] + moved + report[end:], place)
    assert {problem.code for problem in verdict.problems} == {Code.PDF_SIGNATURE}


def test_a_long_signed_report_is_accepted(place: Path) -> None:
    pages = io.BytesIO()
    canvas = Canvas(pages, pageCompression=0)
    for number in range(600):
        canvas.bookmarkPage(f"page-{number}")
        canvas.addOutlineEntry(f"Exhibit AB/{number}", f"page-{number}")
        for line in range(40):
            canvas.drawString(72, 72 + 16 * line, f"Line {line} of page {number}.")
        canvas.showPage()
    canvas.save()
    package = good_package()
    report = signed_pdf(package.key, package.vault, pages.getvalue())
    assert len(report) > 1_000_000
    assert _verdict_with(report, place).problems == ()
