"""Where new files may go: never inside a vault, whose folder holds nothing but what it wrote itself."""

from pathlib import Path

from app.errors import WrongUse
from vault.layout import SLOTS_COPY, SLOTS_FILE


def require_outside_vaults(path: Path) -> None:
    """Raises WrongUse where something new would come to stand in the folder of a vault."""
    for folder in (path.parent.resolve(), *path.parent.resolve().parents):
        if (folder / SLOTS_FILE).is_file() or (folder / SLOTS_COPY).is_file():
            raise WrongUse("This place is inside a vault.", next="Choose a folder beside the vault, or anywhere else.")
