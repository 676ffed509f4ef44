"""What may hold a picture is never taken for mere words, and words are not held back as pictures."""

import base64
import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from capture import FileSource, may_hold_a_picture, media_type_of


def encoded(format_name: str) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, format_name)
    return out.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def mail(attachment: bytes | None) -> bytes:
    message = EmailMessage()
    message["From"] = "someone@example.org"
    message["Subject"] = "You will pay"
    message.set_content("Send £300 or everybody sees it.\n" * 5)
    if attachment is not None:
        message.add_attachment(attachment, maintype="application", subtype="x-thing", filename="x.bin")
    return bytes(message)


CHAT = "12/11/2026, 21:04 - Max: Pay 300 € or I send it to your boss 😡\n"
WORDS = {
    "chat.txt": (CHAT * 40).encode(),
    "long.log": (CHAT * 40_000).encode(),
    "accounts.csv": b"name,id\r\nMax,live:.cid.1a2b3c4d5e6f7a8b\r\n",
    "data.json": b'{"messages": ["pay", "now"], "sha256": "' + b"ab" * 32 + b'"}',
    "page.html": b"<!doctype html><title>Forum</title><img src='https://example.org/a.jpg'><p>Words",
    "unnamed": "Ich weiß, wo du wohnst".encode(),
    "wide.txt": b"Citywide and worldwide, P1 first, BM and II.",
    "mail.eml": mail(None),
    "bom.txt": b"\xef\xbb\xbfwords",
    "cut.txt": "ü".encode() * 40_000 + b"x",
    "signed.txt": b"wallet bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq\n" * 50,
}
PNG = encoded("PNG")
PICTURES = {
    "photo.txt": PNG,
    "photo.jpg": encoded("JPEG"),
    "photo.docx": zipped("word/media/image1.png", PNG),
    "photo": encoded("WEBP"),
    "notes.csv": encoded("GIF"),
    "scan.tif": encoded("TIFF"),
    "old.bmp": encoded("BMP"),
    "report.pdf": encoded("PDF"),
    "photo.avif": encoded("AVIF"),
    "all.txt": zipped("a.png", PNG),
    "mail.eml": mail(PNG),
    "inline.html": b"<p>Words</p><img src='data:image/png;base64," + base64.b64encode(PNG) + b"'>",
    "raw64.txt": base64.b64encode(PNG),
    "wrapped64.txt": b"as I said:\n\n" + base64.encodebytes(PNG),
    "quoted64.txt": b"".join(b"> > " + line + b"\r\n" for line in base64.encodebytes(PNG).splitlines()),
    "hex.txt": PNG.hex().encode(),
    "drawing.txt": b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>",
    "drawing.svg": b"words",
    "rich.txt": rb"{\rtf1 {\pict ffd8}}",
    "late.txt": (CHAT * 4000).encode() + PNG,
    "late64.txt": (CHAT * 4000).encode() + base64.encodebytes(PNG),
    "utf16.txt": "words".encode("utf-16"),
    "unknown.bin": bytes(range(256)),
    "voice.amr": b"#!AMR\n\x04words",
}


@pytest.mark.parametrize("name", WORDS)
def test_words_are_kept_whatever_the_answer_about_age_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(WORDS[name])
    assert not FileSource(tmp_path / name).capture().may_hold_a_picture()


@pytest.mark.parametrize("name", PICTURES)
def test_whatever_may_hold_a_picture_is_known_for_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(PICTURES[name])
    assert FileSource(tmp_path / name).capture().may_hold_a_picture()


@given(st.binary(max_size=400), st.integers(0, 70_000))
def test_a_picture_anywhere_in_a_text_is_found_where_ever_the_pieces_are_cut(noise: bytes, position: int) -> None:
    content = b"word " * (position // 5) + PNG + noise
    head, *rest = [content[i : i + 1000] for i in range(0, len(content), 1000)]
    assert may_hold_a_picture("text/plain", head, rest)


@given(st.integers(1, 3000))
def test_an_encoded_picture_is_found_where_ever_the_pieces_are_cut(cut: int) -> None:
    content = b"words\n" * 100 + base64.encodebytes(PNG[:1500])
    assert may_hold_a_picture("text/plain", content[:cut], [content[cut:]])


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=300))
def test_a_short_text_in_any_script_is_words(text: str) -> None:
    assert not may_hold_a_picture("text/plain", f"They wrote: {text}".encode())


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("photo.txt", PNG, "image/png"),
        ("photo.png", encoded("JPEG"), "image/jpeg"),
        ("PHOTO.JPG", encoded("JPEG"), "image/jpeg"),
        ("none", encoded("WEBP"), "image/webp"),
        ("letter.docx", zipped("a", b""), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("photo.png", zipped("a", b""), "application/zip"),
        ("clip", b"\0\0\0\x18ftypisom\0\0\2\0isomiso2", "video/mp4"),
        ("clip", b"\0\0\0\x14ftypqt  \0\0\0\0", "video/quicktime"),
        ("photo", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"),
        ("photo", encoded("AVIF"), "image/avif"),
        ("voice.m4a", b"\0\0\0\x18ftypisom\0\0\2\0isomiso2", "audio/mp4"),
        ("clip.webm", b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\x82\x84webm", "video/webm"),
        ("notes.txt", b"words", "text/plain"),
        ("notes", b"words", "text/plain"),
        ("page.html", b"<p>words", "text/html"),
        ("empty", b"", "application/octet-stream"),
        ("thing.unheard-of", b"\0\1\2", "application/octet-stream"),
        ("citywide.txt", b"Citywide", "text/plain"),
        ("a.jpg", b"words", "image/jpeg"),
    ],
)
def test_content_tells_the_media_type_and_the_name_helps(name: str, content: bytes, media_type: str) -> None:
    assert media_type_of(name, content) == media_type
