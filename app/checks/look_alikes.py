"""Letters that look like others: a Cyrillic а in a Latin name, wide and mathematical letters, characters nobody sees.

What is mixed follows Unicode Technical Standard 39: section 5.1 (mixed-script detection, with the augmented script
sets of Chinese, Japanese and Korean) and section 5.2 (Latin beside those is common). What looks like what is from the
data of its section 4, resources/look-alikes.json. The script of a letter is the first word of its Unicode name.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import islice

import resources

LOOKED_AT = 4_000
"""Characters of a text that are looked at; names and identifiers are shorter."""

AT_MOST = 100
"""Findings that are given back; nobody reads more."""


class Why(StrEnum):
    """What is odd about a character."""

    OTHER_SCRIPT = "a letter of another script"
    STYLED = "a styled letter"
    INVISIBLE = "a character that nobody sees"
    ALIKE = "easily taken for another"


@dataclass(frozen=True, slots=True)
class LookAlike:
    """One character that may not be what it looks like. `position` counts characters from 0.

    `resembles` is the letter it looks like, empty where there is none. `Why.ALIKE` is a gentle hint: the character is
    nothing unusual, only hard to read in some fonts.
    """

    position: int
    character: str
    code_point: str
    name: str
    resembles: str
    why: Why


_HAN = frozenset({"CJK", "IDEOGRAPHIC"})
_EAST_ASIAN = (
    _HAN | {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HENTAIGANA"},
    _HAN | {"HANGUL"},
    _HAN | {"BOPOMOFO"},
)
_ANY_SCRIPT = frozenset(
    """MODIFIER FEMININE MASCULINE MICRO OHM KELVIN ANGSTROM DOUBLE-STRUCK SCRIPT BLACK-LETTER PLANCK EULER INFORMATION
    CARON VEDIC VERTICAL MASU""".split()
)
_STYLES = ("FULLWIDTH ", "HALFWIDTH ", "SQUARED ", "CIRCLED ", "PARENTHESIZED ", "NEGATIVE ")
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0")
_JOINERS = frozenset("\u200c\u200d")
_JOINED = frozenset(
    """ARABIC SYRIAC NKO MONGOLIAN MANDAIC MANICHAEAN PHAGS-PA DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU
    KANNADA MALAYALAM SINHALA TIBETAN MYANMAR KHMER BALINESE JAVANESE""".split()
)
_FIXED = frozenset({"live"})
"""Words that a Skype ID has before what differs; nobody reads them wrongly."""

_TAKEN_FOR = {"l": "I or 1", "I": "l or 1", "1": "l or I", "O": "0", "0": "O"}


def look_alikes(text: str, *, identifier: bool = False) -> tuple[LookAlike, ...]:
    """The characters of `text` to look at again, in order. A name all in one script, whichever, has none.

    `identifier`: the text is a user name, an address or a link. Then words whose every letter looks Latin are pointed
    out, too (UTS 39, section 4, whole-script confusables), and gently l, I, 1, O and 0.
    """
    looked_at = text[:LOOKED_AT]
    if looked_at.isascii() and not identifier:
        return ()
    found = islice(_found(looked_at, identifier), AT_MOST)
    return tuple(sorted(found, key=lambda one: one.position))


def _found(text: str, identifier: bool) -> Iterator[LookAlike]:
    east_asian = any(_script(character) in one for one in _EAST_ASIAN for character in text)
    for position, character in enumerate(text):
        if _is_unseen(text, position):
            yield _look_alike(position, character, "", Why.INVISIBLE)
        elif not character.isascii():
            latin = _styled(character)
            if latin and not (east_asian and _is_wide(character)):
                yield _look_alike(position, character, latin, Why.STYLED)
    for word in _words(text):
        yield from _mixed(text, word, identifier)
        if identifier:
            yield from _alike(text, word)


def _words(text: str) -> Iterator[list[int]]:
    """Positions of the letters, marks and digits of each word; what nobody sees does not part words."""
    word: list[int] = []
    for position, character in enumerate(text):
        if unicodedata.category(character)[0] in "LMN":
            word.append(position)
        elif word and not _is_unseen(text, position):
            yield word
            word = []
    if word:
        yield word


def _mixed(text: str, word: list[int], identifier: bool) -> Iterator[LookAlike]:
    scripts = {position: _script(text[position]) for position in word if not _styled(text[position])}
    letters = {position: script for position, script in scripts.items() if script}
    found = set(letters.values())
    foreign = {position: text[position] for position, script in letters.items() if script != "LATIN"}
    if not foreign:
        return
    all_latin_looking = all(latin_twin(character) for character in foreign.values())
    if len(found) == 1:
        odd = foreign if identifier and all_latin_looking else {}
    elif any(found - {"LATIN"} <= one for one in _EAST_ASIAN):
        odd = {}
    elif "LATIN" in found and all_latin_looking:
        odd = foreign
    else:
        main = _main_script(letters)
        odd = {position: text[position] for position, script in letters.items() if script != main}
    for position, character in odd.items():
        twin = latin_twin(character) or (_twin_in(character, found - {"LATIN"}) if character.isascii() else "")
        yield _look_alike(position, character, twin, Why.OTHER_SCRIPT)


def _main_script(letters: dict[int, str]) -> str:
    """The script of most letters; Latin, where there are as many."""
    counted = Counter(letters.values())
    return max(counted, key=lambda script: (counted[script], script == "LATIN"))


def _alike(text: str, word: list[int]) -> Iterator[LookAlike]:
    """l, I, 1, O and 0 in a word that is neither a number nor hex digits."""
    characters = {text[position] for position in word}
    number = characters <= set("0123456789abcdefABCDEFxX") or not any(map(str.isalpha, characters))
    if number or text[word[0] : word[-1] + 1] in _FIXED:
        return
    for position in word:
        if text[position] in _TAKEN_FOR:
            yield _look_alike(position, text[position], _TAKEN_FOR[text[position]], Why.ALIKE)


def _is_unseen(text: str, position: int) -> bool:
    """Zero width, direction controls, fillers; not a joiner that a script or emoji needs (UAX 31, section 2.3)."""
    character = text[position]
    if character.isascii():
        return False
    if character in _JOINERS:
        before, after = text[max(position - 1, 0) : position], text[position + 1 : position + 2]
        needed = bool(before) and (_script(before) in _JOINED or unicodedata.category(before)[0] in "SM")
        return not (needed and bool(after) and (_script(after) in _JOINED or unicodedata.category(after)[0] == "S"))
    if "\U000e0020" <= character <= "\U000e007f":
        return "\U0001f3f4" not in text[:position]
    return character in _UNSEEN or unicodedata.category(character) == "Cf"


@lru_cache(4096)
def _script(character: str) -> str:
    """The script, as the first word of the letter's name; empty for what belongs to every script."""
    if character.isascii():
        return "LATIN" if character.isalpha() else ""
    if unicodedata.category(character)[0] != "L":
        return ""
    name = unicodedata.name(character, "")
    for style in _STYLES:
        name = name.removeprefix(style)
    first = name.split(" ", 1)[0]
    if first in _ANY_SCRIPT or name.startswith("MATHEMATICAL"):
        return ""
    return first


@lru_cache(4096)
def _styled(character: str) -> str:
    """The ASCII letter or digit that this is a styled form of: wide, mathematical, circled. º and ª are words' own."""
    if character.isascii() or character in "ºª" or unicodedata.category(character) == "No":
        return ""
    name = unicodedata.name(character, "")
    if name.startswith("LATIN LETTER SMALL CAPITAL ") and name[-2] == " ":
        return name[-1].lower()
    if name.startswith("LATIN ") and character in _twins():
        return _twins()[character]
    folded = unicodedata.normalize("NFKC", character)
    if folded == character or len(folded) != 1 or unicodedata.normalize("NFC", character) == folded:
        return ""
    if folded.isascii():
        return folded if folded.isalnum() else ""
    return latin_twin(folded) if name.startswith("MATHEMATICAL") else ""


def _is_wide(character: str) -> bool:
    return "\uff00" <= character <= "\uffef"


def latin_twin(character: str) -> str:
    """The Latin letter that a letter of another script looks like, with or without its accents; empty for none."""
    twins = _twins()
    return twins.get(character) or twins.get(unicodedata.normalize("NFD", character)[:1], "")


def _twin_in(latin: str, scripts: set[str]) -> str:
    """The letter of one of the scripts that looks like an ASCII letter."""
    return next((letter for letter, twin in _twins().items() if twin == latin and _script(letter) in scripts), "")


@cache
def _twins() -> dict[str, str]:
    read = json.loads(resources.text("look-alikes.json"))
    return {letter: str(latin) for latin, letters in read["letters"].items() for letter in str(letters)}


def _look_alike(position: int, character: str, resembles: str, why: Why) -> LookAlike:
    code = ord(character)
    name = unicodedata.name(character, "no name")
    return LookAlike(position, character, f"U+{code:04X}", name, resembles, why)
