"""Reads a package as a stranger would, with zip, CSV and a look, and requires that it holds what was told and seen."""

import csv
import hashlib
import io
import subprocess
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

from demo_screen import Stuck
from demo_steps import Told

UNLIKE = 0.05
"""So much of the capture may differ from the picture that was taken before: titles of windows change their colour."""


def require_told(package: Path, told: Told, seen: Path) -> None:
    """Require the account, the demand and one capture of what was `seen` (a picture). Raises Stuck."""
    require_typed(package, told)
    files = _files(package)
    exhibit = {"title": told.capture, "sensitivity": "ordinary", "included": "yes", "media_type": "image/png"}
    row = _one_row(files, "exhibits.csv", exhibit)
    capture = files.get(row["file"], b"")
    if hashlib.sha256(capture).hexdigest() != row["sha256"]:
        raise Stuck(f"{row['file']} is not the file that the list of exhibits names")
    if (unlike := _difference(capture, seen)) > UNLIKE:
        raise Stuck(f"{unlike:.0%} of {row['file']} differ from what was on the screen: {seen}")


def require_typed(package: Path, told: Told) -> None:
    """Require one account and one demand, with each answer in the field that it was typed for. Raises Stuck."""
    account = {"platform": "skype", "display_name": told.display_name, "persistent_id": told.skype_id}
    payment = {"status": "demanded", "kind": "western_union", "amount": told.amount, "currency": told.currency}
    files = _files(package)
    _one_row(files, "accounts.csv", account)
    _one_row(files, "payments.csv", payment | {"recipient": told.recipient})


def _files(package: Path) -> Mapping[str, bytes]:
    with ZipFile(package) as archive:
        return {Path(name).name: archive.read(name) for name in archive.namelist() if "/data/" in name}


def _one_row(files: Mapping[str, bytes], table: str, expected: Mapping[str, str]) -> dict[str, str]:
    rows = list(csv.DictReader(io.StringIO(files.get(table, b"").decode("utf-8-sig"))))
    if len(rows) != 1 or not expected.items() <= rows[0].items():
        raise Stuck(f"{table} should hold one row with {dict(expected)}, and holds {rows}")
    return rows[0]


def _difference(capture: bytes, seen: Path) -> float:
    """Which share of the pixels differs, from 0 to 1."""
    size = subprocess.run(("identify", "-format", "%w %h", seen), capture_output=True, check=True, timeout=60).stdout
    width, height = map(int, size.split())
    compared = subprocess.run(
        ("compare", "-metric", "AE", "png:-", seen, "null:"),
        input=capture,
        capture_output=True,
        check=False,
        timeout=60,
    )
    if compared.returncode not in {0, 1}:
        raise Stuck(f"the capture could not be compared: {compared.stderr.decode(errors='replace')}")
    return float(compared.stderr) / (width * height)
