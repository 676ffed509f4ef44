"""A case of 10,000 entries: pages of lists and of the timeline, and what is still missing."""

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from cases import new_case

from app.gaps import gaps
from app.kinds import Kind
from app.timeline import read_timeline
from bench.harness import QUICK, Measured, rounds_of
from bench.words import Writer
from vault.chain import Action, Data
from vault.drafts import Draft, new_entry_id
from vault.search import Wanted

ENTRIES = 1000 if QUICK else 10_000
_BATCH = 1000
_MIX = (
    *(Kind.INCIDENT,) * 4, Kind.ACCOUNT, Kind.PAYMENT, Kind.PAYMENT, Kind.TAKEDOWN, Kind.TAKEDOWN, Kind.CONTACT
)  # fmt: skip


def measure(folder: Path) -> Iterator[Measured]:
    writer, chance = Writer(), random.Random(4)
    with closing(new_case(folder)) as case:
        for _ in range(0, ENTRIES, _BATCH):
            drafts = [_draft(writer, chance) for _ in range(_BATCH)]
            case.vault.append(drafts, case.clock.stamp(case.author()))
        middle = read_timeline(case, ENTRIES // 2).after
        name = f"case of {ENTRIES:,} entries: "
        for what, work in (
            ("first page of 100 of the timeline", lambda: read_timeline(case)),
            ("page of 100 from its middle", lambda: read_timeline(case, 100, middle)),
            ("first page of 100 of a list", lambda: case.search(Wanted(kind=Kind.INCIDENT))),
            ("page of 100 from its middle", lambda: case.search(Wanted(kind=Kind.INCIDENT), before=ENTRIES // 2)),
        ):
            yield Measured.median(name + what, _ms(rounds_of(work)), 10, "ms")
        yield Measured.median(name + "gaps", _ms(rounds_of(lambda: gaps(case))), 200, "ms")


def _ms(rounds: list[float]) -> list[float]:
    return [1000 * seconds for seconds in rounds]


def _draft(writer: Writer, chance: random.Random) -> Draft:
    kind = chance.choice(_MIX)
    day = f"20{chance.randint(20, 26)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    data: dict[Kind, Data] = {
        Kind.INCIDENT: {"kind": "message", "what_happened": writer.text(600), "when": f"{day} 10:00"},
        Kind.ACCOUNT: {"platform": "skype", "display_name": writer.text(14), "notes": writer.text(400)},
        Kind.PAYMENT: {"status": "paid", "amount": "300", "currency": "GBP", "paid_at": day, "notes": writer.text(600)},
        Kind.TAKEDOWN: {"url": f"https://x.example/{chance.random()}", "sent_at": day, "notes": writer.text(500)},
        Kind.CONTACT: {"organisation": writer.text(14), "when": day, "notes": writer.text(500)},
    }
    return Draft(Action.ADD, kind, new_entry_id(), data[kind])
