"""`list` on the command line: everything, or what words and filters leave of it."""

import pytest
from command_line import CommandLine, new_case


@pytest.fixture(scope="module")
def case(tmp_path_factory) -> CommandLine:
    made = new_case(tmp_path_factory.mktemp("case"))
    (made.folder / "a.txt").write_text("words")
    made("add", made.folder / "a.txt", "--url", "https://example.org/board/77", "--sensitivity", "ordinary")
    made("record", "account", "platform=telegram", "handle=@kimmystar99", "persistent_id=123456789")
    made(
        "record",
        "incident",
        "exact_words=Pay £300 or else",
        "when=2026-10-01",
        "platform=Telegram",
        "accounts=" + of_kind(made),
    )
    made("record", "incident", "what_happened=王小明 rang", "when=2026-10-09 18:00")
    return made


def of_kind(case: CommandLine, kind: str = "account") -> str:
    return str(case("list", "--kind", kind, "--json").lines[0]["id"])


def kinds(case: CommandLine, *options: str) -> list[object]:
    answer = case("list", "--json", *options)
    assert answer.status == 0
    return [line["kind"] for line in answer.lines]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--find", "mystar"], ["account"]),
        (["--find", "£300 PAY"], ["incident"]),
        (["--find", "example.org/board"], ["exhibit"]),
        (["--find", "AB/1"], ["exhibit"]),
        (["--find", "小明"], ["incident"]),
        (["--find", 'NEAR("a" OR *'], []),
        (["--platform", "TELEGRAM"], ["incident", "account"]),
        (["--platform", "telegram", "--find", "else"], ["incident"]),
        (["--from", "2026-10-01", "--to", "2026-10-08"], ["incident"]),
        (["--to", "2026-10-31"], ["incident", "incident"]),
        (["--from", "2027-01-01"], []),
        (["--sensitivity", "ordinary"], ["exhibit"]),
        (["--sensitivity", "intimate"], []),
        (["--kind", "incident", "--limit", "1"], ["incident"]),
    ],
)
def test_list_shows_what_the_options_leave(case, options, found):
    assert kinds(case, *options) == found


def test_list_shows_what_names_an_account(case):
    account = of_kind(case)
    assert kinds(case, "--account", account) == kinds(case, "--account", account[:8]) == ["incident"]


@pytest.mark.parametrize(
    "options",
    [["--account", "AB/1"], ["--account", "AB/9"], ["--from", "yesterday"], ["--to", "2026-02-30"], ["--limit", "0"],
     ["--sensitivity", "secret"]],
)  # fmt: skip
def test_options_that_mean_nothing_are_wrong_use(case, options):
    answer = case("list", *options)
    assert answer.status == 2
    assert answer.out == ""
    assert answer.sentences
