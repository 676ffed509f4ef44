"""Words instead of a key: the twelve recovery words (BIP-39 list and checksum), and passphrases to suggest."""

import difflib
import functools
import re
import secrets
from itertools import accumulate
from typing import NewType

from mnemonic import Mnemonic

from vault.errors import VaultError

RecoverySecret = NewType("RecoverySecret", bytes)
"""The 16 random bytes that twelve words stand for."""

WORDS = 12
_SUGGESTED_WORDS = 6
_BYTES = 16
_OTHERS = 6
_EVERYDAY = frozenset(
    "about again all always any ask away because before believe better call can come day enough family feel few find "
    "first friend give good great guess have help home hope into just keep know leave left life like little live make "
    "man mean more much must name need never next nice night nothing now off okay old one only open other over own "
    "people phone place please put ready real remember right same say school second since someone soon sorry start "
    "still stuff such sure talk tell thank that then there they thing this thought three time today together tonight "
    "try two under until use used very wait want way what when where will wish woman work world wrong year you".split()
)
"""Words of the list that ordinary sentences are full of: a sixteenth of it."""
_WORD = re.compile(r"[a-z]{2,}")


class MistypedWords(VaultError):
    """These are not the recovery words: one is wrong, missing, or in another place."""

    next = "Look at your sheet again, word by word. You can try as often as you want."


def new_recovery_secret() -> RecoverySecret:
    """128 random bits."""
    return RecoverySecret(secrets.token_bytes(_BYTES))


def words_of(secret: RecoverySecret) -> tuple[str, ...]:
    """The twelve words that stand for a secret (BIP-39: the list and the checksum, not its seed)."""
    return tuple(_list().to_mnemonic(secret).split())


def parse_words(text: str) -> RecoverySecret:
    """Read twelve words, in any case, however spaced. Raises MistypedWords, which names a word that does not exist."""
    words = text.lower().split()[: 10 * WORDS]
    for place, word in enumerate(words[:WORDS], start=1):
        require_listed(place, word)
    if len(words) != WORDS:
        raise MistypedWords(f"There are twelve words; these are {len(words)}.")
    if not _list().check(" ".join(words)):
        raise MistypedWords("All of these words exist, but one is not yours, or two have changed places.")
    return RecoverySecret(bytes(_list().to_entropy(words)))


def require_listed(place: int, word: str) -> None:
    """Let a word in lower case pass that can be a recovery word. Raises MistypedWords, which names it and its place."""
    if word not in _list().wordlist:
        near = difflib.get_close_matches(word, _list().wordlist, 1, 0.6)
        meant = f" Did you mean “{near[0]}”?" if near else ""
        raise MistypedWords(f"Word {place}, “{word[:20]}”, is not one of the words that are used.{meant}")


def holds_recovery_words(*texts: str) -> bool:
    """Whether somebody's recovery words are likely to stand in these texts, read as one.

    Eleven words of the list among twelve in a row are taken for them, in any order: so one that is mistyped or missing
    hides nothing. Sentences come near that with words that stand everywhere: unless the checksum fits, enough others
    are needed; random words lack them less than once in ten thousand times.
    """
    words = _WORD.findall(" ".join(texts).lower())
    listed = _listed()
    known = [0, *accumulate(word in listed for word in words)]
    for end in range(WORDS - 1, len(words) + 1):
        start = max(0, end - WORDS)
        if known[end] - known[start] >= WORDS - 1:
            found = [word for word in words[start:end] if word in listed]
            if len(set(found) - _EVERYDAY) >= _OTHERS:
                return True
            if len(found) == WORDS and len(set(found)) > 1 and _list().check(" ".join(found)):
                return True
    return False


def suggested_passphrase() -> str:
    """Six random words of the same list: 66 bits, and possible to remember."""
    return " ".join(secrets.choice(_list().wordlist) for _ in range(_SUGGESTED_WORDS))


@functools.cache
def _list() -> Mnemonic:
    """The list, read from the disk at its first use."""
    return Mnemonic("english")


@functools.cache
def _listed() -> frozenset[str]:
    return frozenset(_list().wordlist)
