"""An area of the screen, by numbers and arrow keys; nothing has to be dragged, and no picture is shown."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from capture import Box
from ui import theme
from ui.widgets.text import Look, Text

_STEP, _FINE = 10, 1


class AreaMap(QWidget):
    """The screen as a frame with the area in it. Arrow keys move the area, with Shift they resize it."""

    moved = Signal(object)
    """The Box that the arrow keys lead to."""

    def __init__(self) -> None:
        super().__init__()
        self._screen = Box(0, 0, 1, 1)
        self._area = Box(0, 0, 1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Area on the screen"))

    def show_area(self, screen: Box, area: Box) -> None:
        """Draw this area on this screen."""
        self._screen, self._area = screen, area
        self.setAccessibleDescription(f"{area.x}, {area.y}, {area.width} × {area.height}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        width = theme.px(260)
        return QSize(width, max(theme.px(60), round(width * self._screen.height / max(1, self._screen.width))))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        size = _FINE if fine else _STEP
        across, down = step[0] * size, step[1] * size
        area = self._area
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            area = Box(area.x, area.y, max(1, area.width + across), max(1, area.height + down))
        else:
            area = Box(area.x + across, area.y + down, area.width, area.height)
        self.moved.emit(inside(area, self._screen))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        look = theme.worn(self)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        across = frame.width() / max(1, self._screen.width)
        down = frame.height() / max(1, self._screen.height)
        area = QRectF(
            frame.left() + (self._area.x - self._screen.x) * across,
            frame.top() + (self._area.y - self._screen.y) * down,
            max(2.0, self._area.width * across),
            max(2.0, self._area.height * down),
        )
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("accent" if self.hasFocus() else "edge"), 2 if self.hasFocus() else 1))
            painter.setBrush(look.colour("background"))
            painter.drawRoundedRect(frame, look.px(6), look.px(6))
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.setBrush(look.colour("soft"))
            painter.drawRect(area.intersected(frame))


class NumberLine(QLineEdit):
    """A whole number: typed, or moved with the arrow keys up and down, ten at a time with Page up and Page down."""

    moved = Signal()

    def __init__(self, label: str) -> None:
        super().__init__("0")
        self._range = QIntValidator(0, 0, self)
        self.setValidator(self._range)
        self.setAccessibleName(label)
        self.textEdited.connect(lambda _text: self.moved.emit())

    def show_range(self, least: int, most: int) -> None:
        """Which numbers can be typed."""
        self._range.setRange(least, most)

    def value(self) -> int:
        """The number; the least one where nothing is typed."""
        text = self.text().strip()
        return int(text) if text.lstrip("-").isdigit() else self._range.bottom()

    def show_value(self, value: int) -> None:
        """Put another number there."""
        self.setText(str(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.show_value(min(max(self.value() + step, self._range.bottom()), self._range.top()))
        self.moved.emit()


@dataclass(frozen=True, slots=True)
class _Side:
    label: str
    line: NumberLine


class AreaChooser(QWidget):
    """Four numbers in the screen's own pixels, and the map of them."""

    entered = Signal()
    """Enter was pressed in one of the numbers or on the map."""

    def __init__(self) -> None:
        super().__init__()
        self._screen = Box(0, 0, 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        labels = (self.tr("From the left"), self.tr("From the top"), self.tr("Width"), self.tr("Height"))
        self._sides = [_Side(label, self._line(label)) for label in labels]
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(4))
        for place, side in enumerate(self._sides):
            grid.addWidget(Text(side.label, Look.LABEL), place // 2 * 2, place % 2)
            grid.addWidget(side.line, place // 2 * 2 + 1, place % 2)
        column.addLayout(grid)
        self._map = AreaMap()
        self._map.moved.connect(self.show_area)
        column.addWidget(self._map)
        column.addWidget(
            Text(
                self.tr("In the frame, arrow keys move the area. With Shift they resize it, with Ctrl by one pixel."),
                Look.SMALL,
            )
        )
        self.setFocusProxy(self._sides[0].line)

    def show_screen(self, screen: Box) -> None:
        """Which screen there is; the area begins as its middle."""
        self._screen = screen
        for side, least in zip(self._sides, (screen.x, screen.y, 1, 1), strict=True):
            most = screen.x + screen.width if side is self._sides[0] else screen.y + screen.height
            side.line.show_range(least, most if least != 1 else max(screen.width, screen.height))
        self.show_area(
            Box(screen.x + screen.width // 4, screen.y + screen.height // 4, screen.width // 2, screen.height // 2)
        )

    def area(self) -> Box:
        """The area as the numbers say, whether it lies on the screen or not."""
        x, y, width, height = (side.line.value() for side in self._sides)
        return Box(x, y, width, height)

    def show_area(self, area: Box) -> None:
        """Put other numbers there."""
        for side, value in zip(self._sides, (area.x, area.y, area.width, area.height), strict=True):
            side.line.show_value(value)
        self._map.show_area(self._screen, area)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _line(self, label: str) -> NumberLine:
        line = NumberLine(label)
        line.moved.connect(lambda: self._map.show_area(self._screen, self.area()))
        return line


def inside(area: Box, screen: Box) -> Box:
    """The area moved, and made smaller where it must be, so that it lies on the screen."""
    width, height = min(area.width, screen.width), min(area.height, screen.height)
    x = min(max(area.x, screen.x), screen.x + screen.width - width)
    y = min(max(area.y, screen.y), screen.y + screen.height - height)
    return Box(x, y, width, height)
