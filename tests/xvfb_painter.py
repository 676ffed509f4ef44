"""Shows pictures at the top left corner of a screen: each line of standard input is the path of the next one."""

import sys

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel


def main() -> int:
    app = QApplication(sys.argv)
    label = QLabel()
    label.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.BypassWindowManagerHint)
    label.move(0, 0)

    def next_picture() -> None:
        line = sys.stdin.readline()
        if not line:
            app.quit()
            return
        picture = QPixmap(line.rstrip("\n"))
        label.setPixmap(picture)
        label.setFixedSize(picture.size())
        label.show()

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(next_picture)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
