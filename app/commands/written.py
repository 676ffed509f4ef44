"""What commands print after they wrote an entry, and what they have to say when an exhibit is held from then on."""

from app.casefile import Casefile
from app.commands.telling import say, say_json, warn
from app.kinds import Kind
from vault.chain import Entry

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
