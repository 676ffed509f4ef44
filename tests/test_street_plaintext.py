"""No plaintext on the disk but what is handed over: the whole street is walked, and then everything is searched."""

import os
from pathlib import Path

import pytest
from street import Walked, temp_folders, written_paths
from street_searcher import Searcher
from street_secrets import secrets_of

NEVER_LEAVE = {"name", "contact"}
_SMALL = 64 * 1024 * 1024


@pytest.fixture(scope="module")
def secrets(walked: Walked) -> dict[str, bytes]:
    return secrets_of(walked.street)


def every_mark(walked: Walked) -> Searcher:
    return Searcher(walked.evidence.words, walked.evidence.colours)


def any_mark(walked: Walked, secrets: dict[str, bytes]) -> Searcher:
    return Searcher({"a word": walked.evidence.stem} | passphrase(walked), walked.evidence.colours, secrets)


def passphrase(walked: Walked) -> dict[str, str]:
    return {"the passphrase": walked.street.passphrase, "a word of the passphrase": walked.street.passphrase.split()[1]}


def test_every_command_of_the_street_succeeds(walked):
    made, *others = walked.said
    assert made.err.startswith("Note: There are no recovery words")
    assert [(said.command, said.status, said.err) for said in (made, *others) if said.status] == []
    assert [(said.command, said.err) for said in others if said.err] == []


def test_nothing_is_found_in_vault_home_and_temp_folders(walked, secrets):
    assert any_mark(walked, secrets).in_folders(*walked.street.closed) == {}


def test_everything_is_found_in_what_was_handed_over_but_what_never_leaves(walked):
    found = every_mark(walked).in_folders(walked.street.handed_over)
    assert set(found) == {*walked.evidence.words, *walked.evidence.colours} - NEVER_LEAVE
    report, package = (str(path) for path in sorted((walked.street.handed_over / "report").iterdir()))
    assert all(package in files for files in found.values())
    assert found["png"] == {package, str(walked.street.handed_over / "extracted.png")}
    # The report shows a grey card in place of each picture.
    assert not [name for name in walked.evidence.colours if report in found[name]]


def test_no_key_and_no_passphrase_is_found_anywhere_not_even_in_what_was_handed_over(walked, secrets):
    searcher = Searcher(passphrase(walked), {}, secrets)
    assert searcher.in_folders(walked.street.folder) == {}
    assert searcher.in_bytes("".join(said.out + said.err for said in walked.said).encode()) == set()


def test_nothing_is_left_in_the_temporary_folders_of_the_computer(walked, secrets):
    searcher = any_mark(walked, secrets)
    ours = walked.street.folder.parent
    found = {path: searcher.in_file(path) for top in temp_folders() for path in new_files(top, ours, walked.began)}
    assert {path: marks for path, marks in found.items() if marks} == {}


def new_files(top: Path, ours: Path, since: float) -> list[Path]:
    """Files of this user that changed since a moment, apart from those of the tests themselves."""
    found: list[Path] = []
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if Path(folder, name) != ours]
        for name in names:
            path = Path(folder, name)
            try:
                status = path.lstat()
            except OSError:
                continue
            if status.st_mtime >= since and status.st_uid == os.getuid() and status.st_size < _SMALL:
                found.append(path)
    return found


def test_the_programs_write_nowhere_but_in_the_vault_and_where_they_are_told(walked):
    if walked.trace is None:
        pytest.skip("programs cannot be watched with strace here")
    written = written_paths(walked.trace, walked.street.folder)
    for folder in (walked.street.vault, walked.street.handed_over):
        assert any(folder in path.parents for path in written)
    assert sorted(path for path in written if not walked.street.may_hold(path)) == []
