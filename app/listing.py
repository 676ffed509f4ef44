"""Pages of a list in the window: what is looked for, newest first; the search is loaded when a case is open."""

from typing import TYPE_CHECKING, cast

from app import lazy
from vault.chain import Kind

if TYPE_CHECKING:
    from app.casefile import Casefile
    from app.finding import Page
    from vault.search import Wanted


def listed(casefile: "Casefile", kind: Kind, text: str, limit: int, before: int | None) -> "Page":
    """A page of one kind in which these words stand; all of the kind for no words. Raises VaultError."""
    wanted = cast("type[Wanted]", lazy.wanted_class())
    return casefile.search(wanted(text=text, kind=kind), limit=limit, before=before)
