"""The history of one thing that was kept: what changed, from what to what, when, by whom. Nothing is ever lost."""

from collections.abc import Mapping
from datetime import tzinfo

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.history import Change, Value, Version, versions
from app.kinds import KINDS, FieldSpec
from app.plaintext import visible
from app.subjects import Subject
from ui import theme
from ui.widgets.fold import LongText
from ui.widgets.text import Button, Look, Text
from ui.words import choice_words, moment_of, moment_words, role_words, translated
from vault.chain import Action

_AT_FIRST = 20
"""So many of the newest entries are shown at first."""


class History(QWidget):
    """All entries about one subject, oldest first; they are laid out when somebody looks."""

    def __init__(self) -> None:
        super().__init__()
        self._subject: Subject | None = None
        self._zone: tzinfo | None = None
        self._names: Mapping[str, str] = {}
        self._shown = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))

    def show_subject(self, subject: Subject, zone: tzinfo, names: Mapping[str, str]) -> None:
        """Be about this subject. `names`: words for other subjects by their ids."""
        self._subject, self._zone, self._names = subject, zone, names
        self._shown = False
        if self.isVisible():
            self._lay_out(_AT_FIRST)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if not self._shown:
            self._lay_out(_AT_FIRST)

    def _lay_out(self, most: int) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._shown = True
        if self._subject is None:
            return
        known = versions(self._subject)
        if len(known) > most:
            earlier = Button(self.tr("{0} earlier changes").format(len(known) - most), Look.QUIET)
            earlier.clicked.connect(lambda: self._lay_out(len(known)))
            self._column.addWidget(earlier)
        for version in known[-most:]:
            self._add(version)

    def _add(self, version: Version) -> None:
        entry = version.entry
        moment = moment_of(entry.at)
        when = moment_words(moment, self._zone) if moment and self._zone else entry.at
        self._column.addWidget(Text(f"{when} · {entry.by.initials}, {role_words(entry.by.role)}", Look.CARD_TITLE))
        if entry.action is Action.WITHDRAW:
            why = visible(str(entry.data.get("why", "")), words=True)
            self._column.addWidget(LongText(self.tr("Withdrawn: {0}").format(why)))
        specs = {spec.name: spec for spec in KINDS[entry.kind].specs()}
        order = {name: place for place, name in enumerate(specs)}
        for change in sorted(version.changes, key=lambda change: order.get(change.field, len(order))):
            self._add_change(specs.get(change.field), change)
        if entry.action is not Action.WITHDRAW and not version.changes:
            self._column.addWidget(Text(self.tr("Kept")))
        self._column.addSpacing(theme.px(14))

    def _add_change(self, spec: FieldSpec | None, change: Change) -> None:
        """One change: a field that this version does not know goes by its own name."""
        self._column.addSpacing(theme.px(4))
        self._column.addWidget(Text(translated(spec.term) if spec else visible(change.field), Look.LABEL))
        before, after = change.before, change.after
        if isinstance(before, list) or isinstance(after, list):
            self._column.addWidget(LongText(self._list_words(spec, _listed(before), _listed(after))))
            return
        self._column.addWidget(LongText(self.tr("Emptied") if after in {None, ""} else self._said(spec, after)))
        if before not in {None, ""}:
            self._column.addWidget(LongText(self.tr("Before: {0}").format(self._said(spec, before)), Look.MUTED))

    def _list_words(self, spec: FieldSpec | None, before: list[str], after: list[str]) -> str:
        new = [self._said(spec, item) for item in after if item not in before]
        gone = [self._said(spec, item) for item in before if item not in after]
        parts = []
        if new:
            parts.append(", ".join(new) if not before else self.tr("Added: {0}").format(", ".join(new)))
        if gone:
            parts.append(self.tr("Taken out: {0}").format(", ".join(gone)))
        return "\n".join(parts) or self.tr("In another order")

    def _said(self, spec: FieldSpec | None, value: Value) -> str:
        text = str(value)
        if spec is not None and spec.ask.refers_to is not None:
            return self._names.get(text, visible(text[:8]))
        words = {choice.value: choice_words(choice) for choice in spec.choices} if spec and spec.choices else {}
        return words.get(text) or visible(text, words=True)


def _listed(value: Value) -> list[str]:
    if isinstance(value, list):
        return value
    return [str(value)] if value not in {None, ""} else []
