"""What the square (QR code) of a receipt holds: all that whoever keeps it needs to compare, without typing."""


def square_text(vault: str, entries: int, head: str, fingerprint: str) -> str:
    """Vault id, number of entries, whole link and fingerprint, in the order of FORMAT.md, section 2."""
    return f"holdfast {vault} {entries} {head} {fingerprint}"
