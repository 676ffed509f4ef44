"""The under-18 rule: intimate pictures of under-18s are never stored; words, names and payments always are."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import RefusedForSafety
from app.kinds import Exhibit, Kind, Sensitivity, Under18
from app.subjects import Subject
from app.under18_words import under18_words

if TYPE_CHECKING:
    # The locked window knows this rule, and must not load the vault for it.
    from vault.rescue import Damage


class PictureRefused(RefusedForSafety):
    """This picture was not kept, because somebody in it could be under 18."""

    def __init__(self) -> None:
        words = under18_words()
        refused = words.refused
        following = (refused.next_on_the_command_line, words.words_only.originals, words.whom_to_turn_to)
        super().__init__(refused.what, safe=refused.safe, next=" ".join(following))


def require_allowed(answer: Under18 | None, sensitivity: Sensitivity | None, *, may_hold_a_picture: bool) -> None:
    """Let a file pass only as the case's answer allows. Raises PictureRefused.

    Where the answer is not a clear no, whatever may hold a picture needs somebody's word that it is ordinary.
    """
    if answer is Under18.NO or sensitivity is Sensitivity.ORDINARY or not may_hold_a_picture:
        return
    raise PictureRefused


def must_be_held(answer: Under18 | None, exhibit: Subject, may_hold_a_picture: Callable[[Subject], bool]) -> bool:
    """Whether an exhibit that is already stored must be held: never shown, exported or deleted by the program.

    `may_hold_a_picture` looks into its files, as the door looked when they came in; it is asked only if it matters.
    """
    record = exhibit.record
    if answer is Under18.NO or exhibit.withdrawn or exhibit.held or not isinstance(record, Exhibit):
        return False
    return record.sensitivity is not Sensitivity.ORDINARY and may_hold_a_picture(exhibit)


def as_known(subject: Subject, damage: "Damage | None") -> Subject:
    """The subject as it has to be taken where entries of the log cannot be read: one of them may have held it."""
    if damage is None or subject.kind is not Kind.EXHIBIT or subject.held or not _is_no_plain_text(subject):
        return subject
    answer_is_known = not damage.may_touch(Kind.CASE)
    if damage.touches(subject.id) or (not answer_is_known and must_be_held(Under18.UNSURE, subject, _is_no_plain_text)):
        return replace(subject, data={**subject.data, "held": "yes"})
    return subject


def _is_no_plain_text(exhibit: Subject) -> bool:
    return any(not stored.media_type.startswith("text/plain") for stored in exhibit.objects)
