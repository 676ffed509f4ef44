"""Making a package from the window: what makes it is loaded when somebody asks for the first one."""

from pathlib import Path
from typing import TYPE_CHECKING

from app import lazy

if TYPE_CHECKING:
    from app.casefile import Casefile
    from app.package.export import Exported, ExportProgress

STAGES = ("reading", "report", "packing", "checking")
"""What an export does, one after the other: the values of app.package.export.Stage."""


def hand_over(
    casefile: "Casefile", out: Path, progress: "ExportProgress", *, unsealed: bool, impact: bool = False
) -> "Exported":
    """As app.package.export.export, for the police; `unsealed`: pictures that are not ordinary go with it.

    `impact`: the notes on what it did to the person go with it.
    """
    choice = lazy.choice_class()(unsealed=unsealed, impact=impact)
    return lazy.export()(casefile, out, choice, progress)
