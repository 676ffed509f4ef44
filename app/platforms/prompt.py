"""The kind question for the id of an account, where only names were written down. It never blocks anything."""

from dataclasses import dataclass
from datetime import date

from app.kinds.account import Platform
from app.platforms.links import recognise
from app.platforms.registry import Asking, PlatformEntry, Statement, Way, entry, registry
from vault.chain import Data

_WRITTEN = ("display_name", "handle", "profile_url")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question about one field of an account, why it is asked, and where to look.

    `already`: the id itself where another field holds it, so that one click can copy it; `already_in` names that field.
    `otherwise` is for whoever finds nothing.
    """

    platform: Platform
    field: str
    question: str
    why: str
    already: str
    already_in: str
    ways: tuple[Way, ...]
    before: tuple[Statement, ...]
    otherwise: tuple[Statement, ...]
    checked_on: date


def missing_id_prompt(platform: Platform | None, data: Data) -> Prompt | None:
    """What to ask about an account of which something is written down, but not what police need most.

    None where nothing is written yet, enough is, the platform has no such id, or the account is one's own.
    """
    if platform is None or _text(data, "relationship").casefold() == "mine":
        return None
    known = entry(platform)
    asks = known.asks
    if asks is None or any(_text(data, field) for field in (asks.field, *asks.enough)):
        return None
    if not any(_text(data, field) for field in _WRITTEN):
        return None
    already, already_in = _already(known, asks, data)
    return Prompt(
        platform=platform,
        field=asks.field,
        question=asks.question,
        why=asks.why,
        already=already,
        already_in=already_in,
        ways=known.ways,
        before=known.before,
        otherwise=known.without_id,
        checked_on=registry().checked_on,
    )


def _already(known: PlatformEntry, asks: Asking, data: Data) -> tuple[str, str]:
    """The id, where it was written into another field."""
    for field in _WRITTEN:
        text = _text(data, field)
        if asks.field == "persistent_id" and known.id_form and known.id_form.fullmatch(text):
            return text, field
        found = recognise(text)
        if found and found.certain and found.platform is known.platform and asks.field in found.ids:
            return found.ids[asks.field], field
    return "", ""


def _text(data: Data, field: str) -> str:
    value = data.get(field)
    return value.strip() if isinstance(value, str) else ""
