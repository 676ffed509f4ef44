"""A connection to SQLite for several threads: each call waits for its turn, and so does a whole transaction."""

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

import apsw

if TYPE_CHECKING:
    from apsw import Bindings, SQLiteValues


class Connection(apsw.Connection):
    """SQLite's connection refuses whatever comes while another thread is inside of it; this one lets it wait.

    Whoever makes several calls that nobody may see, or join, half-way, holds `turn` meanwhile.
    """

    def __init__(self, filename: str, flags: int | None = None, vfs: str | None = None) -> None:
        if flags is None:
            super().__init__(filename, vfs=vfs)
        else:
            super().__init__(filename, flags, vfs=vfs)
        self.turn = threading.RLock()
        self.cursor_factory = _Cursor


class _Cursor(apsw.Cursor):
    """A cursor of such a connection: between two rows, others have their turn."""

    def __init__(self, connection: apsw.Connection) -> None:
        super().__init__(connection)
        self._turn = connection.turn if isinstance(connection, Connection) else threading.RLock()

    def execute(self, statements: str, bindings: "Bindings | None" = None) -> "_Cursor":  # type: ignore[override]
        with self._turn:
            super().execute(statements, bindings)
        return self

    def executemany(self, statements: str, sequenceofbindings: "Iterable[Bindings]") -> "_Cursor":  # type: ignore[override]
        with self._turn:
            super().executemany(statements, sequenceofbindings)
        return self

    def __next__(self) -> "SQLiteValues":
        with self._turn:
            row: SQLiteValues = super().__next__()
        return row

    def fetchone(self) -> "SQLiteValues | None":
        with self._turn:
            row: SQLiteValues | None = super().fetchone()
        return row

    def fetchall(self) -> "list[SQLiteValues]":
        with self._turn:
            return super().fetchall()
