"""Notes beside one thing: private ones that never leave the vault, and ones on the impact. They are no evidence."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.drafts import read_draft
from app.plaintext import visible
from ui import theme
from ui.desk import Desk
from ui.loading import form_help
from ui.marking import QT_TRANSLATE_NOOP
from ui.typing import Typing, Unfinished
from ui.widgets.field import Buttons, Field, Lines, OneOf
from ui.widgets.flow import flow_of
from ui.widgets.fold import LongText
from ui.widgets.shut import shut
from ui.widgets.text import Button, Look, Pill, Text
from ui.words import choice_words, moment_of, moment_words, translated
from vault.chain import EntryId

if TYPE_CHECKING:
    from app.casefile import Casefile
    from app.notes import Note

Reading = tuple[list["Note"], Mapping[str, str | list[str]]]


class NoteKind(StrEnum):
    """For whom a note is."""

    PRIVATE = "private"
    IMPACT = "impact"


_MARKS = {
    NoteKind.PRIVATE: QT_TRANSLATE_NOOP("kinds", "Not part of the evidence. Never in a report."),
    NoteKind.IMPACT: QT_TRANSLATE_NOOP("kinds", "What it did to you. Impact: in a report only if you ask."),
}
_OTHER = "other"


class Notes(QWidget):
    """The notes about one subject, and a place to write another one."""

    counted = Signal(int, bool)
    """How many there are, and whether one more is typed and not kept yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._subject: EntryId | None = None
        self._changing = ""
        self._typing = Typing(desk, self._unfinished)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._column.addWidget(Text(self.tr("Notes for yourself"), Look.SECTION))
        about = self.tr("No note is part of the evidence: you can change and remove each of them.")
        self._column.addWidget(Text(about, Look.SMALL))
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(8))
        self._column.addWidget(self._list)
        self._kind = Buttons(NoteKind, self._chosen, may_be_empty=False)
        self._column.addWidget(Field(self.tr("This note is"), self._kind))
        self._mark = Text("", Look.SMALL)
        self._column.addWidget(self._mark)
        self._area: OneOf | None = None
        self._area_field: Field | None = None
        self._text = Lines(self._typing.begin)
        self._words = Field(self.tr("Your note"), self._text)
        self._column.addWidget(self._words)
        self._keep = Button(self.tr("Keep this note"))
        self._keep.clicked.connect(self._keep_now)
        self._drop = Button(self.tr("Discard this note"), Look.QUIET)
        self._drop.clicked.connect(self._discard)
        self._column.addWidget(flow_of(self._keep, self._drop))
        if desk.why_not:
            self._words.shut(desk.why_not)
        shut(desk.why_not, self._keep, self._drop, self._kind)
        self._begin({})

    def show_subject(self, subject: EntryId | None) -> None:
        """Be about this subject; None where there is nothing yet that a note could be about."""
        if subject == self._subject and self._typing.unkept:
            return
        self._typing.hand_over()
        self._typing.end()
        self._subject = subject
        self._clear_list()
        self._begin({})
        if subject is not None:
            self._read(subject)

    def _read(self, subject: EntryId) -> None:
        def reading(casefile: "Casefile") -> Reading:
            return form_help().read_notes(casefile, subject), read_draft(casefile, _draft_name(subject))

        self._desk.ask(reading, lambda found: self._arrived(*found) if subject == self._subject else None)

    def _arrived(self, notes: "list[Note]", draft: Mapping[str, str | list[str]]) -> None:
        self._offer_areas()
        self._clear_list()
        for note in notes:
            self._rows.addWidget(self._row(note))
        self._list.setVisible(bool(notes))
        if self._typing.unkept and draft.get("text"):
            typed = str(self._text.answer())
            self._begin({**draft, "text": f"{draft['text']}\n{typed}".strip()})
            self._typing.begin()
        elif not self._typing.unkept:
            self._begin(draft)
        self.counted.emit(len(notes), bool(draft.get("text")))

    def _row(self, note: "Note") -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, theme.px(4))
        column.setSpacing(theme.px(4))
        kind = NoteKind.IMPACT if note.impact else NoteKind.PRIVATE
        head = [choice_words(kind), *([choice_words(note.impact)] if note.impact else [])]
        moment = moment_of(note.at)
        when = moment_words(moment, self._desk.zone) if moment else visible(note.at)
        column.addWidget(
            flow_of(Pill(" · ".join(head)), Text(f"{when} · {visible(note.by)}", Look.SMALL, wraps=False), gap=8)
        )
        column.addWidget(LongText(visible(note.text, words=True)))
        begins = visible(note.text[:40])
        change = Button(self.tr("Change"), Look.QUIET, says=self.tr("Change the note: {0}").format(begins))
        change.clicked.connect(lambda: self._change(note))
        remove = Button(self.tr("Remove"), Look.QUIET, says=self.tr("Remove the note: {0}").format(begins))
        sure = Button(self.tr("Yes, remove it"), says=self.tr("Yes, remove the note: {0}").format(begins))
        sure.hide()
        remove.clicked.connect(sure.show)
        # Not to Yes: Enter pressed twice is no answer.
        remove.clicked.connect(change.setFocus)
        remove.clicked.connect(remove.hide)
        sure.clicked.connect(lambda: self._remove(note.id))
        shut(self._desk.why_not, change, remove, sure)
        column.addWidget(flow_of(change, remove, sure, gap=4))
        return row

    # -- writing one --------------------------------------------------------------------------------------------

    def _begin(self, typed: Mapping[str, str | list[str]]) -> None:
        """Have this in the place to write; nothing for an empty one."""
        self._changing = str(typed.get("note") or "")
        self._kind.show_answer(str(typed.get("kind") or NoteKind.PRIVATE.value))
        if self._area is not None:
            self._area.show_answer(str(typed.get("area") or ""))
        self._words.show_answer(str(typed.get("text") or ""))
        self._say_kind()

    def _unfinished(self) -> Unfinished:
        subject = self._subject
        return Unfinished(_draft_name(subject) if subject else "note:new", self._typed() if self._said() else {})

    def _typed(self) -> dict[str, str]:
        area = str(self._area.answer()) if self._area is not None else ""
        return {"text": self._said(), "kind": str(self._kind.answer()), "area": area, "note": self._changing}

    def _said(self) -> str:
        return str(self._text.answer())

    def _chosen(self) -> None:
        self._say_kind()
        if self._said():
            self._typing.begin()

    def _say_kind(self) -> None:
        kind = NoteKind(str(self._kind.answer()))
        self._mark.say(translated(_MARKS[kind]))
        self._words.describe("mark", self._mark.text())
        self._keep.setText(self.tr("Keep the change") if self._changing else self.tr("Keep this note"))
        self._keep.setAccessibleName(self._keep.text())
        if self._area_field is not None:
            self._area_field.setVisible(kind is NoteKind.IMPACT)

    def _offer_areas(self) -> None:
        if self._area is None:
            self._area = OneOf(form_help().areas, self._chosen)
            self._area_field = Field(self.tr("What it is about"), self._area)
            self._column.insertWidget(self._column.indexOf(self._words), self._area_field)
            QWidget.setTabOrder(list(self._kind.findChildren(Button))[-1], self._area.widget)
            if self._desk.why_not:
                self._area_field.shut(self._desk.why_not)

    def _keep_now(self) -> None:
        subject, typed = self._subject, self._typed()
        if subject is None:
            return
        area = (typed["area"] or _OTHER) if typed["kind"] == NoteKind.IMPACT.value else ""
        self._typing.end()
        self._keep.setEnabled(False)

        def write(casefile: "Casefile") -> None:
            form_help().keep_note(casefile, typed["text"], subject, area, typed["note"] or None)
            casefile.vault.log.set_draft(_draft_name(subject), None)

        self._desk.keep(
            lambda casefile, _task: write(casefile), lambda _none: self._kept(subject, typed), self._not_kept
        )

    def _kept(self, subject: EntryId, typed: Mapping[str, str]) -> None:
        self._keep.setEnabled(True)
        if subject == self._subject:
            if self._said() == typed["text"]:
                self._typing.end()
            self._begin({} if not self._typing.unkept else self._typed())
            self._read(subject)

    def _not_kept(self, error: Exception) -> None:
        self._keep.setEnabled(True)
        if self._said():
            self._typing.begin()
        self._desk.tell_error(error)

    def _discard(self) -> None:
        self._typing.end()
        if self._subject is not None:
            self._desk.set_draft(_draft_name(self._subject), None)
        self._begin({})

    def _change(self, note: "Note") -> None:
        kind = NoteKind.IMPACT if note.impact else NoteKind.PRIVATE
        self._begin({"text": note.text, "kind": kind.value, "area": note.impact or "", "note": note.id})
        self._text.widget.setFocus()

    def _remove(self, note: str) -> None:
        subject = self._subject
        if subject is not None:
            self._desk.keep(
                lambda casefile, _task: form_help().remove_note(casefile, note),
                lambda _none: self._read(subject) if subject == self._subject else None,
            )

    def _clear_list(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _draft_name(subject: EntryId) -> str:
    return f"note:{subject}"
