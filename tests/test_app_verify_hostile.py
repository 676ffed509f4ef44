"""Packages made to hurt whoever checks them: none crashes the check, none is intact, none takes long."""

import contextlib
import hashlib
import os
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from alter_bag import PAYLOAD, SIGNATURE, TAGS, put
from alter_record import raw
from alter_report import doubling_form, put_report, ranges_of, signed_over
from alter_tokens import stamped, under
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from package_maker import KNOWN_EXHIBIT, Alter, Package, good_package
from signature_maker import pem
from token_maker import Service, issued
from zip_maker import ZipPart, zip_of

from app.package.verify import Outcome, Verdict, plain_words, verify

SECONDS = 10
"""For a package of 1 MB, or one that is refused before it is read."""


@contextlib.contextmanager
def in_time() -> Iterator[None]:
    began = time.perf_counter()
    yield
    assert time.perf_counter() - began < SECONDS


def checked(path: Path) -> Verdict:
    with in_time():
        verdict = verify(path)
        plain_words(verdict)
    assert verdict.outcome is not Outcome.INTACT
    return verdict


def zipped(folder: Path, package: Package, method: int = 8) -> Path:
    path = folder / "package.zip"
    path.write_bytes(package.zipped(method))
    return path


def manifest_of(count: int) -> bytes:
    digest = b"0" * 64
    return b"".join(b"%b  data/exhibits/AB-%09d.png\n" % (digest, number) for number in range(count))


def long_manifest(path: str, count: int) -> Alter:
    """More lines than a package has files, and all of it signed."""

    def alter(package: Package) -> None:
        if path == PAYLOAD:
            package.files[PAYLOAD] = manifest_of(count)
            package.write_tag_manifest()
        else:
            package.files[TAGS] = manifest_of(count).replace(b"data/", b"more/")
            package.write_signature()

    return alter


def head_of(text: bytes) -> Alter:
    return put("data/head.json", text, resigned=True)


def pdf_with(old: bytes, new: bytes) -> Alter:
    """A report with something else in it, which the manifests agree with."""

    def alter(package: Package) -> None:
        pdf = package.files["data/report.pdf"]
        assert old in pdf
        put_report(package, pdf.replace(old, new, 1))

    return alter


def pdf_with_contents(content: bytes) -> Alter:
    def alter(package: Package) -> None:
        pdf = package.files["data/report.pdf"]
        start = pdf.index(b"/Contents <") + len(b"/Contents <")
        end = pdf.index(b">", start)
        digits = content.hex().encode()[: end - start]
        put_report(package, pdf[:start] + digits.ljust(end - start, b"0") + pdf[end:])

    return alter


def signed_by(private: ec.EllipticCurvePrivateKey) -> Alter:
    def alter(package: Package) -> None:
        digest = hashlib.sha256(package.files[TAGS]).digest()
        package.files[SIGNATURE] = private.sign(digest, ec.ECDSA(Prehashed(SHA256())))

    return alter


@dataclass(frozen=True)
class Absurd:
    """A key of so many bits that no service has; its private half nobody needs."""

    bits: int
    exponent: int = 65_537

    def public_key(self) -> rsa.RSAPublicKey:
        return rsa.RSAPublicNumbers(self.exponent, (1 << self.bits) - 1).public_key()


def token_of(absurd: Absurd) -> Alter:
    """A token whose certificate bears that key."""

    def certificate_of(made: Service) -> bytes:
        name = "Example Timestamps"
        named = issued(name, absurd, f"{name} Root", made.key, made.certificate.serial_number)
        return named.public_bytes(Encoding.DER)

    return stamped(under(certificate_of))


DEEP = b"[" * 100_000
SIGNED: list[tuple[str, Alter]] = [
    ("a manifest of 200,000 lines", long_manifest(PAYLOAD, 200_000)),
    ("a tag manifest of 200,000 lines", long_manifest(TAGS, 200_000)),
    ("a manifest of one long line", lambda p: (put(PAYLOAD, b"0" * 30_000_000)(p), p.write_tag_manifest())),
    ("a manifest of empty lines", lambda p: (put(PAYLOAD, b"\n" * 10_000_000)(p), p.write_tag_manifest())),
    ("a head nested 100,000 deep", head_of(DEEP + b"\n")),
    ("a head of objects nested 100,000 deep", head_of(b'{"a":' * 100_000 + b"\n")),
    ("a head of 30 MB", head_of(b'{"a":"' + b"a" * 30_000_000 + b'"}\n')),
    ("a head with a number of a million digits", head_of(b'{"entries":' + b"1" * 1_000_000 + b"}\n")),
    ("a head with a hundred thousand members",
     head_of(b"{" + b",".join(b'"a%05d":1' % n for n in range(100_000)) + b"}\n")),
    ("a record line nested 100,000 deep", raw(7, lambda _text: DEEP)),
    ("a record line of 30 MB", raw(7, lambda _text: b'{"a":"' + b"a" * 30_000_000)),
    ("a record line of a million backslashes", raw(7, lambda _text: b'{"a":"' + b"\\" * 1_000_000)),
    ("a record of ten million empty lines", put("data/record.jsonl", b"\n" * 10_000_000, resigned=True)),
    ("a chain of ten million empty lines", put("data/chain.txt", b"\n" * 10_000_000, resigned=True)),
    ("a chain of one long number", put("data/chain.txt", b"1" * 10_000_000 + b"\n", resigned=True)),
    ("a list of what is left out with a hundred thousand rows", put(
        "data/tables/not-included.csv", b"object,seq,file,sha256,size,reason\n" + b"".join(
            b"%032x,4,AB-0001.png,%064d,1,left-out\n" % (n, 0) for n in range(100_000)), resigned=True)),
    ("bag-info of 30 MB", lambda p: (put("bag-info.txt", b"0" * 30_000_000)(p), p.write_manifests())),
    ("bagit.txt of 30 MB", put("bagit.txt", b"0" * 30_000_000, resigned=True)),
    ("a public key of 10 MB",
     put("public-key.pem", b"-----BEGIN PUBLIC KEY-----\n" + b"A" * 10_000_000, resigned=True)),
    ("a public key of RSA", put("public-key.pem", pem("PUBLIC KEY", bytes(300)), resigned=True)),
    ("a certificate of 10 MB", put("certificate.pem", pem("CERTIFICATE", b"\x30" * 10_000_000), resigned=True)),
    ("a certificate nested deep", put("certificate.pem", pem("CERTIFICATE", b"\x30\x80" * 5_000), resigned=True)),
    ("an empty signature", put(SIGNATURE, b"")),
    ("a signature of 30 MB", put(SIGNATURE, b"\x30" * 30_000_000)),
    ("a signature of another curve", signed_by(ec.derive_private_key(7, ec.SECP384R1()))),
    ("a signature of a small curve", signed_by(ec.derive_private_key(7, ec.SECP224R1()))),
    ("a report with a huge object number", pdf_with(b"xref\n", b"xref\n9999999999 9999999999 \n")),
    ("a report that points at itself", pdf_with(b"/Prev ", b"/Prev 0 %")),
    ("a report with nested lists", pdf_with(b"/MediaBox [", b"/MediaBox " + DEEP + b"[")),
    ("a report with nested dictionaries", pdf_with(b"/MediaBox", b"/X " + b"<</A" * 50_000 + b" /MediaBox")),
    ("a report with a range of a thousand digits", pdf_with(b"/ByteRange [0 ", b"/ByteRange [" + b"9" * 1000 + b" ")),
    ("a report with an empty signature", pdf_with_contents(b"")),
    ("a report with a signature nested deep", pdf_with_contents(b"\x30\x80" * 4_000)),
    ("a report with a signature of brackets", pdf_with_contents(b"\xff" * 8_000)),
    ("a report of 20 MB of brackets", lambda p: put_report(p, b"%PDF-1.4\n" + b"[" * 20_000_000)),
    ("a report of 20 MB that ends like one", lambda p: put_report(
        p, b"%PDF-1.4\n" + b"startxref\n9\n" * 1_000_000 + b"startxref\n9\n%%EOF\n")),
    ("a report whose form doubles at each of forty levels", lambda p: put_report(p, doubling_form(40))),
    ("a token of a key of 16,384 bits", token_of(Absurd(16_384))),
    ("a token of a key of 100,000 bits", token_of(Absurd(100_000))),
    ("a token of a key with a huge exponent", token_of(Absurd(4_096, (1 << 4_000) + 1))),
    ("a token nested deep", stamped(lambda _message: b"\x30\x80" * 30_000)),
    ("a token of 30 MB", stamped(lambda _message: bytes(30_000_000))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "alter"), SIGNED, ids=[name for name, _ in SIGNED])
def test_what_is_signed_and_still_absurd_is_found_in_time(tmp_path: Path, name: str, alter: Alter) -> None:
    package = good_package()
    alter(package)
    checked(zipped(tmp_path, package))


def test_a_zip_of_1_mb_full_of_the_smallest_files_is_checked_in_time(tmp_path: Path) -> None:
    package = good_package()
    package.files |= {f"data/exhibits/AB-{number:06d}.png": b"" for number in range(6_000)}
    package.resign()
    path = zipped(tmp_path, package)
    assert path.stat().st_size < 3_000_000
    assert len(checked(path).problems) <= 1001


def test_a_zip_that_says_that_it_has_100_000_files_is_refused_before_they_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(zip_of([ZipPart(f"x/{number:x}", b"") for number in range(100_001)], zip64=True))
    assert checked(path).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize("path", [TAGS, SIGNATURE, "public-key.pem"])
def test_a_line_of_4_gb_in_a_folder_is_not_read(tmp_path: Path, path: str) -> None:
    folder = good_package().unpack(tmp_path)
    target = folder / path
    os.truncate(target, 4 << 30)
    checked(folder)


def deflated_zeros(size: int) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = bytes(1 << 20)
    packed = b"".join(deflater.compress(block) for _ in range(size >> 20))
    return packed + deflater.flush()


@pytest.mark.parametrize("said", [1 << 30, 5, 0xFFFFFFFE])
def test_a_bomb_is_not_inflated_whatever_size_it_claims(tmp_path: Path, said: int) -> None:
    made = good_package().parts()
    bomb = ZipPart(f"{good_package().folder}/data/zeros.bin", b"", 8, packed=deflated_zeros(1 << 28))
    bomb.local["size"] = bomb.central["size"] = said
    path = tmp_path / "package.zip"
    path.write_bytes(zip_of([*made, bomb]))
    checked(path)


Place = Callable[[Path], object]


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made, contextlib.chdir(path.parent):
        made.bind(path.name)


PLACES: list[tuple[str, Place]] = [
    ("a link to a file", lambda folder: (folder / "link.txt").symlink_to("bagit.txt")),
    ("a link to nothing", lambda folder: (folder / "link.txt").symlink_to("nothing")),
    ("a link to itself", lambda folder: (folder / "link.txt").symlink_to("link.txt")),
    ("a link to a device without end", lambda folder: (folder / "data/zero").symlink_to("/dev/zero")),
    ("a link to the folder above", lambda folder: (folder / "data/up").symlink_to("..", target_is_directory=True)),
    ("a pipe", lambda folder: os.mkfifo(folder / "data/pipe")),
    ("a socket", lambda folder: a_socket(folder / "data/socket")),
    ("a name of two dots and more", lambda folder: (folder / "...").write_bytes(b"")),
    ("a name with a line feed", lambda folder: (folder / "data/a\nb").write_bytes(b"")),
    ("a name with an escape", lambda folder: (folder / "data/\x1b[2Ja").write_bytes(b"")),
    ("a name that turns round", lambda folder: (folder / "data/\u202egnp.exe").write_bytes(b"")),
    ("a name that is no UTF-8", lambda folder: (folder / "\udcff").write_bytes(b"")),
    ("the same name composed and decomposed", lambda folder: (
        (folder / "data/caf\u00e9.txt").write_bytes(b""), (folder / "data/cafe\u0301.txt").write_bytes(b""))),
    ("two names that differ in case only", lambda folder: (folder / "data/Chain.txt").write_bytes(b"")),
    ("two folders that differ in case only", lambda folder: (
        (folder / "Data").mkdir(), (folder / "Data/a").write_bytes(b""))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "place"), PLACES, ids=[name for name, _ in PLACES])
def test_what_does_not_belong_in_a_folder_is_found_and_never_followed(tmp_path: Path, name: str, place: Place) -> None:
    folder = good_package().unpack(tmp_path)
    place(folder)
    verdict = checked(folder)
    assert not set(plain_words(verdict)) & {"\x1b", "\u202e"}


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "/proc/self/mem", "/"])
def test_what_is_no_package_at_all_is_refused_at_once(name: str) -> None:
    assert checked(Path(name)).outcome is Outcome.UNREADABLE


def test_a_pipe_in_place_of_a_package_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    assert checked(tmp_path / "pipe.zip").outcome is Outcome.UNREADABLE


def test_a_picture_that_is_swapped_for_a_link_after_it_was_listed_is_not_followed(tmp_path: Path, monkeypatch) -> None:
    folder = good_package().unpack(tmp_path)
    real = os.open

    def swapped(path, *arguments, **options):
        if str(path).endswith(KNOWN_EXHIBIT) and not Path(path).is_symlink():
            Path(path).rename(tmp_path / "elsewhere")
            Path(path).symlink_to(tmp_path / "elsewhere")
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, "open", swapped)
    assert verify(folder).outcome is not Outcome.INTACT


def another_history() -> Package:
    """The same vault and key, another record: what somebody without the key could make, all but the signature."""
    package = good_package()
    package.log[6]["data"]["amount"] = "999"
    package.rewrite()
    pdf = package.files["data/report.pdf"]
    package.files["data/report.pdf"] = signed_over(package, pdf, ranges_of(pdf))
    package.resign()
    good = good_package().files
    assert {path: len(data) for path, data in package.files.items() if path != SIGNATURE} == {
        path: len(data) for path, data in good.items() if path != SIGNATURE
    }
    del package.files[SIGNATURE]
    return package


@pytest.mark.parametrize("trigger", [TAGS, "data/head.json", "data/report.pdf"])
def test_what_is_swapped_between_two_readings_is_never_believed(tmp_path: Path, monkeypatch, trigger: str) -> None:
    """On a share or a stick, whoever owns it may change it while it is checked."""
    folder = good_package().unpack(tmp_path)
    forged = another_history().files
    real, opened = os.open, []

    def swapped(path, *arguments, **options):
        opened.append(str(path).endswith(trigger))
        if opened[-1] and sum(opened) == 2:
            for name, data in forged.items():
                (folder / name).write_bytes(data)
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, "open", swapped)
    assert verify(folder).outcome is not Outcome.INTACT


def test_a_file_that_grows_as_fast_as_it_is_read_comes_to_an_end(tmp_path: Path, monkeypatch) -> None:
    folder = good_package().unpack(tmp_path)
    real = os.open

    def growing(path, *arguments, **options):
        if str(path).endswith(KNOWN_EXHIBIT):
            os.truncate(path, 1 << 40)
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, "open", growing)
    checked(folder)


def test_folders_with_nothing_in_them_are_not_walked_without_end(tmp_path: Path) -> None:
    folder = good_package().unpack(tmp_path)
    for number in range(1200):
        (folder / f"{number % 20}" / f"{number}").mkdir(parents=True)
    assert checked(folder).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize("value", [[], {}, [[]], [{}], {"a": []}, True, -1, "", None], ids=repr)
def test_no_member_of_the_summary_is_taken_for_what_it_is_not(tmp_path: Path, value: object) -> None:
    for name in good_package().head:
        package = good_package()
        package.put_head(**{name: value})
        package.resign()
        verdict = verify(zipped(tmp_path, package))
        assert (verdict.outcome is Outcome.INTACT) == ((name, value) in [("sealed", []), ("app", "")]), name
