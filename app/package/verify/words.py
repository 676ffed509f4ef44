"""A verdict in plain words for a terminal: the sentence first, then what, who signed, and what it does not prove."""

import re
import unicodedata
from collections.abc import Iterator

from app.package.verify.bag import TOKEN
from app.package.verify.verdict import Code, NoticeCode, Outcome, Problem, ReceiptState, TokenState, Verdict

_EXHIBIT = re.compile(r"data/exhibits/([A-Z]{2,4})-0*([1-9][0-9]{0,8})(?:-[1-9][0-9]*)?\.[a-z0-9]+")
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_LISTED = 20
"""Problems that are told one by one."""

_VERDICTS = {
    Outcome.INTACT: "Intact. Nothing in this package was changed since it was signed.",
    Outcome.FAILED: "Failed. This package was changed, contradicts itself, or does not fit what you compared it with.",
    Outcome.UNREADABLE: "Unreadable. This is not a package, or it is damaged; that says nothing about the evidence.",
}
_REPACKED = "This zip was packed again by another program. Unpack it and check the folder."
_RECEIPTS = {
    ReceiptState.IN_THE_CHAIN: "nothing up to that entry was changed, dropped or remade since the receipt was given.",
    ReceiptState.MISMATCH: "it does not fit this record, or was mistyped.",
    ReceiptState.BEYOND: "this package ends before that entry.",
    ReceiptState.NOT_CHECKED: "it could not be compared.",
}
_ENTRIES_ALONE = "the entries up to that one are those that it was given for; what does not hold is said above."
_OUTSIDE = {Code.FINGERPRINT_MISMATCH, Code.RECEIPT_MISMATCH, Code.RECEIPT_BEYOND}
_NOT_IN_A_PART = {*_OUTSIDE, Code.FORKED}
"""What is wrong with these is in no file, though they are found at one."""
_NEXT = (
    (
        {Code.MALFORMED},
        "If this is the right one, copy it again, or unpack it and check the folder; else ask whoever gave it to you.",
    ),
    (
        {Code.RECEIPT_BEYOND},
        "If the receipt is newer than this package, ask for a newer package, and check both; if not, entries are gone.",
    ),
    (_OUTSIDE, "Look once more at what you typed. If it is as you were given it, ask whoever gave you this package."),
    (
        {Code.FORKED},
        "Ask whoever gave them to you whether a copy of the vault was used. A receipt shows which one it is for.",
    ),
    (
        set(Code),
        "This does not say who did it, or why. Keep this copy as it is, and ask whoever gave it to you for another.",
    ),
)
"""What to do: the first that has all codes of the problems."""
_NOT_PROVED = (
    "A package that somebody made again from nothing, with another key, would pass all of this.",
    "Only a fingerprint, a receipt or a timestamp that reached you by another way shows that.",
    "The words of the PDF and the web page were not compared with the record; the record is what counts.",
)


def plain_words(verdict: Verdict) -> str:
    """Lines for a terminal, each ended. Nothing from the package reaches it as a control character."""
    return "".join(line + "\n" for line in _lines(verdict))


def visible(text: str) -> str:
    """A text from a package with everything that cannot be seen written out: [U+202E]."""
    return "".join(f"[U+{ord(letter):04X}]" if unicodedata.category(letter) in _HIDDEN else letter for letter in text)


def _lines(verdict: Verdict) -> Iterator[str]:
    yield f"{visible(verdict.package)}: {_REPACKED if verdict.repacked else _VERDICTS[verdict.outcome]}"
    for problem in verdict.problems[:_LISTED]:
        yield f"  {_where(problem)}{visible(problem.detail)} [{problem.code.value}]"
    if len(verdict.problems) > _LISTED:
        yield f"  … and {len(verdict.problems) - _LISTED} more; --json lists them."
    if verdict.problems and not verdict.repacked:
        codes = {problem.code for problem in verdict.problems}
        yield "  " + next(words for known, words in _NEXT if codes <= known)
    if verdict.fingerprint is not None:
        groups = " ".join(verdict.fingerprint[at : at + 4] for at in range(0, 64, 4))
        yield f"  Signed with the key {groups}"
        if verdict.compared and all(problem.code is not Code.FINGERPRINT_MISMATCH for problem in verdict.problems):
            yield "  That is the fingerprint you gave."
    if verdict.entries is not None:
        yield (
            f"  {verdict.entries} entries: {verdict.disclosed} shown, {verdict.withheld} withheld; "
            f"{verdict.exhibits} exhibits."
        )
    yield from _compared(verdict)
    for notice in verdict.notices:
        if notice.code is not NoticeCode.NO_OUTSIDE_ANCHOR:
            yield f"  Note: {visible(notice.detail)} [{notice.code.value}]"
    if verdict.outcome is Outcome.INTACT:
        if any(notice.code is NoticeCode.NO_OUTSIDE_ANCHOR for notice in verdict.notices):
            yield f"  Note: neither fingerprint nor receipt was given. [{NoticeCode.NO_OUTSIDE_ANCHOR.value}]"
        yield "  What this does not prove:"
        yield from (f"  {sentence}" for sentence in _NOT_PROVED)


def _compared(verdict: Verdict) -> Iterator[str]:
    """What came of comparing it with receipts, timestamp services and other packages.

    Entries that fit are not praised beside a file that was changed.
    """
    holds = verdict.outcome is Outcome.INTACT
    for receipt in verdict.receipts:
        fits = receipt.state is ReceiptState.IN_THE_CHAIN
        said = _RECEIPTS[receipt.state] if holds or not fits else _ENTRIES_ALONE
        yield f"  Receipt for entry {receipt.entries}: {said}"
    for token in verdict.tokens:
        if token.state is TokenState.VERIFIED and token.at is not None:
            whole = "This package" if holds else "The list that was signed"
            what = whole if token.path == TOKEN else f"What {token.path} names"
            yield f"  {what} was there at {token.at:%Y-%m-%d %H:%M:%S} UTC, says {visible(token.authority)}."
    for shorter in verdict.continues:
        if holds and shorter not in verdict.doubtful:
            yield f"  It continues {visible(shorter)}: nothing was changed in between."
        else:
            yield f"  Its entries continue those of {visible(shorter)}, but the two packages do not both hold."


def _where(problem: Problem) -> str:
    """The exhibit or file that a problem is about, for a sentence to follow."""
    match = _EXHIBIT.fullmatch(problem.path)
    if match is not None:
        return f"Exhibit {match[1]}/{match[2]} ({problem.path.rpartition('/')[2]}): "
    if not problem.path or problem.code in _NOT_IN_A_PART:
        return ""
    return f"{visible(problem.path)}: "
