"""Pages of subjects: what is looked for, newest first, read from the vault no faster than it is taken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.subjects import Subject, fold
from app.under18 import as_known
from vault.chain import EntryId
from vault.search import Wanted
from vault.vault import Vault

PAGE = 100


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what was looked for, newest first. `before`: where the next page begins, None on the last."""

    subjects: tuple[Subject, ...]
    before: int | None


def read_page(vault: Vault, wanted: Wanted, limit: int = PAGE, before: int | None = None) -> Page:
    """One page of what is looked for. Raises VaultError."""
    found = vault.log.find(wanted, limit + 1, before)
    subjects = tuple(read_subjects(vault, [entry_id for _seq, entry_id in found[:limit]]))
    return Page(subjects, found[limit - 1][0] if len(found) > limit else None)


def read_pages(vault: Vault, wanted: Wanted, limit: int | None = None) -> Iterator[Subject]:
    """All that is looked for, at most `limit`, read page by page as it is taken. Raises VaultError."""
    before, left = None, limit
    while left is None or left > 0:
        page = read_page(vault, wanted, PAGE if left is None else min(left, PAGE), before)
        yield from page.subjects
        if page.before is None:
            return
        before = page.before
        left = None if left is None else left - len(page.subjects)


def read_subjects(vault: Vault, ids: Sequence[EntryId]) -> Iterator[Subject]:
    """The subjects with these ids, in their order, read page by page as they are taken. Raises VaultError."""
    for start in range(0, len(ids), PAGE):
        page = ids[start : start + PAGE]
        subjects = fold(vault.of_subjects(page))
        yield from (as_known(subjects[entry_id], vault.damage) for entry_id in page if entry_id in subjects)
