"""What can go wrong with a capture, in words for people. The docstring of an error is its sentence."""

from typing import ClassVar


class CaptureError(Exception):
    """This could not be captured."""

    safe: ClassVar[str] = "What is already kept is safe."
    next: ClassVar[str] = "Try again."

    def __init__(self, what: str = "") -> None:
        self.what = what or (type(self).__doc__ or "")
        super().__init__(self.what)


class NoScreen(CaptureError):
    """There is no screen here that can be captured."""

    next = "Log in at the computer itself, or take a picture with your phone or another program and add the file."


class NeedsPortal(CaptureError):
    """This desktop (Wayland) lets no program take a picture of the screen by itself."""

    next = (
        "Log in again and choose “Xorg” on the log-in screen, or take the picture with the system's own "
        "screenshot tool and add the file."
    )


class AreaOutsideScreen(CaptureError):
    """This area is not on the screen."""

    next = "Choose an area that lies on the screen and is at least one pixel wide and high."


class UnreadableFile(CaptureError):
    """This file could not be read."""

    next = (
        "Check that it is still there and that you may open it. If it is on a stick or a phone, copy it to this "
        "computer first. Then add it again."
    )
