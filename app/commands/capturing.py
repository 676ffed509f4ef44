"""Commands that bring evidence in: screen, add."""

import math
from pathlib import Path

import click

from app.casefile import Casefile, Kept
from app.commands.arguments import PATH, TEXT, Door, on_a_vault, vault_argument
from app.commands.progress import WORTH_SHOWING, progress
from app.commands.telling import DONE, TELLING, say, say_json, tell, warn
from app.errors import WrongUse
from app.kinds import Exhibit, Sensitivity, SentBy
from app.plaintext import visible
from capture.artifact import Artifact, Caution, Source
from capture.files import FileSource
from capture.screen import AreaSource, ScreenSource

_LONGEST_DELAY_S = 3600
_CAUTIONS = {
    Caution.ONE_COLOUR: "it is all of one colour. Some programs hide themselves from captures; look whether it shows "
    "what you meant, and if not, take a picture with your phone and add the file.",
    Caution.EMPTY: "this file is empty. It was kept as it is.",
}

_url = click.option("--url", default="", type=TEXT, help="The whole address of what is shown, right to the end.")
_sensitivity = click.option(
    "--sensitivity",
    type=click.Choice([choice.value for choice in Sensitivity]),
    help="What kind of picture it is. Until you say, it is treated as intimate everywhere.",
)


class _Delay(click.FloatRange):
    """Seconds to wait."""

    def convert(self, value: float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        seconds = float(super().convert(value, param, ctx))
        if math.isnan(seconds):
            self.fail(f"“{value}” is not a number of seconds.", param, ctx)
        return seconds


class _Area(click.ParamType[tuple[int, int, int, int]]):
    """`X,Y,W,H` in pixels."""

    name = "X,Y,W,H"

    def convert(
        self, value: str | tuple[int, int, int, int], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int, int, int]:
        if isinstance(value, tuple):
            return value
        try:
            x, y, width, height = (int(number) for number in value.split(","))
        except ValueError:
            self.fail(f"“{value}” is not an area: four whole numbers like 0,0,800,600.", param, ctx)
        return x, y, width, height


@click.command()
@vault_argument
@click.option("--monitor", type=click.IntRange(min=1), metavar="N", help="One monitor, counted from 1; else all.")
@click.option("--area", type=_Area(), metavar="X,Y,W,H", help="An area of the screen, in pixels from its top left.")
@click.option("--delay", type=_Delay(0, _LONGEST_DELAY_S), default=0, metavar="S", help="Wait S seconds.")
@_url
@click.option("--title", default="", type=TEXT, help="What it shows, in one sentence.")
@_sensitivity
@on_a_vault(records=True)
def screen(
    door: Door,
    monitor: int | None,
    area: tuple[int, int, int, int] | None,
    delay: float,
    url: str,
    title: str,
    sensitivity: str | None,
    as_json: bool,
) -> None:
    """Capture the screen and keep it as a new exhibit.

    All of it, one monitor, or an area.
    """
    if monitor is not None and area is not None:
        raise WrongUse("A capture is of one monitor or of one area.", next="Leave out --monitor or --area.")
    about = Exhibit(url=url, title=title, sensitivity=_sensitivity_of(sensitivity))
    computer = door.program.computer
    source: Source = AreaSource(*area, computer) if area else ScreenSource(monitor or 0, computer)
    with door.opened() as casefile:
        casefile.author()
        casefile.require_picture_allowed(about.sensitivity)
        door.program.wait(delay)
        _keep(casefile, source.capture(), about, as_json=as_json)


@click.command()
@vault_argument
@click.argument("files", type=PATH, nargs=-1, required=True, metavar="FILE…")
@_url
@click.option("--sent-by", type=click.Choice([choice.value for choice in SentBy]), help="Who sent it.")
@_sensitivity
@on_a_vault(records=True)
def add(
    door: Door, files: tuple[Path, ...], url: str, sent_by: str | None, sensitivity: str | None, as_json: bool
) -> int:
    """Keep files as they are, each as a new exhibit. A file that cannot be kept does not stop the others."""
    about = Exhibit(
        url=url, sensitivity=_sensitivity_of(sensitivity), sent_by=SentBy(sent_by) if sent_by is not None else None
    )
    worst = DONE
    with door.opened() as casefile:
        casefile.author()
        for file in files:
            try:
                _keep(casefile, FileSource(file, door.program.computer).capture(), about, as_json=as_json)
            except TELLING as error:
                worst = max(worst, tell(error, about=visible(str(file))))
    return worst


def _keep(casefile: Casefile, artifact: Artifact, about: Exhibit, *, as_json: bool) -> None:
    size = artifact.size or 0
    with progress(f"Keeping {visible(artifact.name)}", hidden=size < WORTH_SHOWING) as told:
        kept = casefile.preserve(artifact, about, lambda done: told(done, size))
    if as_json:
        say_json({"id": kept.id, "ref": kept.ref, "seq": kept.seq, "sha256": kept.sha256})
    else:
        say(f"{kept.ref}  Saved  {kept.sha256}  {visible(artifact.name)}")
    for caution in _cautions(kept):
        warn(caution)


def _cautions(kept: Kept) -> list[str]:
    return [f"{kept.ref}: {_CAUTIONS[caution]}" for caution in kept.cautions]


def _sensitivity_of(word: str | None) -> Sensitivity | None:
    return None if word is None else Sensitivity(word)
