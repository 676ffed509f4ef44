"""What commands print after they wrote an entry, and what they have to say when an exhibit is held from then on."""

from app.casefile import Casefile
from app.commands.telling import say, say_json, warn
from app.hints import Tone, hints
from app.kinds import KINDS, Account, Kind
from app.plaintext import visible_sentence
from app.platforms import missing_id_prompt
from app.subjects import Subject
from vault.chain import Data, Entry

HELD_NEXT = (
    "Please ring the police on 101, or turn to the IWF (iwf.org.uk/report). "
    "Do not delete the originals and do not copy them."
)


def tell_entry(entry: Entry, *, as_json: bool) -> None:
    """The id of the subject that the entry is about."""
    if as_json:
        say_json({"id": entry.id, "seq": entry.seq})
    else:
        say(entry.id)


def held_exhibits(casefile: Casefile) -> set[str]:
    """The references of the exhibits that are held."""
    return {subject.ref for subject in casefile.subjects(Kind.EXHIBIT) if subject.held}


def tell_held(refs: set[str]) -> None:
    """Say which exhibits are held from now on, and what that means."""
    if refs:
        names = ", ".join(sorted(refs))
        warn(f"Held from now on: {names}. Their files stay in the vault and never leave it. {HELD_NEXT}")


def tell_hints(subject: Subject, written: Data) -> None:
    """Point out, of what was just written, what may have a typing mistake, and an id that is still missing."""
    for hint in hints(subject.kind, subject.data):
        if hint.tone is Tone.LOOK_AGAIN and hint.field in written:
            warn(f"{KINDS[subject.kind].spec(hint.field).term}: {visible_sentence(hint.words)}")
    record = subject.record
    prompt = missing_id_prompt(record.platform, subject.data) if isinstance(record, Account) else None
    if prompt is not None:
        warn(visible_sentence(f"{prompt.question} {prompt.why}"))
        for way in prompt.ways[:1]:
            warn(visible_sentence(f"{way.title}: {' '.join(step.shown for step in way.steps)}"))
