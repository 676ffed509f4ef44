"""What a log costs as it grows: one table, and the same as a picture in build/."""

import math
import statistics
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from vaults import PASSPHRASE, STAMP

from app.finding import read_page
from bench.harness import ROOT, median_of, seconds
from bench.words import Writer
from vault.chain import Action, Kind
from vault.drafts import Draft, new_entry_id
from vault.search import Wanted
from vault.vault import Vault

PICTURE = ROOT / "build" / "growth.png"


@dataclass(frozen=True)
class Cost:
    """Milliseconds at one size of the log. A search finds the newest hundred."""

    entries: int
    open: float
    page: float
    word: float
    slowest_word: float
    shown: float
    part: float
    slowest_part: float
    nowhere: float
    append: float
    amend: float
    megabytes: float


TITLES = {
    "open": "open, with a key that costs nothing",
    "page": "page of 100 from the middle",
    "word": "search of a word",
    "slowest_word": "the slowest word of 200",
    "shown": "search of a word, its hundred subjects read",
    "part": "search of a part of a word",
    "slowest_part": "the slowest part of 200",
    "nowhere": "a part that is nowhere, its letters are",
    "append": "append one entry, durably",
    "amend": "amend one, its words taken out of the index",
}


def measure_cost(path: Path, writer: Writer) -> Cost:
    """Measure a closed vault; a few entries more are in it afterwards."""
    opened = statistics.median(seconds(lambda: Vault.open(path, PASSPHRASE).close()) for _ in range(5))
    vault = Vault.open(path, PASSPHRASE)
    entries = vault.head.entries
    words = _searches(vault, writer.some(200))
    parts = _searches(vault, [word[1:] for word in writer.some(200, at_least=4)])
    common, other = writer.some(len(writer.words), at_least=5)[:2]
    nowhere = median_of(lambda: vault.log.find(Wanted(common[-4:] + other[:4]), 100))
    shown = [seconds(lambda word=word: read_page(vault, Wanted(word))) for word in writer.some(200)]
    page = median_of(lambda: read_page(vault, Wanted(kind=Kind.INCIDENT), 100, entries // 2), 9)
    drafts = [incident(writer) for _ in range(20)]
    appended = [seconds(lambda draft=draft: vault.append([draft], STAMP)) for draft in drafts]
    changes = [Draft(Action.AMEND, Kind.INCIDENT, draft.id, {"what_happened": writer.text(500)}) for draft in drafts]
    amended = [seconds(lambda draft=draft: vault.append([draft], STAMP)) for draft in changes[:5]]
    vault.close()
    return Cost(
        entries=entries,
        open=1000 * opened,
        page=1000 * page,
        word=1000 * statistics.median(words),
        slowest_word=1000 * max(words),
        shown=1000 * statistics.median(shown),
        part=1000 * statistics.median(parts),
        slowest_part=1000 * max(parts),
        nowhere=1000 * nowhere,
        append=1000 * statistics.median(appended),
        amend=1000 * statistics.median(amended),
        megabytes=(path / "log.db").stat().st_size / 1e6,
    )


def incident(writer: Writer) -> Draft:
    """An entry of 1 KB."""
    data = {"what_happened": writer.text(560), "place": writer.text(20), "platform": "telegram"}
    return Draft(Action.ADD, Kind.INCIDENT, new_entry_id(), data)


def table(costs: list[Cost]) -> str:
    """The costs side by side."""
    lines = [f"{'entries':<46}" + "".join(f"{cost.entries:>10,}" for cost in costs)]
    for name, title in TITLES.items():
        lines.append(f"{title + ', ms':<46}" + "".join(f"{getattr(cost, name):>10.2f}" for cost in costs))
    lines.append(f"{'log.db, MB':<46}" + "".join(f"{cost.megabytes:>10.1f}" for cost in costs))
    return "\n".join(lines)


def _searches(vault: Vault, texts: list[str]) -> list[float]:
    return [seconds(lambda text=text: vault.log.find(Wanted(text), 100)) for text in texts]


_SIZE, _LEFT, _RIGHT, _TOP, _BOTTOM = (1500, 900), 110, 560, 70, 80
_COLOURS = (
    "#1b6ca8",
    "#d1495b",
    "#66a182",
    "#edae49",
    "#5f4b8b",
    "#00798c",
    "#8d5524",
    "#444444",
    "#c71585",
    "#2f4f2f",
)


def draw(costs: list[Cost], picture: Path = PICTURE) -> None:
    """The table as a picture: both scales logarithmic, a line for each cost with its name at its end."""
    image = Image.new("RGB", _SIZE, "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(18)
    values = [getattr(cost, name) for cost in costs for name in TITLES]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    across = _Scale(math.log10(costs[0].entries), math.log10(costs[-1].entries), _LEFT, _SIZE[0] - _RIGHT)
    up = _Scale(low, high, _SIZE[1] - _BOTTOM, _TOP)
    pen.text(
        (_LEFT, 20), "Cost of a log as it grows (milliseconds, entries of 1 KB)", "black", ImageFont.load_default(24)
    )
    for power in range(low, high + 1):
        pen.line([(_LEFT, up(10.0**power)), (_SIZE[0] - _RIGHT, up(10.0**power))], "#dddddd")
        pen.text((_LEFT - 12, up(10.0**power)), f"{10.0**power:g} ms", "black", font, anchor="rm")
    for cost in costs:
        pen.line([(across(cost.entries), _TOP), (across(cost.entries), _SIZE[1] - _BOTTOM)], "#dddddd")
        pen.text((across(cost.entries), _SIZE[1] - _BOTTOM + 12), f"{cost.entries:,}", "black", font, anchor="mt")
    ends = sorted(TITLES, key=lambda name: getattr(costs[-1], name), reverse=True)
    below = 0.0
    for name, colour in zip(ends, _COLOURS, strict=True):
        points = [(across(cost.entries), up(getattr(cost, name))) for cost in costs]
        pen.line(points, colour, 4, joint="curve")
        below = max(below + 24, points[-1][1])
        label = f"{TITLES[name]}: {getattr(costs[-1], name):.2f}"
        pen.text((_SIZE[0] - _RIGHT + 14, below), label, colour, font, anchor="lm")
    picture.parent.mkdir(exist_ok=True)
    image.save(picture)


@dataclass(frozen=True)
class _Scale:
    """Values on a logarithmic axis -> pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (math.log10(value) - self.low) / (self.high - self.low) * (self.end - self.start)
