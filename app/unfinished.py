"""Plain files that were being made when the program was killed: the vault knows where; its next opening removes them.

Exports and extracted files stand under a temporary name until they are whole.
"""

import json
import re
import shutil
from contextlib import suppress
from pathlib import Path

from vault.errors import DiskFull, VaultError
from vault.vault import Vault

_NAME = "unfinished_export"
_MARK = re.compile(r"tmp-[0-9a-f]{16}")
"""The random name of such a file or folder: no vault that somebody else made can name another of this computer."""
_MOST = 100
_LIMIT = 1024 * 1024


def remember(vault: Vault, *places: Path) -> None:
    """Note, inside the encrypted log, what is about to be made under temporary names. Raises VaultError.

    A vault that takes nothing (it is only read, or its disk is full) keeps nobody from getting things out of it.
    """
    if not vault.read_only:
        with suppress(DiskFull):
            _note(vault, [*_noted(vault), *(place.absolute() for place in places)])


def clear(vault: Vault) -> None:
    """Remove what was left behind, and forget what has its name. What cannot be removed now is tried again later."""
    with suppress(VaultError):
        noted = _noted(vault)
        left = [place for place in noted if not _is_gone(place)]
        if left != noted and not vault.read_only:
            _note(vault, left)


def _is_gone(place: Path) -> bool:
    """Whether nothing is there any more. Where its folder is not there, it may be a stick that comes back."""
    if not _MARK.fullmatch(place.name):
        return True
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place, ignore_errors=True)
    elif place.is_file() and not place.is_symlink():
        with suppress(OSError):
            place.unlink()
    return place.parent.is_dir() and not (place.exists() or place.is_symlink())


def _noted(vault: Vault) -> list[Path]:
    text = (vault.log.meta(_NAME) or "[]")[:_LIMIT]
    try:
        # A single path stands there where an older version noted it.
        found = json.loads(text) if text.startswith("[") else [text]
    except (ValueError, RecursionError):
        found = []
    return [Path(place) for place in found if isinstance(place, str) and "\0" not in place][:_MOST]


def _note(vault: Vault, places: list[Path]) -> None:
    vault.log.set_meta(_NAME, json.dumps([str(place) for place in places[-_MOST:]]))
