"""No field takes recovery words, and none repeats them; a sheet's square is read as what it is."""

from functools import partial
from pathlib import Path
from pydoc_data.topics import topics

import pytest
from cases import ORDINARY, artifact
from cases import new_case as new_casefile
from command_line import CommandLine, new_case

from app.errors import WrongUse
from app.kinds import Exhibit, Kind
from app.recovery_words import read_words, refuse_recovery_words
from vault.recovery import MistypedWords, RecoverySecret

WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow"
OTHERS = "slogan cousin velvet unfair oxygen hurdle crater pistol tissue gossip bamboo ladder"
NUMBERED = "\n".join(f"{place}. {word}" for place, word in enumerate(WORDS.split(), start=1))


@pytest.fixture
def case(tmp_path: Path) -> CommandLine:
    return new_case(tmp_path)


NEARLY = {
    "backwards": " ".join(reversed(OTHERS.split())),
    "one mistyped": OTHERS.replace("hurdle", "hurdlex"),
    "the last mistyped": f"{OTHERS}x",
    "one missing": OTHERS.removesuffix(" ladder"),
    "with letters": " ".join(f"{letter}) {word}" for letter, word in zip("abcdefghijkl", OTHERS.split(), strict=True)),
}


def spoken_of(text: str) -> set[str]:
    """Those of the words that stand in what was printed."""
    return {word for word in {*WORDS.split(), *OTHERS.split()} - {"year"} if word in text.lower()}


@pytest.mark.parametrize(
    "words", [WORDS, WORDS.upper(), f"my words: {WORDS}!", NUMBERED, WORDS.replace(" ", ","), *NEARLY.values()]
)
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
        ("add", words),
        ("add", *words.split()),
        ("extract", *words.split()),
        ("extract", "AB/1", case.folder / words),
        ("export", case.folder / words, "--for", "police"),
        ("backup", case.folder / words),
        ("check", "--against", words),
        ("passphrase", "--recovery-words-file", words),
        ("screen", "--area", words),
        (words,),
    ):
        answer = case(*arguments)
        assert answer.status == 2, arguments
        assert answer.out == ""
        assert not spoken_of(answer.err), arguments
    for arguments in (("verify", file, "--receipt", words), ("verify", words), ("create", words, "--initials", "AB")):
        answer = case.raw(*arguments)
        assert answer.status == 2, arguments
        assert not spoken_of(answer.out + answer.err)
    assert case.left_in_vault() == before
    assert sorted(path.name for path in case.folder.iterdir()) == ["case.holdfast", "file.txt", "passphrase"]


def test_words_that_are_split_over_two_fields_are_refused(case: CommandLine) -> None:
    first, second = OTHERS[:40], OTHERS[40:]
    before = case.left_in_vault()
    for arguments in (
        ("record", "incident", f"what_happened={first}", f"impact={second}"),
        ("record", "account", f"handle={first}", f"display_name={second}"),
        ("case", f"title={first}", f"notes={second}"),
    ):
        answer = case(*arguments)
        assert answer.status == 2
        assert "look like recovery words" in answer.err
        assert not spoken_of(answer.err)
    assert case.left_in_vault() == before


def test_a_case_refuses_them_from_the_window_too(tmp_path: Path) -> None:
    casefile = new_casefile(tmp_path)
    kept = casefile.preserve(artifact(), ORDINARY)
    subject, entries = casefile.find(kept.ref), casefile.vault.head.entries
    for attempt in (
        lambda: casefile.record(Kind.INCIDENT, {"what_happened": WORDS}),
        lambda: casefile.record(Kind.INCIDENT, {"accounts": [WORDS]}),
        lambda: casefile.amend(subject, {"title": WORDS}),
        lambda: casefile.add_person({"initials": "CD", "name": WORDS, "role": "supporter"}),
        lambda: casefile.withdraw(subject, WORDS),
        lambda: casefile.preserve(artifact(), Exhibit(title=WORDS)),
        lambda: casefile.preserve(artifact(name=f"{WORDS}.png"), ORDINARY),
        lambda: casefile.set_passphrase(WORDS),
        lambda: casefile.rekey(WORDS),
        lambda: casefile.record(Kind.INCIDENT, {"what_happened": OTHERS[:40], "impact": OTHERS[40:]}),
        lambda: casefile.record(Kind.INCIDENT, {"exhibits": OTHERS.split()}),
        *(partial(casefile.record, Kind.INCIDENT, {"what_happened": nearly}) for nearly in NEARLY.values()),
    ):
        with pytest.raises(WrongUse, match="look like recovery words") as refused:
            attempt()
        assert not spoken_of(f"{refused.value.what} {refused.value.next}")
    assert casefile.vault.head.entries == entries
    assert len(list(casefile.vault.objects.names())) == 1
    casefile.close()


ORDINARY_TEXTS = (
    "",
    "able " * 11,
    # The checksum fits: one word in sixteen is like that.
    "action " * 50,
    "They said that they have all my friends.",
    # The nearest to recovery words that half a million words of quotations hold: nine to eleven of the list in a row.
    "You will never have what you want until you give people what they need. Help one other person today.",
    "Never draw what you can copy. Never copy what you can trace. Never trace what you can cut out and paste down.",
    "Love is what you feel just before you give someone a good home. You just try long enough and hard enough.",
    "post, comment, request_for_images, message, call, recorded_call, email, threat, demand, payment, impersonation",
    "/home/somebody/Pictures/Screenshots/2026/November/Screenshot from 2026-11-20 10-15-30 (copy) 2.png",
)


@pytest.mark.parametrize("text", ORDINARY_TEXTS)
def test_ordinary_words_pass(text: str) -> None:
    refuse_recovery_words([text])


def test_long_english_prose_passes() -> None:
    """Python's own language reference: 64,000 words."""
    for topic in topics.values():
        refuse_recovery_words([topic])


def test_a_scanned_square_is_read_like_typed_words() -> None:
    secret = RecoverySecret(b"\x7f" * 16)
    for text in (WORDS, f"holdfast recovery {'3f' * 16} {WORDS}", f"HOLDFAST RECOVERY {'3F' * 16}\n{WORDS.upper()}\n"):
        assert read_words(text) == secret
    for text in ("", "holdfast", "holdfast recovery", f"holdfast recovery {'3f' * 16}", f"holdfast {WORDS}"):
        with pytest.raises(MistypedWords):
            read_words(text)
