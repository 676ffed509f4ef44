"""The report of a large case: time and memory, and what the signature adds."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from disclosures import Diary, disclose

from app.package.pdf_signature import sign_pdf
from app.report.pdf import write_pdf
from bench.harness import QUICK, Measured, in_child, peak_mb, seconds
from vault.chain import Kind, VaultId
from vault.identity import Identity

EXHIBITS = 200 if QUICK else 2000


def measure(_folder: Path) -> Iterator[Measured]:
    taken, memory, signing = in_child("reports", str(EXHIBITS))
    (half, *_rest) = in_child("reports", str(EXHIBITS // 2))
    name = f"report of {EXHIBITS:,} exhibits: "
    yield Measured(name + "written", taken, 10, "s")
    yield Measured(name + "time of twice as many / time of half", taken / half, 2.5, "x")
    yield Measured(name + "memory", memory, 150, "MB")
    yield Measured(name + "signed", signing, 1, "s")


def _child(exhibits: int) -> None:
    diary = Diary()
    accounts = [
        diary.add(Kind.ACCOUNT, platform="skype", display_name=f"Lucy {n}", handle=f"live:l{n}") for n in range(20)
    ]
    for number in range(exhibits):
        diary.exhibit(
            title=f"Message {number} with a demand",
            url=f"https://example.org/{number}",
            accounts=[accounts[number % 20]],
        )
    shown = disclose(diary)
    with tempfile.TemporaryFile() as unsigned, tempfile.TemporaryFile() as signed:
        taken = seconds(lambda: write_pdf(shown, unsigned))
        memory = peak_mb()
        signing = seconds(lambda: sign_pdf(Identity.create(VaultId("0" * 32)), unsigned, signed))
    print(taken, memory, signing)


if __name__ == "__main__":
    _child(int(sys.argv[1]))
