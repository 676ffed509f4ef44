"""The verdict in words and in JSON: plain, complete, and safe to print whatever the package holds."""

import json
from pathlib import Path

import pytest
from package_maker import KNOWN_EXHIBIT, good_package, receipt_code

from app.package.verify import plain_words, verify, visible

MEMBERS = set(
    "package verdict problems notices entries disclosed withheld exhibits sealed head fingerprint timestamp "
    "receipts timestamps continues".split()
)


def test_the_verdict_comes_first_and_what_it_does_not_prove_comes_last(tmp_path: Path) -> None:
    package = good_package()
    words = plain_words(verify(package.unpack(tmp_path)))
    first, *_, last = words.splitlines()
    assert "Intact." in first
    assert "record is what counts" in last
    assert "with another key, would pass" in words
    assert "15 entries: 13 shown, 2 withheld; 3 exhibits." in words
    assert package.fingerprint[:4] + " " + package.fingerprint[4:8] in words


def test_a_changed_picture_is_called_by_its_exhibit_reference(tmp_path: Path) -> None:
    package = good_package()
    package.files[KNOWN_EXHIBIT] += b"more"
    words = plain_words(verify(package.unpack(tmp_path)))
    assert "Failed." in words.splitlines()[0]
    assert "Exhibit AB/1 (AB-0001.png): This file was changed" in words


def test_a_receipt_that_fits_praises_nothing_but_the_entries_where_a_file_was_changed(tmp_path: Path) -> None:
    package = good_package()
    folder = package.unpack(tmp_path)
    assert "nothing up to that entry was changed" in plain_words(verify(folder, receipts=[package.receipt(10)]))
    (folder / KNOWN_EXHIBIT).write_bytes(b"another picture")
    words = plain_words(verify(folder, receipts=[package.receipt(10)]))
    assert "nothing up to that entry was changed" not in words
    assert "Receipt for entry 10: the entries up to that one are those that it was given for" in words


def test_a_fingerprint_that_fits_is_said_to_fit(tmp_path: Path) -> None:
    """Silence would leave whoever typed 64 letters wondering whether they were looked at."""
    package = good_package()
    folder = package.unpack(tmp_path)
    assert "That is the fingerprint you gave." in plain_words(verify(folder, fingerprint=package.fingerprint))
    assert "fingerprint you gave" not in plain_words(verify(folder))
    assert "fingerprint you gave" not in plain_words(verify(folder, fingerprint="ab" * 32))


def test_what_does_not_hold_says_what_to_do_and_whom_to_ask(tmp_path: Path) -> None:
    package = good_package()
    folder = package.unpack(tmp_path)
    beyond = plain_words(verify(folder, receipts=[receipt_code(99, "ab" * 32)]))
    assert "ask for a newer package" in beyond
    assert "data/chain.txt" not in beyond
    assert "Look once more at what you typed" in plain_words(verify(folder, fingerprint="ab" * 32))
    (folder / KNOWN_EXHIBIT).write_bytes(b"another picture")
    assert "does not say who did it" in plain_words(verify(folder))
    assert "copy it again" in plain_words(verify(tmp_path / "nothing.zip"))


@pytest.mark.parametrize(("litter", "said"), [(1, "left a file of its own"), (2, "left 2 files of its own")])
def test_litter_is_counted_in_good_english(tmp_path: Path, litter: int, said: str) -> None:
    folder = good_package().unpack(tmp_path)
    for name in ("Thumbs.db", "desktop.ini")[:litter]:
        (folder / name).write_bytes(b"")
    assert said in plain_words(verify(folder))


def test_no_control_character_of_a_file_name_reaches_the_terminal(tmp_path: Path) -> None:
    package = good_package()
    folder = package.unpack(tmp_path)
    (folder / "a\x1b[31m\u202etxt.\u200bexe").write_bytes(b"")
    words = plain_words(verify(folder))
    assert "a[U+001B][31m[U+202E]txt.[U+200B]exe" in words
    assert not {"\x1b", "\u202e", "\u200b"} & set(words)


def test_a_file_name_that_is_not_utf8_can_be_printed(tmp_path: Path) -> None:
    folder = good_package().unpack(tmp_path)
    (folder / "caf\udce9.txt").write_bytes(b"")
    verdict = verify(folder)
    plain_words(verdict).encode("utf-8")
    json.dumps(verdict.as_json()).encode("utf-8")
    assert "caf[U+DCE9].txt" in plain_words(verdict)


def test_ordinary_letters_of_any_script_are_left_alone() -> None:
    assert visible("Zoë 用户 محمد 😀") == "Zoë 用户 محمد 😀"


@pytest.mark.parametrize("good", [True, False])
def test_the_json_always_has_the_same_members(tmp_path: Path, *, good: bool) -> None:
    path = good_package().unpack(tmp_path) if good else tmp_path / "nothing"
    result = json.loads(json.dumps(verify(str(path)).as_json()))
    assert set(result) == MEMBERS
    assert result["package"] == str(path)
    assert result["verdict"] == ("intact" if good else "unreadable")
    assert all(set(found) == {"code", "path", "detail"} for found in result["problems"] + result["notices"])


def test_thousands_of_extra_files_do_not_fill_the_terminal(tmp_path: Path) -> None:
    folder = good_package().unpack(tmp_path)
    for number in range(2000):
        (folder / f"extra-{number}.txt").write_bytes(b"")
    verdict = verify(folder)
    assert len(verdict.problems) < 1100
    assert len(plain_words(verdict).splitlines()) < 40
