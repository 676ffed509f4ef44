"""A small drawing for each kind of thing, drawn by us: it grows with the text and fits light and dark."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from vault.chain import Kind

_GRID = 16
"""The drawings are made on 16 x 16."""


def paint_kind(painter: QPainter, kind: Kind, place: QRectF, colour: QColor) -> None:
    """Draw the icon of a kind into a square."""
    draw = _DRAWINGS.get(kind)
    if draw is None:
        return
    painter.save()
    painter.translate(place.topLeft())
    painter.scale(place.width() / _GRID, place.height() / _GRID)
    pen = QPen(colour, 1.4)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    draw(painter)
    painter.restore()


def _exhibit(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(1.5, 3, 13, 10), 1.5, 1.5)
    painter.drawPolyline(_points((2.5, 11.5), (6, 7.5), (9, 10.5), (11, 8.5), (13.5, 11)))
    painter.drawEllipse(QPointF(11, 5.8), 0.9, 0.9)


def _incident(painter: QPainter) -> None:
    painter.drawPolygon(_points((2, 3), (14, 3), (14, 11), (7, 11), (4, 14), (4, 11), (2, 11)))
    painter.drawLine(QPointF(5, 6), QPointF(11, 6))
    painter.drawLine(QPointF(5, 8.4), QPointF(9, 8.4))


def _account(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(8, 5.4), 2.9, 2.9)
    painter.drawArc(QRectF(2.5, 9.6, 11, 9), 0, 180 * 16)


def _payment(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(1.5, 4, 13, 8.5), 1.2, 1.2)
    painter.drawEllipse(QPointF(8, 8.25), 1.9, 1.9)


def _takedown(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(8, 8), 6, 6)
    painter.drawLine(QPointF(3.8, 12.2), QPointF(12.2, 3.8))


def _contact(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(1.5, 3.5, 13, 9.5), 1.2, 1.2)
    painter.drawPolyline(_points((1.8, 4.4), (8, 9), (14.2, 4.4)))


def _points(*points: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


_DRAWINGS: dict[Kind, Callable[[QPainter], None]] = {
    Kind.EXHIBIT: _exhibit,
    Kind.INCIDENT: _incident,
    Kind.ACCOUNT: _account,
    Kind.PAYMENT: _payment,
    Kind.TAKEDOWN: _takedown,
    Kind.CONTACT: _contact,
}
