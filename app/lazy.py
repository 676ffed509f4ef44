"""The heavy libraries, each loaded at its first use, so that window and command line start fast.

The one room where a function imports: nothing else in the project may.
"""

import functools
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.status import SignatureCoverageLevel


@dataclass(frozen=True, slots=True)
class PyHanko:
    """The parts of pyHanko that check a signature."""

    reader: "type[PdfFileReader]"
    coverage: "type[SignatureCoverageLevel]"
    check_integrity: "Callable[..., tuple[bool, bool]]"
    error: "type[PdfError]"


@functools.cache
def pyhanko() -> PyHanko:
    """Load pyHanko (a third of a second). What it logs about hostile files stays out of the terminal."""
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity  # noqa: PLC0415
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return PyHanko(PdfFileReader, SignatureCoverageLevel, validate_sig_integrity, PdfError)
