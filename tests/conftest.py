"""What all tests share."""

from xvfb import virtual_screen

__all__ = ["virtual_screen"]
