"""Words instead of a key: the twelve recovery words (BIP-39 list and checksum), and passphrases to suggest."""

import difflib
import functools
import re
import secrets
from typing import NewType

from mnemonic import Mnemonic

from vault.errors import VaultError

RecoverySecret = NewType("RecoverySecret", bytes)
"""The 16 random bytes that twelve words stand for."""

WORDS = 12
_SUGGESTED_WORDS = 6
_BYTES = 16
_WORD = re.compile(r"[a-z]+")


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


def holds_recovery_words(text: str) -> bool:
    """Whether a text holds twelve words in a row that could be somebody's recovery words (the checksum fits)."""
    words = _WORD.findall(text.lower())
    listed = frozenset(_list().wordlist)
    known = [word in listed for word in words]
    return any(
        all(known[start : start + WORDS]) and _list().check(" ".join(words[start : start + WORDS]))
        for start in range(len(words) - WORDS + 1)
    )


def suggested_passphrase() -> str:
    """Six random words of the same list: 66 bits, and possible to remember."""
    return " ".join(secrets.choice(_list().wordlist) for _ in range(_SUGGESTED_WORDS))


@functools.cache
def _list() -> Mnemonic:
    """The list, read from the disk at its first use."""
    return Mnemonic("english")
