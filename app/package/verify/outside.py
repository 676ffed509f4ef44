"""What came by another way than the package: receipts that were given out, compared with its chain."""

from collections.abc import Sequence

from app.errors import WrongUse
from app.package.verify.bag import CHAIN
from app.package.verify.typed import SAYS_NOTHING, without_separators
from app.package.verify.verdict import CheckedReceipt, Code, Findings, ReceiptState
from app.report.disclosure import Line
from vault.chain import MistypedReceipt, Receipt, parse_receipt


def read_receipts(typed: Sequence[str]) -> tuple[tuple[str, Receipt], ...]:
    """Read receipt codes as people type them. Raises WrongUse for a typing mistake."""
    receipts = []
    for code in typed:
        try:
            receipts.append((code, parse_receipt(without_separators(code))))
        except MistypedReceipt as error:
            raise WrongUse(
                what="There is a typing mistake in a receipt code.",
                safe=SAYS_NOTHING,
                next="Compare it with the receipt, letter by letter, and type it again.",
            ) from error
    return tuple(receipts)


def check_receipts(
    receipts: Sequence[tuple[str, Receipt]], lines: Sequence[Line] | None, found: Findings
) -> tuple[CheckedReceipt, ...]:
    """Each receipt is in the chain at exactly its number. Without a chain that holds, none is compared."""
    return tuple(CheckedReceipt(code, receipt.entries, _state(receipt, lines, found)) for code, receipt in receipts)


def _state(receipt: Receipt, lines: Sequence[Line] | None, found: Findings) -> ReceiptState:
    if lines is None:
        return ReceiptState.NOT_CHECKED
    if receipt.entries > len(lines):
        found.problem(
            Code.RECEIPT_BEYOND, CHAIN, f"The receipt is for entry {receipt.entries}; the package ends at {len(lines)}."
        )
        return ReceiptState.BEYOND
    if not receipt.matches(lines[receipt.entries - 1].link):
        found.problem(
            Code.RECEIPT_MISMATCH, CHAIN, f"The receipt for entry {receipt.entries} does not fit, or was mistyped."
        )
        return ReceiptState.MISMATCH
    return ReceiptState.IN_THE_CHAIN
