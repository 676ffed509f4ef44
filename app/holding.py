"""Exhibits that are held: found out later to show somebody who could be under 18, never shown, exported or deleted."""

from collections.abc import Iterable

from app.errors import WrongUse
from app.kinds import Case, Under18
from app.subjects import Subject
from app.under18 import must_be_held
from vault.chain import Action, Kind
from vault.drafts import Draft

HELD = {"held": "yes"}


def hold(exhibit: Subject) -> Draft:
    """What makes an exhibit a held one. Raises WrongUse where it is none, was withdrawn, or is held already."""
    if exhibit.kind is not Kind.EXHIBIT:
        raise WrongUse(f"This is of the kind {exhibit.kind.value}.", next="Only an exhibit can be held.")
    if exhibit.withdrawn:
        raise WrongUse("This exhibit was withdrawn: its file is gone.", next="There is nothing left to hold.")
    if exhibit.held:
        raise WrongUse("This exhibit is held already.", next="Nothing more is needed.")
    return Draft(Action.AMEND, Kind.EXHIBIT, exhibit.id, HELD)


def with_holds(draft: Draft, changed: Subject, answer: Under18 | None, exhibits: Iterable[Subject]) -> list[Draft]:
    """The draft of an amendment, and what has to be held because of it.

    `changed` is the subject as the amendment leaves it, `answer` the case's until now, `exhibits` all there are.
    """
    if changed.kind is Kind.EXHIBIT and must_be_held(answer, changed):
        return [Draft(draft.action, draft.kind, draft.id, {**draft.data, **HELD})]
    drafts = [draft]
    record = changed.record
    if isinstance(record, Case) and "under18" in draft.data:
        drafts += [
            Draft(Action.AMEND, Kind.EXHIBIT, exhibit.id, HELD)
            for exhibit in exhibits
            if must_be_held(record.under18, exhibit)
        ]
    return drafts
