"""No field takes recovery words, and none repeats them; a sheet's square is read as what it is."""

from pathlib import Path

import pytest
from cases import ORDINARY, artifact
from cases import new_case as new_casefile
from command_line import CommandLine, new_case

from app.errors import WrongUse
from app.kinds import Exhibit, Kind
from app.recovery_words import read_words, refuse_recovery_words
from vault.recovery import MistypedWords, RecoverySecret

WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow"
NUMBERED = "\n".join(f"{place}. {word}" for place, word in enumerate(WORDS.split(), start=1))


@pytest.fixture
def case(tmp_path: Path) -> CommandLine:
    return new_case(tmp_path)


@pytest.mark.parametrize("words", [WORDS, WORDS.upper(), f"my words: {WORDS}!", NUMBERED, WORDS.replace(" ", ",")])
def test_every_field_of_the_command_line_refuses_them_without_repeating_them(case: CommandLine, words: str) -> None:
    file = case.folder / "file.txt"
    file.write_text("x", encoding="utf-8")
    case("add", file)
    before = case.left_in_vault()
    for arguments in (
        ("record", "incident", f"what_happened={words}"),
        ("record", "account", words),
        ("amend", "AB/1", f"title={words}"),
        ("case", f"title={words}"),
        ("person", "initials=AB", f"name={words}"),
        ("withdraw", "AB/1", "--why", words),
        ("add", str(file), "--url", words),
        ("screen", "--title", words),
        ("show", words),
        ("list", "--find", words),
        ("slots", "--remove", words),
        ("list", "--as", words),
        ("list", *words.split()),
    ):
        answer = case(*arguments)
        assert answer.status == 2, arguments
        assert answer.out == ""
        assert "sausage" not in answer.err.lower()
    verified = case.raw("verify", file, "--receipt", words)
    assert verified.status == 2
    assert "sausage" not in (verified.out + verified.err).lower()
    assert case.left_in_vault() == before


def test_a_case_refuses_them_from_the_window_too(tmp_path: Path) -> None:
    casefile = new_casefile(tmp_path)
    kept = casefile.preserve(artifact(), ORDINARY)
    subject, entries = casefile.find(kept.ref), casefile.vault.head.entries
    for attempt in (
        lambda: casefile.record(Kind.INCIDENT, {"what_happened": WORDS}),
        lambda: casefile.record(Kind.INCIDENT, {"accounts": [WORDS]}),
        lambda: casefile.amend(subject, {"title": WORDS}),
        lambda: casefile.add_person({"initials": "CD", "name": WORDS}),
        lambda: casefile.withdraw(subject, WORDS),
        lambda: casefile.preserve(artifact(), Exhibit(title=WORDS)),
        lambda: casefile.preserve(artifact(name=f"{WORDS}.png"), ORDINARY),
        lambda: casefile.set_passphrase(WORDS),
        lambda: casefile.rekey(WORDS),
    ):
        with pytest.raises(WrongUse, match="look like recovery words") as refused:
            attempt()
        assert "sausage" not in f"{refused.value.what} {refused.value.next}"
    assert casefile.vault.head.entries == entries
    assert len(list(casefile.vault.objects.names())) == 1
    casefile.close()


def test_ordinary_words_pass() -> None:
    refuse_recovery_words(["", "They said that they have all my friends.", "able " * 11, WORDS.replace("year", "yeah")])


def test_a_scanned_square_is_read_like_typed_words() -> None:
    secret = RecoverySecret(b"\x7f" * 16)
    for text in (WORDS, f"holdfast recovery {'3f' * 16} {WORDS}", f"HOLDFAST RECOVERY {'3F' * 16}\n{WORDS.upper()}\n"):
        assert read_words(text) == secret
    for text in ("", "holdfast", "holdfast recovery", f"holdfast recovery {'3f' * 16}", f"holdfast {WORDS}"):
        with pytest.raises(MistypedWords):
            read_words(text)
