"""Colours and sizes: the style sheet of resources/style.qss, filled in for light or dark and for the text size."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette, Qt
from PySide6.QtWidgets import QApplication, QWidget

import resources

USUAL_TEXT_PX = 13
"""The height of a system's text where nobody has changed it: 12 to 13 pixels on Windows, macOS and most desktops."""

_BASE_PX = 15
_TOKEN = re.compile(r"^\s*@(\w+)\s+(#[0-9a-f]{6}) (#[0-9a-f]{6})$", re.MULTILINE)
_LENGTH = re.compile(r"\b(\d+)sp\b")
_NAME = re.compile(r"@(\w+)")


class Scheme(StrEnum):
    """Light text on dark, or dark text on light."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Theme:
    """One look. `scale` is the text size as a multiple of the usual one; it is never below 1."""

    scheme: Scheme = Scheme.LIGHT
    scale: float = 1.0

    def colour(self, token: str) -> QColor:
        """The colour with that name in the style sheet."""
        light, dark = _tokens()[token]
        return QColor(light if self.scheme is Scheme.LIGHT else dark)

    def px(self, length: int) -> int:
        """A length of the style sheet (sp) in pixels."""
        return round(length * self.scale)

    def style_sheet(self) -> str:
        """The style sheet with every name and length filled in."""
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        names = {token: self.colour(token).name() for token in _tokens()} | {"mono": f'"{mono}"'}
        sheet = _LENGTH.sub(lambda length: f"{self.px(int(length[1]))}px", _rules())
        return _NAME.sub(lambda name: names[name[1]], sheet)


def system_theme() -> Theme:
    """The theme that fits the system's own colours and text size."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    text = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize()
    return Theme(Scheme.DARK if dark else Scheme.LIGHT, max(1.0, text / USUAL_TEXT_PX))


def put_on(application: QApplication, theme: Theme) -> None:
    """Give the whole application that look."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(theme.px(_BASE_PX))
    application.setFont(font)
    application.setPalette(_palette(theme))
    application.setStyleSheet(theme.style_sheet())


def worn(widget: QWidget) -> Theme:
    """The theme that a widget wears now, for those that paint themselves."""
    dark = widget.palette().color(QPalette.ColorRole.Window).lightness() < 128
    return Theme(Scheme.DARK if dark else Scheme.LIGHT, px(_BASE_PX * 100) / (_BASE_PX * 100))


def px(length: int) -> int:
    """A length of the style sheet (sp) in pixels, from the size of the application's text."""
    return round(length * max(1, QApplication.font().pixelSize()) / _BASE_PX)


def sized(length: int, *, bold: bool = False) -> QFont:
    """The application's font at another size (sp)."""
    font = QFont(QApplication.font())
    font.setPixelSize(px(length))
    font.setBold(bold)
    return font


def _palette(theme: Theme) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: "background",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "background",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "onaccent",
        QPalette.ColorRole.Accent: "accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
    }
    palette = QPalette()
    for role, token in roles.items():
        palette.setColor(role, theme.colour(token))
    return palette


@cache
def _sheet() -> str:
    return resources.text("style.qss")


@cache
def _rules() -> str:
    return _sheet().partition("*/")[2]


@cache
def _tokens() -> dict[str, tuple[str, str]]:
    return {name: (light, dark) for name, light, dark in _TOKEN.findall(_sheet())}
