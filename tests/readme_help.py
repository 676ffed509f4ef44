"""The command line's help as a section of README.md: a test compares the two, running this file refreshes it."""

from collections.abc import Iterator
from pathlib import Path

import click

from app.__main__ import NAME, cli

README = Path(__file__).parents[1] / "README.md"
BEGINS, ENDS = "<!-- help -->", "<!-- /help -->"
_WIDTH = 100


def section() -> str:
    """The help of the program and of each of its commands, in Markdown."""
    return "\n".join([BEGINS, "", *_parts(), ENDS])


def written_in(readme: str) -> str:
    """What stands between the markers, with them."""
    return readme[readme.index(BEGINS) : readme.index(ENDS) + len(ENDS)]


def refreshed(readme: str) -> str:
    """The README with the section of today; at its end where there was none."""
    if BEGINS not in readme:
        return f"{readme.rstrip()}\n\n## The command line\n\n{section()}\n".lstrip()
    return readme.replace(written_in(readme), section())


def _parts() -> Iterator[str]:
    context = click.Context(cli, info_name=NAME, terminal_width=_WIDTH, **cli.context_settings)
    yield _block(cli.get_help(context))
    for name in cli.list_commands(context):
        command = cli.commands[name]
        inner = click.Context(command, info_name=name, parent=context)
        yield f"### `{NAME} {name}`\n\n{_block(command.get_help(inner))}"


def _block(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"```text\n{lines}\n```\n"


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text(encoding="utf-8")), encoding="utf-8")
