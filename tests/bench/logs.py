"""A long log: appending against the same SQLite unencrypted; opening, listing and checking 100,000 entries."""

from collections.abc import Iterator
from pathlib import Path

import apsw
from vaults import PASSPHRASE, STAMP, new_vault

from bench.harness import QUICK, Measured, median_ratio, quickest, seconds
from vault import log as log_room
from vault.chain import Action, Entry, Kind, body_hash, first_link, next_link
from vault.check import check
from vault.drafts import Draft, new_entry_id
from vault.log import Log, Row
from vault.vault import Vault

ENTRIES = 10_000 if QUICK else 100_000
BATCH = 1000


def measure(folder: Path) -> Iterator[Measured]:
    vault = new_vault(folder)
    for _ in range(ENTRIES // BATCH):
        vault.append([_draft() for _ in range(BATCH)], STAMP)
    rows = [(row, row.entry) for row in vault.log.rows()][1 : 20 * BATCH + 1]
    yield Measured("batch appends, speed of the unencrypted log", _append_ratio(folder, rows), 0.6, "x", at_most=False)
    name = f"{ENTRIES:,} entries: "
    yield Measured(name + "page of the list (50)", 1000 * quickest(lambda: _page(vault)), 5, "ms")
    yield Measured(name + "check of the whole chain", quickest(lambda: _chain(vault), 3), 1.5, "s")
    whole = quickest(lambda: check(vault), 1)
    yield Measured(name + "check of every page, entry, link and rule", whole, 30, "s")
    vault.close()
    opened = [seconds(lambda: Vault.open(vault.path, PASSPHRASE).close()) for _ in range(5)]
    yield Measured(name + "open, with a key that costs nothing", 1000 * sorted(opened)[2], 50, "ms")


def _draft() -> Draft:
    return Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), {"what_happened": "something " * 40, "place": "somewhere"})


def _page(vault: Vault) -> list[list[Entry]]:
    return [vault.of_subject(subject) for subject in vault.log.subjects(Kind.INCIDENT, limit=50, offset=ENTRIES // 2)]


def _chain(vault: Vault) -> None:
    link = first_link(vault.id)
    for row in vault.log.rows():
        link = next_link(link, row.seq, row.id, body_hash(row.body))
        assert link == row.link


def _append_ratio(folder: Path, rows: list[tuple[Row, Entry]]) -> float:
    turn = iter(range(1000))

    def append(log: Log) -> float:
        taken = seconds(lambda: [log.append(rows[i : i + BATCH]) for i in range(0, len(rows), BATCH)])
        log.close()
        return taken

    def encrypted() -> float:
        return append(Log(folder / f"log-{next(turn)}", bytes(32), create=True))

    return 1 / median_ratio(encrypted, lambda: append(_unencrypted(folder / f"plain-{next(turn)}")), 5)


def _unencrypted(path: Path) -> Log:
    """The same log without its cipher."""
    plain = Log.__new__(Log)
    plain._db = apsw.Connection(str(path))
    for pragma in ("journal_mode=DELETE", "synchronous=EXTRA", "temp_store=MEMORY", "secure_delete=ON"):
        plain._db.execute(f"PRAGMA {pragma}")
    plain._db.execute(log_room._KEPT)
    plain._make_caches()
    return plain
