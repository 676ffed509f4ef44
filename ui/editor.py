"""One thing of the case on a form: typed as a draft, kept on request, with its history, and withdrawn if need be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.drafts import draft_body, draft_name, read_draft
from app.kinds import KINDS
from app.subjects import Subject
from ui import theme
from ui.desk import Desk
from ui.rows import options
from ui.widgets.chooser import Option
from ui.widgets.flow import flow_of
from ui.widgets.form import RecordForm, changed_fields
from ui.widgets.history import History
from ui.widgets.shut import shut
from ui.widgets.text import Button, Look, Text
from ui.widgets.withdraw import Withdraw
from vault.chain import EntryId, Kind

if TYPE_CHECKING:
    from app.casefile import Casefile

_TYPING_MS = 500
_MOST_OPTIONS = 200


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a form begins with: the subject (None for a new one), what was typed before, what can be chosen."""

    subject: Subject | None
    draft: Mapping[str, str | list[str]]
    options: Mapping[Kind, list[Option]]


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
        self._edited = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self._again = Text(self.tr("You typed this earlier and did not keep it yet."), Look.SMALL)
        self.form = RecordForm(KINDS[kind])
        self.form.edited.connect(self._typed)
        self._keep = Button(self.tr("Keep this"), Look.PRIMARY, keys="Ctrl+Return")
        self._keep.clicked.connect(self.keep)
        self._discard = Button(self.tr("Discard what I typed"), Look.QUIET)
        self._discard.clicked.connect(self._throw_away)
        self._past = Button(self.tr("History"))
        self._past.setCheckable(True)
        self._take_back = Button(self.tr("Withdraw…"), Look.QUIET)
        self._history = History()
        self._past.toggled.connect(self._history.setVisible)
        self._withdraw = Withdraw(has_file=kind is Kind.EXHIBIT)
        self._take_back.clicked.connect(self._withdraw.begin)
        self._withdraw.confirmed.connect(self._withdraw_now)
        for widget in (
            self._again,
            self.form,
            flow_of(self._keep, self._past, self._discard, self._take_back),
            self._withdraw,
            self._history,
        ):
            column.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING_MS)
        self._timer.timeout.connect(self._store_draft)
        desk.closing.connect(self._hand_over)
        self.form.shut(desk.why_not)
        shut(desk.why_not, self._keep, self._discard, self._take_back)
        self._show(Loaded(None, {}, {}))

    @property
    def subject(self) -> Subject | None:
        """What is shown; None for something new."""
        return self._subject

    def open(self, subject: EntryId | None) -> None:
        """Show a subject, or the form for a new one (None)."""
        self._hand_over()
        self._wanted = subject
        if subject is None:
            # At once: whatever is typed from now on is about something new, however long the loading takes.
            self._show(Loaded(None, {}, {}))
        kind, to_offer = self._kind, self.form.kinds_to_choose_from

        def load(casefile: "Casefile") -> Loaded:
            found = casefile.subject(subject) if subject is not None else None
            offers = {
                other: [Option(*option) for option in options(list(casefile.subjects(other, limit=_MOST_OPTIONS)))]
                for other in to_offer
            }
            return Loaded(found, read_draft(casefile, draft_name(kind, subject)), offers)

        self._desk.ask(load, lambda loaded: self._arrived(loaded) if self._wanted == subject else None)

    def _arrived(self, loaded: Loaded) -> None:
        if loaded.subject is None and self._edited:
            self._add_to_what_is_typed(loaded)
            return
        self._hand_over()
        self._show(loaded)

    def _add_to_what_is_typed(self, loaded: Loaded) -> None:
        self._offer(loaded)
        typed = {name: answer for name, answer in self.form.answers().items() if answer}
        self.form.show_answers({**loaded.draft, **typed})
        self._say_draft(has_draft=bool(loaded.draft))

    def _offer(self, loaded: Loaded) -> None:
        for kind, offered in loaded.options.items():
            self.form.offer(kind, offered)

    def keep(self) -> None:
        """Keep what stands in the form."""
        if not self._keep.isEnabled():
            return
        subject, kind = self._subject, self._kind
        changes = changed_fields(subject.data if subject else {}, self.form.answers())
        self._timer.stop()
        self._edited = False
        self._keep.setEnabled(False)

        def write(casefile: "Casefile") -> EntryId:
            entry = casefile.amend(subject, changes) if subject else casefile.record(kind, changes)
            casefile.vault.log.set_draft(draft_name(kind, subject.id if subject else None), None)
            return entry.id

        self._desk.keep(lambda casefile, _task: write(casefile), self._kept, self._not_kept)

    def _kept(self, subject: EntryId) -> None:
        self._keep.setEnabled(True)
        self.open(subject)
        self.kept.emit(subject)

    def _not_kept(self, error: Exception) -> None:
        self._keep.setEnabled(True)
        self._edited = True
        self._timer.start()
        self._desk.tell_error(error)

    def _show(self, loaded: Loaded) -> None:
        subject = loaded.subject
        self._subject = subject
        self._offer(loaded)
        self.form.show_answers({**(subject.data if subject else {}), **loaded.draft})
        closed = subject is not None and subject.withdrawn
        self.form.setEnabled(not closed)
        self._keep.setVisible(not closed)
        self._keep.setEnabled(not self._desk.why_not)
        self._say_draft(has_draft=bool(loaded.draft) and not closed)
        self._past.setVisible(subject is not None)
        self._past.setChecked(False)
        self._history.hide()
        self._take_back.setVisible(
            subject is not None and not closed and not subject.held and self._kind is not Kind.CASE
        )
        self._withdraw.hide()
        if subject is not None:
            self._history.show_subject(subject, self._desk.zone)
        self._edited = False
        self.loaded.emit(subject)

    def _say_draft(self, *, has_draft: bool) -> None:
        self._again.setVisible(has_draft)
        self._discard.setVisible(has_draft)

    def _typed(self) -> None:
        self._edited = True
        self._timer.start()

    def _hand_over(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._store_draft()

    def _store_draft(self) -> None:
        if self._edited:
            subject = self._subject.id if self._subject else None
            self._desk.set_draft(draft_name(self._kind, subject), draft_body(self.form.answers()))

    def _throw_away(self) -> None:
        self._timer.stop()
        self._edited = False
        self._desk.set_draft(draft_name(self._kind, self._subject.id if self._subject else None), None)
        self.open(self._subject.id if self._subject else None)

    def _withdraw_now(self, why: str) -> None:
        subject = self._subject
        if subject is None:
            return
        self._withdraw.hide()
        self._desk.keep(lambda casefile, _task: casefile.withdraw(subject, why).id, self._kept)
