"""An incident: what happened, in the person's own words, apart from the exact words of others."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from app.kinds.field import Ask, Form
from app.kinds.record import Record
from app.kinds.times import EXACTLY, ZONE_HINT, Known, Precision, Recorded
from vault.chain import Kind


class IncidentKind(StrEnum):
    """What kind of thing happened."""

    POST = "post"
    COMMENT = "comment"
    REQUEST_FOR_IMAGES = "request_for_images"
    MESSAGE = "message"
    CALL = "call"
    RECORDED_CALL = "recorded_call"
    EMAIL = "email"
    THREAT = "threat"
    DEMAND = "demand"
    PAYMENT = "payment"
    IMPERSONATION = "impersonation"
    SEARCH_RESULT = "search_result"
    SHOWN_OFFLINE = "shown_offline"
    DOXXING = "doxxing"
    CONTACT_ATTEMPT = "contact_attempt"
    ACCOUNT_MISUSED = "account_misused"
    WORDS_ONLY = "words_only"
    OTHER = "other"


class Shown(StrEnum):
    """Details by which strangers can find somebody."""

    NAME = "name"
    PART_OF_NAME = "part_of_name"
    ADDRESS = "address"
    TOWN = "town"
    PHONE = "phone"
    EMAIL = "email"
    WORK = "work"
    SCHOOL = "school"
    FAMILY = "family"
    ACCOUNTS = "accounts"
    PICTURE_OF_FACE = "picture_of_face"


_THREAT = (IncidentKind.THREAT.value, IncidentKind.DEMAND.value, IncidentKind.MESSAGE.value, IncidentKind.CALL.value)
_CALL = (IncidentKind.CALL.value, IncidentKind.RECORDED_CALL.value)
_OFFLINE = (IncidentKind.SHOWN_OFFLINE.value,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Record):
    """Something that happened."""

    KIND: ClassVar[Kind] = Kind.INCIDENT
    DECIDING: ClassVar[str] = "kind"

    kind: Annotated[IncidentKind | None, Ask("What kind of thing was it?", report="Kind")] = None
    what_happened: Annotated[str, Ask("What happened", "Facts, in your own words.", Form.TEXT)] = ""
    exact_words: Annotated[
        str,
        Ask(
            "Their exact words",
            "What was said or written, letter by letter; for a post, its comments too, each with who wrote it.",
            Form.EXACT_WORDS,
        ),
    ] = ""
    when: Annotated[
        str,
        Ask("When it happened", "As 2026-11-20 14:05; only the day or the month is fine.", Form.MOMENT, report="When"),
    ] = ""
    when_precision: Annotated[Precision | None, Ask(EXACTLY, report="That time is")] = None
    when_until: Annotated[str, Ask("Until when", "If it is a span of time.", Form.MOMENT, report="Until")] = ""
    recorded: Annotated[
        Recorded | None, Ask("Are you writing this as it happens, or from memory?", report="Written down")
    ] = None
    when_zone: Annotated[str, Ask("Time zone of that time", ZONE_HINT, Form.ZONE, report="Time zone")] = ""
    discovered: Annotated[
        str, Ask("When you found out", form=Form.MOMENT, report="Found out", section="How you found out")
    ] = ""
    told_by: Annotated[
        str, Ask("Who told you", "And how to reach them, if you know. The report shows it.", report="Told by")
    ] = ""
    told_words: Annotated[str, Ask("What they told you", form=Form.EXACT_WORDS, report="What they told")] = ""
    told_at: Annotated[str, Ask("When they told you", form=Form.MOMENT, report="Told")] = ""
    access: Annotated[
        str,
        Ask(
            "How you could see it",
            "Public, with your own account, shown by a friend… You need not join a group or use another name.",
            report="How it could be seen",
        ),
    ] = ""
    platform: Annotated[str, Ask("Platform", section="Where")] = ""
    place: Annotated[str, Ask("Place", "Group, channel, board, thread, or a place outside the internet.")] = ""
    url: Annotated[str, Ask("Link", "The whole address, right to the end.", Form.LINK)] = ""
    state: Annotated[str, Ask("Is it still there?", "Still there, gone, back again; and when you looked.")] = ""
    witnesses: Annotated[
        str,
        Ask(
            "Who was there", "Names, and how to reach them. The report shows it.", report="Witnesses", only_for=_OFFLINE
        ),
    ] = ""
    call_length: Annotated[str, Ask("How long the call was", report="Length of the call", only_for=_CALL)] = ""
    call_app: Annotated[
        str,
        Ask("App or program of the call", "Holdfast itself never opens a camera or a microphone.", only_for=_CALL),
    ] = ""
    audience: Annotated[
        str, Ask("Who saw it", "Friends, family, at work, strangers; how many.", section="What it did")
    ] = ""
    details_shown: Annotated[tuple[Shown, ...], Ask("What was shown about you?", report="Shown about the person")] = ()
    identifying_details: Annotated[
        str,
        Ask(
            "Details about you that were shown",
            "Name, town, school, job, phone number…",
            report="Details shown about the person",
        ),
    ] = ""
    threat: Annotated[
        str, Ask("What they threaten to do", form=Form.TEXT, report="Threat", section="A threat", only_for=_THREAT)
    ] = ""
    threat_to: Annotated[
        str,
        Ask("To whom they would send it", "The people they named.", report="They would send it to", only_for=_THREAT),
    ] = ""
    threat_deadline: Annotated[
        str, Ask("Until when you should do it", form=Form.MOMENT, report="Deadline", only_for=_THREAT)
    ] = ""
    carried_out: Annotated[Known | None, Ask("Have they done it?", report="Carried out", only_for=_THREAT)] = None
    others_meant: Annotated[str, Ask("Other people it was aimed at", report="Others it was aimed at")] = ""
    accounts: Annotated[
        tuple[str, ...],
        Ask("Accounts", "Everybody who did it or passed it on.", refers_to=Kind.ACCOUNT, section="What belongs to it"),
    ] = ()
    exhibits: Annotated[tuple[str, ...], Ask("Exhibits that show it", report="Exhibits", refers_to=Kind.EXHIBIT)] = ()
    payments: Annotated[
        tuple[str, ...], Ask("Payments", "For example one that was made and did not stop it.", refers_to=Kind.PAYMENT)
    ] = ()
    reply_to: Annotated[str, Ask("It answers", refers_to=Kind.INCIDENT)] = ""
    copy_of: Annotated[str, Ask("It is a copy of", report="Copy of", refers_to=Kind.INCIDENT)] = ""
    meaning: Annotated[
        str,
        Ask("What their words mean", "If they use words of their own. Apart from what they wrote.", Form.TEXT,
            report="Meaning of their words"),
    ] = ""  # fmt: skip
    translation: Annotated[
        str,
        Ask("Their words in English", "If they wrote in another language. The words themselves stay above.", Form.TEXT,
            report="Translation"),
    ] = ""  # fmt: skip
    translated_by: Annotated[str, Ask("Who translated it", "A person or a program.", report="Translated by")] = ""
    consent_statement: Annotated[
        str,
        Ask(
            "What you agreed to and what not",
            "Only if you want, in your own words. It is a draft: a statement is taken by the police.",
            Form.TEXT,
            report="On consent, in the writer’s words (a draft, no statement)",
        ),
    ] = ""
    evidence_still_needed: Annotated[str, Ask("Evidence still needed", form=Form.TEXT)] = ""
    notes: Annotated[str, Ask("Notes", form=Form.TEXT)] = ""
