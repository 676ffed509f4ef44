"""Questions to the caches of a log: what there is, in which order, and what it is found by."""

import re
from collections.abc import Iterator
from contextlib import suppress

import apsw

from vault import timing
from vault.chain import EntryId, Kind, ObjectId
from vault.connection import Connection
from vault.database import errors_told
from vault.errors import DamagedVault
from vault.search import Facet, Wanted, statement, values_of
from vault.timing import Line, Place

_OBJECT = re.compile(r"[0-9a-f]{32}")


class Lists:
    """What follows from the entries of an open log. Every method raises DamagedVault or DiskFailed."""

    _db: Connection

    def subjects(self, kind: Kind | None = None, *, limit: int = -1, offset: int = 0) -> list[EntryId]:
        """The ids of subjects, newest first, perhaps of one kind, perhaps one page of them."""
        where, values = ("WHERE kind = ?", (kind.value,)) if kind else ("", ())
        query = f"SELECT id FROM cache_subject {where} ORDER BY seq DESC LIMIT ? OFFSET ?"  # noqa: S608
        with errors_told():
            return [EntryId(str(found)) for (found,) in self._db.execute(query, (*values, limit, offset))]

    def find(self, wanted: Wanted, limit: int, before: int | None = None) -> list[tuple[int, EntryId]]:
        """A page of subjects, newest first: the entry that added each, and its id. `before`: of those added before."""
        query, values = statement(wanted, limit, before)
        with errors_told():
            return [(int(str(seq)), EntryId(str(found))) for seq, found in self._db.execute(query, values)]

    def times(
        self, line: Line, limit: int, after: Place | None = None, *, newest_first: bool = False, dated: bool = True
    ) -> list[tuple[Place, EntryId]]:
        """A page of what happened, or of what is ahead, in order of time; what has no date, only if not `dated`."""
        with errors_told():
            return timing.page(self._db, line, limit, after, newest_first=newest_first, dated=dated)

    def shapes(self) -> Iterator[tuple[EntryId, Kind, frozenset[str]]]:
        """Of every subject that was not withdrawn, newest first: which fields hold something, and `field=answer`."""
        query = (
            "SELECT s.id, s.kind, c.shape FROM cache_shape c JOIN cache_subject s ON s.seq = c.seq ORDER BY c.seq DESC"
        )
        with errors_told():
            for subject, kind, shape in self._db.execute(query):
                yield EntryId(str(subject)), Kind(str(kind)), frozenset(str(shape).split())

    def shown(self, facet: Facet, kind: Kind) -> set[str]:
        """The values of a facet, such as links, that any subject of a kind has."""
        query = (
            "SELECT DISTINCT f.value FROM cache_facet f JOIN cache_subject s ON s.seq = f.seq "
            "WHERE f.facet = ? AND s.kind = ?"
        )
        with errors_told():
            return {str(value) for (value,) in self._db.execute(query, (facet, kind.value))}

    def counts(self, facet: Facet) -> list[tuple[str, Kind, int]]:
        """How many subjects of each kind have each value of a facet; withdrawn ones have none."""
        query = (
            "SELECT f.value, s.kind, count(*) FROM cache_facet f JOIN cache_subject s ON s.seq = f.seq "
            "WHERE f.facet = ? GROUP BY f.value, s.kind ORDER BY f.value, s.kind"
        )
        with errors_told():
            return [(str(value), Kind(str(kind)), int(str(n))) for value, kind, n in self._db.execute(query, (facet,))]

    def valued(self, facet: Facet, kind: Kind) -> Iterator[tuple[EntryId, str]]:
        """The subjects of a kind with what they have of a facet, such as their links."""
        query = (
            "SELECT s.id, f.value FROM cache_facet f JOIN cache_subject s ON s.seq = f.seq "
            "WHERE f.facet = ? AND s.kind = ?"
        )
        with errors_told():
            for subject, value in self._db.execute(query, (facet, kind.value)):
                yield EntryId(str(subject)), str(value)

    def platforms(self, limit: int = 200) -> list[str]:
        """The platforms that something can be found by, as they are compared: `image board`."""
        with errors_told():
            return values_of(self._db, Facet.PLATFORM, limit)

    def count(self, kind: Kind) -> int:
        """How many subjects of a kind are not withdrawn."""
        return self._number("SELECT count(*) FROM cache_subject WHERE kind = ? AND NOT withdrawn", kind.value)

    def with_ref(self, ref: str) -> EntryId | None:
        """The exhibit with this reference."""
        with errors_told():
            found = self._db.execute("SELECT id FROM cache_subject WHERE ref = ?", (ref,)).fetchone()
        return EntryId(str(found[0])) if found else None

    def beginning_with(self, start: str, limit: int = 2) -> list[EntryId]:
        """Subjects whose id begins with these hex digits, at most `limit`."""
        query = "SELECT id FROM cache_subject WHERE id >= ? AND id < ? LIMIT ?"
        with errors_told():
            return [EntryId(str(found)) for (found,) in self._db.execute(query, (start, start + "g", limit))]

    def highest_number(self, initials: str) -> int:
        """The highest number given to an exhibit reference with these initials, 0 where there is none."""
        query = "SELECT max(CAST(substr(ref, ?) AS INTEGER)) FROM cache_subject WHERE ref >= ? AND ref < ?"
        return self._number(query, len(initials) + 2, f"{initials}/", f"{initials}0")

    def objects(self) -> dict[ObjectId, bool]:
        """Every object that an entry names, and whether its exhibit was withdrawn."""
        query = "SELECT o.id, s.withdrawn FROM cache_object o JOIN cache_subject s ON s.id = o.subject"
        with errors_told():
            found = {str(name): bool(withdrawn) for name, withdrawn in self._db.execute(query)}
        if not all(map(_OBJECT.fullmatch, found)):
            # A file is removed under such a name: it comes from nobody's hand.
            raise DamagedVault("The lists of the log are damaged.")
        return {ObjectId(name): withdrawn for name, withdrawn in found.items()}

    def listed(self, subject: EntryId) -> tuple[Kind | None, str]:
        """The kind of a subject and an exhibit's reference, as far as the lists know them."""
        with suppress(apsw.Error, ValueError):
            found = self._db.execute("SELECT kind, ref FROM cache_subject WHERE id = ?", (subject,)).fetchone()
            if found is not None:
                return Kind(str(found[0])), str(found[1] or "")
        return None, ""

    def subject_of_object(self, object_id: ObjectId) -> EntryId | None:
        """The exhibit whose file this is."""
        with errors_told():
            found = self._db.execute("SELECT subject FROM cache_object WHERE id = ?", (object_id,)).fetchone()
        return EntryId(str(found[0])) if found else None

    def _number(self, query: str, *values: str | int) -> int:
        with errors_told():
            found = self._db.execute(query, values).fetchone()
        return found[0] if found and isinstance(found[0], int) else 0
