"""How large the system draws things on a screen: 100 % is usual, 200 % is common on small, fine screens."""

import ctypes
import re
import sys

_USUAL_DPI = 96
_XFT_DPI = re.compile(rb"^Xft\.dpi:\s*([0-9]{2,4})", re.MULTILINE)


def screen_scale(display: str | None) -> int | None:
    """The scale in percent, as the system is set; None where nothing says. `display`: the X display, on Linux."""
    scale: int | None
    if sys.platform == "win32":
        scale = int(ctypes.windll.shcore.GetScaleFactorForDevice(0))
    elif display is None:
        scale = None
    else:
        found = _XFT_DPI.search(_resources(display))
        scale = round(100 * int(found[1]) / _USUAL_DPI) if found else 100
    return scale


def _resources(display: str) -> bytes:
    """The resource database of an X display (Xlib, section 15: XResourceManagerString)."""
    try:
        xlib = ctypes.CDLL("libX11.so.6")
    except OSError:
        return b""
    xlib.XOpenDisplay.restype = xlib.XResourceManagerString.restype = ctypes.c_void_p
    opened = xlib.XOpenDisplay(display.encode("ascii", "replace"))
    if not opened:
        return b""
    try:
        text = xlib.XResourceManagerString(ctypes.c_void_p(opened))
        return ctypes.string_at(text) if text else b""
    finally:
        xlib.XCloseDisplay(ctypes.c_void_p(opened))
