"""A long log: its costs as it grows to 100,000 entries, and appending against the same SQLite unencrypted."""

import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from vaults import PASSPHRASE, STAMP, new_vault

from bench.growth import PICTURE, Cost, draw, incident, measure_cost, table
from bench.harness import QUICK, ROOT, Measured, ratios, rounds_of, seconds
from bench.syncs import explained, per_append
from bench.words import Writer
from vault import caches, database
from vault import log as log_room
from vault.chain import Entry, body_hash, first_link, next_link
from vault.check import check
from vault.connection import Connection
from vault.log import Log, Row
from vault.vault import Vault

SIZES = [1000, 3000, 10_000] if QUICK else [1000, 3000, 10_000, 30_000, 100_000]
BATCH = 1000
Rows = list[tuple[Row, Entry]]


def measure(folder: Path) -> Iterator[Measured]:
    syncs = per_append(folder)
    yield Measured("syncs for one entry kept durably", sum(syncs.values()), 7, "", at_most=True)
    print(f"  {explained(syncs)}")
    path = folder / "long.holdfast"
    costs = _grown(path, folder)
    vault = Vault.open(path, PASSPHRASE)
    rows = [(row, row.entry) for row in vault.log.rows()][1 : 20 * BATCH + 1]
    appends = _append_ratios(folder, rows, WithoutSearch, UnencryptedWithoutSearch)
    yield Measured.median("batch appends without search tables, speed of unencrypted", appends, 0.6, "x", at_most=False)
    yield from _goals(costs[-1])
    name = f"{costs[-1].entries:,} entries: "
    yield Measured.median(name + "check of the whole chain", rounds_of(lambda: _chain(vault)), 1.5, "s")
    everything = rounds_of(lambda: check(vault))
    yield Measured.median(name + "check of every page, entry, link and rule", everything, 10, "s")
    with_search = statistics.median(_append_ratios(folder, rows, Log, Unencrypted))
    rebuilt = seconds(vault.log.rebuild)
    vault.close()
    print(table(costs))
    print(f"batch appends with search tables, speed of unencrypted: {with_search:.2f} x")
    print(f"all caches made anew: {rebuilt:.0f} s")
    draw(costs)
    print(f"drawn: {PICTURE.relative_to(ROOT)}")


def _goals(cost: Cost) -> Iterator[Measured]:
    name = f"{cost.entries:,} entries: "
    yield Measured(name + "open, with a key that costs nothing", cost.open, 50, "ms")
    yield Measured(name + "search of a word", cost.word, 5, "ms")
    yield Measured(name + "page of 100 from the middle", cost.page, 5, "ms")


def _grown(path: Path, folder: Path) -> list[Cost]:
    """The costs at each size of one vault that grows."""
    writer = Writer()
    new_vault(folder, path.name).close()
    costs: list[Cost] = []
    for size in SIZES:
        vault = Vault.open(path, PASSPHRASE)
        while vault.head.entries < size:
            vault.append([incident(writer) for _ in range(min(BATCH, size - vault.head.entries))], STAMP)
        vault.close()
        costs.append(measure_cost(path, writer))
    return costs


def _chain(vault: Vault) -> None:
    link = first_link(vault.id)
    for row in vault.log.rows():
        link = next_link(link, row.seq, row.id, body_hash(row.body))
        assert link == row.link


class WithoutSearch(Log):
    """The log with its lists alone."""

    def append(self, rows: Sequence[tuple[Row, Entry]]) -> None:
        with self._writing():
            for row, entry in rows:
                self._db.execute("INSERT INTO entry VALUES(?, ?, ?, ?)", (row.seq, row.id, row.body, row.link))
                caches.list_subject(self._db, entry)


class Unencrypted(Log):
    """The same log without its cipher."""

    def __init__(self, path: Path, _key: bytes, *, create: bool) -> None:
        assert create
        self._db = Connection(str(path))
        for pragma in (*database._PRAGMAS, "synchronous=EXTRA"):
            self._db.execute(f"PRAGMA {pragma}")
        with self._db:
            self._db.execute(log_room._KEPT)
            caches.make(self._db)


class UnencryptedWithoutSearch(Unencrypted, WithoutSearch):
    """Both."""


def _append_ratios(folder: Path, rows: Rows, ours: type[Log], theirs: type[Log]) -> list[float]:
    turn = iter(range(1000))

    def appended(kind: type[Log]) -> float:
        log = kind(folder / f"{kind.__name__}-{next(turn)}", bytes(32), create=True)
        begun = time.perf_counter()
        for start in range(0, len(rows), BATCH):
            log.append(rows[start : start + BATCH])
        taken = time.perf_counter() - begun
        log.close()
        return taken

    # A speed, so their time stands above ours.
    return ratios(lambda: appended(theirs), lambda: appended(ours))
