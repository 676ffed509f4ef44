"""New passphrases: changing it, and a new key where somebody may know the old one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal

from app.plaintext import visible
from app.safe_keeping import Renewal, change_passphrase, renew_key
from ui.desk import Desk
from ui.judging import judge_at
from ui.messages import Message, message_for
from ui.safety.deed import Deed
from ui.safety.doubt import passphrase_words
from ui.widgets.flow import flow_of
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.passphrase import PassphraseField
from ui.widgets.text import Button, Look, Text
from ui.worker import Cancelled, Task
from vault.errors import DamagedFiles, NotReopened, RekeyUnsure

if TYPE_CHECKING:
    from app.casefile import Casefile
    from vault.keys import KdfCost


class _Renewing(Deed):
    """Asks for the present passphrase and a new one."""

    wanted = Signal(object)
    """A Renewal."""
    renewed = Signal()
    """There is a new passphrase, and older recovery words are no longer good."""

    def __init__(
        self,
        desk: Desk,
        cost: "KdfCost | None",
        title: str,
        sentence: str,
        verb: str,
        *,
        notes: tuple[str, ...],
        do: str,
    ) -> None:
        super().__init__(desk, title, sentence, verb)
        self._cost = cost
        self._current = PassphraseField(self.tr("Present passphrase"))
        self._new = NewPassphrase(judge_at(desk))
        self._leaving: tuple[str, ...] = ()
        self._without = Button(self.tr("Go on without what is damaged"))
        self._without.clicked.connect(self._act_without)
        self._without.hide()
        act = Button(do, Look.PRIMARY)
        act.clicked.connect(self._act)
        leave = Button(self.tr("Leave it as it is"))
        leave.clicked.connect(self.leave)
        self.ask(*(Text(note) for note in notes), self._current, self._new, flow_of(act, self._without, leave))
        self._current.entered.connect(self._new.setFocus)
        self._new.entered.connect(self._act)

    def begin(self) -> None:
        """Ask for the passphrases."""
        super().begin()
        self._current.setFocus()

    def forget(self) -> None:
        """Empty every field."""
        self._current.clear()
        self._new.clear()
        self._without.hide()

    def failure_words(self, error: Exception) -> str:
        """Why it was not done, and which passphrase opens the case."""
        return self.stopped_words() if isinstance(error, Cancelled) else passphrase_words(error)

    def stopped_words(self) -> str:
        """Nothing is new."""
        return self.tr("Stopped. The case is as it was: the present passphrase and recovery words still open it.")

    def tell_failure(self, error: Exception) -> None:
        """Say why it was not done; what is damaged can be left behind."""
        super().tell_failure(error)
        self._leaving = error.names if isinstance(error, DamagedFiles) else ()
        self._without.setVisible(bool(self._leaving))

    def _act_without(self) -> None:
        self._ask_for(self._leaving)

    def _act(self) -> None:
        self._ask_for(())

    def _ask_for(self, leaving: tuple[str, ...]) -> None:
        if not self._current.text():
            self._current.setFocus()
            self.say(self.tr("Please give the present passphrase."))
            return
        trouble = self._new.trouble()
        if trouble:
            self.say(trouble)
            return
        self.wanted.emit(Renewal(self._current.text(), self._new.text(), self._cost, leaving))


class ChangePassphrase(_Renewing):
    """A new passphrase for the same key."""

    def __init__(self, desk: Desk, cost: "KdfCost | None" = None) -> None:
        """`cost` is for tests alone."""
        super().__init__(
            desk,
            cost,
            _tr("Change the passphrase"),
            _tr("The old passphrase no longer opens this case then."),
            _tr("Change it"),
            notes=(
                _tr(
                    "Backups that were made before still open with the old passphrase, and older recovery words are no "
                    "longer good here: new ones are shown right after."
                ),
            ),
            do=_tr("Set the new passphrase"),
        )
        self.wanted.connect(self._renew)

    def _renew(self, wanted: Renewal) -> None:
        def done(_none: None) -> None:
            self.say(self.tr("The new passphrase is set. Older recovery words no longer open this case."))
            self.renewed.emit()

        self.work(
            self.tr("Setting the new passphrase…"),
            lambda casefile, _task: change_passphrase(casefile, wanted),
            done,
            may_stop=False,
            late=self.tr("The new passphrase is set. Older recovery words no longer open this case: make new ones."),
        )


class _NewKey(_Renewing):
    """Everything is encrypted anew, under a new key and a new passphrase."""

    shut = Signal(object)
    """The case was closed by it and cannot be used on: a Message that says what opens it now."""

    def __init__(
        self,
        desk: Desk,
        cost: "KdfCost | None",
        title: str,
        sentence: str,
        verb: str,
        *,
        notes: tuple[str, ...],
    ) -> None:
        super().__init__(
            desk,
            cost,
            title,
            sentence,
            verb,
            notes=(
                *notes,
                _tr(
                    "Whoever could open the case before could still sign in its name. A receipt that you gave to "
                    "somebody, or a report that you handed over, shows what was there until then."
                ),
            ),
            do=_tr("Encrypt everything anew"),
        )
        self.wanted.connect(self._renew)

    def _renew(self, wanted: Renewal) -> None:
        def renew(casefile: "Casefile", task: Task) -> str:
            return renew_key(casefile, wanted, lambda done, of: task.step("", done, max(of, done + 1)))

        def done(kept: str) -> None:
            words = self.tr(
                "Everything is encrypted anew and was checked. The old passphrase and older recovery words no longer "
                "open this case. Old backups still open with them."
            )
            stays = self.tr(
                "The old case stays beside it as {0}, with what is damaged; it opens with the old passphrase. Destroy "
                "it when nobody can mend that any more."
            )
            self.say(f"{words} {stays.format(visible(kept))}" if kept else words)
            self.renewed.emit()

        self.work(
            self.tr(
                "Encrypting everything anew, and reading it back. If you stop it, lock the case or close Holdfast "
                "before it is done, the case stays as it was, with its present passphrase."
            ),
            renew,
            done,
            in_bytes=True,
            late=self.tr(
                "It was done before the case was locked. The new passphrase opens it; the old one and older recovery "
                "words do not. Make new recovery words."
            ),
        )

    def tell_failure(self, error: Exception) -> None:
        """Say why it was not done; where that closed the case, it is locked."""
        if isinstance(error, NotReopened | RekeyUnsure):
            self.leave()
            self.shut.emit(Message(message_for(error).title, self.failure_words(error)))
            return
        super().tell_failure(error)


class SomebodyKnows(_NewKey):
    """Shuts somebody out who may know the passphrase."""

    def __init__(self, desk: Desk, cost: "KdfCost | None" = None) -> None:
        """`cost` is for tests alone."""
        super().__init__(
            desk,
            cost,
            _tr("Someone may know my passphrase"),
            _tr("Everything is encrypted anew, with a new key and a new passphrase. It needs some time and room."),
            _tr("Shut them out"),
            notes=(
                _tr(
                    "What this cannot do: whoever copied the case before, or has an old backup, can still open that "
                    "copy with the old passphrase. Destroy backups that you no longer need, and make a new one."
                ),
                _tr("If somebody can watch this computer, do this on another one: they would see the new one too."),
            ),
        )


class HandOver(_NewKey):
    """Gives the case to somebody else for good."""

    def __init__(self, desk: Desk, cost: "KdfCost | None" = None) -> None:
        """`cost` is for tests alone."""
        super().__init__(
            desk,
            cost,
            _tr("Hand this case over"),
            _tr("Somebody else goes on with it: with a passphrase of their own, and yours no longer opens it."),
            _tr("Hand it over…"),
            notes=(
                _tr(
                    "Do this together: you give the present passphrase, they choose the new one while you look away, "
                    "and write the new recovery words down. Then give them the whole folder of the case."
                ),
                _tr(
                    "They can read everything in it. Your old backups, and copies made before, still open with the "
                    "old passphrase: give them away too, or destroy them."
                ),
                _tr("If the police only need a report, you need not hand the case over: make a report instead."),
            ),
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Renewing", text)
