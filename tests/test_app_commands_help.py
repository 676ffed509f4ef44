"""The help says all that a command can do, and the README says the same."""

import pytest
from command_line import CommandLine
from readme_help import README, section, written_in

from app.kinds import KINDS, Kind


def helped(tmp_path, command):
    answer = CommandLine(tmp_path).raw(command, "--help")
    assert answer.status == 0
    assert answer.err == ""
    return answer.out


def test_the_readme_shows_the_help_of_today():
    assert written_in(README.read_text(encoding="utf-8")) == section(), "refresh it: python tests/readme_help.py"


@pytest.mark.parametrize(
    ("command", "kinds"),
    [
        ("record", ["incident", "account", "payment", "takedown", "contact"]),
        ("case", ["case"]),
        ("person", ["person"]),
        ("amend", ["exhibit"]),
    ],
)
def test_help_lists_every_field_that_can_be_given_and_its_choices(tmp_path, command, kinds):
    words = helped(tmp_path, command).replace("\n", " ").split()
    for kind in kinds:
        for spec in KINDS[Kind(kind)].specs():
            assert (spec.name in words) is not spec.ask.kept_by_program
            for choice in spec.choices or () if not spec.ask.kept_by_program else ():
                assert any(word.rstrip(",.") == choice.value for word in words)


def test_an_option_stands_in_the_help_only_once_it_works(tmp_path):
    everything = section()
    for later in ("--every", "--window", "--timestamp", "--since", "--sealed"):
        assert later not in everything
    for now in (
        "--unsealed",
        "--jobs",
        "--tsa-root",
        "--withhold",
        "--recovery-words-file",
        "--recovery-sheet",
        "--anyway",
        "--passphrase-file",
        "--under18",
        "--history",
        "--as",
        "--delay",
    ):
        assert now in everything
