"""One question and its answer: a label, a control, a hint below it, and room for what else there is to say about it."""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.kinds import FieldSpec, Form
from app.plaintext import visible
from ui import theme
from ui.widgets.flow import Flow
from ui.widgets.shut import shut
from ui.widgets.text import Button, Look, Text
from ui.words import choice_words

MONOSPACE = frozenset({Form.IDENTIFIER, Form.LINK, Form.AMOUNT})

UNDECIDED = frozenset({"not_said", "unsure", "unknown"})
"""These stand last, whatever the order of the kind."""

Answer = str | list[str]


class Control(Protocol):
    """What takes an answer. `on_change` is called whenever it is another one."""

    @property
    def widget(self) -> QWidget: ...
    def answer(self) -> Answer: ...
    def show_answer(self, answer: Answer) -> None: ...


class Line:
    """One line of text."""

    def __init__(self, spec: FieldSpec, on_change: Callable[[], None]) -> None:
        self._edit = QLineEdit()
        if spec.form in MONOSPACE:
            self._edit.setProperty("code", "true")
            self._edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._kept: Answer = ""
        self._shown = ""
        self._quiet = False
        # Not textEdited: filling in would be no editing for it.
        self._edit.textChanged.connect(lambda _text: None if self._quiet else on_change())
        self.widget: QWidget = self._edit

    def answer(self) -> Answer:
        text = self._edit.text()
        return self._kept if text == self._shown else text.strip()

    def show_answer(self, answer: Answer) -> None:
        # A line cannot hold every text there is: what was kept stays as it is as long as nobody touches it.
        self._quiet = True
        self._edit.setText(answer if isinstance(answer, str) else ", ".join(answer))
        self._quiet = False
        self._edit.setCursorPosition(0)
        self._kept, self._shown = answer, self._edit.text()

    def fill(self, text: str) -> None:
        """Put a text in as if it was typed: Ctrl+Z takes it out again."""
        fill_line(self._edit, text)


class PlainLine:
    """A line of text that belongs to no kind."""

    def __init__(self, edit: QLineEdit) -> None:
        self.widget: QWidget = edit
        self._edit = edit

    def answer(self) -> Answer:
        return self._edit.text().strip()

    def show_answer(self, answer: Answer) -> None:
        self._edit.setText(str(answer))


class Lines:
    """Several lines of text; Tab leads on to the next question."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._edit = QPlainTextEdit()
        self._edit.setTabChangesFocus(True)
        self._edit.setMinimumHeight(theme.px(88))
        self._edit.setMaximumHeight(theme.px(120))
        self._quiet = False
        self._kept: Answer = ""
        self._shown = ""
        self._edit.textChanged.connect(lambda: None if self._quiet else on_change())
        self.widget: QWidget = self._edit

    def answer(self) -> Answer:
        text = self._text()
        if text == self._shown:
            return self._kept
        return text if text.strip() else ""

    def show_answer(self, answer: Answer) -> None:
        self._quiet = True
        self._edit.setPlainText(answer if isinstance(answer, str) else "\n".join(answer))
        self._quiet = False
        self._kept, self._shown = answer, self._text()

    def fill(self, text: str) -> None:
        """Put a text in as if it was typed: Ctrl+Z takes it out again."""
        self._edit.selectAll()
        self._edit.insertPlainText(text)

    def _text(self) -> str:
        # toPlainText would turn a no-break space into a space: these may be somebody's exact words.
        return self._edit.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")


def fill_line(edit: QLineEdit, text: str) -> None:
    """Put a text into a line as if it was typed: Ctrl+Z takes it out again."""
    edit.selectAll()
    edit.insert(text)


class Choice(QComboBox):
    """A list that opens; the wheel scrolls the page and not the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        look = theme.worn(self)
        side = theme.px(5)
        far = theme.px(20)
        right_to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x, y = far if right_to_left else self.width() - far, self.height() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("muted"), max(1.5, side / 3)))
            painter.drawPolyline(
                QPolygonF([QPointF(x - side, y - side / 2), QPointF(x, y + side / 2), QPointF(x + side, y - side / 2)])
            )

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()

    def name(self, words: str) -> None:
        """Name it, and the list in it, for those who do not see it."""
        self.setAccessibleName(words)
        self.view().setAccessibleName(words)


class PlainChoice:
    """A list that opens and belongs to no kind."""

    def __init__(self, box: Choice) -> None:
        self.widget: QWidget = box
        self._box = box

    def answer(self) -> Answer:
        return str(self._box.currentData())

    def show_answer(self, answer: Answer) -> None:
        self._box.setCurrentIndex(max(0, self._box.findData(answer)))


class OneOf:
    """One of many choices."""

    def __init__(self, choices: type[StrEnum], on_change: Callable[[], None]) -> None:
        self._box = Choice()
        self._box.addItem(self._box.tr("Not said"), "")
        for choice in choices:
            self._box.addItem(choice_words(choice), choice.value)
        self._box.activated.connect(lambda _index: on_change())
        self.widget: QWidget = self._box

    def answer(self) -> Answer:
        return str(self._box.currentData() or "")

    def show_answer(self, answer: Answer) -> None:
        if isinstance(answer, str) and answer and self._box.findData(answer) < 0:
            # From a newer version: it stays, in its own word.
            self._box.addItem(visible(answer), answer)
        self._box.setCurrentIndex(max(0, self._box.findData(answer)))


class Buttons(QWidget):
    """One of two or three choices, side by side; pressing the chosen one again takes it back."""

    def __init__(self, choices: type[StrEnum], on_change: Callable[[], None], *, may_be_empty: bool = True) -> None:
        super().__init__()
        self._on_change = on_change
        self._may_be_empty = may_be_empty
        self._unknown: Answer = ""
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._buttons: dict[str, Button] = {}
        flow = Flow(self)
        for choice in sorted(choices, key=lambda choice: choice.value in UNDECIDED):
            button = Button(choice_words(choice))
            button.setCheckable(True)
            button.clicked.connect(lambda checked, value=choice.value: self._clicked(value, checked=checked))
            self._buttons[choice.value] = button
            flow.addWidget(button)

    @property
    def widget(self) -> QWidget:
        return self

    def name(self, words: str) -> None:
        """Put the question before each answer, for those who do not see it."""
        self.setAccessibleName(words)
        for button in self._buttons.values():
            button.setAccessibleName(f"{words}: {button.text()}")

    def answer(self) -> Answer:
        return next((value for value, button in self._buttons.items() if button.isChecked()), self._unknown)

    def show_answer(self, answer: Answer) -> None:
        # A word of a newer version has no button here; it stays all the same.
        self._unknown = "" if answer in self._buttons else answer
        for value, button in self._buttons.items():
            button.setChecked(value == answer)

    def _clicked(self, value: str, *, checked: bool) -> None:
        self.show_answer(value if checked or not self._may_be_empty else "")
        self._on_change()


class Field(QWidget):
    """A question, its control and its hint."""

    def __init__(self, label: str, control: Control, hint: str = "") -> None:
        super().__init__()
        self.control = control
        self._said: dict[str, str] = {}
        self._end: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(5))
        self._label = Text(label, Look.LABEL)
        self._column.addWidget(self._label)
        self._column.addWidget(control.widget)
        self._hint: Text | None = None
        self._spelled: Text | None = None
        self.put_question(label, hint)

    @property
    def question(self) -> str:
        """What is asked."""
        return self._label.text()

    def put_question(self, label: str, hint: str) -> None:
        """Ask it in other words."""
        self._label.say(label)
        widget = self.control.widget
        if isinstance(widget, (Buttons, Choice)):
            widget.name(label)
        else:
            widget.setAccessibleName(label)
        self._hint = self._line(self._hint, hint, 2)
        self.describe("hint", hint)

    def describe(self, topic: str, words: str) -> None:
        """Say something about it to those who do not see it; `topic` is what it takes the place of."""
        if self._said.get(topic, "") == words and topic in self._said:
            return
        self._said[topic] = words
        self.control.widget.setAccessibleDescription(" ".join(said for said in self._said.values() if said))

    def add(self, widget: QWidget) -> None:
        """Put something below what is there, but for what ends it."""
        last = self._end is not None and self._column.indexOf(self._end) >= 0
        self._column.insertWidget(self._column.count() - last, widget)

    def end_with(self, widget: QWidget) -> None:
        """Put something below everything, now and later."""
        self._end = widget
        self._column.addWidget(widget)

    def show_answer(self, answer: Answer) -> None:
        """Put an answer into the control; where something in it cannot be seen, spell it out below.

        Where it stands there already, the cursor stays in its place as well.
        """
        if answer != self.control.answer():
            self.control.show_answer(answer)
        text = answer if isinstance(answer, str) else ""
        spelled = visible(text, words=True)
        self._spelled = self._line(
            self._spelled, spelled if spelled != text.replace("\t", "    ") else "", self._column.count(), Look.CODE
        )

    def shut(self, why: str) -> None:
        """Let the answer be read and copied, and not changed."""
        widget = self.control.widget
        lines = widget.findChildren(QLineEdit)
        if lines and not isinstance(widget, QComboBox):
            shut(why, *lines, *widget.findChildren(QAbstractButton))
        else:
            shut(why, widget)
        self._said = {"why": why, **self._said}

    def _line(self, line: Text | None, words: str, place: int, look: Look = Look.SMALL) -> Text | None:
        """A line below the control: there are many fields, and most have none of the lines they could have."""
        if line is None and words:
            line = Text(words, look)
            self._column.insertWidget(place, line)
        elif line is not None and line.text() != words:
            line.say(words)
        if line is not None:
            line.setVisible(bool(words))
        return line
