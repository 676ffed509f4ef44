"""Whatever an abuser writes into names, words and files reaches a terminal as the text it is and does nothing there."""

import json
from pathlib import Path

import pytest
from command_line import CommandLine, is_harmless, new_case

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "\x1b]0;title\x07\x1b[2J\x1b[31mred",
    "\x9b31m and \x85 and \x7f",
    "gnp.\u202egpj.exe",
    "a\u200bb\u2066c\u2069\ufeffd",
    "first line\nHeld (held): no\r\nOverwritten\rstart",
    "\u2028separated\u2029",
    "=HYPERLINK(1)",
    "`$(reboot)`; %s %n {0} [red]markup[/]",
]


@pytest.fixture
def case(tmp_path: Path) -> CommandLine:
    return new_case(tmp_path)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_letter_by_letter_and_shown_harmlessly(case: CommandLine, text: str) -> None:
    account = case("record", "account", f"display_name={text}", f"handle={text}", f"notes={text}").out.strip()
    case("record", "incident", f"exact_words={text}", f"accounts={account}")
    case("withdraw", account, "--why", text)
    incident = str(case("list", "--kind", "incident", "--json").json["id"])
    for answer in (
        case("list"),
        case("show", account),
        case("show", account, "--history"),
        case("show", incident),
        case("list", "--json"),
        case("show", account, "--history", "--json"),
        case("show", text),
        case("record", "account", f"platform={text}"),
        case("record", text),
        case("record", "account", text),
        case("add", text),
        case.raw("verify", text.replace("/", "-")),
        case.raw(text),
    ):
        assert is_harmless(answer.out + answer.err), answer
    data = case("show", account, "--json").json["data"]
    assert data == {"display_name": text, "handle": text, "notes": text}


def test_a_mark_stands_where_a_letter_would_turn_the_direction(case: CommandLine) -> None:
    account = case("record", "account", "display_name=a\u202eb\x1b[1m").out.strip()
    assert "a[U+202E]b[U+001B][1m" in case("show", account).out


def test_lines_in_a_text_cannot_pass_for_fields_of_their_own(case: CommandLine) -> None:
    account = case("record", "account", "notes=nothing\n  Held (held): no").out.strip()
    starts = [line[:4] for line in case("show", account).out.splitlines() if "Held" in line]
    assert starts == ["    "]


def test_json_holds_plain_ascii_and_reads_back_as_what_was_typed(case: CommandLine) -> None:
    text = "Zoë \U0001f600 \x7f \u202e العربية"
    case("record", "account", f"handle={text}")
    out = case("list", "--kind", "account", "--json").out
    assert out.isascii()
    assert json.loads(out)["data"]["handle"] == text
