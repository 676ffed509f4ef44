"""Marks to look for: words and colours that nobody used before, and evidence that holds them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

PLACES = ("name", "case", "contact", "screen", "url", "account", "payment", "incident", "amended", "text", "file")
BLOCKS, BLOCK = 12, 24
"""A mark of colours is a row of that many squares, each so many pixels wide."""

Colours = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Evidence:
    """Marked evidence: words with one stem by the place they go to, files, and a picture to be seen on the screen."""

    stem: str
    words: Mapping[str, str]
    colours: Mapping[str, Colours]
    files: tuple[Path, ...]
    on_the_screen: Image.Image
    area: tuple[int, int, int, int] = (40, 30, 400, 200)


def make_evidence(folder: Path) -> Evidence:
    """Marks that nobody used before, and files in a folder that hold them."""
    stem = f"zinnober{secrets.token_hex(4)}"
    words = {place: f"{stem}{place}" for place in PLACES}
    colours = {name: new_colours() for name in ("screen", "png", "jpeg")}
    note, picture, photo = folder / f"{words['file']}.txt", folder / "picture.png", folder / "photo.jpg"
    note.write_text(f"Grüße, {words['text']} says the note.\n", encoding="utf-8")
    drawn(colours["png"]).save(picture)
    drawn(colours["jpeg"]).save(photo, quality=92)
    return Evidence(stem, words, colours, (note, picture, photo), drawn(colours["screen"], (640, 400)))


def new_colours() -> Colours:
    """A row of strong colours, no two neighbours alike."""
    row: list[tuple[int, int, int]] = []
    while len(row) < BLOCKS:
        red, green, blue = (255 * secrets.randbelow(2) for _ in range(3))
        if not row or row[-1] != (red, green, blue):
            row.append((red, green, blue))
    return tuple(row)


def drawn(colours: Colours, size: tuple[int, int] = (400, 200)) -> Image.Image:
    """A grey picture with the row of colours in it."""
    picture = Image.new("RGB", size, (90, 94, 92))
    for place, colour in enumerate(colours):
        left = 70 + place * BLOCK
        picture.paste(colour, (left, 60, left + BLOCK, 60 + BLOCK))
    return picture
