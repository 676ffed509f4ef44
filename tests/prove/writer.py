"""The process that is killed: it writes without end, and says on standard output what was acknowledged."""

import os
import random
import sys
from pathlib import Path

from prove.events import Event, WaysIn, line_of
from prove.story import Step, Story
from vault.disk import Disk

_WHAT: dict[Step, int] = {
    Story.incident: 8,
    Story.batch: 3,
    Story.long_entry: 1,
    Story.exhibit: 4,
    Story.empty_exhibit: 1,
    Story.big_exhibit: 2,
    Story.amend: 3,
    Story.withdraw: 2,
    Story.make_words: 1,
    Story.change_passphrase: 2,
    Story.rekey: 1,
    Story.back_up: 2,
    Story.rebuild: 1,
    Story.close: 1,
}
_NEEDS_EXHIBITS = (Story.amend, Story.withdraw)


def tell(event: Event) -> None:
    """One line, in one piece: a reader never sees half of it as a whole one."""
    os.write(sys.stdout.fileno(), f"{line_of(event)}\n".encode())


def main() -> None:
    """Arguments: the vault, made if it is not there, a seed, and what opens it (a passphrase, and words in hex)."""
    path, chance = Path(sys.argv[1]), random.Random(int(sys.argv[2]))
    story = Story(path, Disk(), tell, chance, WaysIn(sys.argv[3], sys.argv[4], sure=True))
    if path.exists():
        story.open()
    else:
        story.create()
    while True:
        (step,) = chance.choices(list(_WHAT), list(_WHAT.values()))
        if step in _NEEDS_EXHIBITS and not story.exhibits:
            continue
        step(story)
        if step is Story.close:
            story.open()


if __name__ == "__main__":
    main()
