"""A long log: its costs as it grows to 100,000 entries, and appending against the same SQLite unencrypted."""

from collections.abc import Iterator
from pathlib import Path

import apsw
from vaults import PASSPHRASE, STAMP, new_vault

from bench.growth import PICTURE, Cost, draw, incident, measure_cost, table
from bench.harness import QUICK, ROOT, Measured, median_ratio, quickest, seconds
from bench.syncs import explained, per_append
from bench.words import Writer
from vault import caches, database
from vault import log as log_room
from vault.chain import Entry, body_hash, first_link, next_link
from vault.check import check
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
    ratio = _append_ratio(folder, rows, WithoutSearch, UnencryptedWithoutSearch)
    yield Measured("batch appends without search tables, speed of unencrypted", ratio, 0.6, "x", at_most=False)
    yield from _goals(costs[-1])
    name = f"{costs[-1].entries:,} entries: "
    yield Measured(name + "check of the whole chain", quickest(lambda: _chain(vault), 5), 1.5, "s")
    whole = seconds(lambda: check(vault))
    yield Measured(name + "check of every page, entry, link and rule", whole, 30, "s")
    with_search = _append_ratio(folder, rows, Log, Unencrypted)
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

    def _cache(self, entry: Entry) -> None:
        caches.list_subject(self._db, entry)


class Unencrypted(Log):
    """The same log without its cipher."""

    def __init__(self, path: Path, _key: bytes, *, create: bool) -> None:
        assert create
        self._db = apsw.Connection(str(path))
        for pragma in (*database._PRAGMAS, "synchronous=EXTRA"):
            self._db.execute(f"PRAGMA {pragma}")
        with self._db:
            self._db.execute(log_room._KEPT)
            caches.make(self._db)


class UnencryptedWithoutSearch(Unencrypted, WithoutSearch):
    """Both."""


def _append_ratio(folder: Path, rows: Rows, ours: type[Log], theirs: type[Log]) -> float:
    turn = iter(range(1000))

    def appended(kind: type[Log]) -> float:
        log = kind(folder / f"{kind.__name__}-{next(turn)}", bytes(32), create=True)
        taken = seconds(lambda: [log.append(rows[i : i + BATCH]) for i in range(0, len(rows), BATCH)])
        log.close()
        return taken

    return 1 / median_ratio(lambda: appended(ours), lambda: appended(theirs), 5)
