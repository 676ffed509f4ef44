"""What can go wrong with a vault, in words for people. The docstring of an error is its sentence."""

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from vault.recovery import RecoverySecret


class VaultError(Exception):
    """The vault could not do that."""

    safe: ClassVar[str] = "What is already kept is safe."
    next: ClassVar[str] = "Try again."

    def __init__(self, what: str = "") -> None:
        self.what = what or (type(self).__doc__ or "")
        super().__init__(self.what)


class WrongPassphrase(VaultError):
    """This passphrase does not open the vault."""

    next = "Try again: check capital letters and the keyboard's language. You can try as often as you want."


class WrongWords(VaultError):
    """These recovery words do not open this vault."""

    next = "They may belong to another vault, or the passphrase was changed since and made new words."


class NotAVault(VaultError):
    """This folder is not a Holdfast vault."""

    safe = "Nothing was changed."
    next = "Choose a folder whose name ends in .holdfast."


class NothingThere(NotAVault):
    """There is no folder of this name."""

    next = "Check the name and the folder. If it is on a stick or another disk, plug that in first."


class NotReadable(VaultError):
    """This computer does not let you read the files of this vault."""

    safe = "Nothing was changed, and nothing says that anything is damaged."
    next = (
        "They may belong to another user of this computer, or another program holds them. Log in as that user, or have "
        "them make you a backup of it."
    )


class NewerFormat(VaultError):
    """This vault was made by a newer version of Holdfast."""

    safe = "It was not touched."
    next = "Open it with the newer version."


class VaultBusy(VaultError):
    """This vault is already open in another window or program."""

    next = "Close it there first."


class CannotLock(VaultError):
    """The place where this vault lies cannot keep two programs from writing into it at the same time."""

    safe = "It was not opened, and nothing was changed."
    next = "Close every program that has it open, copy the whole folder to this computer's own disk and open it there."


class VaultExists(VaultError):
    """There is already something at this place."""

    safe = "It was not touched."
    next = "Choose another name."


class DamagedVault(VaultError):
    """A part of the vault is damaged."""

    safe = "Nothing was changed. What is not damaged can still be read."
    next = "Make a copy of the whole folder before anything else, and open your newest backup."


class DamagedFiles(DamagedVault):
    """A part of this vault is damaged and cannot be encrypted anew."""

    safe = "Nothing was changed: the vault is as it was, with its old passphrase."
    next = (
        "Look whether your newest backup has it whole. You can also go on without it: then the old vault stays beside "
        "the new one."
    )

    def __init__(self, what: str = "", names: tuple[str, ...] = ()) -> None:
        super().__init__(what)
        self.names = names
        """The exhibits by their references, as a check names them; `log` for other parts of the log."""


class DiskFull(VaultError):
    """There is not enough room on the disk."""

    safe = "Nothing that was kept is lost. This one was not kept."
    next = "Free some room, or move the vault to a larger disk, and try again."


class FileTooLarge(DiskFull):
    """This disk or stick takes no file as large as this one, however much room there is."""

    next = "Many sticks take at most 4 GiB in one file, because of how they are formatted (FAT32). Use one with exFAT."


class DiskFailed(VaultError):
    """The disk did not take this."""

    safe = "What was kept before is still there. This one was not kept."
    next = "Check the disk or stick, then run a check of the vault."


class BackupFull(DiskFull):
    """There is not enough room on the disk or stick of the backup."""

    safe = "Your vault is as it was, and so is a backup that was there before."
    next = "Free some room there, or use a larger disk or stick, and try again."


class BackupFileTooLarge(BackupFull):
    """The disk or stick of the backup takes no file as large as one in your vault, however much room there is."""

    next = FileTooLarge.next


class TooLong(VaultError):
    """This text is too long for one entry (about a million letters)."""

    safe = "Nothing was changed; your text is still in the form."
    next = "Add the long text as a file instead."


class NotAllowed(VaultError):
    """The log does not allow this."""

    safe = "Nothing was changed."
    next = "Add a new entry instead."


class LastWayIn(NotAllowed):
    """The last way into the vault stays."""

    next = "To shut out whoever knows it, set a new passphrase; that also makes new recovery words."


class VaultLocked(VaultError):
    """The vault is locked."""

    next = "Open it again with the passphrase."


class NotConfirmed(VaultError):
    """This was written, but the disk failed before that could be confirmed."""

    safe = "What was kept before is safe. This one is most likely kept too."
    next = "Free some room, close the vault, open it again and look whether it is there."


class WaysUnsure(NotConfirmed):
    """The disk failed while the ways into this vault were changed."""

    safe = "Nothing that was kept is lost. Either the new passphrase and words open it, or still the old ones."
    next = "Keep both. Try the new passphrase first, then the old one. Then set a new one once more."

    def __init__(self, words: "RecoverySecret | None" = None) -> None:
        super().__init__()
        self.words = words
        """What the new recovery words stand for, where some were made: whoever asked for them needs them now."""


class NotRekeyed(DiskFailed):
    """The disk failed when the vault under its new key was to take the old one's place."""

    safe = "Nothing is lost: the vault is as it was, and opens with its old passphrase and words."
    next = "Check the disk, then try again."


class RekeyUnsure(WaysUnsure):
    """The disk failed while the vault under its new key took the old one's place."""

    safe = (
        "Nothing is lost. Everything was encrypted anew and checked before; either the new passphrase and words open "
        "it, or still the old ones."
    )
    next = "Keep both. Close the vault, check the disk, and try the new passphrase first, then the old one."


class NotReopened(WaysUnsure):
    """The vault has its new key, but it could not be opened again just now."""

    safe = "Nothing is lost: everything was encrypted anew and checked before."
    next = "Open it with the new passphrase. The old one, and recovery words from before, open it no more."


class ReadOnlyVault(VaultError):
    """Nothing can be written where this vault lies: it is open for reading."""

    safe = "Nothing was changed, and this was not kept. What is in the vault can be read."
    next = "To go on in it, copy the whole folder to this computer's own disk and open the copy."


class ReadOnlyFull(ReadOnlyVault):
    """There was no room on the disk when this vault was opened: it is open for reading."""

    next = "Free some room, close the vault and open it again."


class ReadOnlyDamaged(ReadOnlyVault):
    """This vault is damaged: it is open for reading, and nothing is added to it."""

    next = "Run a check to see what is damaged. Then open your newest backup, or make one of this vault in a new place."


class ReadOnlyWays(ReadOnlyVault):
    """This vault is open for reading, so what opens it cannot be changed."""

    safe = "Nothing was changed: what opened it opens it still."
    next = (
        "To read it, open it as before; if you forgot the passphrase, type your recovery words in its place. If only "
        "the place cannot be written, copy the whole folder to this computer's own disk: a copy can be changed."
    )


class BackupRefused(VaultError):
    """A backup of this vault cannot be made there."""

    safe = "Nothing was changed there, and your vault is as it was."
    next = "Choose another place: a new folder on another disk or stick."


class NotABackup(BackupRefused):
    """What is there is no backup of this vault; it was not touched."""

    next = "Choose a new name in that folder, like the name of your vault."


class BackupOfOldKey(BackupRefused):
    """The copy there was made before the key of this vault was changed, and it may have gone on since."""

    next = "Make a backup in a new place. Then open the old copy, look whether anything is only there, and destroy it."


class BackupAhead(BackupRefused):
    """The copy there is ahead: it holds entries that this vault does not have."""

    next = (
        "This vault may have been put back to an older day. Open the copy and look; if it is the right one, go on "
        "with it. A backup of this vault can be made in another place."
    )


class BackupApart(BackupRefused):
    """This vault and the copy there both went on separately, so neither holds everything."""

    next = "Keep both. Open each and look what is in it. A backup of this vault can be made in another place."


class BackupHasNotes(BackupRefused):
    """In the copy there are notes that this vault does not have, or not in the same words."""

    next = "Open the copy, and write here what you want to keep. A backup of this vault can be made in another place."
