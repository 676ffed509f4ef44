"""Two folders change places: at once where the system can, otherwise so that an interruption is mended at opening."""

from pathlib import Path

from vault.disk import Disk, told


def draft_of(path: Path, vault: str) -> Path:
    """Where the new form of a vault is made; whatever stands there is never the truth."""
    return path.with_name(f"tmp-rekey-{vault}.holdfast")


def exchange(new: Path, path: Path, disk: Disk) -> None:
    """Give `new` the name `path`, and what was there the name `new`. Raises DiskFailed."""
    with told():
        if not disk.exchange(new, path):
            aside = aside_of(path)
            disk.rename(path, aside)
            disk.sync_folder(path.parent)
            disk.rename(new, path)
            disk.sync_folder(path.parent)
            disk.rename(aside, new)
        disk.sync_folder(path.parent)


def mend(path: Path, disk: Disk) -> None:
    """Put a vault back under its name if an exchange was interrupted while it had none. Raises DiskFailed."""
    aside = aside_of(path)
    if not path.exists() and aside.is_dir():
        with told():
            disk.rename(aside, path)
            disk.sync_folder(path.parent)


def aside_of(path: Path) -> Path:
    """Where the old form stands for a moment, on systems that exchange no names at once."""
    return path.with_name(f"{path.name}.before-rekey")
