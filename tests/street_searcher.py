"""A searcher that finds marks however they were written down, encoded, compressed or drawn."""

import base64
import io
import re
import warnings
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from PIL import Image, ImageChops
from street_marks import BLOCK, Colours

_LARGEST, _SMALLEST, _PIECE = 64 * 1024 * 1024, 8, 4096


@dataclass(frozen=True)
class Searcher:
    """Looks for words, colours and secret bytes, each with a name."""

    words: Mapping[str, str]
    colours: Mapping[str, Colours] = field(default_factory=dict)
    secrets: Mapping[str, bytes] = field(default_factory=dict)

    def in_folders(self, *folders: Path) -> dict[str, set[str]]:
        """What was found, as the name of the mark and the files that hold it; file names count too."""
        found: dict[str, set[str]] = {}
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                for name in self.in_file(path):
                    found.setdefault(name, set()).add(str(path))
        return found

    def in_file(self, path: Path) -> set[str]:
        """The marks in the name and the content of a file that may be gone by now."""
        found = self.in_bytes(str(path.name).encode("utf-8", "surrogateescape"))
        if path.is_file() and not path.is_symlink():
            try:
                found |= self.in_bytes(path.read_bytes())
            except OSError:
                return found
        return found

    def in_bytes(self, content: bytes, depth: int = 3) -> set[str]:
        """The marks in some bytes and in whatever is packed inside them, so many layers deep."""
        found = {name for name, needles in self._needles if any(needle in content for needle in needles)}
        for picture in pictures(content):
            drawn = rows_of_colours(picture)
            found |= {name for name, row in self._rows.items() if any(row in line for line in drawn)}
        if depth:
            for inner in unpacked(content):
                found |= self.in_bytes(inner, depth - 1)
        return found

    @cached_property
    def _needles(self) -> list[tuple[str, frozenset[bytes]]]:
        named = [(name, frozenset(forms_of_word(word))) for name, word in self.words.items()]
        named += [(name, frozenset(raw_forms(row))) for name, row in self.colours.items()]
        return named + [(name, frozenset(forms_of_bytes(key))) for name, key in self.secrets.items()]

    @cached_property
    def _rows(self) -> dict[str, bytes]:
        return {name: bytes(_bright(*colour) for colour in row) for name, row in self.colours.items()}


def forms_of_word(word: str) -> Iterator[bytes]:
    """A word in every way in which programs write words down."""
    for spelled in (word, word.upper()):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
            yield from forms_of_bytes(spelled.encode(encoding))
        for digits in (spelled.encode().hex(), spelled.encode().hex().upper()):
            yield "".join(f"%{digits[at : at + 2]}" for at in range(0, len(digits), 2)).encode()


def forms_of_bytes(content: bytes) -> Iterator[bytes]:
    """Some bytes as they are, in hex, and in base64 wherever they may stand in what was encoded."""
    yield content
    yield content.hex().encode()
    yield content.hex().upper().encode()
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + content)
        # The first and last letters also depend on the neighbours.
        known = encoded[(0, 2, 3)[before] : (before + len(content)) * 8 // 6]
        yield known
        yield known.replace(b"+", b"-").replace(b"/", b"_")


def raw_forms(colours: Colours) -> Iterator[bytes]:
    """A line of pixels as programs hold it in memory."""
    for order in ((0, 1, 2), (2, 1, 0)):
        for rest in (b"", b"\xff", b"\x00"):
            yield b"".join((bytes(colour[channel] for channel in order) + rest) * BLOCK for colour in colours)


def rows_of_colours(picture: Image.Image) -> list[bytes]:
    """The stretches of like colour in every third line, one byte for each: at any size, after any lossy packing."""
    red, green, blue = (channel.point([0] * 128 + [1] * 128) for channel in picture.convert("RGB").split())
    weighed = ImageChops.add(ImageChops.add(red.point(lambda bit: bit * 4), green.point(lambda bit: bit * 2)), blue)
    width, height = picture.size
    pixels = weighed.tobytes()
    lines = (pixels[top * width : (top + 1) * width] for top in range(0, height, 3))
    return [_SAME.sub(rb"\1", b"".join(run[1] for run in _RUN.finditer(line))) for line in lines]


def _bright(red: int, green: int, blue: int) -> int:
    """Which channels of a colour are bright: from 0 to 7."""
    return (red > 127) * 4 + (green > 127) * 2 + (blue > 127)


_RUN = re.compile(rb"(.)\1{2,}", re.DOTALL)
_SAME = re.compile(rb"(.)\1+", re.DOTALL)
_PICTURE = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|II\*\x00|MM\x00\*|BM.{4}\x00{4}", re.DOTALL
)
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_GZIP = re.compile(rb"\x1f\x8b\x08")
_ZIP_MEMBER = re.compile(rb"PK\x03\x04.{4}\x08\x00.{16}(..)(..)", re.DOTALL)
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{64,}|[A-Za-z0-9_-]{64,}")


def pictures(content: bytes) -> Iterator[Image.Image]:
    """Every picture that begins somewhere in some bytes and can be drawn."""
    for found in _PICTURE.finditer(content):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                picture = Image.open(io.BytesIO(content[found.start() :]))
                picture.load()
        except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
            continue
        yield picture


def unpacked(content: bytes) -> Iterator[bytes]:
    """Whatever is compressed or encoded somewhere in some bytes; a stream that breaks off counts as far as it goes."""
    view = memoryview(content)
    for found in _ZLIB.finditer(content):
        yield from _inflated(view[found.start() :], zlib.MAX_WBITS)
    for found in _GZIP.finditer(content):
        yield from _inflated(view[found.start() :], zlib.MAX_WBITS | 16)
    for found in _ZIP_MEMBER.finditer(content):
        lengths = sum(int.from_bytes(length, "little") for length in found.groups())
        yield from _inflated(view[found.end() + lengths :], -zlib.MAX_WBITS)
    for found in _BASE64.finditer(content):
        run = found[0].replace(b"-", b"+").replace(b"_", b"/")
        yield base64.b64decode(run[: len(run) // 4 * 4])


def _inflated(packed: memoryview, form: int) -> Iterator[bytes]:
    stream, plain = zlib.decompressobj(form), bytearray()
    try:
        for at in range(0, len(packed), _PIECE):
            plain += stream.decompress(packed[at : at + _PIECE], _LARGEST)
            if stream.eof or len(plain) >= _LARGEST:
                break
    except zlib.error:
        pass
    if len(plain) >= _SMALLEST:
        yield bytes(plain)
