"""Help for the fields of a kind, from the one place where fields are written down (app/kinds)."""

from collections.abc import Iterable

import click

from app.kinds import KINDS, FieldSpec, Kind


class FieldsCommand(click.Command):
    """A command that takes `field=value`: its help ends with the fields of the kinds it writes."""

    def __init__(self, *args: object, kinds: Iterable[Kind] = (), **attributes: object) -> None:
        self._kinds = tuple(kinds)
        super().__init__(*args, **attributes)  # type: ignore[arg-type]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the fields, kind by kind."""
        for kind in self._kinds:
            with formatter.section(f"Fields of {kind.value}"):
                formatter.write_dl([(spec.name, _asked(spec)) for spec in KINDS[kind].specs() if _is_asked(spec)])
        super().format_epilog(ctx, formatter)


def _is_asked(spec: FieldSpec) -> bool:
    return not spec.ask.kept_by_program


def _asked(spec: FieldSpec) -> str:
    label = spec.ask.label if spec.ask.label.endswith("?") else f"{spec.ask.label}."
    words = [label, spec.hint]
    if spec.choices is not None:
        words.append(f"One of: {', '.join(choice.value for choice in spec.choices)}.")
    if spec.ask.refers_to is not None:
        words.append(f"A reference or id of the kind {spec.ask.refers_to.value}{_REPEATED if spec.many else ''}.")
    return " ".join(word for word in words if word)


_REPEATED = "; for several, repeat the field"
