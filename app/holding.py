"""Exhibits that are held: found out later to show somebody who could be under 18, never shown, exported or deleted."""

from functools import partial
from typing import TYPE_CHECKING

from app.errors import WrongUse
from app.kinds import Case
from app.subjects import Subject
from app.under18 import must_be_held
from capture import media
from vault.chain import Action, Kind, StoredObject
from vault.drafts import Draft
from vault.errors import DamagedVault
from vault.vault import Vault

if TYPE_CHECKING:
    from app.casefile import Casefile

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


def with_holds(draft: Draft, changed: Subject, casefile: "Casefile") -> list[Draft]:
    """The draft of an amendment, and what has to be held because of it; `changed` is the subject as it leaves it.

    Only another word on what an exhibit shows, or another answer of the case, lets anything be held: no title does.
    """
    looked_at = partial(may_hold_a_picture, casefile.vault)
    if changed.kind is Kind.EXHIBIT:
        said = "sensitivity" in draft.data
        if said and must_be_held(casefile.case().under18, changed, looked_at):
            return [Draft(draft.action, draft.kind, draft.id, {**draft.data, **HELD})]
        return [draft]
    drafts = [draft]
    record = changed.record
    if isinstance(record, Case) and "under18" in draft.data:
        drafts += [
            Draft(Action.AMEND, Kind.EXHIBIT, exhibit.id, HELD)
            for exhibit in casefile.subjects(Kind.EXHIBIT)
            if must_be_held(record.under18, exhibit, looked_at)
        ]
    return drafts


def may_hold_a_picture(vault: Vault, exhibit: Subject) -> bool:
    """Whether a picture or video may be in the files of an exhibit: as the door judged, by what is in them.

    What cannot be read may be one.
    """
    return any(_may_be_one(vault, stored) for stored in exhibit.objects)


def _may_be_one(vault: Vault, stored: StoredObject) -> bool:
    try:
        blocks = map(bytes, vault.objects.read(stored))
        return media.may_hold_a_picture(stored.media_type, next(blocks, b""), blocks)
    except DamagedVault:
        return True
