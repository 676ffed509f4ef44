"""What a vault remembers of its key slots, beside the log: since when each is there."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from vault.chain import Malformed, parse_moment, utc_text
from vault.errors import VaultError
from vault.vault import Vault

_NAME = "slots"


def since(vault: Vault) -> dict[str, datetime]:
    """When each slot was made (UTC), by its id; one that was made by a program which noted nothing is not there.

    The slots that a vault began with are as old as its first entry.
    """
    if vault.generation == 1:
        texts = dict.fromkeys((slot.id for slot in vault.slots), _beginning(vault))
    else:
        texts = _noted(vault)
    found: dict[str, datetime] = {}
    for slot in vault.slots:
        with suppress(Malformed):
            found[slot.id] = parse_moment(texts.get(slot.id, ""))
    return found


def note_slots(vault: Vault, known: Mapping[str, datetime], now: datetime) -> None:
    """Note the time for every slot that was not there before; `known` is what `since` gave then.

    `now` is an aware datetime. The slots are changed already: a disk that does not take this either is no reason to
    say that they are not.
    """
    times = {slot.id: utc_text(known.get(slot.id, now)) for slot in vault.slots}
    with suppress(VaultError):
        vault.log.set_meta(_NAME, json.dumps(times))


def _beginning(vault: Vault) -> str:
    row = vault.log.row(1)
    try:
        return row.entry.at if row is not None else ""
    except Malformed:
        return ""


def _noted(vault: Vault) -> dict[str, str]:
    try:
        found = json.loads(vault.log.meta(_NAME) or "{}")
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(at) for name, at in found.items()} if isinstance(found, dict) else {}
