"""What is typed and not yet kept: drafts stand in the vault, outside the log, until the person presses Keep this."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from vault.chain import EntryId, Kind

if TYPE_CHECKING:
    from app.casefile import Casefile

Typed = Mapping[str, str | list[str]]
"""The answers of a form, by field; empty ones too."""


def draft_name(kind: Kind, subject: EntryId | None) -> str:
    """Under which name the draft of a form stands; without a subject it is that of a new one."""
    return f"form:{kind.value}:{subject or 'new'}"


def read_draft(casefile: "Casefile", name: str) -> dict[str, str | list[str]]:
    """What was typed, empty where there is no draft, or none that can be read. Raises VaultError."""
    body = casefile.vault.log.draft(name)
    try:
        found = json.loads(body) if body else {}
    except (ValueError, RecursionError):
        found = {}
    if not isinstance(found, dict):
        return {}
    return {
        str(field): [str(item) for item in answer] if isinstance(answer, list) else str(answer)
        for field, answer in found.items()
    }


def draft_body(typed: Typed) -> str:
    """A draft as it is stored."""
    return json.dumps(dict(typed), ensure_ascii=False)
