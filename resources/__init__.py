"""What is read, not run: the checker page, styles, guidance, contacts."""

from importlib.resources import files


def text(name: str) -> str:
    """A file of this package."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
