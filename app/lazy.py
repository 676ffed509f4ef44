"""The heavy libraries, each loaded at its first use, so that window and command line start fast.

The one room where a function imports: nothing else in the project may.
"""

import functools
import importlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from phonenumbers import PhoneNumber
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    from app.case_views import CaseViews
    from app.casefile import Casefile
    from app.clock import RecordingClock
    from app.comparing import Compared
    from app.form_help import FormHelp
    from app.package.export import Exported, ExportProgress
    from app.package.plan import Choice
    from app.package.verify.tokens import Token
    from app.recovery_sheet import Sheet
    from app.report.disclosure import Disclosure
    from vault.backup import BackedUp
    from vault.chain import Entry
    from vault.identity import Identity
    from vault.search import Wanted

_Loaded = TypeVar("_Loaded")


@dataclass(frozen=True, slots=True)
class Later(Generic[_Loaded]):
    """Something of the project that is loaded when it is called for: `Later("app.gaps", "gaps")()` is that function.

    By name, so that nothing that merely reads this file depends on it; its type stands beside.
    """

    module: str
    name: str

    def __call__(self) -> _Loaded:
        """Load it, if it is not there yet."""
        found: _Loaded = getattr(importlib.import_module(self.module), self.name)
        return found


# With a case come the cryptography and SQLite: 50 ms and 12 MB that the locked window does not need.
casefile_class: "Later[type[Casefile]]" = Later("app.casefile", "Casefile")
clock_class: "Later[type[RecordingClock]]" = Later("app.clock", "RecordingClock")
wanted_class: "Later[type[Wanted]]" = Later("vault.search", "Wanted")
_views_class: "Later[type[CaseViews]]" = Later("app.case_views", "CaseViews")
_help_class: "Later[type[FormHelp]]" = Later("app.form_help", "FormHelp")

# What somebody asks for now and then.
export: "Later[Callable[[Casefile, Path, Choice, ExportProgress], Exported]]" = Later("app.package.export", "export")
choice_class: "Later[type[Choice]]" = Later("app.package.plan", "Choice")
destroy_vault: "Later[Callable[[Path, datetime], None]]" = Later("app.keeping", "destroy_vault")
back_up: "Later[Callable[..., BackedUp]]" = Later("app.copies", "back_up")
last_backup: "Later[Callable[[Casefile], datetime | None]]" = Later("app.copies", "last_backup")
unsaved_since_backup: "Later[Callable[[Casefile], Entry | None]]" = Later("app.copies", "unsaved_since_backup")
compare_with: "Later[Callable[[Casefile, Path, str | None, Callable[[int, int], None]], Compared]]" = Later(
    "app.comparing", "compare_with"
)

# These bring pyHanko, reportlab and segno along.
sign_pdf: "Later[Callable[[Identity, BinaryIO, BinaryIO], None]]" = Later("app.package.pdf_signature", "sign_pdf")
write_sheet: "Later[Callable[[Sheet, BinaryIO], None]]" = Later("app.report.recovery_sheet", "write_sheet")
qr_rows: "Later[Callable[[str], list[list[bool]]]]" = Later("app.report.square", "qr_rows")


@functools.cache
def case_views() -> "CaseViews":
    """The timeline, gaps, sums and tables of a case: one door to them, made when a case is open."""
    return _views_class()()


@functools.cache
def form_help() -> "FormHelp":
    """Checks, platforms and notes beside the questions of a form: one door, made when a case is open (35 ms)."""
    return _help_class()()


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


@functools.cache
def token_reader() -> "Callable[[bytes, bytes], Token]":
    """Load what reads timestamp tokens: `app.package.verify.tokens.read_token`. It brings pyHanko along."""
    pyhanko()
    read: Callable[[bytes, bytes], Token] = importlib.import_module("app.package.verify.tokens").read_token
    return read


@dataclass(frozen=True, slots=True)
class ReportWriters:
    """The two writers of the report; `pdf` takes (disclosure, out, progress), `html` (disclosure, out)."""

    pdf: "Callable[[Disclosure, BinaryIO, Callable[[int, int], None] | None], None]"
    html: "Callable[[Disclosure, BinaryIO], None]"


@functools.cache
def report_writers() -> ReportWriters:
    """Load the writers of the report, and with them reportlab, HarfBuzz and segno (a third of a second).

    By name, so that nothing that merely reads this file depends on them.
    """
    return ReportWriters(
        importlib.import_module("app.report.pdf").write_pdf,
        importlib.import_module("app.report.html").write_html,
    )


@functools.cache
def guesses_needed() -> "Callable[[str, list[str]], float]":
    """Load zxcvbn (30 ms): a function of (passphrase of at most 72 characters, known words) -> guesses needed."""
    from zxcvbn import zxcvbn  # noqa: PLC0415

    return lambda passphrase, known: float(zxcvbn(passphrase, user_inputs=known)["guesses"])


@dataclass(frozen=True, slots=True)
class NumberRules:
    """The parts of python-stdnum that are used. Each check gives the number back or raises `wrong` or a child of it."""

    iban: "Callable[[str, bool], str]"
    bic: "Callable[[str], str]"
    luhn: "Callable[[str], str]"
    wrong: type[ValueError]
    wrong_digits: type[ValueError]
    unknown_part: type[ValueError]


@functools.cache
def number_rules() -> NumberRules:
    """Load python-stdnum (30 ms, mostly for what it could fetch and never does here)."""
    from stdnum import bic, exceptions, iban, luhn  # noqa: PLC0415

    return NumberRules(
        iban.validate,
        bic.validate,
        luhn.validate,
        exceptions.ValidationError,
        exceptions.InvalidChecksum,
        exceptions.InvalidComponent,
    )


@dataclass(frozen=True, slots=True)
class PhoneRules:
    """The parts of phonenumbers that are used. `parse` takes (text, region such as GB) and raises `not_a_number`."""

    parse: "Callable[[str, str], PhoneNumber]"
    is_possible: "Callable[[PhoneNumber], bool]"
    is_valid: "Callable[[PhoneNumber], bool]"
    e164: "Callable[[PhoneNumber], str]"
    is_mobile: "Callable[[PhoneNumber], bool]"
    not_a_number: type[Exception]


@functools.cache
def phone_rules() -> PhoneRules:
    """Load phonenumbers (25 ms); the numbering plan of a country follows when a number of it is read."""
    import phonenumbers  # noqa: PLC0415

    return PhoneRules(
        phonenumbers.parse,
        phonenumbers.is_possible_number,
        phonenumbers.is_valid_number,
        lambda number: phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        lambda number: phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.NumberParseException,
    )


@functools.cache
def keccak_256() -> "Callable[[bytes], bytes]":
    """Load pycryptodomex (30 ms): Keccak-256 as Ethereum and Monero use it, which SHA3-256 is not."""
    from Cryptodome.Hash import keccak  # noqa: PLC0415

    return lambda data: keccak.new(data=data, digest_bits=256).digest()
