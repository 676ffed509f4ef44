"""One thing of the case on a form: typed as a draft, kept on request; with its hints, its history and its notes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.drafts import draft_body, draft_name
from app.kinds import KINDS
from app.subjects import Subject
from capture.context import zone_text
from ui import theme
from ui.desk import Desk
from ui.loading import Loaded, form_help, load
from ui.messages import Message
from ui.notes import Notes
from ui.typing import Typing, Unfinished
from ui.widgets.field import Answer
from ui.widgets.flow import flow_of
from ui.widgets.fold import FoldButton
from ui.widgets.form import RecordForm, changed_fields
from ui.widgets.history import History
from ui.widgets.shut import shut
from ui.widgets.text import Button, Look, Text
from ui.widgets.withdraw import Withdraw, take_back
from vault.chain import EntryId, Kind

if TYPE_CHECKING:
    from app.casefile import Casefile
    from app.hints import Hint

_HINTS_MS = 400
"""Hints follow once somebody pauses."""


class Editor(QWidget):
    """The form of one kind, for one subject at a time."""

    loaded = Signal(object)
    """The Subject that is shown now, or None for a new one."""
    kept = Signal(object)
    """The id of what was kept."""

    def __init__(self, desk: Desk, kind: Kind) -> None:
        super().__init__()
        self._desk = desk
        self._kind = kind
        self._subject: Subject | None = None
        self._wanted: EntryId | None = None
        self._sent: Mapping[str, Answer] | None = None
        self._keeping = False
        self._typing = Typing(desk, self._unfinished)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self._again = Text(self.tr("You typed this earlier and did not keep it yet."), Look.SMALL)
        self.form = RecordForm(KINDS[kind], now=lambda: desk.computer.clock().astimezone(desk.zone))
        self.form.edited.connect(self._typed)
        self._keep = Button(self.tr("Keep this"), Look.PRIMARY, keys="Ctrl+Return")
        self._keep.clicked.connect(self.keep)
        self._discard = Button(self.tr("Discard what I typed"), Look.QUIET)
        self._discard.clicked.connect(self._throw_away)
        self._past = FoldButton(self.tr("History"))
        self._beside = FoldButton(self.tr("Notes"))
        self._take_back = Button(self.tr("Withdraw…"), Look.QUIET)
        self._history = History()
        self._past.toggled.connect(self._history.setVisible)
        self._notes = Notes(desk)
        self._notes.counted.connect(self._say_notes)
        self._beside.toggled.connect(self._notes.setVisible)
        self._withdraw = Withdraw(has_file=kind is Kind.EXHIBIT)
        self._take_back.clicked.connect(self._withdraw.begin)
        self._withdraw.confirmed.connect(self._withdraw_now)
        for widget in (
            self._again,
            self.form,
            flow_of(self._keep, self._past, self._beside, self._discard, self._take_back),
            self._withdraw,
            self._history,
            self._notes,
        ):
            column.addWidget(widget)
        self._hinting = QTimer(self)
        self._hinting.setSingleShot(True)
        self._hinting.setInterval(_HINTS_MS)
        self._hinting.timeout.connect(self._ask_for_hints)
        # A hint that comes when the case is closed would find no form any more.
        desk.closing.connect(self._hinting.stop)
        self.form.shut(desk.why_not)
        shut(desk.why_not, self._keep, self._discard, self._take_back)
        self._show(Loaded())

    @property
    def subject(self) -> Subject | None:
        """What is shown; None for something new."""
        return self._subject

    def open(self, subject: EntryId | None) -> None:
        """Show a subject, or the form for a new one (None)."""
        self._typing.hand_over()
        self._wanted = subject
        if subject is None:
            # At once: whatever is typed from now on is about something new, however long the loading takes.
            self._show(Loaded())
        kind, to_offer = self._kind, self.form.kinds_to_choose_from

        def read(casefile: "Casefile") -> Loaded:
            return load(casefile, kind, subject, to_offer)

        def unread(error: Exception) -> None:
            if self._keeping and self._wanted == subject:
                # It is kept, but the form does not know it, and would keep it a second time.
                self._show(Loaded())
            self._desk.tell_unread(error)

        self._desk.ask(read, lambda loaded: self._arrived(loaded) if self._wanted == subject else None, unread)

    def _arrived(self, loaded: Loaded) -> None:
        self.form.help_with(form_help())
        if loaded.subject is None and self._typing.unkept:
            self._add_to_what_is_typed(loaded)
            return
        self._typing.hand_over()
        self._show(loaded)

    def _add_to_what_is_typed(self, loaded: Loaded) -> None:
        self._offer(loaded)
        typed = {name: answer for name, answer in self.form.answers().items() if answer}
        self.form.show_answers({**loaded.draft, **typed}, self._zone(None))
        self._say_draft(has_draft=bool(loaded.draft))
        self._hinting.start()

    def _offer(self, loaded: Loaded) -> None:
        for kind, offered in loaded.options.items():
            self.form.offer(kind, offered)

    # -- keeping ------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep what stands in the form."""
        if self._keeping or not self._keep.isEnabled():
            return
        subject, kind = self._subject, self._kind
        answers = self.form.answers()
        changes = changed_fields(subject.data if subject else {}, answers)
        if subject is not None and not changes:
            # Pressed twice, most of the time: a failure would let somebody think that it is not kept.
            self._desk.tell(Message(self.tr("This is kept already"), self.tr("Nothing was changed since."), calm=True))
            return
        self._typing.end()
        self._sent = answers
        # Not switched off: the keyboard would go to the next button, and Enter pressed twice would press that.
        self._keeping = True
        self._keep.setText(self.tr("Keeping…"))

        def write(casefile: "Casefile") -> EntryId:
            entry = casefile.amend(subject, changes) if subject else casefile.record(kind, changes)
            casefile.vault.log.set_draft(draft_name(kind, subject.id if subject else None), None)
            return entry.id

        self._desk.keep(lambda casefile, _task: write(casefile), self._kept, self._not_kept)

    def _kept(self, subject: EntryId) -> None:
        # It can be kept again once it is loaded: before that, the form does not know yet what it is about.
        if self._typing.unkept:
            # Somebody typed on meanwhile: that is a draft of what was kept now.
            late = self._unfinished().answers
            self._typing.end()
            self._desk.set_draft(draft_name(self._kind, subject), draft_body(late) if late else None)
        self._sent = None
        self.open(subject)
        self.kept.emit(subject)

    def _may_keep(self) -> None:
        self._keeping = False
        self._keep.setText(self.tr("Keep this"))

    def _not_kept(self, error: Exception) -> None:
        self._may_keep()
        self._sent = None
        self._typing.begin()
        self._desk.tell_error(error)

    def _show(self, loaded: Loaded) -> None:
        subject, before = loaded.subject, self._subject
        self._subject = subject
        self._offer(loaded)
        if subject is None or (before is not None and before.id != subject.id):
            self.form.fold()
        self.form.show_answers({**(subject.data if subject else {}), **loaded.draft}, self._zone(subject))
        self.form.show_hints(loaded.hints)
        self._hinting.stop()
        closed = subject is not None and subject.withdrawn
        self.form.setEnabled(not closed)
        self._keep.setVisible(not closed)
        self._keep.setEnabled(not self._desk.why_not)
        self._may_keep()
        self._say_draft(has_draft=bool(loaded.draft) and not closed)
        for button, opened in ((self._past, self._history), (self._beside, self._notes)):
            button.setVisible(subject is not None)
            if subject is None or before is None or before.id != subject.id:
                button.setChecked(False)
                opened.hide()
        self._take_back.setVisible(
            subject is not None and not closed and not subject.held and self._kind not in {Kind.CASE, Kind.PERSON}
        )
        self._withdraw.hide()
        if subject is not None:
            self._history.show_subject(subject, self._desk.zone, loaded.names)
        self._notes.show_subject(subject.id if subject else None)
        self._typing.end()
        self.loaded.emit(subject)

    def _zone(self, subject: Subject | None) -> str:
        """The zone of times that name none, as entries have it: that of the computer it was written down on."""
        return subject.first.zone if subject else zone_text(self._desk.computer.clock(), self._desk.zone)

    def _say_draft(self, *, has_draft: bool) -> None:
        self._again.setVisible(has_draft)
        self._discard.setVisible(has_draft)

    def _say_notes(self, number: int, unkept: bool) -> None:
        words = self.tr("Notes · {0}").format(number) if number else self.tr("Notes")
        words = self.tr("{0} · one not kept yet").format(words) if unkept else words
        self._beside.setText(words)
        self._beside.setAccessibleName(words)

    # -- typing -------------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        self._typing.begin()
        self._hinting.start()

    def _unfinished(self) -> Unfinished:
        """What is not kept yet, nor on its way there."""
        kept: Mapping[str, object] = self._subject.data if self._subject else {}
        known = kept if self._sent is None else self._sent
        answers = {name: answer for name, answer in self.form.answers().items() if (known.get(name) or "") != answer}
        return Unfinished(
            draft_name(self._kind, self._subject.id if self._subject else None),
            {name: answer for name, answer in answers.items() if answer or known.get(name)},
        )

    def _ask_for_hints(self) -> None:
        kind, data = self._kind, {name: answer for name, answer in self.form.answers().items() if answer}

        def arrived(found: "tuple[Hint, ...]") -> None:
            if data == {name: answer for name, answer in self.form.answers().items() if answer}:
                self.form.show_hints(found)

        self._desk.do(lambda _task: form_help().hints(kind, data), arrived)

    def _throw_away(self) -> None:
        self._typing.end()
        self._desk.set_draft(draft_name(self._kind, self._subject.id if self._subject else None), None)
        self.open(self._subject.id if self._subject else None)

    def _withdraw_now(self, why: str) -> None:
        subject = self._subject
        if subject is None:
            return
        self._withdraw.hide()
        take_back(self._desk, subject, why, self._kept)
