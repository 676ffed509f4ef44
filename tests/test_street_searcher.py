"""The searcher that looks for plaintext finds a mark however it was left behind: each way is tried on purpose."""

import base64
import gzip
import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image
from street_marks import drawn, new_colours
from street_searcher import Searcher

WORD = "zinnober1a2b3c4dpayment"
SENTENCE = f"Grüße: {WORD}, sofort! "
TEXT = SENTENCE.encode()
COLOURS = new_colours()
KEY = bytes(range(7, 39))
SEARCHER = Searcher({"word": WORD}, {"colours": COLOURS}, {"key": KEY})
JUNK = bytes((at * 37 + at // 251) % 256 for at in range(5000))


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def in_json(content: bytes) -> bytes:
    return json.dumps({"content": base64.b64encode(content).decode()}).encode()


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.bin", content)
    return out.getvalue()


def database(folder: Path) -> bytes:
    path = folder / "recent.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("create table recent (name blob)")
    connection.execute("insert into recent values (?)", (SENTENCE.encode("utf-16-le"),))
    connection.commit()
    connection.close()
    content = path.read_bytes()
    path.unlink()
    return content


PICTURE = drawn(COLOURS)
WAYS: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    "plain": ("word", lambda _: TEXT),
    "in capitals": ("word", lambda _: SENTENCE.upper().encode()),
    "as UTF-16 in a database": ("word", database),
    "as UTF-16, the other way round": ("word", lambda _: JUNK + SENTENCE.encode("utf-16-be")),
    "as UTF-32": ("word", lambda _: SENTENCE.encode("utf-32-le")),
    "in base64, first alignment": ("word", lambda _: in_json(TEXT)),
    "in base64, second alignment": ("word", lambda _: base64.b64encode(b"1" + TEXT)),
    "in base64, third alignment": ("word", lambda _: base64.urlsafe_b64encode(b"12" + TEXT)),
    "in base64 as UTF-16": ("word", lambda _: base64.b64encode(SENTENCE.encode("utf-16-le"))),
    "in a link": ("word", lambda _: quote(SENTENCE).encode()),
    "in a link, every letter": ("word", lambda _: "".join(f"%{byte:02X}" for byte in TEXT).encode()),
    "in hex": ("word", lambda _: TEXT.hex().encode()),
    "in capital hex": ("word", lambda _: JUNK + TEXT.hex().upper().encode()),
    "in a zlib stream that breaks off": ("word", lambda _: JUNK + zlib.compress(TEXT * 9 + JUNK)[:-20]),
    "in gzip": ("word", lambda _: gzip.compress(TEXT)),
    "in a zip": ("word", lambda _: zipped(TEXT)),
    "in a zip in a zip": ("word", lambda _: zipped(zipped(TEXT))),
    "in base64 of something compressed": ("word", lambda _: base64.b64encode(zlib.compress(TEXT * 9 + JUNK))),
    "as the pixels of a window": ("colours", lambda _: JUNK + PICTURE.tobytes()),
    "as pixels in the order of X": ("colours", lambda _: PICTURE.convert("RGBX").tobytes("raw", "BGRX")),
    "as a PNG, packed tightly": ("colours", lambda _: saved(PICTURE, "PNG", compress_level=9, optimize=True)),
    "as a PNG inside something else": ("colours", lambda _: JUNK + saved(PICTURE, "PNG") + JUNK),
    "as a JPEG of quality 75": ("colours", lambda _: saved(PICTURE, "JPEG", quality=75)),
    "as a small JPEG": ("colours", lambda _: saved(PICTURE.resize((200, 100)), "JPEG", quality=75)),
    "as a thumbnail": ("colours", lambda _: saved(PICTURE.resize((128, 64)), "PNG")),
    "as a WebP": ("colours", lambda _: saved(PICTURE, "WEBP", quality=75)),
    "as a GIF": ("colours", lambda _: saved(PICTURE, "GIF")),
    "as a BMP": ("colours", lambda _: saved(PICTURE, "BMP")),
    "as a PNG in base64 inside JSON": ("colours", lambda _: in_json(saved(PICTURE, "PNG"))),
    "as compressed pixels": ("colours", lambda _: JUNK + zlib.compress(PICTURE.tobytes())),
    "the key": ("key", lambda _: JUNK + KEY + JUNK),
    "the key in hex": ("key", lambda _: f"PRAGMA key='raw:{KEY.hex()}'".encode()),
    "the key in base64": ("key", lambda _: base64.b64encode(b"1" + KEY + b"2")),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_mark_that_was_left_behind_is_found(tmp_path, way):
    name, content = WAYS[way]
    file = tmp_path / "home" / "cache" / "left.bin"
    file.parent.mkdir(parents=True)
    file.write_bytes(content(tmp_path))
    assert SEARCHER.in_folders(tmp_path / "home") == {name: {str(file)}}


def test_a_mark_in_the_name_of_a_file_is_found(tmp_path):
    (tmp_path / f"{WORD}.lnk").touch()
    assert SEARCHER.in_folders(tmp_path) == {"word": {str(tmp_path / f"{WORD}.lnk")}}


def test_what_holds_no_mark_is_not_accused(tmp_path):
    (tmp_path / "other").write_bytes(JUNK * 20 + saved(drawn(new_colours()), "PNG") + WORD[:-1].encode())
    assert SEARCHER.in_folders(tmp_path) == {}
