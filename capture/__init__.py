"""How evidence comes in: screens, areas and files, each with its context."""

from capture.artifact import Artifact, Caution, Method, Provenance, Source
from capture.context import Clock, Computer, Context, Family, Screen, local_zone, this_computer, utc_now, zone_text
from capture.errors import AreaOutsideScreen, CaptureError, NeedsPortal, NoScreen, UnreadableFile
from capture.files import FileSource, displayed_name
from capture.media import may_hold_a_picture, media_type_of
from capture.screen import AreaSource, Box, Monitor, ScreenSource, monitors

__all__ = [
    "AreaOutsideScreen",
    "AreaSource",
    "Artifact",
    "Box",
    "CaptureError",
    "Caution",
    "Clock",
    "Computer",
    "Context",
    "Family",
    "FileSource",
    "Method",
    "Monitor",
    "NeedsPortal",
    "NoScreen",
    "Provenance",
    "Screen",
    "ScreenSource",
    "Source",
    "UnreadableFile",
    "displayed_name",
    "local_zone",
    "may_hold_a_picture",
    "media_type_of",
    "monitors",
    "this_computer",
    "utc_now",
    "zone_text",
]
