"""A disk without power: what is durable, what is on its way, and every state it may be found in after a cut."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from prove.layer import Operation, What

SECTOR = 512
"""Bytes that a disk writes whole or not at all."""

Tree = dict[str, bytes | None]
"""Files with their content and folders (None), by their path below the root."""


class Fate(StrEnum):
    """What became of one change that was not synced."""

    DONE = "done"
    LOST = "lost"
    TORN = "torn"


@dataclass(slots=True)
class _Change:
    number: int
    operation: Operation
    names: dict[str, int | None] = field(default_factory=dict)


@dataclass(slots=True)
class _File:
    content: bytes = b""
    waiting: list[_Change] = field(default_factory=list)


@dataclass(slots=True)
class _Folder:
    names: dict[str, int] = field(default_factory=dict)
    waiting: list[_Change] = field(default_factory=list)


class Medium:
    """A disk that was empty; it takes operations, and keeps for sure only what was synced.

    Names are kept by their folder: a new one, a removed one, a rename in it wait one by one for the sync of that
    folder. A rename from one folder to another is two changes, and either may come first, as on a file system
    without a journal. A file's sync takes no name along.
    """

    def __init__(self, root: Path, tree: Tree | None = None) -> None:
        self._root = root
        self._inodes: dict[int, _File | _Folder] = {0: _Folder()}
        self._now: dict[Path, int] = {root: 0}
        self._count = 0
        for path, content in sorted((tree or {}).items()):
            self._place(root / path, _Folder() if content is None else _File(content))

    def take(self, operation: Operation) -> None:
        """What was done, in the order in which it was done."""
        self._count += 1
        path = operation.path
        match operation.what:
            case What.CREATE | What.MAKE_FOLDER:
                if path not in self._now:
                    made = _File() if operation.what is What.CREATE else _Folder()
                    self._inodes[self._count] = made
                    self._name(operation, path.parent, {path.name: self._count})
                    self._now[path] = self._count
            case What.WRITE | What.TRUNCATE:
                self._inodes[self._now[path]].waiting.append(_Change(self._count, operation))
            case What.SYNC:
                file = self._inodes[self._now[path]]
                assert isinstance(file, _File)
                file.content = _content(file, {change.number: Fate.DONE for change in file.waiting})
                file.waiting.clear()
            case What.SYNC_FOLDER:
                folder = self._inodes[self._now[path]]
                assert isinstance(folder, _Folder)
                folder.names = _names(folder, {change.number: Fate.DONE for change in folder.waiting})
                folder.waiting.clear()
            case What.REMOVE | What.REMOVE_FOLDER:
                self._name(operation, path.parent, {path.name: None})
                del self._now[path]
            case What.LINK:
                assert operation.target is not None
                self._name(operation, operation.target.parent, {operation.target.name: self._now[path]})
                self._now[operation.target] = self._now[path]
            case What.RENAME | What.EXCHANGE:
                assert operation.target is not None
                self._rename(operation, path, operation.target)

    def waiting(self) -> list[int]:
        """The numbers of the changes that a cut may still lose, oldest first."""
        return sorted(change.number for inode in self._inodes.values() for change in inode.waiting)

    def after_cut(self, fates: dict[int, Fate], chance: random.Random) -> Tree:
        """What is found when the power comes back, if these are the fates of what was waiting."""
        tree: Tree = {}
        self._lay_out(0, "", fates, chance, tree)
        return tree

    def _lay_out(self, inode: int, path: str, fates: dict[int, Fate], chance: random.Random, tree: Tree) -> None:
        found = self._inodes[inode]
        if isinstance(found, _File):
            tree[path] = _content(found, fates, chance)
            return
        if path:
            tree[path] = None
        for name, inner in sorted(_names(found, fates).items()):
            self._lay_out(inner, f"{path}/{name}" if path else name, fates, chance, tree)

    def _name(self, operation: Operation, folder: Path, names: dict[str, int | None]) -> None:
        self._inodes[self._now[folder]].waiting.append(_Change(self._count, operation, names))

    def _rename(self, operation: Operation, source: Path, target: Path) -> None:
        other = self._now[target] if operation.what is What.EXCHANGE else None
        names: dict[str, int | None] = {source.name: other}
        moved: dict[str, int | None] = {target.name: self._now[source]}
        if source.parent == target.parent:
            self._name(operation, source.parent, names | moved)
        else:
            self._name(operation, source.parent, names)
            self._count += 1
            self._name(operation, target.parent, moved)
        self._now = {
            _elsewhere(path, source, target, both=other is not None): inode
            for path, inode in self._now.items()
            if other is not None or path != target
        }

    def _place(self, path: Path, inode: _File | _Folder) -> None:
        self._count += 1
        self._inodes[self._count] = inode
        self._now[path] = self._count
        folder = self._inodes[self._now[path.parent]]
        assert isinstance(folder, _Folder)
        folder.names[path.name] = self._count


def possible_fates(waiting: Sequence[int], chance: random.Random, subsets: int) -> Iterator[dict[int, Fate]]:
    """Nothing of it was done; all; all, the last torn; each alone; all but each; and so many random subsets."""
    yield dict.fromkeys(waiting, Fate.LOST)
    if not waiting:
        return
    yield dict.fromkeys(waiting, Fate.DONE)
    yield dict.fromkeys(waiting, Fate.DONE) | {waiting[-1]: Fate.TORN}
    singled_out = waiting if len(waiting) <= subsets else chance.sample(waiting, subsets)
    for one in singled_out:
        yield dict.fromkeys(waiting, Fate.LOST) | {one: Fate.DONE}
        yield dict.fromkeys(waiting, Fate.DONE) | {one: Fate.LOST}
    for _time in range(subsets):
        weights = chance.choice(((8, 1, 1), (1, 8, 1), (4, 4, 2)))
        yield dict(zip(waiting, chance.choices(list(Fate), weights, k=len(waiting)), strict=True))


def digest_of(tree: Tree) -> bytes:
    """Tells one state from another."""
    digest = hashlib.sha256()
    for path, content in sorted(tree.items()):
        digest.update(f"{path}\n{'-' if content is None else len(content)}\n".encode())
        digest.update(content or b"")
    return digest.digest()


def lay_out(tree: Tree, folder: Path) -> None:
    """Write a state into an empty folder."""
    for path, content in sorted(tree.items()):
        if content is None:
            (folder / path).mkdir(mode=0o700)
        else:
            (folder / path).write_bytes(content)


def _elsewhere(path: Path, source: Path, target: Path, *, both: bool) -> Path:
    """Where a path is after a rename, or after two names were exchanged."""
    if path.is_relative_to(source):
        return target / path.relative_to(source)
    if both and path.is_relative_to(target):
        return source / path.relative_to(target)
    return path


def _names(folder: _Folder, fates: dict[int, Fate]) -> dict[str, int]:
    names = dict(folder.names)
    for change in folder.waiting:
        if fates[change.number] is Fate.LOST:
            continue
        for name, inode in change.names.items():
            if inode is None:
                names.pop(name, None)
            else:
                names[name] = inode
    return names


def _content(file: _File, fates: dict[int, Fate], chance: random.Random | None = None) -> bytes:
    content = bytearray(file.content)
    for change in file.waiting:
        operation, fate = change.operation, fates[change.number]
        if fate is Fate.LOST:
            continue
        if operation.what is What.TRUNCATE:
            content = content[: operation.size].ljust(operation.size, b"\0")
            continue
        end = operation.offset + len(operation.data)
        if len(content) < end:
            content.extend(bytes(end - len(content)))
        for start, part in _sectors(operation):
            if fate is Fate.DONE or (chance is not None and chance.random() < 0.5):
                content[start : start + len(part)] = part
    return bytes(content)


def _sectors(operation: Operation) -> Iterator[tuple[int, bytes]]:
    start, end = operation.offset, operation.offset + len(operation.data)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        yield start, operation.data[start - operation.offset : stop - operation.offset]
        start = stop
