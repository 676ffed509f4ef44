"""A chat as somebody who is being blackmailed may see it. Every name, number and word in it is invented."""

import sys

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

TITLE = "Sofia Lindqvist - Chat"
DISPLAY_NAME = "Sofia Lindqvist"
SKYPE_ID = "live:.cid.1a2b3c4d5e6f7a8b"
THEIRS, OURS = "them", "me"
MESSAGES = (
    ("Thursday 19 November 2026", None, None),
    (THEIRS, "21:02", "Hi, we danced to the same song on Saturday, remember? You looked nice"),
    (OURS, "21:04", "Hi! Sorry, I do not remember. Have we met?"),
    (THEIRS, "21:38", "I recorded our call. I have your name, your work and 214 of your friends."),
    (THEIRS, "21:39", "Pay 300 GBP or all of them get it tonight."),
    (OURS, "21:41", "What? Please do not do this."),
    (
        THEIRS,
        "21:44",
        "Western Union, to Marek Dolan, Riga. Send me the MTCN when it is done. You have until 23:00. "
        "If you block me I post it at once.",
    ),
    (THEIRS, "22:00", "One hour left. Do not test me."),
)


class Avatar(QWidget):
    """The first letter of a name in a circle."""

    def __init__(self, letter: str) -> None:
        super().__init__()
        self._letter = letter
        self.setFixedSize(44, 44)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor("#7a5ea8"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QRectF(0, 0, 44, 44))
        painter.setPen(QColor("white"))
        painter.setFont(QFont(self.font().family(), 16, QFont.Weight.DemiBold))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)


def text(words: str, style: str) -> QLabel:
    """Plain text in a style."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setStyleSheet(f"QLabel {{ {style} }}")
    return label


def row(sender: str, time: str | None, words: str | None) -> QHBoxLayout:
    """A line of the chat: a day, or a message with its time on the side of whoever sent it."""
    line = QHBoxLayout()
    if words is None or time is None:
        line.addWidget(text(sender, "color: #6b6f76; font-size: 13px; padding: 10px"), 1, Qt.AlignmentFlag.AlignCenter)
        return line
    theirs = sender == THEIRS
    colours = "background: #ffffff; color: #1f2328" if theirs else "background: #d7e8ff; color: #10243f"
    bubble = text(words, f"{colours}; border-radius: 14px; padding: 10px 14px; font-size: 16px")
    bubble.setWordWrap(True)
    bubble.setMinimumWidth(min(620, bubble.fontMetrics().horizontalAdvance(words) * 16 // 12 + 40))
    bubble.setMaximumWidth(620)
    stamp = text(time, "color: #6b6f76; font-size: 12px")
    parts = (bubble, stamp) if theirs else (stamp, bubble)
    if not theirs:
        line.addStretch(1)
    for part in parts:
        line.addWidget(part, 0, Qt.AlignmentFlag.AlignBottom)
    if theirs:
        line.addStretch(1)
    return line


def header() -> QFrame:
    """Who the chat is with."""
    frame = QFrame()
    frame.setStyleSheet("QFrame { background: #ffffff; border-bottom: 1px solid #dcdfe4 }")
    layout = QHBoxLayout(frame)
    layout.setContentsMargins(24, 12, 24, 12)
    layout.setSpacing(14)
    layout.addWidget(Avatar(DISPLAY_NAME[0]))
    names = QVBoxLayout()
    names.setSpacing(2)
    names.addWidget(text(DISPLAY_NAME, "border: 0; font-size: 18px; font-weight: 600; color: #1f2328"))
    names.addWidget(text(SKYPE_ID, "border: 0; font-size: 13px; color: #6b6f76"))
    layout.addLayout(names, 1)
    layout.addWidget(text("active now", "border: 0; font-size: 13px; color: #2b7a3d"))
    return frame


def chat() -> QWidget:
    """The whole page."""
    page = QWidget()
    page.setWindowTitle(TITLE)
    page.setStyleSheet("QWidget { background: #eef0f3 }")
    messages = QWidget()
    lines = QVBoxLayout(messages)
    lines.setContentsMargins(28, 16, 28, 16)
    lines.setSpacing(12)
    for sender, time, words in MESSAGES:
        lines.addLayout(row(sender, time, words))
    lines.addStretch(1)
    scroll = QScrollArea()
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setWidget(messages)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(header())
    layout.addWidget(scroll, 1)
    layout.addWidget(
        text(
            "An invented conversation, for the demonstration",
            "background: #fff6dd; color: #6b5200; padding: 10px 24px; font-size: 13px",
        )
    )
    return page


def main() -> int:
    app = QApplication(sys.argv)
    page = chat()
    page.showMaximized()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
