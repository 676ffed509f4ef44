"""What somebody at a terminal sees and types: a passphrase chosen, words written down and tested, words typed back."""

import re
from pathlib import Path

import pytest
from command_line import CommandLine
from terminal import Terminal, words_on
from vaults import CHEAP

from app.casefile import Casefile
from app.kinds import Case, Person, Under18
from vault.recovery import parse_words, words_of
from vault.slots import SlotType
from vault.vault import Vault

PASSPHRASE = "vier Wörter und noch eins"
LEAVES = "\x1b[?1049l"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    line = CommandLine(tmp_path)
    founder = Person(initials="AB")
    casefile = Casefile.create(
        line.vault, PASSPHRASE, line.program.clock, founder, Case(under18=Under18.NO), cost=CHEAP
    )
    casefile.close()
    return line.vault


def types_of(vault: Path, passphrase: str) -> list[SlotType]:
    opened = Vault.open(vault, passphrase)
    opened.close()
    return [slot.type for slot in opened.slots]


def choose(terminal: Terminal, passphrase: str) -> None:
    terminal.answer("New passphrase: ", passphrase)
    terminal.answer("again: ", passphrase)


def written_down(terminal: Terminal) -> list[str]:
    """Read the twelve words from the screen, and go on."""
    terminal.answer("written down: ", "")
    return words_on(terminal.seen)


def asked(terminal: Terminal) -> int:
    return int(terminal.until(r"number (\d+)\?[^)]*\) ")[1])


def created(vault: Path) -> tuple[list[str], str]:
    """Make a vault at a terminal: its words, and what was said after they left the screen, without the two typed."""
    with Terminal("create", vault, "--initials", "AB", "--json") as terminal:
        choose(terminal, PASSPHRASE)
        words = written_down(terminal)
        terminal.until(re.escape(LEAVES))
        first = asked(terminal)
        terminal.type(words[first - 1])
        second = asked(terminal)
        terminal.type(words[second - 1].upper())
        assert terminal.ended() == 0
    assert first < second
    assert '"recovery_words": true' in terminal.seen
    assert PASSPHRASE not in terminal.seen
    after = terminal.seen.rpartition(LEAVES)[2]
    for typed in (words[first - 1], words[second - 1].upper()):
        after = re.sub(rf"\b{typed}\b", "", after, count=1)
    return words, after


def test_words_are_shown_once_and_two_are_typed_back(tmp_path: Path) -> None:
    vault = tmp_path / "case.holdfast"
    words, after = created(vault)
    others, after_others = created(tmp_path / "another.holdfast")
    # Twelve words in two thousand: now and then one of them is also a word that is said each time.
    said_each_time = set(re.findall(r"\w+", after_others)) - set(others)
    assert set(words) & set(re.findall(r"\w+", after)) <= said_each_time
    Vault.open_with_words(vault, parse_words(" ".join(words))).close()


def test_a_wrong_word_is_asked_for_again_and_the_words_can_be_seen_once_more(vault: Path) -> None:
    with Terminal("passphrase", vault) as terminal:
        terminal.answer("Passphrase: ", PASSPHRASE)
        choose(terminal, PASSPHRASE)
        words = written_down(terminal)
        place = asked(terminal)
        terminal.type("elephants")
        terminal.until("another one")
        assert asked(terminal) == place
        terminal.type("?")
        assert written_down(terminal) == words
        for _question in range(2):
            terminal.type(words[asked(terminal) - 1])
        assert terminal.ended() == 0
    assert types_of(vault, PASSPHRASE) == [SlotType.PASSPHRASE, SlotType.RECOVERY]


def test_who_skips_the_test_has_no_words_and_is_told_what_that_means(vault: Path) -> None:
    with Terminal("passphrase", vault) as terminal:
        terminal.answer("Passphrase: ", PASSPHRASE)
        choose(terminal, PASSPHRASE)
        words = written_down(terminal)
        asked(terminal)
        terminal.type("")
        terminal.until("no recovery words")
        assert terminal.ended() == 0
    assert types_of(vault, PASSPHRASE) == [SlotType.PASSPHRASE]
    assert len(words) == 12


def test_ctrl_c_in_the_middle_leaves_no_words_that_nobody_has(vault: Path) -> None:
    with Terminal("passphrase", vault) as terminal:
        terminal.answer("Passphrase: ", PASSPHRASE)
        choose(terminal, "ein anderer Satz aus Wörtern")
        terminal.until("written down: ")
        terminal.type("\x03")
        terminal.until(re.escape(LEAVES))
        terminal.until("the new passphrase is in force")
        terminal.until("no recovery words")
        assert terminal.ended() == 130
    assert "start the same command again" not in terminal.seen
    assert types_of(vault, "ein anderer Satz aus Wörtern") == [SlotType.PASSPHRASE]


def test_ctrl_c_before_anything_is_changed_says_that_nothing_is(vault: Path) -> None:
    with Terminal("passphrase", vault) as terminal:
        terminal.answer("Passphrase: ", PASSPHRASE)
        terminal.until("New passphrase: ")
        terminal.type("\x03")
        terminal.until("start the same command again")
        assert terminal.ended() == 130
    assert "in force" not in terminal.seen
    assert types_of(vault, PASSPHRASE)[0] is SlotType.PASSPHRASE


def test_ctrl_c_while_the_words_of_a_new_vault_are_shown_says_that_it_is_there(tmp_path: Path) -> None:
    vault = tmp_path / "case.holdfast"
    with Terminal("create", vault, "--initials", "AB") as terminal:
        choose(terminal, "ein anderer Satz aus Wörtern")
        terminal.until("written down: ")
        terminal.type("\x03")
        terminal.until("the vault is made")
        terminal.until("no recovery words")
        assert terminal.ended() == 130
    assert "start the same command again" not in terminal.seen
    assert types_of(vault, "ein anderer Satz aus Wörtern") == [SlotType.PASSPHRASE]


def test_ctrl_c_after_a_new_key_says_that_the_new_passphrase_is_in_force(vault: Path) -> None:
    with Terminal("rekey", vault) as terminal:
        terminal.answer("Passphrase: ", PASSPHRASE)
        choose(terminal, "ein anderer Satz aus Wörtern")
        terminal.until("written down: ")
        terminal.type("\x03")
        terminal.until("the new passphrase is in force")
        assert terminal.ended() == 130
    assert types_of(vault, "ein anderer Satz aus Wörtern") == [SlotType.PASSPHRASE]


def test_an_offered_passphrase_is_six_words_and_leaves_the_screen(tmp_path: Path) -> None:
    vault = tmp_path / "case.holdfast"
    with Terminal("create", vault, "--initials", "AB", "--recovery-words-file", tmp_path / "words") as terminal:
        terminal.answer("New passphrase: ", "")
        first = terminal.until(r"Here is one: ([a-z ]+)")[1]
        terminal.answer("New passphrase: ", "")
        offered = terminal.until(r"Here is one: ([a-z ]+)")[1]
        choose(terminal, offered)
        assert terminal.ended() == 0
    assert offered != first
    assert len(offered.split()) == 6
    assert offered not in terminal.seen.rpartition(LEAVES)[2]
    assert "longer than anybody lives" in terminal.seen
    assert types_of(vault, offered) == [SlotType.PASSPHRASE, SlotType.RECOVERY]


def test_an_easy_passphrase_gets_a_hint_and_is_allowed(tmp_path: Path) -> None:
    vault = tmp_path / "case.holdfast"
    with Terminal("create", vault, "--initials", "AB", "--recovery-words-file", tmp_path / "words") as terminal:
        choose(terminal, "AB1998")
        terminal.until("Somebody who knows you could guess this")
        terminal.answer(r"choose another \(n\): ", "n")
        terminal.answer("New passphrase: ", "one")
        terminal.answer("again: ", "two")
        terminal.until("not the same")
        choose(terminal, "AB1999")
        terminal.answer(r"choose another \(n\): ", "")
        assert terminal.ended() == 0
    assert types_of(vault, "AB1999") == [SlotType.PASSPHRASE, SlotType.RECOVERY]


def test_typed_words_open_the_vault_and_a_mistyped_one_is_named(vault: Path) -> None:
    opened = Vault.open(vault, PASSPHRASE)
    words = words_of(opened.set_recovery_words())
    opened.close()
    with Terminal("recover", vault) as terminal:
        terminal.answer("in their order: ", " ".join(["qqzx", *words[1:]]))
        terminal.until("Word 1, “qqzx”")
        terminal.answer("in their order: ", f"  {' '.join(words).upper()} ")
        choose(terminal, "noch ein Satz, den ich kenne")
        renewed = written_down(terminal)
        for _question in range(2):
            terminal.type(renewed[asked(terminal) - 1])
        assert terminal.ended() == 0
    assert " ".join(words).upper() not in terminal.seen.rpartition(LEAVES)[2]
    assert types_of(vault, "noch ein Satz, den ich kenne") == [SlotType.PASSPHRASE, SlotType.RECOVERY]
    Vault.open_with_words(vault, parse_words(" ".join(renewed))).close()


def test_recovery_words_are_no_passphrase_and_are_not_shown(vault: Path) -> None:
    words = "legal winner thank year wave sausage worth useful legal winner thank yellow"
    with Terminal("passphrase", vault) as terminal:
        terminal.answer("Passphrase: ", PASSPHRASE)
        choose(terminal, words)
        terminal.until("look like recovery words")
        assert terminal.ended() == 2
    assert "sausage" not in terminal.seen
    assert types_of(vault, PASSPHRASE) == [SlotType.PASSPHRASE]


def test_destroying_asks_twice_at_a_terminal(vault: Path) -> None:
    with Terminal("destroy", vault) as terminal:
        terminal.answer("Type yes to go on: ", "yes")
        terminal.answer(r"name of the vault, case\.holdfast: ", "case.holdfast")
        assert terminal.ended() == 0
    assert not vault.exists()
