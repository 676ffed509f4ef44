"""Files are taken as they are, whatever they are called; what is not a file is refused without waiting or harm."""

import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from capture import CaptureError, Caution, FileSource, Method, Provenance, UnreadableFile, displayed_name

AWKWARD_NAMES = [
    b"plain.txt",
    "Überweisung – копия 証拠.txt".encode(),
    b"line\nbreak\x1b[31m\ttab\x07.txt",
    b"-rf",
    b"latin1-\xe9\xff.jpg",
    "right-to-left \u202egnp.exe".encode(),
    b"<img src=x onerror=alert(1)>.png",
    b" ",
    b"n" * 255,
]


def read(source: FileSource) -> bytes:
    with source.capture().open() as stream:
        return stream.read()


@pytest.mark.parametrize("name", AWKWARD_NAMES)
def test_the_bytes_are_untouched_and_the_name_is_kept_whatever_it_is(tmp_path: Path, name: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    content = os.urandom(200_000)
    path.write_bytes(content)
    before = path.stat()
    artifact = FileSource(path).capture()
    with artifact.open() as stream:
        assert stream.read() == content
    assert artifact.size == len(content)
    kept = bytes.fromhex(artifact.name_hex) if artifact.name_hex is not None else artifact.name.encode()
    assert kept == name
    after = path.stat()
    assert (after.st_mtime_ns, after.st_size, after.st_mode) == (before.st_mtime_ns, before.st_size, before.st_mode)


def test_a_name_that_is_not_utf8_is_shown_with_marks_and_kept_in_hex() -> None:
    assert displayed_name(b"caf\xe9.jpg") == ("caf\ufffd.jpg", "636166e92e6a7067")
    assert displayed_name("café.jpg".encode()) == ("café.jpg", None)
    assert displayed_name(b"\xed\xb2\x80") == ("\ufffd\ufffd\ufffd", "edb280")


def test_a_name_of_300_characters_is_kept_whole() -> None:
    name = "x" * 296 + ".png"
    assert displayed_name(name.encode()) == (name, None)


def test_a_file_can_be_read_as_often_as_needed_and_from_the_beginning_each_time(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(b"Pay or I post it")
    artifact = FileSource(path).capture()
    with artifact.open() as one, artifact.open() as other:
        assert one.read(3) == b"Pay"
        assert other.read() == b"Pay or I post it"
        assert one.read() == b" or I post it"


def test_reading_a_large_file_takes_no_more_memory_than_its_pieces(tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    with path.open("wb") as file:
        file.truncate(8 * 2**30)
    artifact = FileSource(path).capture()
    assert artifact.size == 8 * 2**30
    with artifact.open() as stream:
        stream.seek(-3, os.SEEK_END)
        assert stream.read(100) == b"\0\0\0"


def test_an_empty_file_is_kept_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    artifact = FileSource(path).capture()
    assert artifact.warnings == (Caution.EMPTY,)
    assert artifact.size == 0
    assert read(FileSource(path)) == b""


def test_a_link_leads_to_the_file_and_keeps_the_name_that_was_chosen(tmp_path: Path) -> None:
    (tmp_path / "target.txt").write_bytes(b"words")
    (tmp_path / "link.txt").symlink_to("target.txt")
    assert read(FileSource(tmp_path / "link.txt")) == b"words"
    assert FileSource(tmp_path / "link.txt").capture().name == "link.txt"


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))


def make_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_circle(path: Path) -> None:
    path.symlink_to(path.name)


def make_nothing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize("make", [Path.mkdir, make_pipe, make_socket, make_device, make_circle, make_nothing])
def test_what_is_not_a_file_is_refused_at_once_in_words(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "thing"
    make(path)
    with pytest.raises(UnreadableFile) as refused:
        FileSource(path).capture()
    assert refused.value.what.endswith(".")
    assert "safe" in refused.value.safe
    assert str(tmp_path) not in str(refused.value)


@pytest.mark.parametrize("name", ["n" * 300, "with\0nul", "../" * 2000 + "x"])
def test_a_name_that_cannot_be_opened_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile):
        FileSource(tmp_path / name).capture()


def test_a_file_that_was_replaced_after_it_was_looked_at_is_not_taken_for_it(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"only words")
    artifact = FileSource(path).capture()
    other = tmp_path / "other"
    other.write_bytes(b"\x89PNG\r\n\x1a\n")
    other.replace(path)
    with pytest.raises(UnreadableFile, match="changed or replaced"):
        artifact.open()


def test_a_file_that_is_gone_before_it_is_read_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"words")
    artifact = FileSource(path).capture()
    path.unlink()
    with pytest.raises(UnreadableFile, match="no such file"):
        artifact.open()


def test_a_disk_that_fails_while_reading_is_the_files_fault_in_words() -> None:
    source = FileSource(Path("/proc/self/mem"))
    with pytest.raises(CaptureError, match="could not be read to its end"):
        source.capture()


def test_a_file_is_imported_and_not_captured_live(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"words")
    before = datetime.now(UTC)
    artifact = FileSource(path).capture()
    assert before <= artifact.captured_at <= datetime.now(UTC)
    assert artifact.captured_at.tzinfo is UTC
    assert artifact.provenance is Provenance.IMPORTED
    assert artifact.method is Method.FILE
    assert artifact.context.screen is None
    assert str(tmp_path) not in repr(artifact.context)
