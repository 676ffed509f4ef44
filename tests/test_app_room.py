"""Captures and exports leave a reserve on the disk: what is refused leaves nothing, and words can still be kept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cases import ORDINARY, artifact, new_case

from app.casefile import Casefile
from app.errors import NoRoom
from app.kinds import Kind
from app.package.export import export
from app.room import Usage, in_words, require_room, size_of

MIB, GIB = 1024**2, 1024**3
CLI = Path(sys.executable).with_name("holdfast-cli")


@pytest.mark.parametrize(
    ("total", "free", "size", "enough"),
    [
        (100 * GIB, 10 * GIB, 9 * GIB, True),
        (100 * GIB, 10 * GIB, 10 * GIB, False),
        (100 * GIB, 65 * MIB, 0, True),
        (100 * GIB, 63 * MIB, 0, False),
        (64 * MIB, 8 * MIB, 3 * MIB, True),
        (64 * MIB, 8 * MIB, 5 * MIB, False),
        (64 * MIB, 3 * MIB, 0, False),
    ],
)
def test_large_things_are_refused_before_the_last_room_is_used(total, free, size, enough, tmp_path):
    def measure(_place: Path) -> Usage:
        return Usage(total, total - free, free)

    if enough:
        require_room(tmp_path, size, measure)
    else:
        with pytest.raises(NoRoom, match="not enough room"):
            require_room(tmp_path, size, measure)


def test_where_the_system_does_not_say_what_is_free_writing_is_tried(tmp_path):
    def silent(_place: Path) -> Usage:
        raise OSError

    require_room(tmp_path, 10**15, silent)


def test_a_place_that_is_not_there_yet_is_measured_where_it_will_be(tmp_path):
    require_room(tmp_path / "not" / "there", 1)
    with pytest.raises(NoRoom):
        require_room(tmp_path / "not" / "there", 10**18)


def test_sizes_are_read_by_people():
    assert [in_words(size) for size in (0, 1023, 1536, 5 * MIB, 3 * GIB)] == [
        "0 bytes", "1023 bytes", "1.5 KiB", "5.0 MiB", "3.0 GiB",
    ]  # fmt: skip


def test_the_size_of_a_folder_is_that_of_its_files(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "one").write_bytes(b"x" * 10)
    (tmp_path / "inner" / "two").write_bytes(b"x" * 5)
    (tmp_path / "link").symlink_to(tmp_path / "one")
    assert size_of(tmp_path) == 15


@pytest.fixture
def casefile(tmp_path):
    made = new_case(tmp_path)
    yield made
    made.close()


def full(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr("app.room.shutil.disk_usage", lambda _place: (100 * GIB, 100 * GIB - free, free))


def test_capture_export_and_a_new_key_are_refused_and_words_are_kept(
    casefile: Casefile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    casefile.preserve(artifact(), ORDINARY)
    full(monkeypatch, 63 * MIB)
    before, entries = size_of(casefile.vault.path / "objects"), casefile.vault.head.entries
    for attempt in (
        lambda: casefile.preserve(artifact(), ORDINARY),
        lambda: export(casefile, tmp_path / "out"),
        lambda: casefile.rekey("another passphrase"),
    ):
        with pytest.raises(NoRoom):
            attempt()
    assert size_of(casefile.vault.path / "objects") == before
    assert casefile.vault.head.entries == entries
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.holdfast"]
    casefile.record(Kind.INCIDENT, {"what_happened": "They wrote again."})
    assert casefile.vault.head.entries == entries + 1


SCRIPT = """
    mount -t tmpfs -o size=16m small disk && cp -r case.holdfast disk/ && cd disk || exit 99
    run() { "$CLI" "$@" --passphrase-file ../passphrase; }
    number=0
    while run add case.holdfast ../large.bin > /dev/null 2> ../err; do number=$((number + 1)); done
    run add case.holdfast ../large.bin > /dev/null 2>&1; echo $? > ../status
    run export case.holdfast out --for police --unsealed > /dev/null 2> ../err-export; echo $? >> ../status
    for word in one two three four; do
        run record case.holdfast incident what_happened="$(head -c 20000 /dev/zero | tr '\\0' x) $word" > /dev/null \\
            || exit 98
    done
    run list case.holdfast --kind incident > ../incidents; run check case.holdfast > /dev/null || exit 97
    find . -name 'tmp-*' > ../left; ls > ../names; echo $number > ../number; df --output=avail -B1 . | tail -1 > ../free
"""


def test_on_a_real_small_disk_captures_stop_in_time_and_words_go_on(tmp_path: Path) -> None:
    """A disk of 16 MiB keeps one for the log."""
    made = new_case(tmp_path)
    made.close()
    (tmp_path / "disk").mkdir()
    (tmp_path / "passphrase").write_text("correct horse", encoding="utf-8")
    (tmp_path / "large.bin").write_bytes(os.urandom(4 * MIB))
    environ = os.environ | {"CLI": str(CLI)}
    subprocess.run(["unshare", "-rm", "sh", "-c", SCRIPT], cwd=tmp_path, env=environ, check=True)
    names = ("status", "err", "err-export", "number", "incidents", "left", "names", "free")
    said = {name: (tmp_path / name).read_text(encoding="utf-8") for name in names}
    assert said["status"].split() == ["5", "5"]
    assert "not enough room" in said["err"]
    assert "not enough room" in said["err-export"]
    assert int(said["number"]) == 3
    assert len(said["incidents"].splitlines()) == 4
    assert (said["left"], said["names"].split()) == ("", ["case.holdfast"])
    assert int(said["free"]) > 0
