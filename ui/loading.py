"""What a form begins with, read in the background: the subject, what was typed before, hints, what can be chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app import lazy
from app.drafts import draft_name, read_draft
from app.errors import WrongUse
from app.kinds import KINDS, Kind
from app.subjects import Subject
from ui.rows import options, short_words
from ui.widgets.chooser import Option
from vault.chain import EntryId

if TYPE_CHECKING:
    from app.casefile import Casefile
    from app.form_help import FormHelp
    from app.hints import Hint

_MOST_OPTIONS = 200
_MOST_NAMES = 500


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a form begins with: the subject (None for a new one), what was typed before, what can be chosen.

    `names` are words for the other things that any version of it refers to, by their ids.
    """

    subject: Subject | None = None
    draft: Mapping[str, str | list[str]] = field(default_factory=dict)
    options: Mapping[Kind, list[Option]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    hints: "tuple[Hint, ...]" = ()


def load(casefile: "Casefile", kind: Kind, subject: EntryId | None, to_offer: Iterable[Kind]) -> Loaded:
    """Read all of it. Raises VaultError; WrongUse where there is no such subject."""
    found = casefile.subject(subject) if subject is not None else None
    kept = found.data if found else {}
    typed = read_draft(casefile, draft_name(kind, subject))
    draft = {name: answer for name, answer in typed.items() if (kept.get(name) or "") != (answer or "")}
    offers = {
        other: [Option(*option) for option in options(list(casefile.subjects(other, limit=_MOST_OPTIONS)))]
        for other in to_offer
    }
    names = {option.id: option.words for offered in offers.values() for option in offered}
    names |= _names(casefile, kind, found, draft, names)
    for other, offered in offers.items():
        _offer_what_is_chosen(kind, other, {**kept, **draft}, offered, names)
    return Loaded(found, draft, offers, names, form_help().hints(kind, {**kept, **draft}))


def form_help() -> "FormHelp":
    """What stands beside the questions; loaded at first use, in the background at best."""
    return lazy.form_help()


def _names(
    casefile: "Casefile",
    kind: Kind,
    subject: Subject | None,
    draft: Mapping[str, str | list[str]],
    known: Mapping[str, str],
) -> dict[str, str]:
    """Words for what it refers to, or once did, beside those that can be chosen anyway."""
    references = {spec.name for spec in KINDS[kind].specs() if spec.ask.refers_to is not None}
    versions = [entry.data for entry in subject.entries] if subject else []
    found: dict[str, str] = {}
    for data in (*versions, draft):
        for name in references & data.keys():
            for other in _ids(data[name]):
                if other not in known and other not in found and len(found) < _MOST_NAMES:
                    found[other] = _words(casefile, other)
    return found


def _words(casefile: "Casefile", other: str) -> str:
    try:
        return short_words(casefile.subject(EntryId(other))) or other[:8]
    except WrongUse:
        return other[:8]


def _offer_what_is_chosen(
    kind: Kind, other: Kind, data: Mapping[str, object], offered: list[Option], names: Mapping[str, str]
) -> None:
    """What is chosen already has its name, however old it is."""
    there = {option.id for option in offered}
    for spec in KINDS[kind].specs():
        if spec.ask.refers_to is other:
            for chosen in _ids(data.get(spec.name)):
                if chosen not in there:
                    offered.append(Option(chosen, names.get(chosen, chosen[:8])))
                    there.add(chosen)


def _ids(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    return [value] if isinstance(value, str) and value else []
