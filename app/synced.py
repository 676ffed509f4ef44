"""Folders that a program copies into somebody's cloud: OneDrive, iCloud, Dropbox, Google Drive, Nextcloud.

Nothing is asked of the network and nothing is changed: the environment, known folders and the marks that those
programs leave say enough.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from configparser import ConfigParser, Error
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from fnmatch import fnmatchcase
from pathlib import Path

from app.errors import RefusedForSafety


class Service(StrEnum):
    """Who copies the folder."""

    ONEDRIVE = "OneDrive"
    ICLOUD = "iCloud"
    DROPBOX = "Dropbox"
    GOOGLE_DRIVE = "Google Drive"
    NEXTCLOUD = "Nextcloud or ownCloud"
    ANOTHER = "a cloud service"


class Sign(Enum):
    """By what a synced folder was recognised, as the end of a sentence; names go to the numbered places."""

    TOLD = "OneDrive has told this computer so"
    ICLOUD_FILES = "this is where macOS keeps the files of iCloud"
    TAKEN_ALONG = "iCloud takes the folder {0} along"
    CLOUD_STORAGE = "this is where macOS keeps the files of cloud services"
    DROPBOX_SETTINGS = "the settings of Dropbox name this folder"
    SETTINGS = "the settings of that program name this folder"
    USUAL_NAME = "the folder “{0}” is the one that it uses"
    DROPBOX_MARK = "“{0}” holds the mark that Dropbox leaves"
    MARK = "“{0}” holds “{1}”, the mark that this program leaves"


@dataclass(frozen=True, slots=True)
class SyncedFolder:
    """A folder that is copied elsewhere, and by what that was recognised; `names` are foreign text."""

    service: Service
    folder: Path
    sign: Sign
    names: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """By what it was recognised, as the end of a sentence."""
        return self.sign.value.format(*self.names)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What tells where this person's synced folders are: the environment and the home folder."""

    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    home: Path = field(default_factory=Path.home)


_MARKS: tuple[tuple[Service, str], ...] = (
    # OneDrive puts a file with this name into every folder that it begins from.
    (Service.ONEDRIVE, ".849c9593-d756-4e56-8d6e-42412f2a707b"),
    (Service.DROPBOX, ".dropbox.cache"),
    (Service.GOOGLE_DRIVE, ".tmp.drivedownload"),
    (Service.GOOGLE_DRIVE, ".tmp.driveupload"),
    (Service.GOOGLE_DRIVE, ".shortcut-targets-by-id"),
    (Service.NEXTCLOUD, ".sync_*.db"),
    (Service.NEXTCLOUD, "._sync_*.db"),
    (Service.NEXTCLOUD, ".nextcloudsync.log"),
    (Service.NEXTCLOUD, ".owncloudsync.log"),
)
_DROPBOX_FILE = ".dropbox"
"""A file where Dropbox begins. In the home folder a folder of that name holds its settings and means nothing."""

_HOME_FOLDERS: tuple[tuple[Service, str], ...] = (
    (Service.ONEDRIVE, "onedrive"),
    (Service.ONEDRIVE, "onedrive - *"),
    (Service.ICLOUD, "iclouddrive"),
    (Service.ICLOUD, "icloudphotos"),
    (Service.DROPBOX, "dropbox"),
    (Service.DROPBOX, "dropbox (*)"),
    (Service.GOOGLE_DRIVE, "google drive"),
    (Service.GOOGLE_DRIVE, "googledrive"),
    (Service.GOOGLE_DRIVE, "my drive"),
    (Service.NEXTCLOUD, "nextcloud"),
    (Service.NEXTCLOUD, "nextcloud[0-9]"),
    (Service.NEXTCLOUD, "owncloud"),
    (Service.NEXTCLOUD, "owncloud[0-9]"),
)
_CLOUD_STORAGE: tuple[tuple[Service, str], ...] = (
    (Service.ONEDRIVE, "onedrive*"),
    (Service.DROPBOX, "dropbox*"),
    (Service.GOOGLE_DRIVE, "googledrive*"),
    (Service.ICLOUD, "icloud*"),
    (Service.NEXTCLOUD, "nextcloud*"),
    (Service.NEXTCLOUD, "owncloud*"),
    (Service.ANOTHER, "*"),
)
_LARGEST_SETTINGS = 1024 * 1024


def synced_folder(path: Path, around: Surroundings) -> SyncedFolder | None:
    """The synced folder that a path lies in or is itself, also behind links; None where none was recognised.

    The path need not exist. What cannot be read is passed over.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - links are looked at with and without following them
    ways = list(dict.fromkeys((path, _followed(path))))
    for known in _known(around):
        folders = {known.folder, _followed(known.folder)}
        if any(way.is_relative_to(folder) for way in ways for folder in folders):
            return known
    return next((found for way in ways for folder in (way, *way.parents) for found in _marked(folder)), None)


def require_unsynced(path: Path, around: Surroundings, *, anyway: bool | None = None) -> str:
    """Refuse a path in a synced folder; with `anyway`, give the words of a warning. Empty where it is not synced.

    `anyway` is None where there is no such choice. Raises RefusedForSafety.
    """
    found = synced_folder(path, around)
    if found is None:
        return ""
    what = f"This place is copied to {found.service.value}: {found.why}. {_DANGER}"
    if anyway:
        return what
    raise RefusedForSafety(
        what,
        safe="Nothing was written there.",
        next="Choose a folder that no cloud service copies, or a stick."
        + (" If you want it there all the same: --anyway." if anyway is not None else ""),
    )


def warning_at_opening(vault: Path, around: Surroundings) -> str:
    """The words of a warning for a vault that already lies in a synced folder, and how to move it; empty elsewhere."""
    found = synced_folder(vault, around)
    if found is None:
        return ""
    return (
        f"This vault lies in a place that is copied to {found.service.value}: {found.why}. {_DANGER} To move it, close "
        "it everywhere and move its whole folder to a place that no service copies, or to a stick; then delete it in "
        "that account too, with its old versions."
    )


_DANGER = (
    "Whoever can get into that account sees what is put there, keeps old copies of it even after you delete it, and a "
    "vault that is copied while it is open can be damaged."
)


def _known(around: Surroundings) -> Iterator[SyncedFolder]:
    for name, value in around.environ.items():
        if name.lower() in {"onedrive", "onedriveconsumer", "onedrivecommercial"} and Path(value).is_absolute():
            yield SyncedFolder(Service.ONEDRIVE, Path(value), Sign.TOLD)
    library = around.home / "Library"
    documents = library / "Mobile Documents"
    yield SyncedFolder(Service.ICLOUD, documents, Sign.ICLOUD_FILES)
    for name in ("Desktop", "Documents"):
        # iCloud's folder holds a link to each of these two that it takes along.
        if (documents / "com~apple~CloudDocs" / name).exists():
            yield SyncedFolder(Service.ICLOUD, around.home / name, Sign.TAKEN_ALONG, (name,))
    for folder in _folders_in(library / "CloudStorage"):
        service = next(service for service, pattern in _CLOUD_STORAGE if fnmatchcase(folder.name.lower(), pattern))
        yield SyncedFolder(service, folder, Sign.CLOUD_STORAGE)
    for folder in _dropbox_says(around):
        yield SyncedFolder(Service.DROPBOX, folder, Sign.DROPBOX_SETTINGS)
    for folder in _nextcloud_says(around):
        yield SyncedFolder(Service.NEXTCLOUD, folder, Sign.SETTINGS)
    for folder in _folders_in(around.home):
        for service, pattern in _HOME_FOLDERS:
            if fnmatchcase(folder.name.lower(), pattern):
                yield SyncedFolder(service, folder, Sign.USUAL_NAME, (folder.name,))


def _marked(folder: Path) -> Iterator[SyncedFolder]:
    try:
        names = {entry.name: entry for entry in os.scandir(folder)}
    except OSError:
        return
    for name, entry in names.items():
        if name == _DROPBOX_FILE and entry.is_file(follow_symlinks=False):
            yield SyncedFolder(Service.DROPBOX, folder, Sign.DROPBOX_MARK, (folder.name,))
        for service, pattern in _MARKS:
            if fnmatchcase(name.lower(), pattern):
                yield SyncedFolder(service, folder, Sign.MARK, (folder.name, pattern))


def _dropbox_says(around: Surroundings) -> Iterator[Path]:
    places = [around.home / ".dropbox"]
    places += [Path(around.environ[name]) / "Dropbox" for name in ("APPDATA", "LOCALAPPDATA") if name in around.environ]
    for place in places:
        try:
            accounts = json.loads(_settings(place / "info.json"))
        except (ValueError, RecursionError):
            continue
        for account in accounts.values() if isinstance(accounts, dict) else ():
            path = account.get("path") if isinstance(account, dict) else None
            if isinstance(path, str) and Path(path).is_absolute():
                yield Path(path)


def _nextcloud_says(around: Surroundings) -> Iterator[Path]:
    beginnings = [around.home / ".config", around.home / "Library" / "Preferences"]
    if "APPDATA" in around.environ:
        beginnings.append(Path(around.environ["APPDATA"]))
    for name in ("Nextcloud/nextcloud.cfg", "ownCloud/owncloud.cfg"):
        for beginning in beginnings:
            parser = ConfigParser(interpolation=None, strict=False)
            try:
                parser.read_string(_settings(beginning / name))
            except Error:
                continue
            values = [value for section in parser.sections() for value in parser[section].items()]
            for key, value in values:
                if re.search(r"(^|\\)localpath$", key.lower()) and Path(value).is_absolute():
                    yield Path(value)


def _settings(path: Path) -> str:
    """A settings file of another program, as far as it can be read; never more than a megabyte of it."""
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST_SETTINGS).decode("utf-8", "replace")
    except OSError:
        return ""


def _followed(path: Path) -> Path:
    """Where a path leads when links are followed; one that leads in a circle stays as it is."""
    return Path(os.path.realpath(path))


def _folders_in(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:
        return []
