"""What can go wrong in words for people: what happened, whether the evidence is safe, what to do next."""


class HoldfastError(Exception):
    """The base of everything that Holdfast itself refuses or reports. `exit_status` is that of the command line."""

    exit_status = 2
    safe = "Nothing was changed; what is already kept is safe."
    next = "Try again."

    def __init__(self, what: str, *, safe: str | None = None, next: str | None = None) -> None:  # noqa: A002
        super().__init__(what)
        self.what = what
        if safe is not None:
            self.safe = safe
        if next is not None:
            self.next = next


class WrongUse(HoldfastError):
    """Something was asked for that does not exist or does not fit."""


class Unreadable(HoldfastError):
    """A file or picture could not be read."""


class RefusedForSafety(HoldfastError):
    """Not done, to keep somebody safe."""

    exit_status = 4


class NoRoom(HoldfastError):
    """The disk is full or failed."""

    exit_status = 5


class NotPrinted(HoldfastError):
    """The printer did not take the page."""

    next = "Look whether it is switched on and has paper, or write the words down by hand."

    def __init__(self) -> None:
        super().__init__(type(self).__doc__ or "")


class NeedsPassphrase(WrongUse):
    """This backup was made under an older key: only the passphrase of that time opens it."""

    next = "Type the passphrase that the case had then."

    def __init__(self) -> None:
        super().__init__(type(self).__doc__ or "")


class CheckFailed(HoldfastError):
    """A check found something that does not fit."""

    exit_status = 1
