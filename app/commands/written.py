"""What commands print after they wrote an entry, and what they have to say when an exhibit is held from then on."""

from app.casefile import Casefile
from app.commands.telling import DONE, NO_ROOM, say, say_json, warn
from app.copies import earlier_copies
from app.hints import NO_DATE, Tone, hints
from app.kinds import KINDS, Account, Form, Kind
from app.plaintext import visible_sentence
from app.platforms import missing_id_prompt
from app.subjects import Subject
from app.under18_words import under18_words
from vault.chain import Data, Entry
from vault.moments import read_moment


def tell_entry(entry: Entry, *, as_json: bool) -> None:
    """The id of the subject that the entry is about."""
    if as_json:
        say_json({"id": entry.id, "seq": entry.seq})
    else:
        say(entry.id)


def held_exhibits(casefile: Casefile) -> set[str]:
    """The references of the exhibits that are held."""
    return {subject.ref for subject in casefile.subjects(Kind.EXHIBIT) if subject.held}


def tell_held(casefile: Casefile, refs: set[str]) -> None:
    """Say which exhibits are held from now on, what that means, and which copies were made before."""
    if not refs:
        return
    words = under18_words().held
    warn(f"{words.from_now_on.format(refs=', '.join(sorted(refs)))} {words.next}")
    copies = _earlier(casefile, [casefile.find(ref) for ref in refs])
    if copies:
        warn(words.made_before.format(copies=copies))


def tell_withdrawn(casefile: Casefile, subject: Subject) -> int:
    """Say what still holds a file of something that was withdrawn just now; returns the exit status."""
    if not subject.objects:
        return DONE
    known = _earlier(casefile, [subject])
    warn(
        "Backups, packages and other copies that were made before still hold its file"
        f"{f'; this vault knows of {known}' if known else ''}. The next backup to an old one removes it there."
    )
    warn("The police may prefer the original. If you still have it anywhere else, keep it there.")
    left = sum(casefile.vault.objects.may_hold(stored.id) for stored in subject.objects)
    if not left:
        return DONE
    warn(
        "It is withdrawn, but the disk did not let its file be removed "
        f"({left} of {len(subject.objects)} still there). The next opening of the vault tries "
        "again; “holdfast-cli check” tells whether it is gone."
    )
    return NO_ROOM


def _earlier(casefile: Casefile, subjects: list[Subject]) -> str:
    """Copies that were made after the first of these was kept, in words; empty where none is known of."""
    if not subjects:
        return ""
    found = earlier_copies(casefile, min((subject.first for subject in subjects), key=lambda entry: entry.seq))
    parts = [f"the last backup ({found.backup:%Y-%m-%d})"] if found.backup is not None else []
    if found.packages:
        parts.append("one package" if found.packages == 1 else f"{found.packages} packages")
    return " and ".join(parts)


def tell_hints(subject: Subject, written: Data) -> None:
    """Point out, of what was just written, what may be mistyped or is no date, and an id that is still missing."""
    for hint in hints(subject.kind, subject.data):
        if hint.tone is Tone.LOOK_AGAIN and hint.field in written:
            warn(f"{KINDS[subject.kind].spec(hint.field).term}: {visible_sentence(hint.words)}")
    for spec in KINDS[subject.kind].specs():
        text = written.get(spec.name)
        if spec.form is Form.MOMENT and isinstance(text, str) and text.strip() and read_moment(text, "UTC") is None:
            warn(f"{spec.term}: {NO_DATE}")
    record = subject.record
    prompt = missing_id_prompt(record.platform, subject.data) if isinstance(record, Account) else None
    if prompt is not None:
        warn(visible_sentence(f"{prompt.question} {prompt.why}"))
        for way in prompt.ways[:1]:
            warn(visible_sentence(f"{way.title}: {' '.join(step.shown for step in way.steps)}"))
