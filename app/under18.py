"""The under-18 rule: intimate pictures of under-18s are never stored; words, names and payments always are."""

from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import RefusedForSafety
from app.kinds import Exhibit, Kind, Sensitivity, Under18
from app.subjects import Subject

if TYPE_CHECKING:
    # The locked window knows this rule, and must not load the vault for it.
    from vault.rescue import Damage

REFUSED = "This picture was not kept, because somebody in it could be under 18."
REFUSED_SAFE = "Nothing was stored. What is already kept is safe."
REFUSED_NEXT = (
    "If it shows nobody naked or in a sexual way, say so: --sensitivity ordinary. "
    "Otherwise write down what it shows, in words: record incident. "
    "Do not delete the originals and do not copy them: show them to the police on your device. "
    "You can turn to CEOP (ceop.police.uk/safety-centre), Report Remove (childline.org.uk), "
    "the IWF (iwf.org.uk/report), or the police on 101, in danger 999."
)


def require_allowed(answer: Under18 | None, sensitivity: Sensitivity | None, *, may_hold_a_picture: bool) -> None:
    """Let a file pass only as the case's answer allows. Raises RefusedForSafety.

    Where the answer is not a clear no, whatever may hold a picture needs somebody's word that it is ordinary.
    """
    if answer is Under18.NO or sensitivity is Sensitivity.ORDINARY or not may_hold_a_picture:
        return
    raise RefusedForSafety(REFUSED, safe=REFUSED_SAFE, next=REFUSED_NEXT)


def must_be_held(answer: Under18 | None, exhibit: Subject) -> bool:
    """Whether an exhibit that is already stored must be held: never shown, exported or deleted by the program."""
    record = exhibit.record
    if answer is Under18.NO or exhibit.withdrawn or exhibit.held or not isinstance(record, Exhibit):
        return False
    return record.sensitivity is not Sensitivity.ORDINARY and _may_hold_a_picture(exhibit)


def as_known(subject: Subject, damage: "Damage | None") -> Subject:
    """The subject as it has to be taken where entries of the log cannot be read: one of them may have held it."""
    if damage is None or subject.kind is not Kind.EXHIBIT or subject.held or not _may_hold_a_picture(subject):
        return subject
    answer_is_known = not damage.may_touch(Kind.CASE)
    if damage.touches(subject.id) or (not answer_is_known and must_be_held(Under18.UNSURE, subject)):
        return replace(subject, data={**subject.data, "held": "yes"})
    return subject


def _may_hold_a_picture(exhibit: Subject) -> bool:
    return any(not stored.media_type.startswith("text/plain") for stored in exhibit.objects)
