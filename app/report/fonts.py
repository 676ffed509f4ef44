"""Which font draws which character: fonts are found by the name of their file, in folders that are given."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from unicodedata import category, name

import uharfbuzz

from app.errors import HoldfastError


class FontsMissing(HoldfastError):
    """No font was found to write the report with."""

    safe = "The evidence is safe in the vault; only the report could not be written."
    next = "Install fonts (on Debian: fonts-noto-core, fonts-noto-mono, fonts-droid-fallback, fonts-symbola)."


class Typeface(Enum):
    """In which of three ways text is set: the files to try for it, the best first."""

    SANS = ("NotoSans-Regular", "DejaVuSans", "segoeui", "arial", "Arial")
    BOLD = ("NotoSans-Bold", "DejaVuSans-Bold", "segoeuib", "arialbd", "Arial Bold")
    MONO = ("NotoSansMono-Regular", "DejaVuSansMono", "consola", "cour", "Courier New")


_FOR_EVERYTHING_ELSE = (
    "NotoSansSymbols-Regular",
    "NotoSansSymbols2-Regular",
    "NotoSansMath-Regular",
    "Symbola",
    "Symbola_hint",
    "NotoEmoji-Regular",
    "DroidSansFallbackFull",
    "DroidSansFallback",
    "NotoSansSC-Regular",
    "NotoSansJP-Regular",
    "NotoSansKR-Regular",
    "NanumGothic",
    "malgun",
    "AppleGothic",
    "DejaVuSans",
    "seguisym",
    "Arial Unicode",
)


@dataclass(frozen=True, eq=False)
class Face:
    """One font file, open. Advances are in thousandths of the type size."""

    stem: str
    font: uharfbuzz.Font
    characters: frozenset[int]
    _simple: dict[str, tuple[int, float] | None] = field(default_factory=dict)

    @property
    def units(self) -> int:
        """Font units per em."""
        return int(self.font.face.upem)

    def plain_glyph(self, char: str) -> tuple[int, float] | None:
        """Glyph and advance of a character that stands by itself (Latin, digits, signs); None where shaping decides."""
        if char not in self._simple:
            glyph = self.font.get_nominal_glyph(ord(char)) if _stands_alone(char) else None
            advance = self.font.get_glyph_h_advance(glyph) * 1000 / self.units if glyph else 0.0
            self._simple[char] = (int(glyph), advance) if glyph else None
        return self._simple[char]


class FontBook:
    """The fonts in some folders. Reads a file only when a character needs it."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Look through the folders and those inside them; the first file of a name counts."""
        self._files: dict[str, Path] = {}
        for folder in folders:
            for file in sorted(folder.rglob("*.ttf")) if folder.is_dir() else ():
                self._files.setdefault(file.stem, file)
        self._faces: dict[str, Face | None] = {}
        self._chosen: dict[tuple[str, Typeface], Face | None] = {}

    def base(self, typeface: Typeface) -> Face:
        """The font for ordinary text. Raises FontsMissing."""
        face = self._first(typeface.value)
        if face is None:
            raise FontsMissing("No font was found to write the report with.")
        return face

    def face_for(self, char: str, typeface: Typeface) -> Face | None:
        """The font that draws this character, the typeface's own if it can; None where none of the fonts can."""
        key = (char, typeface)
        if key not in self._chosen:
            base = self.base(typeface)
            candidates = (*_fonts_of_the_script(char, typeface), *_FOR_EVERYTHING_ELSE)
            self._chosen[key] = base if ord(char) in base.characters else self._first(candidates, char)
        return self._chosen[key]

    def _first(self, stems: Iterable[str], char: str | None = None) -> Face | None:
        for stem in stems:
            face = self._open(stem)
            if face is not None and (char is None or ord(char) in face.characters):
                return face
        return None

    def _open(self, stem: str) -> Face | None:
        if stem not in self._faces:
            self._faces[stem] = _read_face(stem, self._files[stem]) if stem in self._files else None
        return self._faces[stem]


def usual_folders() -> tuple[Path, ...]:
    """Where fonts are: bundled with the program first, then the system's."""
    bundled = Path(str(getattr(sys, "_MEIPASS", ""))) / "fonts" if hasattr(sys, "_MEIPASS") else None
    system = {
        "win32": (Path("C:/Windows/Fonts"),),
        "darwin": (Path("/Library/Fonts"), Path("/System/Library/Fonts")),
    }.get(sys.platform, (Path("/usr/local/share/fonts"), Path("/usr/share/fonts")))
    return (bundled, *system) if bundled else system


def _read_face(stem: str, file: Path) -> Face | None:
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file)))
    if "glyf" not in face.table_tags:
        return None  # only TrueType outlines can be embedded the way embedding.py does it
    return Face(stem, uharfbuzz.Font(face), frozenset(face.unicodes))


def _fonts_of_the_script(char: str, typeface: Typeface) -> list[str]:
    """File names made of the character's own name: ARABIC LETTER ALEF is looked for in NotoSansArabic."""
    words = name(char, "").replace("-", " ").title().split()
    weights = ("Bold", "Regular") if typeface is Typeface.BOLD else ("Regular",)
    scripts = ["".join(words[:count]) for count in (3, 2, 1) if len(words) > count]
    return [f"Noto{kind}{script}-{weight}" for script in scripts for kind in ("Sans", "Serif") for weight in weights]


def _stands_alone(char: str) -> bool:
    return (char < "\u0250" or "\u2010" <= char <= "\u2044" or char in "€←↑→↓") and category(char)[0] not in "CM"
