"""Report: what goes into it, what stays here, and the result with what the police need to check it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app import lazy
from app.handing_over import STAGES, hand_over
from app.overview import Overview, overview
from app.plaintext import visible
from app.report.visible import in_fours
from ui.case_reading import views
from ui.desk import Desk
from ui.pages.page import Page
from ui.places import Way
from ui.widgets.card import Card, Cards
from ui.widgets.files import choose_folder
from ui.widgets.flow import flow_of
from ui.widgets.shut import shut
from ui.widgets.square import SquareCode
from ui.widgets.text import Button, Look, Pill, Text
from ui.widgets.tick_box import TickBox
from ui.words import moment_of, moment_words, size_words
from ui.worker import Step, Task

if TYPE_CHECKING:
    from app.casefile import Casefile, GivenReceipt
    from app.package.export import Exported


@dataclass(frozen=True, slots=True)
class Made:
    """A report that was made, and how many bytes its files have together."""

    exported: "Exported"
    size: int
    files: int


class ReportPage(Page):
    """Where a report for the police is made."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            self.tr("Report for the police"), self.tr("Nothing is sent. You get files that you can hand over.")
        )
        self._desk = desk
        self._task: Task | None = None
        self._seen: Overview | None = None
        self._cards = Cards()
        self.add(self._cards, gap=8)
        self._unsealed = TickBox(self.tr("Include all pictures, unsealed"))
        self._unsealed.toggled.connect(lambda _on: self._show_cards())
        self.add(self._unsealed, gap=10)
        self._unsealed_note = Text(
            self.tr(
                "Then whoever opens the package can see them. Without it, intimate pictures and those not sorted yet "
                "are left out; the report says that they exist, with their hashes."
            ),
            Look.SMALL,
        )
        self.add(self._unsealed_note, gap=0)
        self._impact = TickBox(self.tr("Include my notes on what it did to me"))
        self._impact.hide()
        self._impact_note = Text(
            self.tr(
                "They stand at the end, as an annex, and say that they are yours. The other side may read them later. "
                "Private notes never go in."
            ),
            Look.SMALL,
        )
        self._impact_note.hide()
        self.add(self._impact, gap=4)
        self.add(self._impact_note, gap=0)
        self._make = Button(self.tr("Make the report"), Look.PRIMARY, big=True)
        self._make.clicked.connect(self._choose_folder)
        self._receipt = Button(self.tr("Give a receipt"), big=True)
        self._receipt.clicked.connect(self._give_receipt)
        self.add(flow_of(self._make, self._receipt, gap=14), gap=12)
        self._progress = _Progress()
        self._progress.stop.clicked.connect(self._cancel)
        self.add(self._progress, gap=12)
        shut(desk.why_not, self._unsealed, self._impact, self._make, self._receipt)
        self._results_from = self.column.count()
        self.end()

    def enter(self, way: Way) -> None:  # noqa: ARG002
        """Count what goes in."""
        (self if self._desk.why_not else self._make).setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Count again."""
        self._desk.ask(overview, self._show)
        self._desk.ask(lambda casefile: views().has_impact_notes(casefile), self._offer_impact)

    def _offer_impact(self, has_notes: bool) -> None:
        self._impact.setVisible(has_notes)
        self._impact_note.setVisible(has_notes)

    def make_in(self, folder: Path) -> None:
        """Make the report as a new folder in this one."""
        if self._task is not None or self._desk.why_not:
            return
        unsealed = self._unsealed.isChecked()
        impact = self._impact.isChecked() and not self._impact.isHidden()

        def make(casefile: "Casefile", task: Task) -> Made:
            out = _free_name(folder, casefile.author().initials, casefile.clock.now().date())
            made = hand_over(
                casefile,
                out,
                lambda stage, done, of: task.step(stage.value, done, max(of, done + 1)),
                unsealed=unsealed,
                impact=impact,
            )
            sizes = [path.stat().st_size for path in made.folder.iterdir()]
            return Made(made, sum(sizes), len(sizes))

        self._progress.begin()
        # Before the button goes: Enter pressed twice is not to give a receipt, nor to cancel.
        self._progress.setFocus()
        self._make.setEnabled(False)
        self._task = self._desk.keep(make, self._made, self._failed, self._progress.show_step)

    def _choose_folder(self) -> None:
        choose_folder(self, self.tr("Where should the report go? A new folder is made there."), self.make_in)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _finished(self) -> None:
        self._task = None
        self._make.setEnabled(True)
        now: QWidget | None = self.window().focusWidget()
        if now is not None and (now is self._progress or self._progress.isAncestorOf(now)):
            self._make.setFocus()
        self._progress.hide()

    def _failed(self, error: Exception) -> None:
        self._finished()
        self._desk.tell_error(error)

    def _made(self, made: Made) -> None:
        self._finished()
        exported = made.exported
        card = Card(
            visible(exported.folder.name),
            self.tr("%n files in {0} · {1}", "", made.files).format(
                _breakable(visible(str(exported.folder.parent))), size_words(made.size)
            ),
            pill=Pill(self.tr("Checked: nothing was changed")),
        )
        _codes(card, exported.fingerprint, exported.receipt)
        if exported.left_out:
            card.add(
                Text(
                    (
                        self.tr("1 file is left out: the report names it, with the reason.")
                        if len(exported.left_out) == 1
                        else self.tr(
                            "%n files are left out: the report names them, with the reason.", "", len(exported.left_out)
                        )
                    ),
                    Look.MUTED,
                )
            )
        card.add(
            Text(
                self.tr(
                    "Give the fingerprint to the police by another way than the files: on the phone, or on paper. The "
                    "receipt is for somebody you trust."
                ),
                Look.MUTED,
            ),
            gap=4,
        )
        self._add_result(card)

    def _give_receipt(self) -> None:
        def give(casefile: "Casefile", _task: Task) -> "tuple[GivenReceipt, list[list[bool]]]":
            receipt = casefile.receipt()
            return receipt, lazy.qr_rows()(receipt.square)

        self._desk.keep(give, lambda given: self._given(*given))

    def _given(self, receipt: "GivenReceipt", rows: list[list[bool]]) -> None:
        card = Card(
            self.tr("A receipt for %n entries", "", receipt.entries),
            self.tr(
                "Write it down or send it to somebody you trust. It says nothing about what is in the case. Later it "
                "shows that nothing up to now was changed, dropped or made anew."
            ),
            pill=Pill(self.tr("Noted in the log")),
        )
        _codes(card, receipt.fingerprint, receipt.code)
        square = self.tr("A photograph of this square holds both, with nothing to mistype.")
        card.add(Text(square, Look.MUTED), gap=4)
        card.add(SquareCode(rows, square), gap=4)
        self._add_result(card)

    def _add_result(self, card: Card) -> None:
        self.column.insertWidget(self._results_from, card)
        self.lead_to(card)

    def _show(self, seen: Overview) -> None:
        self._seen = seen
        self._show_cards()

    def _show_cards(self) -> None:
        seen = self._seen
        if seen is None:
            return
        left_out = 0 if self._unsealed.isChecked() else seen.exhibits.intimate + seen.exhibits.unsorted
        inside = [
            self._captures(seen.counts.exhibits - left_out - seen.exhibits.held),
            self._accounts(seen.counts.accounts),
            self._payments(seen.counts.payments),
            self._notes(seen.counts.incidents),
        ]
        cards = [
            Card(
                self.tr("Goes into the report"),
                self.tr("{0}, and the order in which it was kept.").format(", ".join(part for part in inside if part)),
            ),
            *self._card_code(seen),
            Card(self.tr("Left out"), self._left_out(seen)),
            Card(
                self.tr("Stays here"),
                self.tr("Your name and contact details, and everything you typed and did not keep."),
            ),
            Card(self.tr("Since when others can vouch"), self._vouch(seen)),
        ]
        for card in cards:
            card.body.addStretch(1)
        self._cards.show_cards(cards)

    def _left_out(self, seen: Overview) -> str:
        parts = []
        if not self._unsealed.isChecked():
            parts += [self._intimate(seen.exhibits.intimate)] if seen.exhibits.intimate else []
            parts += [self.tr("%n not sorted yet", "", seen.exhibits.unsorted)] if seen.exhibits.unsorted else []
        parts += [self.tr("%n held, because of under-18s", "", seen.exhibits.held)] if seen.exhibits.held else []
        if not parts:
            return self.tr("Nothing. Every file that stands in the case goes with it.")
        return self.tr("{0}. The report says that they exist.").format(", ".join(parts))

    def _captures(self, number: int) -> str:
        return self.tr("1 capture") if number == 1 else self.tr("%n captures", "", number)

    def _accounts(self, number: int) -> str:
        if not number:
            return ""
        return self.tr("1 account") if number == 1 else self.tr("%n accounts", "", number)

    def _payments(self, number: int) -> str:
        if not number:
            return ""
        return self.tr("1 demand or payment") if number == 1 else self.tr("%n demands or payments", "", number)

    def _notes(self, number: int) -> str:
        if not number:
            return ""
        return self.tr("1 note of what happened") if number == 1 else self.tr("%n notes of what happened", "", number)

    def _card_code(self, seen: Overview) -> list[Card]:
        if not seen.spendable_cards:
            return []
        words = self.tr(
            "The police and the company of the card need all of it to trace the card, and whoever reads it can spend "
            "what is left. Ask the company to stop the card. Once it is used up, say so beside its code."
        )
        return [Card(self.tr("A gift card’s code is shown in full"), words)]

    def _intimate(self, number: int) -> str:
        return self.tr("1 intimate picture") if number == 1 else self.tr("%n intimate pictures", "", number)

    def _vouch(self, seen: Overview) -> str:
        given = seen.last_receipt.first.at if seen.last_receipt is not None else ""
        moment = moment_of(given)
        if moment is None:
            return self.tr("No receipt was given yet. Until then, only this computer's clock says when.")
        return self.tr("A receipt was given on {0}. After that, only this computer's clock says when.").format(
            moment_words(moment, self._desk.zone)
        )


class _Progress(Card):
    """How far the report is."""

    def __init__(self) -> None:
        super().__init__(" ")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("How far the report is"))
        self.stop = Button(self.tr("Cancel"))
        self.add(self._bar, gap=4)
        self.add(Text(self.tr("If you cancel, nothing is left behind."), Look.SMALL))
        self.add(flow_of(self.stop), gap=4)
        self.hide()

    def begin(self) -> None:
        """It was just begun."""
        self.title.say(self.tr("Looking through the case"))
        self._bar.setRange(0, 0)
        self.show()

    def show_step(self, step: Step) -> None:
        """It is so far now."""
        words = (
            self.tr("Reading every file once"),
            self.tr("Writing the report"),
            self.tr("Packing and signing"),
            self.tr("Checking the result, as a stranger would"),
        )
        self.title.say(words[STAGES.index(step.name)])
        self._bar.setRange(0, max(1, step.of))
        self._bar.setValue(step.done)


def _codes(card: Card, fingerprint: str, receipt: str) -> None:
    """Fingerprint and receipt, to read aloud and to copy."""
    tr = card.tr
    for name, code in ((tr("Fingerprint"), in_fours(fingerprint)), (tr("Receipt"), receipt)):
        card.add(Text(name, Look.LABEL), gap=4)
        line = Text(code, Look.CODE, copyable=True)
        line.setAccessibleDescription(name)
        copy = Button(tr("Copy"), says=tr("Copy: {0}").format(name))
        copy.clicked.connect(lambda _checked=False, code=code: QGuiApplication.clipboard().setText(code))
        row = QHBoxLayout()
        row.addWidget(line, 1)
        row.addWidget(copy)
        card.body.addLayout(row)


def _free_name(folder: Path, initials: str, day: date) -> Path:
    name = f"{initials}-report-{day:%Y-%m-%d}"
    number = 1
    while (out := folder / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return out


def _breakable(path: str) -> str:
    """A path that may go on in the next line behind each of its parts; only to be shown, never to be used."""
    return path.replace("/", "/\u200b").replace("\\", "\\\u200b")
