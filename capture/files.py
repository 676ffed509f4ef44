"""Files as evidence: regular files, read to the end and never changed."""

import errno
import io
import os
import stat
from dataclasses import dataclass, field
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Self

from capture.artifact import Artifact, Caution, Method, Provenance
from capture.context import Computer, this_computer
from capture.errors import UnreadableFile
from capture.media import HEAD_SIZE, media_type_of

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_WORDS = {
    errno.ENOENT: "There is no such file.",
    errno.EACCES: "You are not allowed to open this file.",
    errno.EPERM: "You are not allowed to open this file.",
    errno.EISDIR: "This is a folder, not a file.",
    errno.ENAMETOOLONG: "The name of this file is too long for this computer.",
    errno.ELOOP: "This link leads in a circle.",
    errno.ENXIO: "This is a device or a connection, not a file.",
}


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file that somebody chose. Links are followed; folders, devices and connections are refused."""

    path: Path
    computer: Computer = field(default_factory=this_computer)

    def capture(self) -> Artifact:
        """The file as it is now. Raises UnreadableFile.

        The bytes stay where they are and are read when the artifact is opened; then it must still be the same file.
        """
        identity, stream = _open_regular(self.path)
        with stream:
            head = stream.read(HEAD_SIZE)
        name, name_hex = displayed_name(os.fsencode(self.path.name))
        moment = self.computer.clock().astimezone(UTC)
        return Artifact(
            media_type=media_type_of(name, head),
            name=name,
            name_hex=name_hex,
            size=identity.size,
            provenance=Provenance.IMPORTED,
            method=Method.FILE,
            captured_at=moment,
            context=self.computer.context(moment),
            open=partial(_reopen, self.path, identity),
            warnings=() if head else (Caution.EMPTY,),
        )


def displayed_name(raw: bytes) -> tuple[str, str | None]:
    """A file name's bytes as text, and all of them in hex where they are not UTF-8 (U+FFFD stands for those)."""
    try:
        return raw.decode("utf-8"), None
    except UnicodeDecodeError:
        return raw.decode("utf-8", errors="replace"), raw.hex()


class _Identity(NamedTuple):
    """Which file it is, and in which state."""

    device: int
    inode: int
    size: int
    modified_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Self:
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


class _Reading(io.FileIO):
    """A file being read, whose failures are the file's and not the vault's."""

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        try:
            return super().readinto(buffer)
        except OSError as error:
            raise _unreadable(error) from error

    def readall(self) -> bytes:
        try:
            return super().readall()
        except OSError as error:
            raise _unreadable(error) from error


def _reopen(path: Path, captured: _Identity) -> BinaryIO:
    identity, stream = _open_regular(path)
    if identity != captured:
        stream.close()
        raise UnreadableFile("This file was changed or replaced while it was being added.")
    return stream


def _open_regular(path: Path) -> tuple[_Identity, BinaryIO]:
    """Open a file after looking at what it is: opening alone can set off a device or wait on a pipe for ever."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    try:
        _require_regular(path.stat())
        descriptor = os.open(path, flags)
        try:
            status = os.fstat(descriptor)
            _require_regular(status)
            return _Identity.of(status), io.BufferedReader(_Reading(descriptor))
        except BaseException:
            os.close(descriptor)
            raise
    except OSError as error:
        raise _unreadable(error) from error
    except ValueError as error:
        raise UnreadableFile("This is not the name of a file.") from error


def _require_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableFile(_WORDS[errno.EISDIR])
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(_WORDS[errno.ENXIO])


def _unreadable(error: OSError) -> UnreadableFile:
    return UnreadableFile(_WORDS.get(error.errno or 0, "This file could not be read to its end."))
